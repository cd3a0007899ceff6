"""Notices of other zones in PostgreSQL; what they say of a person is locked with the node's key."""

import json

from tongban.crypto.canonical import canonical
from tongban.crypto.sealed_box import lock, unlock
from tongban.flows.notice_store import Entry, Notice, Taken
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import EvidenceKindId, MessageId, ZoneId
from tongban.store.session import Session
from tongban.store.writes import NOTICES

_FIND = """
SELECT from_zone, message_id, notice, ground, item_id, case_id, told, received_at,
    taken_at, taken_by, taken_name, taken_words, is_marked, number
FROM store_notice WHERE number = %b
"""
_TAKE = """
UPDATE store_notice SET taken_at = %b, taken_by = %b, taken_name = %b, taken_words = %b, is_marked = %b
WHERE number = %b AND taken_at IS NULL RETURNING number
"""


class DjangoNotices:
    """The port ``Notices``."""

    def __init__(self, session: Session, node_key: bytes) -> None:
        self._session, self._node_key = session, node_key

    def keep(self, notice: Notice) -> None:
        """Keep a notice once."""
        one, entry = notice, notice.entry
        told = {"facts": one.facts, "entry": [entry.kind, entry.subject] if entry else []}
        box = lock(self._node_key, canonical(told), _about(one.from_zone, one.message_id))
        key = (one.from_zone, one.message_id)
        row = (*key, one.notice, one.ground, one.item_id, one.case_id, box, one.received_at)
        self._session.put(NOTICES, key, row)

    def find(self, number: int) -> Notice | None:
        """Return a notice, or None."""
        self._session.flush()
        rows = self._session.read(_FIND, [number])
        if not rows:
            return None
        zone, message_id, notice, ground, item_id, case_id, box, received_at, at, *taken, number = rows[0]
        told = json.loads(unlock(self._node_key, box, _about(zone, message_id)))
        entry = Entry(EvidenceKindId(told["entry"][0]), told["entry"][1]) if told["entry"] else None
        return Notice(
            zone, message_id, notice, ground, item_id, case_id, told["facts"], entry, received_at,
            Taken(at, *taken) if at else None, number,
        )  # fmt: skip

    def take(self, number: int, taken: Taken) -> None:
        """Note who has taken note, once."""
        one = taken
        with self._session.unit():
            self._session.flush()
            row = [one.at, one.by, one.name, one.words, one.is_marked, number]
            if not self._session.write(_TAKE, row):
                raise Conflict(f"notice {number}")


def _about(zone: ZoneId, message_id: MessageId) -> bytes:
    return f"notice|{zone}|{message_id}".encode()
