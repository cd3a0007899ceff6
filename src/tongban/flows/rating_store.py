"""The port through which ratings are kept; the store fills it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tongban.kernel.ids import CaseId, ItemId, ZoneId

PARTS = ("receiving", "deciding")
"""Which side of a handling is rated; where both are one zone, only ``deciding``."""
VISIT = "visit"
"""The part of a rating that is about a visit to a hall, and about no case."""


@dataclass(frozen=True, slots=True)
class Rectified:
    """How a bad rating was put right.

    Args:
        by, name: who answers for it.
        words: what was done.
        is_called_back: whether the person was called back.
    """

    at: datetime
    by: str
    name: str
    words: str
    is_called_back: bool


@dataclass(frozen=True, slots=True)
class Rating:
    """What an applicant thought of one side of a handling; once for each, and never changed.

    Args:
        zone: the zone that is rated.
        level: id of a level.
        is_bad: as the level was when it was given.
        rectify_by: last day for putting it right; None when it is not bad, or the calendar ends before.
    """

    case_id: CaseId
    part: str
    zone: ZoneId
    item_id: ItemId
    level: str
    details: tuple[str, ...]
    words: str
    is_bad: bool
    rated_at: datetime
    rectify_by: date | None = None
    rectified: Rectified | None = None


class Ratings(Protocol):
    """Ratings of this zone's work, and those given here of another zone's."""

    def keep(self, rating: Rating) -> None:
        """Keep a rating; raises Conflict when that side of the case has been rated."""

    def find(self, case_id: CaseId, part: str) -> Rating | None:
        """Return the rating of one side of a case, or None."""

    def rectify(self, case_id: CaseId, part: str, rectified: Rectified) -> None:
        """Note how a bad rating was put right; raises Conflict when that was noted, or there is none."""
