"""A reading for pages and worklists, which may say: not yet known, that year's holidays are unpublished."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.reading import NO_EXTENSIONS, Reading, read_clock, read_moment_clock
from tongban.domain.clock.statute import Extension, Pause, TimeLimit
from tongban.domain.clock.wording import day_in_words
from tongban.kernel.errors import Refused
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class NotYetKnown:
    """A provisional reading: part of it lies outside the calendar that is loaded.

    Args:
        due_after_on: the due date lies after this date; enough to sort a worklist by.
        due_on: the due date when it is known, which then has passed: only the count since is missing.
        text: why, for the page.
    """

    due_after_on: date
    due_on: date | None
    text: Text


def find_reading(
    accepted: Moment,
    limit: TimeLimit,
    pauses: Sequence[Pause],
    calendar: WorkingCalendar,
    now: Moment,
    extensions: Sequence[Extension] = NO_EXTENSIONS,
) -> Reading | NotYetKnown:
    """Read any clock, or say that it is not yet known because a year's holidays are not loaded.

    Nothing is guessed, and the answer is computed again each time, so a provisional reading becomes a
    full one by itself when the next calendar is loaded. A case that is decided is read at the moment of
    decision.

    Args:
        accepted: the moment of acceptance; limits in days start from its civil date.
        now: the moment of reading.
    """
    if not limit.unit.is_of_day:
        return read_moment_clock(accepted.at, limit, pauses, now.at)
    try:
        return read_clock(accepted.on, limit, pauses, calendar, now.on, extensions)
    except Refused as refusal:
        why = refusal.problems[0].text
    if accepted.on < calendar.first_on:
        return NotYetKnown(accepted.on, None, why)
    due_on = _find_past_due(accepted.on, limit, pauses, calendar, now.on, extensions)
    return NotYetKnown(max(calendar.last_on, accepted.on) if due_on is None else accepted.on, due_on, why)


def _find_past_due(
    accepted_on: date,
    limit: TimeLimit,
    pauses: Sequence[Pause],
    calendar: WorkingCalendar,
    today: date,
    extensions: Sequence[Extension],
) -> date | None:
    """Return a due date that lies inside the calendar although today does not, or None."""
    still_open = bool(pauses) and pauses[-1].ended_on is None
    if still_open or not accepted_on <= calendar.last_on < today:
        return None
    try:
        return read_clock(accepted_on, limit, pauses, calendar, calendar.last_on, extensions).due_on
    except Refused:
        return None


def describe_provisional(reading: NotYetKnown) -> Text:
    """Return the provisional answer as a sentence for the page."""
    if reading.due_on is not None:
        day = day_in_words(reading.due_on)
        return Text(f"到期日为{day.zh}，已过；{reading.text.zh}", f"Due on {day.en}, past. {reading.text.en}")
    day = day_in_words(reading.due_after_on)
    return Text(
        f"到期日在{day.zh}之后，待定；{reading.text.zh}",
        f"Due after {day.en}, date to follow. {reading.text.en}",
    )
