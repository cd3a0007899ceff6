"""The clock of the step that a case is at: each step's own limit, from the regime's data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from tongban.domain.case.state import Case
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.provisional import NotYetKnown, find_reading
from tongban.domain.clock.reading import Reading
from tongban.domain.clock.statute import TimeLimit
from tongban.domain.clock.warning import find_day_before
from tongban.domain.procedure import Regime
from tongban.kernel.moment import CHINA_STANDARD_TIME, Moment


@dataclass(frozen=True, slots=True)
class RunningStep:
    """A step's clock that runs.

    Args:
        name: of the limit in the regime's data, e.g. ``forward``.
        since: when the step began.
    """

    name: str
    limit: TimeLimit
    since: Moment
    reading: Reading | NotYetKnown


def running_steps(
    case: Case, regime: Regime, calendar: WorkingCalendar, now: Moment
) -> tuple[RunningStep, ...]:
    """Return the clocks of the steps that a case is at, in the order of the regime's limits.

    The step of answering an application (``correction-notice``) is among ``due.running_clocks``, because
    silence has an effect of its own (all-2019#32.4).
    """
    found = []
    for name, limit in regime.limits.items():
        since = find_step_start(name, case)
        if since is not None:
            at = now if now.at >= since.at else since
            found.append(RunningStep(name, limit, since, find_reading(since, limit, (), calendar, at)))
    return tuple(found)


def find_step_start(name: str, case: Case) -> Moment | None:
    """Return when a step with a limit of its own began in a case that is at it, or None."""
    start = STEPS.get(name)
    return start(case) if start is not None else None


def _forwarding(case: Case) -> Moment | None:
    """From the receipt until the deciding zone has recorded anything; an own case is not handed on."""
    is_on_its_way = case.version == 1 and case.receiving_zone != case.deciding_zone
    return Moment(case.received_at) if is_on_its_way and case.received_at is not None else None


def _confirming(case: Case) -> Moment | None:
    """From the receipt until the deciding zone has taken it up: accepted it, sent it back, or ended it.

    That its node asked a register shows that the case arrived there, not that anybody looked whether all is
    there; its own word (``liaison.acts.ReceiptConfirmed``), which is no event of the case, ends it too.
    """
    if case.received_at is None or case.receiving_zone == case.deciding_zone or is_taken_up(case):
        return None
    return Moment(case.received_at)


def is_taken_up(case: Case) -> bool:
    """Say whether a case has gone on since it was received; one that was sent back once has."""
    return case.stage not in ("nothing", "received") or case.times_corrected > 0


def _delivery(case: Case) -> Moment | None:
    """From the decision until the licence was served (all-2019#44)."""
    is_on_its_way = case.stage == "concluded" and case.ending.delivered is None and case.licence_state == "01"
    if case.decision is None or not (case.stage == "granted" or is_on_its_way):
        return None
    return _noon(case.decision.decided_on)


def _asking_for_hearing(case: Case) -> Moment | None:
    """From the word of the right until somebody asks, all do without it, or it lapses (all-2019#47.1)."""
    hearing = case.examination.hearing
    is_open = case.is_open and hearing.until_on is not None and hearing.may_be_asked_for(hearing.until_on)
    return _noon(hearing.told_on) if is_open and hearing.told_on is not None else None


def _holding_hearing(case: Case) -> Moment | None:
    """From the first request until the hearing is held (all-2019#47.1)."""
    hearing = case.examination.hearing
    if not (case.is_open and hearing.is_awaited and hearing.hold_by_on and hearing.asked_on):
        return None
    return _noon(hearing.asked_on)


def find_tell_hearing_by(case: Case, regime: Regime, calendar: WorkingCalendar) -> date | None:
    """Return the last day to tell time and place of a hearing that nobody has set; None where none is wanted.

    Source of law: all-2019#48.1 (seven working days before, counted back from the last day to hold it).
    """
    hearing, limit = case.examination.hearing, regime.limits.get("hearing-notice")
    if limit is None or hearing.hold_by_on is None or hearing.scheduled or _holding_hearing(case) is None:
        return None
    return find_day_before(hearing.hold_by_on, limit, calendar)


def _noon(on: date) -> Moment:
    return Moment(datetime.combine(on, time(12), CHINA_STANDARD_TIME))


STEPS: Mapping[str, Callable[[Case], Moment | None]] = {
    "forward": _forwarding,
    "confirm": _confirming,
    "ask-for-hearing": _asking_for_hearing,
    "hold-hearing": _holding_hearing,
    "deliver": _delivery,
}
"""By the name of a limit: when the step began, in a case that is at it. A new step is one more line."""
