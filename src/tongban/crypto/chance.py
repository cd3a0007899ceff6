"""The only source of chance: unguessable bytes and readable random tokens.

Domain and flows never import this room; they are given chance through a port or as an argument.
"""

import secrets

from tongban.crypto.base64url import to_base64url

_READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that nobody misreads one on paper."""

_SALT_BYTES = 16


def random_bytes(n_bytes: int) -> bytes:
    """Return ``n_bytes`` unguessable bytes from the operating system."""
    return secrets.token_bytes(n_bytes)


def random_below(limit: int) -> int:
    """Return an unguessable whole number from 0 up to, not including, ``limit``, each as likely."""
    return secrets.randbelow(limit)


def random_token(n_chars: int) -> str:
    """Return ``n_chars`` unguessable characters, five bits each, of Crockford's base 32.

    Example: eight characters, 40 bits, end a case number such as ``CZ261123-7K3M9QXD``.
    """
    if n_chars < 1:
        raise ValueError("a token has at least one character")
    return readable_token(secrets.token_bytes((n_chars * 5 + 7) // 8), n_chars)


def readable_token(data: bytes, n_chars: int) -> str:
    """Return bytes, as of a digest, as ``n_chars`` characters of the same alphabet, five bits each."""
    if len(data) * 8 < n_chars * 5:
        raise ValueError(f"{len(data)} bytes are too few for {n_chars} characters")
    value = int.from_bytes(data, "big")
    return "".join(_READABLE[(value >> (5 * i)) & 31] for i in range(n_chars))


def random_salts(count: int) -> list[str]:
    """Return ``count`` different salts of 128 bits in base64url, 22 characters each (RFC 9901 9.3)."""
    drawn = secrets.token_bytes(_SALT_BYTES * count)  # at once: each draw is a call of the system
    return [to_base64url(drawn[at : at + _SALT_BYTES]) for at in range(0, len(drawn), _SALT_BYTES)]
