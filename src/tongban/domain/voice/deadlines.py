"""By when what was raised must be answered, how late it is, and until when review may be sought."""

from datetime import date, timedelta

from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.statute import TimeLimit, Unit
from tongban.domain.voice.book import VoiceBook
from tongban.kernel.errors import Refused


def find_answer_due(from_on: date, limit: TimeLimit, calendar: WorkingCalendar) -> date | None:
    """Return the last day of a limit that runs from a day, which is not counted; None past the calendar.

    Source of law: civil-code-2020#201, 203.
    """
    try:
        if limit.unit is Unit.WORKING_DAY:
            return calendar.add_working_days(from_on, limit.amount)
        return calendar.roll_forward(from_on + timedelta(days=limit.amount))
    except Refused:
        return None


def count_overdue_days(due_on: date | None, today: date, calendar: WorkingCalendar) -> int:
    """Return how many working days have passed since the last day for an answer; 0 while it has not."""
    if due_on is None or today <= due_on:
        return 0
    try:
        return calendar.count_working_days(due_on, today)
    except Refused:
        return (today - due_on).days


def find_review_until(known_on: date, was_told: bool, book: VoiceBook, calendar: WorkingCalendar) -> date:
    """Return the last day on which review may be asked for.

    Args:
        known_on: when the act, or the silence, became known.
        was_told: whether the right, the body and the time were told with the act. If not, the sixty days run
            from when they become known, for at most a year; that year's last day is returned.

    Source of law: admin-review-2023#20.1, 20.3; 88.1 (a last day on a holiday moves on).
    """
    if was_told:
        last = known_on + timedelta(days=book.review.within_days)
    else:
        year = known_on.year + book.review.within_years_when_not_told
        last = known_on.replace(year=year, day=min(known_on.day, 28) if known_on.month == 2 else known_on.day)
    try:
        return calendar.roll_forward(last)
    except Refused:
        return last
