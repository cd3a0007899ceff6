"""What windows took in without the node, in PostgreSQL: the number is the key, so that it is kept once."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tongban.crypto.canonical import canonical
from tongban.crypto.dropbox import open_box, public_point
from tongban.crypto.sealed_box import lock, unlock
from tongban.domain.hall.provisional import Intake, IntakeConflict, NumberRange
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId
from tongban.store.session import Session

_ATTEMPTS = 5
_GIVE = """
INSERT INTO store_hallrange (first, last, "window", clerk, given_at)
SELECT coalesce(max(last), 0) + 1, coalesce(max(last), 0) + %b, %b, %b, %b FROM store_hallrange
RETURNING "window", first, last
"""
_RANGE = """
SELECT "window", first, last FROM store_hallrange WHERE first <= %b ORDER BY first DESC LIMIT 1
"""
_KEEP = """
INSERT INTO store_hallintake (number, case_id, digest, clerk, taken_at, reconciled_at, lines)
VALUES (%b, %b, %b, %b, %b, %b, %b) ON CONFLICT (number) DO NOTHING RETURNING number
"""
_COLUMNS = "number, case_id, digest, clerk, taken_at, reconciled_at, lines, is_completed"
_CONFLICT = """
INSERT INTO store_hallintakeconflict (number, digest, clerk, at, lines)
VALUES (%b, %b, %b, %b, %b) ON CONFLICT (number, digest) DO NOTHING RETURNING number
"""
_FIND = f"SELECT {_COLUMNS} FROM store_hallintake WHERE number = %b"  # noqa: S608
_OF_CASE = f"SELECT {_COLUMNS} FROM store_hallintake WHERE case_id = %b"  # noqa: S608
_OPEN = f"""
SELECT {_COLUMNS} FROM store_hallintake WHERE NOT is_completed ORDER BY taken_at, number LIMIT %b
"""  # noqa: S608
_CONFLICTS = """
SELECT number, digest, clerk, at, lines FROM store_hallintakeconflict WHERE settled_at IS NULL
ORDER BY at, number LIMIT %b
"""
_SETTLE = """
UPDATE store_hallintakeconflict SET settled_by = %b, settled_at = %b
WHERE number = %b AND digest = %b AND settled_at IS NULL RETURNING number
"""


class DjangoIntakes:
    """The port ``Intakes``."""

    def __init__(self, session: Session, node_key: bytes) -> None:
        self._session, self._node_key = session, node_key

    def public_point(self) -> bytes:
        """Return the point of the node's key."""
        return public_point(self._node_key)

    def open_box(self, box: bytes, number: str) -> bytes:
        """Open a box that a browser locked."""
        return open_box(self._node_key, box, number.encode())

    def give_range(self, window: str, clerk: str, size: int, at: datetime) -> NumberRange:
        """Give the next numbers; two who ask at one instant take turns, as a range begins once."""
        for _ in range(_ATTEMPTS):
            try:
                with self._session.unit():
                    return NumberRange(*self._session.write(_GIVE, [size, window, clerk, at])[0])
            except Conflict:
                continue
        raise Conflict("provisional numbers: too many ask at once")

    def find_range(self, count: int) -> NumberRange | None:
        """Return the range of a number, or None."""
        rows = self._session.read(_RANGE, [count])
        found = NumberRange(*rows[0]) if rows else None
        return found if found and count <= found.last else None

    def keep(self, intake: Intake) -> Intake:
        """Keep the first; who comes at the same instant waits, and is given the one that was kept."""
        one = intake
        with self._session.unit():
            row = [
                one.number, one.case_id, one.digest, one.clerk, one.taken_at, one.reconciled_at,
                self._lock(one.number, one.lines),
            ]  # fmt: skip
            if self._session.write(_KEEP, row):
                return intake
            kept = self.find(intake.number)
            if kept is None:
                raise Conflict(f"{intake.number}: kept and gone")
            return kept

    def keep_conflict(self, conflict: IntakeConflict) -> None:
        """Keep it once."""
        one = conflict
        with self._session.unit():
            box = self._lock(one.number, one.lines)
            self._session.write(_CONFLICT, [one.number, one.digest, one.clerk, one.at, box])

    def find(self, number: str) -> Intake | None:
        """Return an intake, or None."""
        return self._first(self._session.read(_FIND, [number]))

    def find_of_case(self, case_id: CaseId) -> Intake | None:
        """Return the intake of a case, or None."""
        return self._first(self._session.read(_OF_CASE, [case_id]))

    def complete(self, case_id: CaseId) -> None:
        """Note it."""
        with self._session.unit():
            self._session.write(
                "UPDATE store_hallintake SET is_completed = true WHERE case_id = %b RETURNING number",
                [case_id],
            )

    def settle(self, number: str, digest: str, clerk: str, at: datetime) -> None:
        """Note it once."""
        with self._session.unit():
            self._session.write(_SETTLE, [clerk, at, number, digest])

    def list_open(self, limit: int) -> tuple[Intake, ...]:
        """Return the oldest first."""
        return tuple(self._intake(row) for row in self._session.read(_OPEN, [limit]))

    def list_conflicts(self, limit: int) -> tuple[IntakeConflict, ...]:
        """Return the oldest first."""
        rows = self._session.read(_CONFLICTS, [limit])
        return tuple(IntakeConflict(*row[:4], self._unlock(row[0], row[4])) for row in rows)

    def _first(self, rows: list[tuple[Any, ...]]) -> Intake | None:
        return self._intake(rows[0]) if rows else None

    def _intake(self, row: tuple[Any, ...]) -> Intake:
        return Intake(*row[:6], self._unlock(row[0], row[6]), row[7])

    def _lock(self, number: str, lines: Mapping[str, str]) -> bytes:
        return lock(self._node_key, canonical(dict(lines)), _about(number))

    def _unlock(self, number: str, box: bytes) -> dict[str, str]:
        opened: dict[str, str] = json.loads(unlock(self._node_key, bytes(box), _about(number)))
        return opened


class DjangoPickups:
    """The port ``Pickups``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, case_id: CaseId, to: str, clerk: str, at: datetime) -> None:
        """Note it; a case that is there makes the unit end with Conflict."""
        with self._session.unit():
            self._session.write(
                'INSERT INTO store_hallpickup (case_id, "to", clerk, at) '
                "VALUES (%b, %b, %b, %b) RETURNING at",
                [case_id, to, clerk, at],
            )

    def is_handed_out(self, case_id: CaseId) -> bool:
        """Look it up."""
        return bool(self._session.read("SELECT 1 FROM store_hallpickup WHERE case_id = %b", [case_id]))


def _about(number: str) -> bytes:
    return f"intake|{number}".encode()
