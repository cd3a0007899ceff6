"""The port ``Intakes`` in memory."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from tongban.crypto.dropbox import open_box, public_point
from tongban.domain.hall.provisional import Intake, IntakeConflict, NumberRange
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId

_KEY = bytes(32)


@dataclass(frozen=True, slots=True)
class GivenRange:
    """A range, who asked for it, and when."""

    numbers: NumberRange
    clerk: str
    at: datetime


class HasIntakes(Protocol):
    """The part of a zone's shelf that intakes need."""

    ranges: list[GivenRange]
    intakes: dict[str, Intake]
    conflicts: dict[tuple[str, str], IntakeConflict]
    settled: dict[tuple[str, str], tuple[str, datetime]]
    pickups: dict[CaseId, tuple[str, str, datetime]]


class MemoryIntakes:
    """Intakes in a dictionary."""

    def __init__(self, shelf: HasIntakes) -> None:
        self._shelf = shelf

    def public_point(self) -> bytes:
        """Return the point of a key that is no secret."""
        return public_point(_KEY)

    def open_box(self, box: bytes, number: str) -> bytes:
        """Open a box."""
        return open_box(_KEY, box, number.encode())

    def give_range(self, window: str, clerk: str, size: int, at: datetime) -> NumberRange:
        """Give the next numbers."""
        first = max((one.numbers.last for one in self._shelf.ranges), default=0) + 1
        given = GivenRange(NumberRange(window, first, first + size - 1), clerk, at)
        self._shelf.ranges = [*self._shelf.ranges, given]
        return given.numbers

    def find_range(self, count: int) -> NumberRange | None:
        """Return the range of a number, or None."""
        given = (one.numbers for one in self._shelf.ranges)
        return next((one for one in given if one.first <= count <= one.last), None)

    def keep(self, intake: Intake) -> Intake:
        """Keep the first."""
        kept = self._shelf.intakes.get(intake.number)
        if kept is None:
            self._shelf.intakes = {**self._shelf.intakes, intake.number: intake}
        return kept or intake

    def keep_conflict(self, conflict: IntakeConflict) -> None:
        """Keep it once."""
        key = (conflict.number, conflict.digest)
        if key not in self._shelf.conflicts:
            self._shelf.conflicts = {**self._shelf.conflicts, key: conflict}

    def find(self, number: str) -> Intake | None:
        """Return an intake, or None."""
        return self._shelf.intakes.get(number)

    def find_of_case(self, case_id: CaseId) -> Intake | None:
        """Return the intake of a case, or None."""
        return next((one for one in self._shelf.intakes.values() if one.case_id == case_id), None)

    def complete(self, case_id: CaseId) -> None:
        """Note it."""
        one = self.find_of_case(case_id)
        if one is not None:
            done = replace(one, is_completed=True)
            self._shelf.intakes = {**self._shelf.intakes, one.number: done}

    def settle(self, number: str, digest: str, clerk: str, at: datetime) -> None:
        """Note it."""
        if (number, digest) in self._shelf.conflicts:
            self._shelf.settled = {(number, digest): (clerk, at), **self._shelf.settled}

    def list_open(self, limit: int) -> tuple[Intake, ...]:
        """Return the oldest first."""
        waiting = [one for one in self._shelf.intakes.values() if not one.is_completed]
        return tuple(sorted(waiting, key=lambda one: (one.taken_at, one.number))[:limit])

    def list_conflicts(self, limit: int) -> tuple[IntakeConflict, ...]:
        """Return the oldest first."""
        waiting = [one for key, one in self._shelf.conflicts.items() if key not in self._shelf.settled]
        return tuple(sorted(waiting, key=lambda one: (one.at, one.number))[:limit])


class MemoryPickups:
    """Hand-outs in a dictionary."""

    def __init__(self, shelf: HasIntakes) -> None:
        self._shelf = shelf

    def keep(self, case_id: CaseId, to: str, clerk: str, at: datetime) -> None:
        """Note it once."""
        if case_id in self._shelf.pickups:
            raise Conflict(f"{case_id}: handed out already")
        self._shelf.pickups = {**self._shelf.pickups, case_id: (to, clerk, at)}

    def is_handed_out(self, case_id: CaseId) -> bool:
        """Look it up."""
        return case_id in self._shelf.pickups
