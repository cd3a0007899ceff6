"""Bytes as letters that fit a URL, one spelling only (RFC 4648 section 5, without padding)."""

import base64
import binascii


def to_base64url(data: bytes) -> str:
    """Return ``data`` in base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def parse_base64url(text: str) -> bytes:
    """Return the bytes that ``text`` spells.

    The same bytes have exactly one spelling: padding, line breaks, the other alphabet and stray bits
    in the last letter are refused, for otherwise one signed object would have many digests.

    Raises:
        ValueError: ``text`` is not the one spelling of anything.
    """
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, UnicodeError) as error:
        raise ValueError("not base64url") from error
    if to_base64url(data) != text:
        raise ValueError("not the canonical base64url of its bytes")
    return data
