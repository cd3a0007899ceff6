"""Which transactions wrote what: PostgreSQL keeps with every row the number of the one that wrote it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"


def _by_transaction() -> dict[str, set[str]]:
    """Every transaction that has left rows in this database (their xmin), with the tables it wrote to."""
    written: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT DISTINCT xmin::text FROM {table}")
            for (number,) in cursor.fetchall():
                written.setdefault(number, set()).add(table)
    return written


@contextmanager
def watch_commits() -> Iterator[list[set[str]]]:
    """Fill the list, when the block ends, with the tables that each transaction of the block wrote to.

    Looks at every table there is, so a row written on the side, in a transaction of its own, is seen. A
    savepoint has a number of its own too and counts as another one.
    """
    known = _by_transaction()
    commits: list[set[str]] = []
    yield commits
    commits += [tables for number, tables in _by_transaction().items() if number not in known]
