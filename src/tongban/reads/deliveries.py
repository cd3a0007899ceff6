"""Licences that this zone has granted and not served yet: the most urgent first, one indexed predicate."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tongban.domain.party import mask_name
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text
from tongban.reads.keyset import lies_behind
from tongban.store.models import CaseIndex

PAGE_ROWS = 25


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A licence to serve.

    Args:
        due_on: last day of the limit for delivery.
        received_in: where its applicant came; the proof of service may come from any zone.
        wish: how a paper copy is to be received (``domain.delivery``), empty where none is.
    """

    case_id: CaseId
    item: Text
    applicant: str
    due_on: date
    is_late: bool
    received_in: Text
    wish: str = ""


@dataclass(frozen=True, slots=True)
class OutstandingPage:
    """One page; ``next`` is where the next one begins, or empty."""

    rows: tuple[Outstanding, ...]
    next: str


def read_outstanding(after: str, deps: Deps, size: int = PAGE_ROWS) -> OutstandingPage:
    """Return one page of what is to be served; ``case_to_deliver`` is its index."""
    chosen = CaseIndex.objects.filter(deciding_zone=deps.zone, stage="concluded", due_on__isnull=False)
    found = list(chosen.filter(*_behind(after)).order_by("due_on", "case_id")[: size + 1])
    shown, today = found[:size], Moment(deps.clock.now()).on
    rows = tuple(_row(one, today, deps) for one in shown)
    is_more = len(found) > size
    return OutstandingPage(rows, f"{shown[-1].due_on}.{shown[-1].case_id}" if is_more else "")


def _row(one: CaseIndex, today: date, deps: Deps) -> Outstanding:
    due_on = one.due_on or today
    name = mask_name(one.applicant_name) if one.applicant_kind == "person" else one.applicant_name
    title = deps.catalogue.get_item(ItemId(one.item_id), deps.zone).title
    zone = deps.catalogue.zones[ZoneId(one.receiving_zone)].short_name
    return Outstanding(CaseId(one.case_id), title, name, due_on, due_on < today, zone, one.wish)


def _behind(after: str) -> tuple[Any, ...]:
    day, _, case_id = after.partition(".")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return ()
    return (lies_behind({"due_on": on, "case_id": case_id}),) if case_id else ()
