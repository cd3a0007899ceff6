"""The outbox: a message is a row of the transaction that causes it, and a worker is woken to send it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from tongban.crypto.canonical import canonical
from tongban.crypto.chance import random_bytes
from tongban.crypto.sealed_box import lock
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
SELECT message_id, to_zone, type, case_id, queued_at, attempts, last_fault, delivered_at
FROM store_outgoingmessage WHERE case_id = %b ORDER BY number
"""


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
        return tuple(Outgoing(*row) for row in self._session.read(_OUTGOING, [case_id]))


def lock_body(node_key: bytes, message_id: MessageId, body: Mapping[str, object]) -> bytes:
    """Return a body as locked canonical bytes; raises TypeError or ValueError when it has no such form."""
    return lock(node_key, canonical(body), about_body(message_id))


def about_body(message_id: MessageId) -> bytes:
    """Return what binds a locked body to its message."""
    return f"message-body|{message_id}".encode()


def new_message_id(now: datetime) -> MessageId:
    """Return an id that is unique for ever and sorts by the millisecond it was made in."""
    milliseconds = int(now.timestamp() * 1000)
    return MessageId(f"{milliseconds:013x}-{random_bytes(8).hex()}")
