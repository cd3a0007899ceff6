"""The clocks of steps and the user's own clock, as a case page shows them beside those of the law."""

from dataclasses import dataclass

from tongban.domain.case.state import Case
from tongban.domain.case.steps import running_steps
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.elapsed import Elapsed
from tongban.domain.clock.explain import DueReason, explain_clock
from tongban.domain.clock.provisional import NotYetKnown
from tongban.domain.clock.reading import Light, Reading
from tongban.domain.clock.statute import Unit, amount_in_words
from tongban.domain.procedure import Regime
from tongban.kernel.moment import Moment
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
    case: Case, regime: Regime, calendar: WorkingCalendar, warn_percent: int, now: Moment
) -> tuple[ClockLine, ...]:
    """Return the clocks of the steps that the case is at, each with its own limit and article."""
    return tuple(
        ClockLine(
            due=compose_due(_STEPS.get(step.name, Text(step.name, step.name)), step.limit, step.reading),
            light=read_lamp(step.reading, now.on, warn_percent),
            left=say_left(step.reading),
            reasons=explain_clock(step.since, step.limit, (), calendar, now),
        )
        for step in running_steps(case, regime, calendar, now)
    )


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
    "forward": Text(
        "最迟送达办理区并得到确认（环节时限）",
        "With the deciding zone, and confirmed, at the latest (this step)",
    ),
    "deliver": Text("最迟送达（环节时限）", "Delivered at the latest (this step)"),
}
"""What must come by the end of each step of ``domain.case.steps``."""
