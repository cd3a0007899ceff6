"""The port through which what was taken in without the node is kept; the store fills it."""

from datetime import datetime
from typing import Protocol

from tongban.domain.hall.provisional import Intake, IntakeConflict, NumberRange
from tongban.kernel.ids import CaseId


class Pickups(Protocol):
    """Licences handed out at windows."""

    def keep(self, case_id: CaseId, to: str, clerk: str, at: datetime) -> None:
        """Note that a case's licence was handed out; raises Conflict when it was before.

        Args:
            to: ``applicant`` or ``agent``.
        """

    def is_handed_out(self, case_id: CaseId) -> bool:
        """Say whether it was handed out."""


class Intakes(Protocol):
    """Ranges of provisional numbers, intakes reconciled, and conflicts."""

    def public_point(self) -> bytes:
        """Return what a browser locks with, so that this node alone can read it."""

    def open_box(self, box: bytes, number: str) -> bytes:
        """Return what a browser locked under a number; raises Fault when it cannot be opened."""

    def give_range(self, window: str, clerk: str, size: int, at: datetime) -> NumberRange:
        """Give a window the next numbers, which nobody else has or will have."""

    def find_range(self, count: int) -> NumberRange | None:
        """Return the range in which a number lies, or None when it was never given out."""

    def keep(self, intake: Intake) -> Intake:
        """Keep an intake unless its number has one; return the one that is kept."""

    def keep_conflict(self, conflict: IntakeConflict) -> None:
        """Keep another writing under a number, once for each content."""

    def find(self, number: str) -> Intake | None:
        """Return an intake, or None."""

    def find_of_case(self, case_id: CaseId) -> Intake | None:
        """Return the intake that became a case, or None."""

    def complete(self, case_id: CaseId) -> None:
        """Note that the case was handed in; nothing when no intake belongs to it, or it was noted before."""

    def settle(self, number: str, digest: str, clerk: str, at: datetime) -> None:
        """Note that a clerk has looked at a conflict; nothing when it was noted before."""

    def list_open(self, limit: int) -> tuple[Intake, ...]:
        """Return what is still to be completed, the oldest first."""

    def list_conflicts(self, limit: int) -> tuple[IntakeConflict, ...]:
        """Return conflicts that nobody has looked at, the oldest first."""
