"""The federation's outbox, inbox and chains in memory, on the shelf that a unit puts back when it fails."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.flows.memory import MemoryClock
from tongban.flows.memory_shelf import Shelf
from tongban.flows.message_store import ChannelHead, DueMessage, Received, Sent
from tongban.flows.ports import Outgoing
from tongban.kernel.errors import Conflict, NotFound
from tongban.kernel.ids import CaseId, MessageId, ZoneId

_CLAIM = timedelta(seconds=60)


class MemoryMessages:
    """The port ``MessageStore`` over the messages that ``MemoryExchange`` queues on the same shelf."""

    def __init__(self, shelf: Shelf, zone: ZoneId, clock: MemoryClock) -> None:
        self._shelf, self._zone, self._clock = shelf, zone, clock

    def claim_due(self, now: datetime, limit: int, to_zone: ZoneId | None = None) -> tuple[DueMessage, ...]:
        """Take messages whose hour has come, oldest first."""
        due = [
            (self._due_at(message), number, message, body)
            for number, (message, body, _) in enumerate(self._shelf.messages)
            if to_zone in (None, message.to_zone)
        ]
        ripe = sorted((at, number, message, body) for at, number, message, body in due if at and at <= now)
        claimed = sorted((number, message, body) for _, number, message, body in ripe[:limit])
        for _, message, _ in claimed:
            self._shelf.due_at[message.message_id] = now + _CLAIM
        return tuple(
            DueMessage(
                message.message_id,
                message.to_zone,
                message.type,
                message.case_id,
                body,
                self._shelf.sealed.get(message.message_id, b""),
                message.attempts,
                message.queued_at,
            )
            for _, message, body in claimed
        )

    def seal(self, message_id: MessageId, compose: Callable[[ChannelHead], bytes]) -> bytes:
        """Return the sealed bytes, made now if they are not there."""
        if message_id not in self._shelf.sealed:
            to_zone = self._get(message_id).to_zone
            head = self._head(to_zone, "out")
            self._keep_sealed(message_id, to_zone, head, compose(head))
        return self._shelf.sealed[message_id]

    def seal_all(
        self, message_ids: Sequence[MessageId], compose: Callable[[MessageId, ChannelHead], bytes]
    ) -> Mapping[MessageId, bytes]:
        """Return the sealed bytes of each, made in the order given."""
        return {one: self.seal(one, partial(compose, one)) for one in message_ids}

    def read_sent(self, message_ids: Iterable[MessageId]) -> Mapping[MessageId, Sent]:
        """Return those of the messages whose bytes were made here."""
        sealed = self._shelf.sealed
        known = {each: self._get(each) for each in message_ids if each in sealed}
        return {each: Sent(message.to_zone, message.case_id, sealed[each]) for each, message in known.items()}

    def record_delivery(self, message_id: MessageId, receipt: str, at: datetime) -> None:
        """Note the receipt, once."""
        message = self._get(message_id)
        if message.delivered_at is None:
            self._shelf.due_at[message_id] = None
            self._shelf.receipts[message_id] = receipt
            self._put(replace(message, delivered_at=at, last_fault="", attempts=message.attempts + 1))

    def record_failure(
        self,
        message_id: MessageId,
        fault: str,
        at: datetime,
        next_at: datetime | None,
        receipt: str = "",
    ) -> None:
        """Note an attempt in vain."""
        message = self._get(message_id)
        if message.delivered_at is None:
            self._shelf.due_at[message_id] = next_at
            self._shelf.receipts[message_id] = receipt
            given_up_at = at if next_at is None else None
            self._put(
                replace(message, attempts=message.attempts + 1, last_fault=fault, given_up_at=given_up_at)
            )

    def seal_answer(
        self,
        to_zone: ZoneId,
        type_: str,
        body: Mapping[str, object],
        case_id: CaseId,
        compose: Callable[[MessageId, ChannelHead], bytes],
        next_at: datetime,
    ) -> tuple[MessageId, bytes]:
        """Keep an answer that goes out with the response."""
        canonical(body)
        message_id = MessageId(f"{self._zone}-{len(self._shelf.messages) + 1}")
        answer = Outgoing(message_id, to_zone, type_, case_id, self._clock.now(), 0, "", None)
        self._shelf.messages.append((answer, dict(body), 0))
        self._shelf.due_at[message_id] = next_at
        head = self._head(to_zone, "out")
        self._keep_sealed(message_id, to_zone, head, compose(message_id, head))
        return message_id, self._shelf.sealed[message_id]

    def find_received(self, from_zone: ZoneId, message_id: MessageId) -> Received | None:
        """Return what came in before, or None."""
        return self._shelf.received.get((from_zone, message_id))

    def lock_incoming(self, from_zone: ZoneId) -> ChannelHead:
        """Return the head of what came in; nobody else is here to move it."""
        return self._head(from_zone, "in")

    def record_received(self, received: Received) -> None:
        """Keep a message once, and move the head on if it is the furthest yet."""
        key = (received.from_zone, received.message_id)
        if key in self._shelf.received:
            raise Conflict(received.message_id)
        self._shelf.received[key] = received
        if received.seq > self._head(received.from_zone, "in").last_seq:
            self._shelf.heads[received.from_zone, "in"] = ChannelHead(received.seq, received.hash)

    def receipt_for(self, message_id: MessageId) -> str:
        """Return the receipt that is kept for a message sent from here, or empty."""
        return self._shelf.receipts.get(message_id, "")

    def _due_at(self, message: Outgoing) -> datetime | None:
        return self._shelf.due_at.get(message.message_id, message.queued_at)

    def _head(self, peer: ZoneId, direction: str) -> ChannelHead:
        return self._shelf.heads.get((peer, direction), ChannelHead())

    def _keep_sealed(self, message_id: MessageId, to_zone: ZoneId, head: ChannelHead, sealed: bytes) -> None:
        self._shelf.sealed[message_id] = sealed
        self._shelf.heads[to_zone, "out"] = ChannelHead(head.last_seq + 1, hex_digest(sealed))

    def _get(self, message_id: MessageId) -> Outgoing:
        for message, _, _ in self._shelf.messages:
            if message.message_id == message_id:
                return message
        raise NotFound(message_id)

    def _put(self, changed: Outgoing) -> None:
        self._shelf.messages = [
            (changed if message.message_id == changed.message_id else message, body, told)
            for message, body, told in self._shelf.messages
        ]
