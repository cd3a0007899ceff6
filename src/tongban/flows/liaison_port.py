"""The port through which acts between zones are kept, and the lists that pages make of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tongban.domain.liaison.acts import ZoneAct
from tongban.kernel.ids import CaseId, ItemId, ZoneId

REGISTERS = ("original", "copy", "receipt", "delegation", "dispute", "joint", "part")


@dataclass(frozen=True, slots=True)
class Matter:
    """How one subject stands after its newest act: one line of a list, made again from the acts at each.

    Args:
        register: one of ``REGISTERS``.
        about: what it is about: the kind of a dispute, the paper of an original.
        zone, other_zone: who answers for it now, and the other one.
        state: in the words of its register.
        due_on: the last day for what comes next, or None.
        at: of its newest act.
    """

    subject: str
    register: str
    case_id: CaseId
    item_id: ItemId
    about: str
    zone: ZoneId
    other_zone: ZoneId
    state: str
    is_open: bool
    due_on: date | None
    at: datetime


class LiaisonActs(Protocol):
    """Acts between zones: kept once, never changed or thrown away."""

    def keep(self, told: ZoneAct, register: str) -> bool:
        """Keep an act; False when it, or another behind the same one, is there."""

    def save_matter(self, matter: Matter) -> None:
        """Keep how a subject stands, in place of how it stood."""

    def list_about(self, subject: str) -> tuple[ZoneAct, ...]:
        """Return the acts about one subject, in the order in which they came."""

    def list_of_case(self, case_id: CaseId) -> tuple[ZoneAct, ...]:
        """Return the acts about a case, in the order in which they came."""

    def list_register(self, register: str) -> tuple[ZoneAct, ...]:
        """Return every act of a register that stays small: delegations, a few a year."""

    def list_matters(
        self, register: str, limit: int, *, is_open: bool = True, after: str = ""
    ) -> tuple[Matter, ...]:
        """Return subjects: open ones by their day, those without one last; closed ones the newest first.

        Args:
            after: the subject behind which to begin; empty for the first page.
        """

    def find_matter(self, register: str, about: str) -> Matter | None:
        """Return the newest subject of a register that is about this, or None."""

    def count_matters(self, register: str, about: str, item_id: ItemId) -> int:
        """Return how many subjects there have been about this, for an item."""
