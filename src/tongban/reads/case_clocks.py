"""The clocks of steps and the user's own clock, as a case page shows them beside those of the law."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from tongban.domain.case.ending import Delivered
from tongban.domain.case.events import Recorded
from tongban.domain.case.state import Case
from tongban.domain.case.steps import find_tell_hearing_by, running_steps
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.elapsed import Elapsed
from tongban.domain.clock.explain import DueReason, explain_clock
from tongban.domain.clock.provisional import NotYetKnown
from tongban.domain.clock.reading import Light, Reading
from tongban.domain.clock.statute import Unit, amount_in_words
from tongban.domain.clock.wording import day_in_words
from tongban.domain.procedure import Regime
from tongban.kernel.errors import Refused
from tongban.kernel.moment import CHINA_STANDARD_TIME, Moment, civil_date
from tongban.kernel.text import Text
from tongban.reads import case_words as w
from tongban.reads.case_timeline import Due, compose_due
from tongban.reads.lights import read_lamp

_MINUTES_AN_HOUR, _MINUTES_A_DAY = 60, 1440


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock that runs, with its lamp and why the date is what it is."""

    due: Due
    light: Light | None
    left: Text
    reasons: tuple[DueReason, ...]


def read_step_clocks(
    case: Case, regime: Regime, calendar: WorkingCalendar, warn_percent: int, now: Moment,
    settled: frozenset[str] = frozenset(),
) -> tuple[ClockLine, ...]:  # fmt: skip
    """Return the clocks of the steps that the case is at, each with its own limit and article.

    Args:
        settled: names of steps that another zone's word has ended; no event of the case tells of it.
    """
    lines = tuple(
        ClockLine(
            due=compose_due(_STEPS.get(step.name, Text(step.name, step.name)), step.limit, step.reading),
            light=read_lamp(step.reading, now.on, warn_percent),
            left=say_left(step.reading),
            reasons=explain_clock(step.since, step.limit, (), calendar, now, is_step=True),
        )
        for step in running_steps(case, regime, calendar, now)
        if step.name not in settled
    )
    notice = _find_hearing_notice(case, regime, calendar, warn_percent, now)
    return (*lines, notice) if notice else lines


def _find_hearing_notice(
    case: Case, regime: Regime, calendar: WorkingCalendar, warn_percent: int, now: Moment
) -> ClockLine | None:
    """Return the last day to tell time and place of a hearing, counted back from the last day to hold it."""
    asked_on, hold_by_on = case.examination.hearing.asked_on, case.examination.hearing.hold_by_on
    tell_by_on = find_tell_hearing_by(case, regime, calendar)
    if tell_by_on is None or asked_on is None or hold_by_on is None:
        return None
    limit = regime.limits["hearing-notice"]
    try:
        total = calendar.count_working_days(asked_on, tell_by_on)
        used = calendar.count_working_days(asked_on, now.on)
    except Refused:
        return None
    reading = Reading(tell_by_on, used, total - used, False, total, limit.unit, now.on > tell_by_on)
    last, held_by = day_in_words(tell_by_on), day_in_words(hold_by_on)
    back = Text(
        f"听证最迟{held_by.zh}举行，往回数{limit.in_words.zh}，是{last.zh}。",
        f"The hearing is held by {held_by.en} at the latest; {limit.in_words.en} before that is {last.en}.",
    )
    return ClockLine(
        due=compose_due(_STEPS["hearing-notice"], limit, reading),
        light=read_lamp(reading, now.on, warn_percent),
        left=say_left(reading),
        reasons=(DueReason(back, limit.source),),
    )


def read_served(case: Case, history: Sequence[Recorded], regime: Regime, ended_at: datetime) -> Moment | None:
    """Return when the result reached its holder, or None while a licence in force waits to be served.

    What is served by the end itself (a refusal online, a licence of a procedure without a proof of service)
    and what nobody will serve any more (undone, archived) ends with ``ended_at``.

    Source of law: all-2019#44.
    """
    delivered = case.ending.delivered
    if delivered is None:
        waits = case.stage == "concluded" and case.licence_state == "01" and case.ending.archived is None
        is_served_apart = regime.find_arrow(case.stage, "RecordDelivery") is not None
        return None if waits and is_served_apart else Moment(ended_at)
    at = next(one.at for one in reversed(history) if isinstance(one.event, Delivered))
    noon = datetime.combine(delivered.delivered_on, time(12), CHINA_STANDARD_TIME)
    # A proof of service may be recorded days after the day on which it counts as served.
    return Moment(at if civil_date(at) == delivered.delivered_on else max(noon, ended_at))


def say_left(reading: Reading | NotYetKnown) -> Text:
    """Return how much of a clock is left, in its own unit; how late it is once it has run out."""
    if not isinstance(reading, Reading):
        return w.DATE_TO_FOLLOW
    words = _say_amount(abs(reading.left), reading.unit)
    if reading.overdue:
        return w.OVERDUE.fill(zh=words.zh, en=words.en)
    return w.LAST_DAY if reading.left == 0 else w.LEFT.fill(zh=words.zh, en=words.en)


def _say_amount(amount: int, unit: Unit) -> Text:
    """Return an amount in its own unit; many minutes in hours, many hours in days, begun ones not counted."""
    if unit is Unit.MINUTE and amount >= _MINUTES_AN_HOUR:
        return _say_amount(amount // _MINUTES_AN_HOUR, Unit.HOUR)
    if unit is Unit.HOUR and amount >= _MINUTES_A_DAY // _MINUTES_AN_HOUR:
        return amount_in_words(amount // (_MINUTES_A_DAY // _MINUTES_AN_HOUR), Unit.CALENDAR_DAY)
    return amount_in_words(amount, unit)


def say_elapsed(elapsed: Elapsed) -> Text:
    """Return how long a person has waited, in the unit that suits, with its working days from two days on."""
    if elapsed.minutes < 1:
        return Text("不到1分钟", "less than a minute")
    if elapsed.minutes < _MINUTES_AN_HOUR:
        return _count(elapsed.minutes, "分钟", "minute")
    if elapsed.minutes < _MINUTES_A_DAY:
        return _count(elapsed.minutes // _MINUTES_AN_HOUR, "小时", "hour")
    whole = _count(elapsed.days, "天", "day")
    if elapsed.working_days is None:
        return whole
    working = _count(elapsed.working_days, "个工作日", "working day")
    return Text(f"{whole.zh}（其中{working.zh}）", f"{whole.en} ({working.en} of them)")


def _count(number: int, zh: str, en: str) -> Text:
    return Text(f"{number}{zh}", f"{number} {en}{'' if number == 1 else 's'}")


_STEPS = {
    "forward": Text("最迟送达办理区（环节时限）", "With the deciding zone at the latest (this step)"),
    "confirm": Text(
        "办理区最迟确认收到（环节时限）", "Confirmed by the deciding zone at the latest (this step)"
    ),
    "ask-for-hearing": Text("要求听证的最后一日（环节时限）", "A hearing may be asked for until (this step)"),
    "hold-hearing": Text("听证最迟举行（环节时限）", "The hearing is held at the latest (this step)"),
    "hearing-notice": Text(
        "听证时间、地点最迟通知（环节时限）", "Time and place of the hearing told at the latest (this step)"
    ),
    "deliver": Text("最迟送达（环节时限）", "Delivered at the latest (this step)"),
}
"""What must come by the end of each step of ``domain.case.steps``."""
