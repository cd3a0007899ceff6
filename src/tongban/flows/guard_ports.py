"""What the flows ask of the guard rails: is the machine stopped, which table was used, who looks again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tongban.domain.case.events import Actor
from tongban.domain.rules.table import RuleTable
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text

PARTS_PER_MILLION = 1_000_000


class RuleTables(Protocol):
    """Every rule table that ever decided anything, by hash."""

    def keep(self, rules_hash: str, table: RuleTable, pack_version: int = 0) -> None:
        """Keep a table; one that is there already is not written again.

        Args:
            pack_version: of the pack with which it is used; nought when that is not known.
        """

    def find(self, rules_hash: str) -> RuleTable | None:
        """Return a table as it was, or None when none of this hash was kept."""


@dataclass(frozen=True, slots=True)
class Rail:
    """How the machine is held on one item of this zone now.

    Args:
        stopped: the reason when its kill switch is on, or None.
        sample_ppm: of a million grants by rules, how many an officer looks at again; None when nobody set it.
    """

    stopped: Text | None = None
    sample_ppm: int | None = None


@dataclass(frozen=True, slots=True)
class RailAct:
    """Somebody turned a rail.

    Args:
        kind: ``stop``, ``lift`` or ``rate``.
        sample_ppm: the new rate; None for the other kinds.
    """

    item_id: ItemId
    kind: str
    reasons: Text
    actor: Actor
    at: datetime
    sample_ppm: int | None = None


@dataclass(frozen=True, slots=True)
class LaterCheck:
    """A grant by rules that an officer looks at again.

    Args:
        verdict: empty while nobody has looked, then ``correct`` or ``false``.
    """

    case_id: CaseId
    item_id: ItemId
    rules_hash: str
    chosen_at: datetime
    verdict: str = ""
    reasons: Text | None = None
    actor: Actor | None = None
    judged_at: datetime | None = None


class Rails(Protocol):
    """The rails of this zone's machine."""

    def read(self, item_id: ItemId) -> Rail:
        """Return how the machine is held. A unit that asked is only kept if no rail was turned meanwhile.

        Raises, at the unit's end:
            Conflict: one was; nothing was kept, and trying again sees the new rails.
        """

    def turn(self, act: RailAct) -> None:
        """Record an act; it holds from the end of this unit."""

    def acts(self, item_id: ItemId) -> Sequence[RailAct]:
        """Return the acts on an item, newest first."""

    def choose(self, check: LaterCheck) -> None:
        """Put a grant on the list of later checks, in this unit; once a case."""

    def find_check(self, case_id: CaseId) -> LaterCheck | None:
        """Return a later check, or None when the case was not chosen."""

    def judge(self, check: LaterCheck) -> None:
        """Keep an officer's verdict, in place of an earlier one."""
