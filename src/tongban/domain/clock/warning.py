"""On which day a lamp turns yellow, and days counted back from an end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.reading import NO_EXTENSIONS, count_total, find_last_day
from tongban.domain.clock.statute import Extension, Pause, TimeLimit, Unit
from tongban.kernel.moment import Moment

_ONE_DAY = timedelta(days=1)
_WHOLE = 100


def find_warn_on(
    since: Moment,
    limit: TimeLimit,
    pauses: Sequence[Pause],
    calendar: WorkingCalendar,
    warn_percent: int,
    extensions: Sequence[Extension] = NO_EXTENSIONS,
) -> date:
    """Return the first day on which the lamp of a limit in days or months is no longer green.

    That is the day on which ``read_light`` first answers yellow, so that a reminder comes when the lamp
    changes and never at another time.

    Args:
        pauses: closed ones; while one is open nobody knows the day.
        warn_percent: 0 to 100, from the zone's data.

    Raises:
        Refused: ``calendar.not-loaded`` when the day lies past the calendar.
    """
    if not limit.unit.is_of_day:
        raise ValueError("a limit in hours or minutes is over before anybody could be reminded of it")
    total = count_total(since.on, limit, extensions)
    used = total - total * warn_percent // _WHOLE
    if used < 1:
        return since.on
    unit = Unit.WORKING_DAY if limit.unit is Unit.WORKING_DAY else Unit.CALENDAR_DAY
    return find_last_day(
        since.on, replace(limit, amount=used, unit=unit), pauses, calendar, since.on, NO_EXTENSIONS
    )


def find_day_before(end_on: date, limit: TimeLimit, calendar: WorkingCalendar) -> date | None:
    """Return the last day that lies a whole limit before an end, or None when no calendar reaches so far.

    The end is not counted, as the first day of a period is not (civil-code-2020#201, by analogy).
    """
    if limit.unit is Unit.CALENDAR_DAY:
        return end_on - timedelta(days=limit.amount)
    if limit.unit is not Unit.WORKING_DAY:
        raise ValueError("only days are counted back")
    day, left = end_on, limit.amount
    while left and calendar.is_loaded(day) and calendar.is_loaded(day - _ONE_DAY):
        day -= _ONE_DAY
        left -= calendar.is_working_day(day)
    return None if left else day
