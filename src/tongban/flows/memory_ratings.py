"""The port ``Ratings`` in memory."""

from dataclasses import replace
from typing import Protocol

from tongban.flows.rating_store import Rating, Rectified
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId


class HasRatings(Protocol):
    """The part of a zone's shelf that ratings need."""

    ratings: dict[tuple[CaseId, str], Rating]


class MemoryRatings:
    """Ratings in a dictionary."""

    def __init__(self, shelf: HasRatings) -> None:
        self._shelf = shelf

    def keep(self, rating: Rating) -> None:
        """Keep a rating once."""
        key = (rating.case_id, rating.part)
        if key in self._shelf.ratings:
            raise Conflict(f"{rating.case_id}: rated already")
        self._shelf.ratings = {**self._shelf.ratings, key: rating}

    def find(self, case_id: CaseId, part: str) -> Rating | None:
        """Return a rating, or None."""
        return self._shelf.ratings.get((case_id, part))

    def rectify(self, case_id: CaseId, part: str, rectified: Rectified) -> None:
        """Note once how a bad rating was put right."""
        rating = self.find(case_id, part)
        if rating is None or not rating.is_bad or rating.rectified is not None:
            raise Conflict(f"{case_id}: nothing to put right")
        self._shelf.ratings = {**self._shelf.ratings, (case_id, part): replace(rating, rectified=rectified)}
