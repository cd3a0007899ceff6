"""What an officer must look at after the decision: promises, papers that followed, life checks; by date."""

from dataclasses import dataclass
from datetime import date, timedelta

from tongban.domain.case.state import Check
from tongban.domain.clock.reading import Light
from tongban.domain.party import mask_name
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text
from tongban.reads.keyset import lies_behind
from tongban.store.models import CaseIndex

PAGE_ROWS = 25
_SOON = timedelta(days=7)
"""A lamp turns yellow a week before the day; a habit of the halls, not of the law."""


@dataclass(frozen=True, slots=True)
class DueCheck:
    """One line of the list: a case with the first of its checks."""

    case_id: CaseId
    item: Text
    applicant: str
    due_on: date
    light: Light


@dataclass(frozen=True, slots=True)
class DueChecks:
    """One page of it; ``next`` names where the following page begins, or is empty."""

    rows: tuple[DueCheck, ...]
    next: str


def read_due_checks(after: str, deps: Deps, size: int = PAGE_ROWS) -> DueChecks:
    """Return the cases decided here with a check that waits for an officer, the soonest first.

    Args:
        after: ``2026-03-02.SZ260302-…`` of the last line before, or empty.
    """
    today = Moment(deps.clock.now()).on
    chosen = CaseIndex.objects.filter(check_due_on__isnull=False, deciding_zone=deps.zone)
    day, _, number = after.partition(".")
    try:
        since = date.fromisoformat(day) if number else None
    except ValueError:
        since = None
    if since is not None:
        chosen = chosen.filter(lies_behind({"check_due_on": since, "case_id": number}))
    found = list(chosen.order_by("check_due_on", "case_id")[: size + 1])
    rows = []
    for row in found[:size]:
        due_on = row.check_due_on or today
        rows.append(
            DueCheck(
                CaseId(row.case_id),
                deps.catalogue.get_item(ItemId(row.item_id), deps.zone).title,
                mask_name(row.applicant_name) if row.applicant_kind == "person" else row.applicant_name,
                due_on,
                light_on(due_on, today),
            )
        )
    last = rows[-1] if rows else None
    more = f"{last.due_on.isoformat()}.{last.case_id}" if last and len(found) > size else ""
    return DueChecks(tuple(rows), more)


def light_of_check(check: Check, deps: Deps) -> Light:
    """Return the lamp of one check."""
    return light_on(check.due_on, Moment(deps.clock.now()).on)


def light_on(due_on: date, today: date) -> Light:
    """Return the lamp of a day: red once it is over, yellow in its last week."""
    if due_on < today:
        return Light.RED
    return Light.YELLOW if due_on - today <= _SOON else Light.GREEN
