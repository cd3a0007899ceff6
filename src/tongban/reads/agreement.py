"""How often whoever decides a case sees it as the machine does, and why they do not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text
from tongban.store.models import MachineOpinion

DIFFERENCES_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Agreement:
    """Decisions by a person with the machine's findings before them."""

    agreed: int = 0
    differed: int = 0

    @property
    def decided(self) -> int:
        """All of them."""
        return self.agreed + self.differed

    @property
    def share_percent(self) -> str:
        """How many of a hundred differed, to one decimal; ``0`` before anything was decided."""
        return f"{100 * self.differed / self.decided:.1f}" if self.decided else "0"


@dataclass(frozen=True, slots=True)
class Difference:
    """A case that somebody saw otherwise than the machine.

    Args:
        granted: how it was decided.
    """

    case_id: CaseId
    granted: bool
    why: Text
    actor_name: str
    at: datetime


def read_agreements(item_ids: Collection[ItemId]) -> Mapping[str, Agreement]:
    """Return the counts of these items, with one question; items that nobody decided are left out."""
    counts: dict[str, dict[bool, int]] = {}
    chosen = MachineOpinion.objects.filter(item_id__in=tuple(item_ids))
    rows = chosen.values_list("item_id", "agrees").annotate(n=Count("case_id"))
    for item_id, agrees, count in rows:
        counts.setdefault(item_id, {})[agrees] = count
    return {item: Agreement(by.get(True, 0), by.get(False, 0)) for item, by in counts.items()}


def list_differences(item_id: ItemId) -> tuple[Difference, ...]:
    """Return the newest differences on an item."""
    rows = MachineOpinion.objects.filter(item_id=item_id, agrees=False).order_by("-at", "case_id")[
        :DIFFERENCES_SHOWN
    ]
    return tuple(
        Difference(
            CaseId(row.case_id), row.granted, Text(row.differs_zh, row.differs_en), row.actor_name, row.at
        )
        for row in rows
    )
