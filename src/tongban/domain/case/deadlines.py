"""Which deadlines a case must have by now: to answer a correction, to renew."""

from collections.abc import Iterator, Mapping
from datetime import date

from tongban.domain.case.ending_commands import SetDeadline
from tongban.domain.case.later import count_until
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.succession import find_deemed_on
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.procedure import Regime
from tongban.kernel.moment import civil_date


def compose_deadlines(
    case: Case,
    item: ServiceItem,
    regime: Regime,
    facts: Mapping[str, object],
    calendar: WorkingCalendar,
    today: date,
) -> Iterator[SetDeadline]:
    """Yield the deadlines that a case lacks.

    Args:
        facts: of the case as they are known today.

    Raises:
        Refused: ``calendar.not-loaded`` when a working day past the calendar would be needed.
    """
    answer = regime.limits.get("answer-correction")
    if case.stage == "correcting" and answer is not None:
        name = f"correction:{case.times_corrected + 1}"
        if name not in case.ending.deadlines:
            yield SetDeadline(name, count_until(today, answer, calendar), answer.source)
    if _may_be_renewed(case, item, regime) and case.received_at is not None:
        deemed = find_deemed_on(item.succeeds, facts, civil_date(case.received_at), calendar)
        if deemed is not None:
            yield SetDeadline("renewal", *deemed)


def _may_be_renewed(case: Case, item: ServiceItem, regime: Regime) -> bool:
    waits = case.is_open and case.accepted_on is not None and case.decision is None
    return (
        bool(item.succeeds)
        and regime.has_act("DeemRenewed")
        and waits
        and "renewal" not in case.ending.deadlines
    )
