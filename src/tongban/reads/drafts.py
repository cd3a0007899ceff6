"""The drafts of decisions that still wait for their officer."""

from dataclasses import dataclass
from datetime import datetime

from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.store.models import CaseIndex

SHOWN = 20


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A case in which somebody has a draft, and since when."""

    case_id: CaseId
    act: str
    at: datetime


def read_drafts(username: str, deps: Deps) -> tuple[DraftLine, ...]:
    """Return an officer's drafts in cases that still wait for a person, the newest first."""
    kept = deps.desk.list_drafts(username, SHOWN)
    if not kept:
        return ()
    waiting = set(
        CaseIndex.objects.filter(
            case_id__in=[case_id for case_id, _, _ in kept], waits_for="person", deciding_zone=deps.zone
        ).values_list("case_id", flat=True)
    )
    return tuple(DraftLine(case_id, act, at) for case_id, act, at in kept if case_id in waiting)
