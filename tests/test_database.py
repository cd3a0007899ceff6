"""The tests' own database: empty, and nobody's superuser."""

from collections.abc import Callable

import psycopg


def test_a_fresh_database_is_empty_and_its_role_is_no_superuser(fresh_database: Callable[[], str]) -> None:
    with psycopg.connect(fresh_database()) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        may = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    assert (tables, may) == ((0,), (False,))
