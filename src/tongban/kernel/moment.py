"""Where time enters: an aware instant and the civil date that a zone reads from it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

CHINA_STANDARD_TIME = timezone(timedelta(hours=8), "CST")
"""UTC+8 all year; mainland China keeps no daylight saving time."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, with the civil date on which it fell in the zone.

    Args:
        at: aware UTC instant.
    """

    at: datetime

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a moment needs a time zone")

    @property
    def on(self) -> date:
        """The civil date in China Standard Time."""
        return self.at.astimezone(CHINA_STANDARD_TIME).date()


def civil_date(at: datetime) -> date:
    """Return the date on which an aware instant falls in China Standard Time."""
    return at.astimezone(CHINA_STANDARD_TIME).date()
