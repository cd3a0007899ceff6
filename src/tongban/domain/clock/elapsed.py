"""The user's own clock: how long it has taken from the first receipt to the delivery, everything counted."""

from dataclasses import dataclass
from datetime import datetime

from tongban.domain.clock.calendar import WorkingCalendar
from tongban.kernel.errors import Refused
from tongban.kernel.moment import Moment

_MINUTE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How long a person has waited; no pause, correction or rest day is taken out.

    Args:
        since: the first receipt, at whichever zone.
        until: the delivery, or whatever else ended it; None while it runs.
        days: civil dates that have passed since; 0 on the day of receipt.
        minutes: the whole time, in minutes begun and ended.
        working_days: of the days, those on which offices worked; None where no calendar is loaded.
    """

    since: datetime
    until: datetime | None
    days: int
    minutes: int
    working_days: int | None


def read_elapsed(since: Moment, until: Moment | None, now: Moment, calendar: WorkingCalendar) -> Elapsed:
    """Read the user's clock; one read before it began (two zones' clocks differ) stands at nothing."""
    end = until or now
    end = end if end.at >= since.at else since
    try:
        working_days = calendar.count_working_days(since.on, end.on)
    except Refused:
        working_days = None
    return Elapsed(
        since.at,
        until.at if until else None,
        (end.on - since.on).days,
        int((end.at - since.at).total_seconds()) // _MINUTE_SECONDS,
        working_days,
    )
