"""What a piece of bytes is called: its SHA-256, raw or in hexadecimal."""

import hashlib

DIGEST_BYTES = 32
"""Length of every digest here."""


def digest(data: bytes) -> bytes:
    """Return the 32-byte SHA-256 of ``data`` (FIPS 180-4)."""
    return hashlib.sha256(data).digest()


def hex_digest(data: bytes) -> str:
    """Return the SHA-256 of ``data`` as 64 lower-case hexadecimal characters."""
    return hashlib.sha256(data).hexdigest()
