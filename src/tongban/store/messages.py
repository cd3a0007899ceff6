"""What the federation keeps: outbox, inbox, and the chain of each direction with each peer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from tongban.crypto.digest import hex_digest
from tongban.crypto.sealed_box import lock, unlock
from tongban.flows.message_store import ChannelHead, DueMessage, Received, Sent
from tongban.kernel.errors import Conflict, NotFound
from tongban.kernel.ids import CaseId, MessageId, ZoneId
from tongban.store.exchange import lock_body, new_message_id, open_body
from tongban.store.session import Session
from tongban.store.writes import ANSWERS, DELIVERED, HEADS, RECEIVED, SEALED

CLAIM = timedelta(seconds=60)
"""For how long claimed messages are kept from other workers; longer than one attempt may take."""

_MAX_FAULT_CHARACTERS = 200

_CLAIM = """
WITH due AS (
    SELECT number FROM store_outgoingmessage
    WHERE next_at <= %b AND (%b::text IS NULL OR to_zone = %b::text)
    ORDER BY next_at, number LIMIT %b FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE store_outgoingmessage AS message SET next_at = %b FROM due WHERE message.number = due.number
    RETURNING message.number, message.message_id, to_zone, type, case_id, body, sealed, attempts, queued_at
)
SELECT message_id, to_zone, type, case_id, body, sealed, attempts, queued_at FROM claimed ORDER BY number
"""
_HEAD = "SELECT last_seq, last_hash FROM store_peerchannel WHERE peer = %b AND direction = %b FOR UPDATE"
_UNSEALED = """
SELECT message_id, to_zone, sealed FROM store_outgoingmessage WHERE message_id = ANY(%b::text[])
ORDER BY number FOR UPDATE
"""
_OPEN_CHANNEL = """
INSERT INTO store_peerchannel (peer, direction, last_seq, last_hash) VALUES (%b, %b, 0, '')
ON CONFLICT DO NOTHING
"""
_FAILED = """
UPDATE store_outgoingmessage
SET attempts = attempts + 1, last_fault = %b, receipt = %b, next_at = %b::timestamptz,
    given_up_at = CASE WHEN %b::timestamptz IS NULL THEN %b::timestamptz END
WHERE message_id = %b AND delivered_at IS NULL
"""
_SENT = """
SELECT message_id, to_zone, case_id, sealed FROM store_outgoingmessage
WHERE message_id = ANY(%b::text[]) AND sealed <> ''
"""
_FIND_RECEIVED = """
SELECT one.from_zone, one.message_id, one.type, one.case_id, one.seq, one.hash, one.received_at, one.receipt,
    one.answer_id, answer.sealed
FROM store_incomingmessage AS one
LEFT JOIN store_outgoingmessage AS answer ON answer.message_id = one.answer_id
WHERE one.from_zone = %b AND one.message_id = %b
"""


class _Clock(Protocol):
    def now(self) -> datetime:
        """Return the present as an aware UTC instant."""


class DjangoMessages:
    """The port ``MessageStore``. Bodies and sealed bytes are locked with the node's key."""

    def __init__(self, session: Session, clock: _Clock, node_key: bytes) -> None:
        self._session, self._clock, self._node_key = session, clock, node_key

    def claim_due(self, now: datetime, limit: int, to_zone: ZoneId | None = None) -> tuple[DueMessage, ...]:
        """Take messages whose hour has come, oldest first; nobody else is given them for a minute."""
        with self._session.unit():
            rows = self._session.write(_CLAIM, [now, to_zone, to_zone, limit, now + CLAIM])
        return tuple(
            DueMessage(
                message_id,
                zone,
                type_,
                case_id,
                open_body(self._node_key, message_id, body),
                self._open_sealed(message_id, sealed),
                attempts,
                queued_at,
            )
            for message_id, zone, type_, case_id, body, sealed, attempts, queued_at in rows
        )

    def seal(self, message_id: MessageId, compose: Callable[[ChannelHead], bytes]) -> bytes:
        """Return the sealed bytes of a queued message, made by ``compose`` if nobody has made them yet."""
        return self.seal_all((message_id,), lambda _, head: compose(head))[message_id]

    def seal_all(
        self, message_ids: Sequence[MessageId], compose: Callable[[MessageId, ChannelHead], bytes]
    ) -> Mapping[MessageId, bytes]:
        """Return the sealed bytes of queued messages, those that are missing made in the order given."""
        sealed: dict[MessageId, bytes] = {}
        with self._session.unit():
            self._session.flush()
            found = {row[0]: row[1:] for row in self._session.write(_UNSEALED, [list(message_ids)])}
            for message_id in message_ids:
                if message_id not in found:
                    raise NotFound(message_id)
                to_zone, kept = found[message_id]
                if kept:
                    sealed[message_id] = self._open_sealed(message_id, kept)
                    continue
                head = self._lock_head(to_zone, "out")
                sealed[message_id] = bytes_ = compose(message_id, head)
                box = self._lock_sealed(message_id, bytes_)
                self._session.put(SEALED, message_id, (message_id, box, head.last_seq + 1))
                self._move_head(to_zone, "out", head.last_seq + 1, hex_digest(bytes_))
        return sealed

    def seal_answer(
        self,
        to_zone: ZoneId,
        type_: str,
        body: Mapping[str, object],
        case_id: CaseId,
        compose: Callable[[MessageId, ChannelHead], bytes],
        next_at: datetime,
    ) -> tuple[MessageId, bytes]:
        """Keep an answer that goes out with the response, and by a worker from ``next_at`` on."""
        now = self._clock.now()
        message_id = new_message_id(now)
        with self._session.unit():
            head = self._lock_head(to_zone, "out")
            sealed = compose(message_id, head)
            seq = head.last_seq + 1
            told = lock_body(self._node_key, message_id, body)
            box = self._lock_sealed(message_id, sealed)
            row = (message_id, to_zone, type_, case_id, told, box, seq, now, next_at)
            self._session.put(ANSWERS, message_id, row)
            self._move_head(to_zone, "out", seq, hex_digest(sealed))
        return message_id, sealed

    def read_sent(self, message_ids: Iterable[MessageId]) -> Mapping[MessageId, Sent]:
        """Return those of the messages whose bytes were made here, read with one question."""
        self._session.flush()
        return {
            message_id: Sent(to_zone, case_id, self._open_sealed(message_id, sealed))
            for message_id, to_zone, case_id, sealed in self._session.read(_SENT, [list(message_ids)])
        }

    def record_delivery(self, message_id: MessageId, receipt: str, at: datetime) -> None:
        """Note the peer's receipt; the message is not sent again."""
        with self._session.unit():
            if self._session.gathered(SEALED, message_id):
                self._session.flush()  # one statement cannot change a row twice
            self._session.put(DELIVERED, message_id, (message_id, receipt, at))

    def record_failure(
        self, message_id: MessageId, fault: str, at: datetime, next_at: datetime | None, receipt: str = ""
    ) -> None:
        """Note an attempt in vain, and when to try again; without ``next_at`` it is given up."""
        with self._session.unit():
            self._session.flush()
            short = fault[:_MAX_FAULT_CHARACTERS]
            self._session.write(_FAILED, [short, receipt, next_at, next_at, at, message_id])

    def find_received(self, from_zone: ZoneId, message_id: MessageId) -> Received | None:
        """Return a peer's message that was carried out before, or None."""
        self._session.flush()
        rows = self._session.read(_FIND_RECEIVED, [from_zone, message_id])
        if not rows:
            return None
        *told, box = rows[0]
        received = Received(*told)
        return replace(received, answer=self._open_sealed(MessageId(received.answer_id), box or b""))

    def lock_incoming(self, from_zone: ZoneId) -> ChannelHead:
        """Return the head of what came in from a peer, and keep others from moving it in this unit."""
        return self._lock_head(from_zone, "in")

    def record_received(self, received: Received) -> None:
        """Keep a message with its receipt, and move the head on; Conflict when it is here already."""
        one = received
        key = (one.from_zone, one.message_id)
        with self._session.unit():
            if self._session.gathered(RECEIVED, key):
                raise Conflict(one.message_id)
            about = (one.type, one.case_id, one.seq, one.hash, one.received_at, one.receipt, one.answer_id)
            self._session.put(RECEIVED, key, (*key, *about))
            self._move_head(one.from_zone, "in", one.seq, one.hash)

    def _lock_head(self, peer: ZoneId, direction: str) -> ChannelHead:
        """Return the head as this unit has moved it, or as it stands in the table, locked from then on."""
        moved = self._session.gathered(HEADS, (peer, direction))
        if moved:
            return ChannelHead(*moved[2:])
        rows = self._session.write(_HEAD, [peer, direction])
        if not rows:
            self._session.write(_OPEN_CHANNEL, [peer, direction])
            rows = self._session.write(_HEAD, [peer, direction])
        return ChannelHead(*rows[0])

    def _move_head(self, peer: ZoneId, direction: str, seq: int, hash_: str) -> None:
        """Move a head on; a message that comes late moves nothing."""
        moved = self._session.gathered(HEADS, (peer, direction))
        if moved is None or moved[2] < seq:
            self._session.put(HEADS, (peer, direction), (peer, direction, seq, hash_))

    def _lock_sealed(self, message_id: MessageId, sealed: bytes) -> bytes:
        return lock(self._node_key, sealed, _about_sealed(message_id))

    def _open_sealed(self, message_id: MessageId, box: bytes) -> bytes:
        return unlock(self._node_key, box, _about_sealed(message_id)) if box else b""


def _about_sealed(message_id: MessageId) -> bytes:
    return f"message-sealed|{message_id}".encode()
