"""Open what another zone signed: the same checks for messages and receipts, each with its own code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tongban.crypto.jws import BadSignature, open_jws
from tongban.crypto.sign import KeyRecord
from tongban.federation.codes import refused
from tongban.kernel.ids import ZoneId

_CODES = {
    "malformed": "message.unreadable",
    "too-large": "message.too-large",
    "wrong-type": "message.wrong-type",
    "unknown-key": "message.unknown-key",
    "wrong-use": "message.wrong-use",
    "wrong-algorithm": "message.wrong-algorithm",
    "bad-signature": "message.bad-signature",
}
"""From the words of ``crypto.jws`` to those of the protocol."""

_MESSAGE_ID = re.compile(r"[A-Za-z0-9._-]{1,80}")
_HASH = re.compile(r"sha256:([0-9a-f]{64})")
_MAX_SEQ = 2**53 - 1
_YEAR_10000 = 253_402_300_800


@dataclass(frozen=True, slots=True)
class Claims:
    """What a zone signed, with the zone that certainly signed it.

    Args:
        from_zone: the zone of the key, which is also the one that the claims name.
        issued_at: aware UTC instant of signing, by the sender's clock.
    """

    from_zone: ZoneId
    to_zone: ZoneId
    issued_at: datetime
    plain: Mapping[str, Any]

    def text(self, name: str, pattern: re.Pattern[str]) -> str:
        """Return a text claim of a certain shape; raises ValueError."""
        value = self.plain.get(name)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError(name)
        return value

    def message_id(self, name: str) -> str:
        """Return the id of a message; raises ValueError."""
        return self.text(name, _MESSAGE_ID)

    def hash(self, name: str) -> str:
        """Return the 64 hexadecimal digits of a ``sha256:`` claim; raises ValueError."""
        return self.text(name, _HASH).removeprefix("sha256:")

    def seq(self, name: str, least: int = 1) -> int:
        """Return a place in a sequence; raises ValueError."""
        return _whole(self.plain.get(name), least, _MAX_SEQ)

    def instant(self, name: str) -> datetime:
        """Return an instant given in whole seconds since 1970 (RFC 7519); raises ValueError."""
        return datetime.fromtimestamp(_whole(self.plain.get(name), 0, _YEAR_10000 - 1), UTC)


def _whole(value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError("not a whole number in range")
    return value


def open_claims(token: str, typ: str, keys: Mapping[str, KeyRecord], me: ZoneId, max_bytes: int) -> Claims:
    """Return what a zone signed for this one.

    Args:
        typ: the only kind of object taken.
        keys: every zone's public message keys by ``kid``.
        me: this zone; anything meant for another is refused.

    Raises:
        Refused: one of the codes of ``STATUS`` up to ``message.wrong-audience``.
    """
    try:
        opened = open_jws(token, typ, keys, "msg", max_bytes)
    except BadSignature as error:
        raise refused(_CODES[error.code], expected=typ) from error
    payload = opened.payload
    issuer, audience = payload.get("iss"), payload.get("aud")
    if not isinstance(issuer, str) or not isinstance(audience, str):
        raise refused("message.unreadable")
    if issuer != opened.key.zone:
        raise refused("message.wrong-issuer")
    if audience != me:
        raise refused("message.wrong-audience")
    try:
        claims = Claims(ZoneId(issuer), ZoneId(audience), datetime.fromtimestamp(0, UTC), payload)
        issued_at = claims.instant("iat")
    except ValueError as error:
        raise refused("message.unreadable") from error
    if not opened.key.is_in_force(issued_at):
        raise refused("message.key-not-in-force")
    return Claims(claims.from_zone, claims.to_zone, issued_at, payload)


def read_token(raw: bytes, max_bytes: int) -> str:
    """Return a compact JWS as text; raises Refused when it is too long or not ASCII."""
    if len(raw) > max_bytes:
        raise refused("message.too-large")
    try:
        return raw.decode("ascii")
    except UnicodeDecodeError as error:
        raise refused("message.unreadable") from error
