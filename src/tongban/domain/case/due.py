"""By when the deciding zone must act next, by which limit, and why that day."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.provisional import NotYetKnown, find_reading
from tongban.domain.clock.reading import Reading
from tongban.domain.clock.statute import LimitKind, Pause, TimeLimit
from tongban.domain.procedure import Regime
from tongban.kernel.moment import CHINA_STANDARD_TIME, Moment


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs on a case.

    Args:
        name: ``correction-notice`` before acceptance, ``statutory`` or ``promised`` after it.
        since: when it began to run.
        reading: where it stands, or why that is not known yet.
        pauses: the days that it leaves out (all-2019#45).
    """

    name: str
    limit: TimeLimit
    since: Moment
    reading: Reading | NotYetKnown
    pauses: tuple[Pause, ...] = ()


def running_clocks(
    case: Case,
    item: ServiceItem,
    regime: Regime,
    calendar: WorkingCalendar,
    now: Moment,
    *,
    as_expected: bool = False,
) -> tuple[Running, ...]:
    """Return every clock that runs against the deciding zone, the one that binds soonest first.

    Where no silence accepts, the time to decide runs from the receipt (market-registration-2021#19.1). Both
    the statutory clock and the promised one leave out the time of special procedures, and of nothing else.

    Args:
        as_expected: True to read a special procedure that runs as if it ended when it should.

    Source of law: all-2019#32.4 (answer within five working days of receipt), all-2019#42 (decide),
        all-2019#45 (what is not counted).
    """
    if case.stage == "received" and case.received_at is not None and not regime.runs_from_receipt:
        silence = regime.limits.get("correction-notice")
        return (
            ()
            if silence is None
            else (_run("correction-notice", silence, Moment(case.received_at), (), calendar, now),)
        )
    started_at = case.received_at if regime.runs_from_receipt else case.accepted_at
    stages = ("received", "accepted", "assessed") if regime.runs_from_receipt else ("accepted", "assessed")
    if case.stage not in stages or started_at is None:
        return ()
    since = Moment(started_at)
    started_on = since.on if case.accepted_on is None or regime.runs_from_receipt else case.accepted_on
    statutory = find_limit(item.get_statutory_limit(started_on), regime, extended=case.extended)
    pauses = case.examination.list_pauses(as_expected=as_expected)
    clocks = [_run("statutory", statutory, since, pauses, calendar, now)]
    promised = item.find_promised_limit(started_on)
    if promised is not None:
        clocks.append(_run(LimitKind.PROMISED.value, promised, since, pauses, calendar, now))
    return tuple(sorted(clocks, key=lambda clock: due_on(clock.reading)))


def find_limit(limit: TimeLimit, regime: Regime, *, extended: bool) -> TimeLimit:
    """Return the statutory limit with its extension, which is another one where authorities act jointly.

    Source of law: all-2019#42.1 (10 days more), all-2019#42.2 (15 days more where 45 were given).
    """
    jointly = regime.limits.get("decide-jointly")
    is_joint = jointly is not None and jointly.source == limit.source
    more = regime.limits.get("extend-jointly" if is_joint else "extend")
    if not extended or more is None:
        return limit
    return replace(limit, amount=limit.amount + more.amount)


def due_on(reading: Reading | NotYetKnown) -> date:
    """Return the due date, or the last known day before it, which still sorts a list."""
    return reading.due_on if isinstance(reading, Reading) else reading.due_on or reading.due_after_on


def find_due_on(case: Case, item: ServiceItem, regime: Regime, calendar: WorkingCalendar) -> date | None:
    """Return the day by which the statutory clock ends, or None while no clock runs.

    The promise is shown beside it, but a list sorted by promises would put late cases behind new ones. A
    special procedure that runs is taken to end when it should; once it has not, the case is looked at early.
    """
    if case.stage == "published" and case.wait is not None:
        return case.wait.until_on
    if case.stage == "concluded":
        return find_deliver_by(case, regime, calendar)
    since = case.accepted_at or case.received_at
    if since is None:
        return None
    clocks = running_clocks(case, item, regime, calendar, Moment(since), as_expected=True)
    statutory = [clock for clock in clocks if clock.name != LimitKind.PROMISED.value]
    return due_on(statutory[0].reading) if statutory else None


def find_deliver_by(case: Case, regime: Regime, calendar: WorkingCalendar) -> date | None:
    """Return the last day to serve the licence, or None when it was served or need not be (all-2019#44)."""
    limit = regime.limits.get("deliver")
    waits = case.stage == "concluded" and case.ending.delivered is None and case.licence_state == "01"
    if limit is None or case.decision is None or not waits:
        return None
    return due_on(read_delivery(case.decision.decided_on, limit, calendar))


def read_delivery(decided_on: date, limit: TimeLimit, calendar: WorkingCalendar) -> Reading | NotYetKnown:
    """Return the clock of delivery, which runs from the day of the decision, as it stood on that day."""
    since = Moment(datetime.combine(decided_on, time(12), CHINA_STANDARD_TIME))
    return find_reading(since, limit, (), calendar, since)


def _run(
    name: str,
    limit: TimeLimit,
    since: Moment,
    pauses: tuple[Pause, ...],
    calendar: WorkingCalendar,
    now: Moment,
) -> Running:
    # A clock read before it began (two zones' clocks differ by seconds) stands at its beginning.
    at = now if now.at >= since.at else since
    return Running(name, limit, since, find_reading(since, limit, pauses, calendar, at), pauses)
