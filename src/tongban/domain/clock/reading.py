"""The clock of a case on a day: due, used, left, paused. Computed each time, never stored.

The day of acceptance is not counted. Days inside a pause are not counted either: a pause from its first day
up to and including its last. A limit in calendar days or months whose last day is a rest day ends on the next
working day. ``total`` is the amount and its extensions for days, and the number of days those months have for
months. For a case that is decided, the clock is read on the day of decision.

Source of law:
    all-2019#42  20 working days from acceptance; extension by the head.
    all-2019#45  hearings, tests, inspections and expert reviews are not counted; a site survey is not on that
                 list, so the clock runs on.
    all-2019#82  time limits run in working days, holidays excluded.
    civil-code-2020#201, civil-code-2020#202, civil-code-2020#203  the first day, months, and the last day on
                 a rest day, by analogy.

Example: accepted on Monday 2 March 2026, laboratory test from 4 to 6 March.

    >>> limit = TimeLimit(20, Unit.WORKING_DAY, "all-2019#42")
    >>> test = Pause(date(2026, 3, 4), date(2026, 3, 6), "all-2019#45")
    >>> spring = WorkingCalendar("spring", date(2026, 3, 1), date(2026, 4, 3), frozenset({5, 6}))
    >>> reading = read_clock(date(2026, 3, 2), limit, [test], spring, date(2026, 3, 9))
    >>> reading.due_on, reading.used, reading.left, reading.paused
    (datetime.date(2026, 4, 2), 2, 18, False)
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.statute import Extension, Pause, TimeLimit, Unit
from tongban.kernel.moment import CHINA_STANDARD_TIME

_ONE_DAY = timedelta(days=1)
_MONTHS_A_YEAR = 12
NO_EXTENSIONS: tuple[Extension, ...] = ()


class Light(StrEnum):
    """The worklist's lamp."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock as it stands; ``used + left == total`` always holds.

    Args:
        due_on: last civil date of the limit; in a pause, the date it would be if the pause ended today.
        used: units counted so far.
        left: units still open; 0 on the last day, negative once overdue.
        paused: True when today is not counted because a pause covers it.
        total: the limit with its extensions, in ``unit``.
        unit: of the three numbers; a limit in months is read in calendar days.
        overdue: True once the last day, or the last minute, has passed.
        due_at: the aware UTC instant, for limits in hours and minutes only.
    """

    due_on: date
    used: int
    left: int
    paused: bool
    total: int
    unit: Unit
    overdue: bool
    due_at: datetime | None = None


def read_clock(
    accepted_on: date,
    limit: TimeLimit,
    pauses: Sequence[Pause],
    calendar: WorkingCalendar,
    today: date,
    extensions: Sequence[Extension] = NO_EXTENSIONS,
) -> Reading:
    """Read the decision clock of a case on ``today``; the module tells how days are counted, and by what law.

    Args:
        accepted_on: civil date of acceptance in the deciding zone.
        pauses: in order of ``began_on``, not overlapping; only the last may be open.
        today: civil date in the deciding zone; a day before ``accepted_on`` reads as ``accepted_on``.

    Raises:
        Refused: ``calendar.not-loaded``, for a day past it (``provisional.find_reading`` does without).
        ValueError: pauses overlap or are out of order, or the limit is in hours (a bug in the caller).
    """
    if not limit.unit.is_of_day:
        raise ValueError("a limit in hours or minutes runs from a moment: read_moment_clock")
    check_order(pauses)
    today = max(today, accepted_on)
    total = count_total(accepted_on, limit, extensions)
    in_working_days = limit.unit is Unit.WORKING_DAY
    last_on = find_last_day(accepted_on, limit, pauses, calendar, today, extensions)
    due_on = last_on if in_working_days else calendar.roll_forward(last_on)
    used = _count(accepted_on, today, pauses, calendar if in_working_days else None)
    if not in_working_days:
        used = min(used, total) if today <= due_on else total + _count(due_on, today, pauses, None)
    return Reading(
        due_on=due_on,
        used=used,
        left=total - used,
        paused=_is_paused(pauses, today),
        total=total,
        unit=Unit.WORKING_DAY if in_working_days else Unit.CALENDAR_DAY,
        overdue=today > due_on,
    )


def read_moment_clock(
    accepted_at: datetime, limit: TimeLimit, pauses: Sequence[Pause], now: datetime
) -> Reading:
    """Read a limit in hours or minutes: it runs from the moment, day and night, rest days too.

    A pause takes out whole civil days in China Standard Time. Units begun are not counted as used.

    Args:
        accepted_at: aware instant from which the limit runs.
        now: aware instant; one before ``accepted_at`` reads as ``accepted_at``.

    Source of law: civil-code-2020#201 (a limit in hours runs from the time the law sets).
    """
    if limit.unit.is_of_day:
        raise ValueError("a limit in days runs in civil dates: read_clock")
    check_order(pauses)
    now = max(now, accepted_at)
    step = timedelta(hours=1) if limit.unit is Unit.HOUR else timedelta(minutes=1)
    due_at = accepted_at + limit.amount * step
    for pause in pauses:
        began_at, resumed_at = _instants(pause, now)
        if began_at < due_at:
            due_at += max(resumed_at - max(began_at, accepted_at), timedelta())
    counted = now - accepted_at
    for pause in pauses:
        began_at, resumed_at = _instants(pause, now)
        counted -= max(min(resumed_at, now) - max(began_at, accepted_at), timedelta())
    used = counted // step
    today = now.astimezone(CHINA_STANDARD_TIME).date()
    return Reading(
        due_on=due_at.astimezone(CHINA_STANDARD_TIME).date(),
        used=used,
        left=limit.amount - used,
        paused=_is_paused(pauses, today),
        total=limit.amount,
        unit=limit.unit,
        overdue=now > due_at,
        due_at=due_at,
    )


def read_light(reading: Reading, warn_percent: int) -> Light:
    """Return the lamp: red when overdue, yellow when at most ``warn_percent`` of the limit is left.

    Args:
        warn_percent: 0 to 100, from the zone's data.
    """
    if reading.overdue:
        return Light.RED
    return Light.YELLOW if reading.left * 100 <= warn_percent * reading.total else Light.GREEN


def check_order(pauses: Sequence[Pause]) -> None:
    """Raise ValueError when pauses overlap or are out of order: the fold made a mistake."""
    for before, after in pairwise(pauses):
        if before.ended_on is None or after.began_on <= before.ended_on:
            raise ValueError("pauses must be in order, apart, and only the last may be open")


def count_total(accepted_on: date, limit: TimeLimit, extensions: Sequence[Extension]) -> int:
    """Return the limit with its extensions, in working days or in calendar days."""
    added = sum(extension.days for extension in extensions)
    if limit.unit is Unit.MONTH:
        return (add_months(accepted_on, limit.amount) - accepted_on).days + added
    return limit.amount + added


def find_last_day(
    accepted_on: date,
    limit: TimeLimit,
    pauses: Sequence[Pause],
    calendar: WorkingCalendar,
    today: date,
    extensions: Sequence[Extension],
) -> date:
    """Return the last day counted, before any roll to a working day; raises ``calendar.not-loaded``."""
    total = count_total(accepted_on, limit, extensions)
    in_working_days = limit.unit is Unit.WORKING_DAY
    last_on = (
        calendar.add_working_days(accepted_on, total)
        if in_working_days
        else accepted_on + timedelta(days=total)
    )
    for pause in pauses:
        if pause.began_on > last_on:
            break
        before_on, ended_on = max(pause.began_on - _ONE_DAY, accepted_on), _end(pause, today)
        lost = (
            calendar.count_working_days(before_on, ended_on)
            if in_working_days
            else max((ended_on - before_on).days, 0)
        )
        if lost:
            last_on = (
                calendar.add_working_days(last_on, lost)
                if in_working_days
                else last_on + timedelta(days=lost)
            )
    return last_on


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day when it has none (civil-code-2020#202)."""
    year, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 + months, _MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _end(pause: Pause, today: date) -> date:
    """Return the last day a pause takes out; an open one lasts at least until today."""
    return pause.ended_on if pause.ended_on is not None else max(today, pause.began_on)


def _is_paused(pauses: Sequence[Pause], today: date) -> bool:
    return any(pause.began_on <= today <= _end(pause, today) for pause in pauses)


def _count(after: date, upto: date, pauses: Sequence[Pause], calendar: WorkingCalendar | None) -> int:
    """Return the days after ``after`` up to ``upto`` that no pause covers: working days, or all days."""

    def between(first: date, last: date) -> int:
        return calendar.count_working_days(first, last) if calendar else max((last - first).days, 0)

    lost = sum(
        between(max(pause.began_on - _ONE_DAY, after), min(_end(pause, upto), upto))
        for pause in pauses
        if pause.began_on <= upto
    )
    return between(after, upto) - lost


def _instants(pause: Pause, now: datetime) -> tuple[datetime, datetime]:
    """Return when a pause begins and when the clock runs again; an open pause lasts until ``now``."""
    began_at = datetime.combine(pause.began_on, datetime.min.time(), CHINA_STANDARD_TIME)
    if pause.ended_on is None:
        return began_at, max(now, began_at)
    return began_at, datetime.combine(pause.ended_on + _ONE_DAY, datetime.min.time(), CHINA_STANDARD_TIME)
