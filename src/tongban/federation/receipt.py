"""Receipts: a zone's signed word that it keeps a message, or that it refused it for good (TB-FED 4)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tongban.crypto.digest import hex_digest
from tongban.crypto.jws import compose_jws
from tongban.crypto.sign import KeyRecord, Signer
from tongban.federation.codes import refused
from tongban.federation.limits import MAX_RECEIPT_BYTES
from tongban.federation.opening import Claims, open_claims
from tongban.flows.message_store import ChannelHead
from tongban.kernel.ids import MessageId, ZoneId

RECEIPT = "zx-receipt+jwt"
ACCEPTED, REFUSED = "accepted", "refused"

_STATUS = re.compile(f"{ACCEPTED}|{REFUSED}")
_SOME_RULE = "message.refused"
"""For a refusal whose own code does not fit into a receipt."""

_CODE = re.compile(r"[A-Za-z0-9._-]{1,80}")


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a message fits behind what had come in from its sender.

    Args:
        seq_seen: the furthest message seen, this one included.
        gap_after: when messages between it and this one are missing, the last one before the gap.
        is_fork: it does not name the message before it as this zone received it: the sender's own memory of
            what it sent is another, as after a restored backup.
    """

    seq_seen: int
    gap_after: int | None = None
    is_fork: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a peer says about one message.

    Args:
        message_hash: hex SHA-256 of the bytes it received.
        code: why it refused; empty when it accepted.
    """

    from_zone: ZoneId
    message_id: MessageId
    message_hash: str
    is_accepted: bool
    code: str
    arrival: Arrival
    issued_at: datetime


def read_arrival(head: ChannelHead, seq: int, prev_hash: str) -> Arrival:
    """Compare a message with the head of what came in before it.

    A message that comes late fills a gap that was reported, or repeats a number; neither is told again.
    """
    is_next = seq == head.last_seq + 1
    return Arrival(
        seq_seen=max(seq, head.last_seq),
        gap_after=head.last_seq if seq > head.last_seq + 1 else None,
        is_fork=is_next and prev_hash != head.last_hash,
    )


def compose_receipt(
    signer: Signer, me: ZoneId, to_zone: ZoneId, message: tuple[MessageId, str], at: datetime,
    arrival: Arrival, code: str = "",
) -> str:  # fmt: skip
    """Return a signed receipt.

    Args:
        message: id and hex SHA-256 of the message.
        code: why it is refused; empty when it is accepted.
    """
    message_id, message_hash = message
    claims: dict[str, object] = {
        "iss": me,
        "aud": to_zone,
        "iat": int(at.timestamp()),
        "msg": message_id,
        "msg_hash": f"sha256:{message_hash}",
        "status": REFUSED if code else ACCEPTED,
        "seq_seen": arrival.seq_seen,
    }
    if code:
        claims["code"] = code if _CODE.fullmatch(code) else _SOME_RULE
    if arrival.gap_after is not None:
        claims["gap_after"] = arrival.gap_after
    if arrival.is_fork:
        claims["fork"] = True
    return compose_jws(signer, RECEIPT, claims)


def open_receipt(token: str, keys: Mapping[str, KeyRecord], me: ZoneId) -> Receipt:
    """Return a receipt that a zone signed for this one; raises Refused with a code of the protocol."""
    claims = open_claims(token, RECEIPT, keys, me, MAX_RECEIPT_BYTES)
    try:
        is_accepted = claims.text("status", _STATUS) == ACCEPTED
        return Receipt(
            from_zone=claims.from_zone,
            message_id=MessageId(claims.message_id("msg")),
            message_hash=claims.hash("msg_hash"),
            is_accepted=is_accepted,
            code="" if is_accepted else claims.text("code", _CODE),
            arrival=_arrival(claims),
            issued_at=claims.issued_at,
        )
    except ValueError as error:
        raise refused("receipt.unreadable") from error


def check_receipt(receipt: Receipt, from_zone: ZoneId, message_id: MessageId, sealed: bytes) -> None:
    """Refuse a receipt of another zone, for another message, or for other bytes."""
    expected = (from_zone, message_id, hex_digest(sealed))
    if (receipt.from_zone, receipt.message_id, receipt.message_hash) != expected:
        raise refused("receipt.wrong-message")


def _arrival(claims: Claims) -> Arrival:
    gap_after = claims.seq("gap_after", least=0) if "gap_after" in claims.plain else None
    return Arrival(claims.seq("seq_seen", least=0), gap_after, claims.plain.get("fork") is True)
