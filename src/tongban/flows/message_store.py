"""The port through which the federation keeps its messages; the store fills it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tongban.kernel.ids import CaseId, MessageId, ZoneId


@dataclass(frozen=True, slots=True)
class DueMessage:
    """A message that is to be sent now, or again.

    Args:
        sealed: the signed bytes once they are made, to be sent as they are; empty before.
        attempts: how often it was sent in vain.
    """

    message_id: MessageId
    to_zone: ZoneId
    type: str
    case_id: CaseId
    body: Mapping[str, object]
    sealed: bytes
    attempts: int
    queued_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """A message whose bytes have been made: to whom they go, and what they are."""

    to_zone: ZoneId
    case_id: CaseId
    sealed: bytes


@dataclass(frozen=True, slots=True)
class ChannelHead:
    """The last message of one direction with one peer; the next has ``last_seq + 1`` and names ``last_hash``.

    Args:
        last_seq: 0 before the first message.
        last_hash: hex SHA-256 of the last message's sealed bytes; empty before the first.
    """

    last_seq: int = 0
    last_hash: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A peer's message that was carried out or refused, with what it was told: a repeat is told the same.

    Args:
        hash: hex SHA-256 of the sealed bytes.
        receipt: the signed receipt, as it was sent.
        answer_id: the answer that went out with the receipt, or empty.
        answer: that answer's sealed bytes, or empty.
    """

    from_zone: ZoneId
    message_id: MessageId
    type: str
    case_id: CaseId
    seq: int
    hash: str
    received_at: datetime
    receipt: str
    answer_id: str = ""
    answer: bytes = b""


class MessageStore(Protocol):
    """The outbox that ``Exchange.post`` fills, the inbox, and the chain with each peer.

    What seals, and ``lock_incoming``, holds the peer's channel until the surrounding unit ends.
    """

    def claim_due(self, now: datetime, limit: int, to_zone: ZoneId | None = None) -> tuple[DueMessage, ...]:
        """Take messages whose hour has come, oldest first; nobody else is given them for a minute.

        A worker that dies with them loses nothing: they are due again when the minute is over.
        """

    def seal(self, message_id: MessageId, compose: Callable[[ChannelHead], bytes]) -> bytes:
        """Return the sealed bytes of a queued message, made by ``compose`` if nobody has made them yet."""

    def record_delivery(self, message_id: MessageId, receipt: str, at: datetime) -> None:
        """Note the peer's receipt; the message is not sent again."""

    def record_failure(
        self, message_id: MessageId, fault: str, at: datetime, next_at: datetime | None, receipt: str = ""
    ) -> None:
        """Note an attempt in vain, and when to try again; without ``next_at`` it is given up.

        ``receipt`` is the peer's signed refusal, when that is why it is given up.
        """

    def seal_answer(
        self,
        to_zone: ZoneId,
        type_: str,
        body: Mapping[str, object],
        case_id: CaseId,
        compose: Callable[[MessageId, ChannelHead], bytes],
        next_at: datetime,
    ) -> tuple[MessageId, bytes]:
        """Keep an answer that goes out with the response; return its id and bytes.

        When no receipt is here by ``next_at``, a worker sends it like any other message.
        """

    def seal_all(
        self, message_ids: Sequence[MessageId], compose: Callable[[MessageId, ChannelHead], bytes]
    ) -> Mapping[MessageId, bytes]:
        """Do as ``seal`` for many at once, in the order given; NotFound when one of them is not here."""

    def read_sent(self, message_ids: Iterable[MessageId]) -> Mapping[MessageId, Sent]:
        """Return those of the messages whose bytes were made here, read with one question."""

    def find_received(self, from_zone: ZoneId, message_id: MessageId) -> Received | None:
        """Return a peer's message that was carried out before, or None."""

    def lock_incoming(self, from_zone: ZoneId) -> ChannelHead:
        """Return the head of what came in from a peer, and keep others from moving it."""

    def record_received(self, received: Received) -> None:
        """Keep a message with its receipt, and move the head on; Conflict when it is here already."""
