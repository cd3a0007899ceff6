"""Ratings in PostgreSQL; what somebody wrote is locked with the node's key."""

import json

from tongban.crypto.canonical import canonical
from tongban.crypto.sealed_box import lock, unlock
from tongban.flows.rating_store import Rating, Rectified
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId
from tongban.store.session import Session
from tongban.store.writes import RATINGS

_FIND = """
SELECT case_id, part, zone, item_id, level, said, is_bad, rated_at, rectify_by,
    rectified_at, rectified_by, rectified_name, rectified_words, is_called_back
FROM store_rating WHERE case_id = %b AND part = %b
"""
_RECTIFY = """
UPDATE store_rating SET rectified_at = %b, rectified_by = %b, rectified_name = %b, rectified_words = %b,
    is_called_back = %b
WHERE case_id = %b AND part = %b AND is_bad AND rectified_at IS NULL RETURNING case_id
"""


class DjangoRatings:
    """The port ``Ratings``."""

    def __init__(self, session: Session, node_key: bytes) -> None:
        self._session, self._node_key = session, node_key

    def keep(self, rating: Rating) -> None:
        """Keep a rating; one that is there already makes the unit end with Conflict."""
        one, said = rating, canonical({"details": list(rating.details), "words": rating.words})
        box = lock(self._node_key, said, _about(one.case_id, one.part))
        row = (
            one.case_id, one.part, one.zone, one.item_id, one.level, one.is_bad, box, one.rated_at,
            one.rectify_by,
        )  # fmt: skip
        with self._session.unit():
            if self._session.gathered(RATINGS, (one.case_id, one.part)):
                raise Conflict(f"{one.case_id}: rated already")
            self._session.put(RATINGS, (one.case_id, one.part), row)

    def find(self, case_id: CaseId, part: str) -> Rating | None:
        """Return a rating, or None."""
        self._session.flush()
        rows = self._session.read(_FIND, [case_id, part])
        if not rows:
            return None
        case_id, part, zone, item_id, level, box, is_bad, rated_at, rectify_by, at, *rectified = rows[0]
        said = json.loads(unlock(self._node_key, box, _about(case_id, part)))
        return Rating(
            case_id, part, zone, item_id, level, tuple(said["details"]), said["words"], is_bad, rated_at,
            rectify_by, Rectified(at, *rectified) if at else None,
        )  # fmt: skip

    def rectify(self, case_id: CaseId, part: str, rectified: Rectified) -> None:
        """Note once how a bad rating was put right."""
        one = rectified
        with self._session.unit():
            self._session.flush()
            row = [one.at, one.by, one.name, one.words, one.is_called_back, case_id, part]
            if not self._session.write(_RECTIFY, row):
                raise Conflict(f"{case_id}: nothing to put right")


def _about(case_id: CaseId, part: str) -> bytes:
    return f"rating|{case_id}|{part}".encode()
