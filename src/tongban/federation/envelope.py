"""Seal a message to another zone, and open one that came in (TB-FED 3)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tongban.crypto.digest import hex_digest
from tongban.crypto.jws import compose_jws
from tongban.crypto.sign import KeyRecord, Signer
from tongban.federation.codes import refused
from tongban.federation.limits import CLOCK_SKEW, LIFETIME, MAX_MESSAGE_BYTES
from tongban.federation.opening import open_claims, read_token
from tongban.flows.message_store import ChannelHead
from tongban.kernel.ids import MessageId, ZoneId

MESSAGE = "zx-msg+jwt"
"""The ``typ`` of a message, so that nothing else that a zone signs passes for one."""

_TYPE = re.compile(r"[a-z]{1,20}\.[a-z-]{1,20}")


@dataclass(frozen=True, slots=True)
class Header:
    """What stands on the envelope.

    Args:
        issued_at: aware UTC instant of sealing.
        expires_at: not delivered after; at most ``LIFETIME`` later.
        answers: id of the message that this one answers, or empty.
    """

    message_id: MessageId
    from_zone: ZoneId
    to_zone: ZoneId
    type: str
    issued_at: datetime
    expires_at: datetime
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message whose sender is certain.

    Args:
        seq: place in everything that this sender sent to this zone, from 1.
        prev_hash: hex SHA-256 of the message before it; empty for the first.
        hash: hex SHA-256 of the bytes as they came.
        raw: these bytes.
    """

    header: Header
    seq: int
    prev_hash: str
    body: Mapping[str, Any]
    hash: str
    raw: bytes

    @property
    def from_zone(self) -> ZoneId:
        """Who sent it."""
        return self.header.from_zone

    @property
    def message_id(self) -> MessageId:
        """Its id, unique at the sender."""
        return self.header.message_id

    @property
    def type(self) -> str:
        """What it asks or tells."""
        return self.header.type

    @property
    def case(self) -> str:
        """The case it is about, as far as that can be read; for the inbox only."""
        recorded = self.body.get("recorded")
        named = self.body.get("case") or (recorded.get("case_id") if isinstance(recorded, Mapping) else "")
        return named if isinstance(named, str) and len(named) <= 40 else ""


def seal_message(signer: Signer, header: Header, head: ChannelHead, body: Mapping[str, object]) -> bytes:
    """Return the signed bytes of the next message behind ``head``; every attempt sends exactly these.

    Raises:
        Refused: ``message.too-large``: no peer would take it.
    """
    claims: dict[str, object] = {
        "id": header.message_id,
        "iss": header.from_zone,
        "aud": header.to_zone,
        "iat": int(header.issued_at.timestamp()),
        "exp": int(header.expires_at.timestamp()),
        "seq": head.last_seq + 1,
        "prev": f"sha256:{head.last_hash}" if head.last_hash else None,
        "type": header.type,
    }
    if header.answers:
        claims["re"] = header.answers
    sealed = compose_jws(signer, MESSAGE, {**claims, "body": dict(body)}).encode("ascii")
    if len(sealed) > MAX_MESSAGE_BYTES:
        raise refused("message.too-large")
    return sealed


def open_message(raw: bytes, keys: Mapping[str, KeyRecord], me: ZoneId) -> Envelope:
    """Return a message to this zone whose signature, sender and shape are right.

    Says nothing about its age, as a repeat of an old message is told what it was told before: see
    ``check_fresh``.

    Raises:
        Refused: with a code of the protocol; nothing about the message can be believed.
    """
    claims = open_claims(read_token(raw, MAX_MESSAGE_BYTES), MESSAGE, keys, me, MAX_MESSAGE_BYTES)
    body, prev = claims.plain.get("body"), claims.plain.get("prev")
    try:
        if not isinstance(body, dict) or _has_nul(body):
            raise ValueError("body")
        header = Header(
            message_id=MessageId(claims.message_id("id")),
            from_zone=claims.from_zone,
            to_zone=claims.to_zone,
            type=claims.text("type", _TYPE),
            issued_at=claims.issued_at,
            expires_at=claims.instant("exp"),
            answers=claims.message_id("re") if "re" in claims.plain else "",
        )
        seq = claims.seq("seq")
        prev_hash = claims.hash("prev") if prev is not None else ""
        if bool(prev_hash) != (seq > 1):
            raise ValueError("prev")
    except ValueError as error:
        raise refused("message.unreadable") from error
    return Envelope(header, seq, prev_hash, body, hex_digest(raw), raw)


def _has_nul(body: Mapping[str, Any]) -> bool:
    """Whether a NUL stands in any text: no database keeps one, and no form lets one be typed."""
    parts: list[Any] = [body]
    while parts:
        part = parts.pop()
        if isinstance(part, str):
            if "\0" in part:
                return True
        elif isinstance(part, dict):
            parts += part.keys()
            parts += part.values()
        elif isinstance(part, list):
            parts += part
    return False


def check_fresh(envelope: Envelope, now: datetime) -> None:
    """Refuse a message that is too old, from the future, or made to live too long.

    Raises:
        Refused: ``message.expired``, ``message.not-yet`` or ``message.unreadable``.
    """
    header = envelope.header
    if header.issued_at > now + CLOCK_SKEW:
        raise refused("message.not-yet")
    if now > header.expires_at:
        raise refused("message.expired")
    if not header.issued_at <= header.expires_at <= header.issued_at + LIFETIME:
        raise refused("message.unreadable")
