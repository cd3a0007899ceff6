"""A case as one row of the index, so that lists need no history."""

from collections.abc import Callable
from datetime import date, datetime

from tongban.domain.case.later import find_check_due_on, find_wake_on
from tongban.domain.case.state import Case
from tongban.domain.case.waiting import read_waiting
from tongban.kernel.moment import civil_date

DueOn = Callable[[Case], date | None]
"""The day by which the deciding zone must answer, or None while no clock runs."""


def index_row(case: Case, updated_at: datetime, due_on: DueOn) -> tuple[object, ...]:
    """Return the row in the order of ``writes.CASE_INDEX``; raises ValueError for a case never received."""
    if case.received_at is None:
        raise ValueError(f"{case.id} was never received")
    due = due_on(case)
    return (
        case.id,
        case.item_id,
        case.stage,
        case.deciding_zone,
        case.receiving_zone,
        case.applicant.kind,
        case.applicant.id,
        case.applicant.name,
        case.applicant.agent_id,
        case.taken_in_by,
        case.channel,
        case.received_at,
        case.accepted_on,
        due,
        due or civil_date(case.received_at),
        case.decision.decided_on if case.decision else None,
        case.needs_person,
        read_waiting(case).value,
        find_wake_on(case),
        find_check_due_on(case),
        case.credential_id or "",
        case.version,
        updated_at,
    )
