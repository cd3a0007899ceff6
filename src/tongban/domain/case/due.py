"""By when the deciding zone must act next, by which limit, and why that day."""

from dataclasses import dataclass, replace
from datetime import date

from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.provisional import NotYetKnown, find_reading
from tongban.domain.clock.reading import Reading
from tongban.domain.clock.statute import LimitKind, TimeLimit
from tongban.domain.procedure import Regime
from tongban.kernel.moment import Moment


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs on a case.

    Args:
        name: ``correction-notice`` before acceptance, ``statutory`` or ``promised`` after it.
        since: when it began to run.
        reading: where it stands, or why that is not known yet.
    """

    name: str
    limit: TimeLimit
    since: Moment
    reading: Reading | NotYetKnown


def running_clocks(
    case: Case, item: ServiceItem, regime: Regime, calendar: WorkingCalendar, now: Moment
) -> tuple[Running, ...]:
    """Return every clock that runs against the deciding zone, the one that binds soonest first.

    Where no silence accepts, the time to decide runs from the receipt (market-registration-2021#19.1).

    Source of law: all-2019#32.4 (answer within five working days of receipt), all-2019#42 (decide).
    """
    if case.stage == "received" and case.received_at is not None and not regime.runs_from_receipt:
        silence = regime.limits.get("correction-notice")
        return (
            ()
            if silence is None
            else (_run("correction-notice", silence, Moment(case.received_at), calendar, now),)
        )
    started_at = case.received_at if regime.runs_from_receipt else case.accepted_at
    stages = ("received", "accepted", "assessed") if regime.runs_from_receipt else ("accepted", "assessed")
    if case.stage not in stages or started_at is None:
        return ()
    since = Moment(started_at)
    started_on = since.on if case.accepted_on is None or regime.runs_from_receipt else case.accepted_on
    statutory = item.get_statutory_limit(started_on)
    if case.extended and (more := regime.limits.get("extend")) is not None:
        statutory = replace(statutory, amount=statutory.amount + more.amount)
    clocks = [_run("statutory", statutory, since, calendar, now)]
    promised = item.find_promised_limit(started_on)
    if promised is not None:
        clocks.append(_run(LimitKind.PROMISED.value, promised, since, calendar, now))
    return tuple(sorted(clocks, key=lambda clock: due_on(clock.reading)))


def due_on(reading: Reading | NotYetKnown) -> date:
    """Return the due date, or the last known day before it, which still sorts a list."""
    return reading.due_on if isinstance(reading, Reading) else reading.due_on or reading.due_after_on


def find_due_on(case: Case, item: ServiceItem, regime: Regime, calendar: WorkingCalendar) -> date | None:
    """Return the day by which the statutory clock ends, or None while no clock runs.

    The promise is shown beside it, but a list sorted by promises would put late cases behind new ones.
    """
    if case.stage == "published" and case.wait is not None:
        return case.wait.until_on
    since = case.accepted_at or case.received_at
    if since is None:
        return None
    clocks = running_clocks(case, item, regime, calendar, Moment(since))
    statutory = [clock for clock in clocks if clock.name != LimitKind.PROMISED.value]
    return due_on(statutory[0].reading) if statutory else None


def _run(name: str, limit: TimeLimit, since: Moment, calendar: WorkingCalendar, now: Moment) -> Running:
    # A clock read before it began (two zones' clocks differ by seconds) stands at its beginning.
    at = now if now.at >= since.at else since
    return Running(name, limit, since, find_reading(since, limit, (), calendar, at))
