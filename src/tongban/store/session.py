"""The unit of work: writes are gathered while it lasts and made in one statement when it ends.

Reads inside a unit see what the unit has written. A unit that only gathers needs no BEGIN: its one statement
is a transaction. One that locks rows or writes directly gets a real transaction from that point on; as the
isolation is READ COMMITTED, what was read before counts the same (and cases are checked by their version).
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import django.db
import psycopg
from django.db import connections, transaction

from tongban.domain.case.events import Recorded
from tongban.domain.case.state import Case
from tongban.domain.evidence.exchange import HeldRecord
from tongban.kernel.errors import Conflict, Fault
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.store.writes import Write, compose_flush

Row = tuple[Any, ...]

_PREPARE_AFTER = 5
"""psycopg prepares a statement once it was asked so often; Django switches that off, for its own cursors."""

_SOMEBODY_WAS_FIRST = (
    psycopg.errors.UniqueViolation,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
    psycopg.errors.LockNotAvailable,
)


@dataclass(slots=True)
class OpenUnit:
    """What one unit has read and gathered.

    Args:
        rows: by kind of write and key, the row to be written.
        late: called just before writing, once each; they add rows that depend on the unit's end.
        histories, cases, keys, records: what was read or written, so that nothing is asked twice.
        kept: register rows written so far; they are this unit's own until it ends.
        on_failure: called when nothing of the unit is kept, e.g. to forget what turned out to be old.
        writes: how many writes were gathered or made so far.
    """

    stack: ExitStack
    rows: dict[Write, dict[Any, Row]] = field(default_factory=dict)
    late: dict[str, Callable[[], None]] = field(default_factory=dict)
    on_failure: dict[str, Callable[[], None]] = field(default_factory=dict)
    histories: dict[CaseId, tuple[Recorded, ...]] = field(default_factory=dict)
    cases: dict[CaseId, Case] = field(default_factory=dict)
    keys: dict[CaseId, bytes] = field(default_factory=dict)
    touched: dict[CaseId, Case] = field(default_factory=dict)
    records: dict[tuple[str, str], HeldRecord | None] = field(default_factory=dict)
    kept: set[tuple[str, str]] = field(default_factory=set)
    writes: int = 0
    in_transaction: bool = False
    is_broken: bool = False


class _Joined:
    """A unit entered again from inside; a class, as a case does so a dozen times and generators cost more."""

    __slots__ = ("_unit", "_writes")

    def __init__(self, unit: OpenUnit) -> None:
        self._unit, self._writes = unit, unit.writes

    def __enter__(self) -> OpenUnit:
        return self._unit

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        unit = self._unit
        if kind is not None and unit.writes != self._writes:
            unit.is_broken = True


class Session:
    """One database, as the adapters of one node use it; each thread has its own unit in it."""

    def __init__(self, alias: str = django.db.DEFAULT_DB_ALIAS) -> None:
        self._alias = alias
        self._local = threading.local()

    @property
    def open(self) -> OpenUnit | None:
        """The unit this thread is in, or None."""
        return getattr(self._local, "open", None)

    def unit(self) -> AbstractContextManager[OpenUnit]:
        """Enter a unit, or join the one this thread is in (the port ``Unit``).

        Raises at its end:
            Conflict: somebody else wrote the same events first; nothing was kept.
            Fault: the database is away; nothing was kept, or it was and doing it again is harmless.
            RuntimeError: a unit inside failed after it had written, and that was caught: a bug.
        """
        unit = self.open
        return _Joined(unit) if unit else self._begin()

    @contextmanager
    def _begin(self) -> Iterator[OpenUnit]:
        with translated_errors(self._alias):
            try:
                with ExitStack() as stack:
                    self._local.open = unit = OpenUnit(stack)
                    yield unit
                    if unit.is_broken:
                        raise RuntimeError("a unit inside this one failed half-way and was ignored")
                    self._write_gathered(unit)
            except BaseException:
                for forget in unit.on_failure.values():
                    forget()
                raise
            finally:
                self._local.open = None

    def put(self, write: Write, key: object, row: Row) -> None:
        """Gather a row; one with the same key takes the place of the earlier one."""
        unit = self.open
        if unit is None:
            with self.unit():
                return self.put(write, key, row)
        unit.rows.setdefault(write, {})[key] = row
        unit.writes += 1
        return None

    def gathered(self, write: Write, key: object) -> Row | None:
        """Return a gathered row that is not written yet, or None."""
        unit = self.open
        return unit.rows.get(write, {}).get(key) if unit else None

    def flush(self) -> None:
        """Write what was gathered before a list is read inside the unit; kept if the unit ends well."""
        unit = self.open
        if unit is None or not (unit.rows or unit.late):
            return
        if not unit.in_transaction:
            self._transact(unit)
        self._write_gathered(unit)

    def _write_gathered(self, unit: OpenUnit) -> None:
        for add_rows in unit.late.values():
            add_rows()
        unit.late.clear()
        if not unit.rows:
            return
        if not unit.in_transaction and self._connection().in_atomic_block:
            self._transact(unit)
        writes = tuple(sorted(unit.rows, key=lambda write: write.name))
        arrays = [list(column) for write in writes for column in zip(*unit.rows[write].values(), strict=True)]
        self._execute(compose_flush(writes), arrays)
        unit.rows.clear()

    def read(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Return the rows of a plain question. Gathered rows are not in them unless ``flush`` was called."""
        if self.open:
            return self._execute(sql, parameters)
        with translated_errors(self._alias):
            return self._execute(sql, parameters)

    def write(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Write at once, or lock rows, in a real transaction; only inside a unit."""
        unit = self.open
        if unit is None:
            raise RuntimeError("write needs a unit")
        if not unit.in_transaction:
            self._transact(unit)
        unit.writes += 1
        return self._execute(sql, parameters)

    def _transact(self, unit: OpenUnit) -> None:
        unit.stack.enter_context(transaction.atomic(using=self._alias))
        unit.in_transaction = True

    def _execute(self, sql: str, parameters: Sequence[object]) -> list[Row]:
        with psycopg.Cursor(self._connection().connection) as cursor:
            cursor.execute(sql, parameters, prepare=True)
            return cursor.fetchall() if cursor.description else []

    def _connection(self) -> Any:
        """This thread's Django connection, open and answering, with prepared statements allowed."""
        connection = connections[self._alias]
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        if connection.connection.prepare_threshold is None:
            connection.connection.prepare_threshold = _PREPARE_AFTER
        return connection


@contextmanager
def translated_errors(alias: str) -> Iterator[None]:
    """Say database errors in the two words of the house."""
    try:
        yield
    except _SOMEBODY_WAS_FIRST as error:
        raise Conflict(type(error).__name__) from error
    except (psycopg.OperationalError, psycopg.InterfaceError, django.db.OperationalError) as error:
        connection = connections[alias]
        connection.errors_occurred = True
        connection.close_if_unusable_or_obsolete()
        raise Fault("store.away", _AWAY) from error


_AWAY = Text("数据库暂时无法访问，请稍后再试。", "The database cannot be reached now; try again shortly.")
