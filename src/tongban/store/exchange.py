"""The outbox: a message is a row of the transaction that causes it, and a worker is woken to send it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from tongban.crypto.canonical import canonical
from tongban.crypto.chance import random_bytes
from tongban.crypto.sealed_box import lock, unlock
from tongban.flows.ports import Outgoing
from tongban.kernel.ids import CaseId, MessageId, ZoneId
from tongban.store.jobs import DELIVERY_QUEUE, put_job
from tongban.store.session import Session
from tongban.store.writes import MESSAGES

DELIVER = "deliver_messages"
"""The flow that is woken, with ``to_zone``."""

_REPORTED = """
SELECT coalesce(max(reported_version), 0) FROM store_outgoingmessage WHERE case_id = %b
"""
_OUTGOING = """
SELECT message_id, to_zone, type, case_id, queued_at, attempts, last_fault, delivered_at, given_up_at,
    CASE WHEN type = 'case.act' THEN body ELSE '' END
FROM store_outgoingmessage WHERE case_id = %b ORDER BY number
"""
_ELSEWHERE = """
SELECT message_id, to_zone, type, case_id, queued_at, attempts, last_fault, delivered_at, given_up_at, body
FROM (SELECT * FROM store_outgoingmessage WHERE type = 'case.act' ORDER BY number DESC LIMIT %b) AS acts
WHERE NOT EXISTS (SELECT FROM store_caseindex AS known WHERE known.case_id = acts.case_id)
ORDER BY number DESC LIMIT %b
"""
_LOOKED_AT = 500
"""Acts of any case that are looked at for those of cases elsewhere: what a page costs stays bounded."""


class _Clock(Protocol):
    def now(self) -> datetime:
        """Return the present as an aware UTC instant."""


class DjangoExchange:
    """The port ``Exchange``; ``store.messages`` is the other end of the same table."""

    def __init__(self, session: Session, clock: _Clock, node_key: bytes) -> None:
        self._session, self._clock, self._node_key = session, clock, node_key

    def post(
        self,
        to_zone: ZoneId,
        type_: str,
        body: Mapping[str, object],
        case_id: CaseId,
        reported_version: int = 0,
    ) -> MessageId:
        """Queue a message in this transaction; it is due at once."""
        now = self._clock.now()
        message_id = new_message_id(now)
        box = lock_body(self._node_key, message_id, body)
        row = (message_id, to_zone, type_, case_id, box, reported_version, now, now)
        with self._session.unit():
            self._session.put(MESSAGES, message_id, row)
            put_job(self._session, DELIVERY_QUEUE, DELIVER, {"to_zone": to_zone})
        return message_id

    def reported_version(self, case_id: CaseId) -> int:
        """Return the last version of a case that any queued or sent message told, or 0."""
        self._session.flush()
        version: int = self._session.read(_REPORTED, [case_id])[0][0]
        return version

    def outgoing(self, case_id: CaseId) -> tuple[Outgoing, ...]:
        """Return this zone's messages about a case, oldest first."""
        self._session.flush()
        return tuple(
            Outgoing(*row, act=self._read_act(row[0], box))
            for *row, box in self._session.read(_OUTGOING, [case_id])
        )

    def acts_elsewhere(self, limit: int) -> tuple[Outgoing, ...]:
        """Return the newest acts about cases that are not here, among the newest few hundred acts."""
        self._session.flush()
        return tuple(
            Outgoing(*row, act=self._read_act(row[0], box))
            for *row, box in self._session.read(_ELSEWHERE, [_LOOKED_AT, limit])
        )

    def _read_act(self, message_id: MessageId, box: bytes) -> str:
        """Return what an act is called; empty for other messages, and for an act whose case is erased."""
        return str(open_body(self._node_key, message_id, box).get("act", "")) if box else ""


def lock_body(node_key: bytes, message_id: MessageId, body: Mapping[str, object]) -> bytes:
    """Return a body as locked canonical bytes; raises TypeError or ValueError when it has no such form."""
    return lock(node_key, canonical(body), about_body(message_id))


def open_body(node_key: bytes, message_id: MessageId, box: bytes) -> Mapping[str, object]:
    """Return a locked body. An erased case leaves an empty one behind, which nobody sends any more."""
    if not box:
        return {}
    body: Mapping[str, object] = json.loads(unlock(node_key, box, about_body(message_id)))
    return body


def about_body(message_id: MessageId) -> bytes:
    """Return what binds a locked body to its message."""
    return f"message-body|{message_id}".encode()


def new_message_id(now: datetime) -> MessageId:
    """Return an id that is unique for ever and sorts by the millisecond it was made in."""
    milliseconds = int(now.timestamp() * 1000)
    return MessageId(f"{milliseconds:013x}-{random_bytes(8).hex()}")
