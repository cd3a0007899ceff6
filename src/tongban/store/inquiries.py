"""Questions put before a promise is offered; whom they are about is locked with the node's key."""

import json
from datetime import datetime

from tongban.crypto.canonical import canonical
from tongban.crypto.sealed_box import lock, unlock
from tongban.domain.inquiry import Inquiry
from tongban.kernel.ids import ItemId, ZoneId
from tongban.store.session import Session

_LIST = """
SELECT number, zone, token, about, asked_at, answered_at, is_listed, fault
FROM store_inquiry WHERE number = %b ORDER BY zone
"""
_KEEP = """
INSERT INTO store_inquiry (number, zone, token, about, asked_at, answered_at, is_listed, fault)
VALUES (%b, %b, %b, %b, %b, %b, %b, %b)
ON CONFLICT (number, zone) DO UPDATE SET token = excluded.token, about = excluded.about,
    asked_at = excluded.asked_at, answered_at = excluded.answered_at, is_listed = excluded.is_listed,
    fault = excluded.fault
RETURNING 1
"""
_NOTE = """
UPDATE store_inquiry SET answered_at = %b, is_listed = %b, fault = %b
WHERE number = %b AND zone = %b AND token = %b AND answered_at IS NULL RETURNING 1
"""
_FORGET = "DELETE FROM store_inquiry WHERE asked_at < %b RETURNING 1"


class DjangoInquiries:
    """The port ``Inquiries``. A question is written at once: it is rare."""

    def __init__(self, session: Session, node_key: bytes) -> None:
        self._session, self._node_key = session, node_key

    def list_of(self, number: str) -> tuple[Inquiry, ...]:
        """Return the questions put for a number, in order of zone."""
        return tuple(self._open(*row) for row in self._session.read(_LIST, [number]))

    def keep(self, inquiry: Inquiry) -> None:
        """Keep a question in place of the one before to the same zone."""
        one = inquiry
        plain = canonical({"subject": one.subject, "items": list(one.items)})
        about = lock(self._node_key, plain, _about(one.number, one.zone))
        row = [
            one.number,
            one.zone,
            one.token,
            about,
            one.asked_at,
            one.answered_at,
            one.is_listed,
            one.fault,
        ]
        with self._session.unit():
            self._session.write(_KEEP, row)

    def note(
        self, number: str, zone: ZoneId, token: str, at: datetime, is_listed: bool | None, fault: str = ""
    ) -> bool:
        """Note an answer to a question that is open."""
        answered_at = None if is_listed is None else at
        with self._session.unit():
            row = [answered_at, is_listed, fault, number, zone, token]
            return bool(self._session.write(_NOTE, row))

    def forget_before(self, at: datetime) -> int:
        """Forget what was asked before an instant."""
        with self._session.unit():
            return len(self._session.write(_FORGET, [at]))

    def _open(
        self,
        number: str,
        zone: str,
        token: str,
        about: bytes,
        asked_at: datetime,
        answered_at: datetime | None,
        is_listed: bool | None,
        fault: str,
    ) -> Inquiry:
        plain = json.loads(unlock(self._node_key, about, _about(number, zone)))
        items = tuple(ItemId(one) for one in plain["items"])
        return Inquiry(
            number, ZoneId(zone), token, plain["subject"], items, asked_at, answered_at, is_listed, fault
        )


def _about(number: str, zone: str) -> bytes:
    return f"inquiry|{number}|{zone}".encode()
