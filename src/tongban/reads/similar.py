"""Cases like one: of the same item, decided by a person, with the same criteria in the way."""

from dataclasses import dataclass
from datetime import date

from tongban.domain.case.events import Granted, GrantRefused
from tongban.domain.case.state import Case
from tongban.domain.rules.evaluate import from_plain
from tongban.domain.rules.table import Mark
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.store.models import CaseIndex

LOOKED_AT = 40
SHOWN = 5
"""How many of the latest decisions are looked at, and how many are shown: the same at any size."""


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A decided case with the same criteria in the way, and how it ended."""

    case_id: CaseId
    is_granted: bool
    decided_on: date
    reasons: Text


def read_similar(case: Case, deps: Deps) -> tuple[SimilarCase, ...]:
    """Return the latest decisions on the same criteria, with two questions; none before an assessment."""
    wanted = list_in_the_way(case)
    if not wanted:
        return ()
    rows = CaseIndex.objects.filter(
        deciding_zone=deps.zone, item_id=case.item_id, decided_on__isnull=False, needs_person=True
    ).exclude(case_id=case.id)
    found = [
        CaseId(one)
        for one in rows.order_by("-decided_on", "-case_id").values_list("case_id", flat=True)[:LOOKED_AT]
    ]
    similar = []
    with deps.unit():
        deps.cases.preload(found)
        for case_id in found:
            other = deps.cases.find(case_id)
            if other is not None and list_in_the_way(other) == wanted and (told := _tell(other, deps)):
                similar.append(told)
            if len(similar) == SHOWN:
                break
    return tuple(similar)


def list_in_the_way(case: Case) -> frozenset[str]:
    """Return the criteria that the machine found unmet or could not tell; empty when it has not looked."""
    if case.assessment is None:
        return frozenset()
    found = from_plain(case.assessment.record)
    pairs = zip(found.rows, found.marks, strict=True)
    return frozenset(row.criterion for row, mark in pairs if mark in (Mark.UNMET, Mark.UNKNOWN))


def _tell(case: Case, deps: Deps) -> SimilarCase | None:
    for recorded in reversed(deps.cases.history(case.id)):
        match recorded.event:
            case Granted(_, on, Text() as reasons):
                return SimilarCase(case.id, True, on, reasons)
            case GrantRefused(on, reasons):
                return SimilarCase(case.id, False, on, reasons)
    return None
