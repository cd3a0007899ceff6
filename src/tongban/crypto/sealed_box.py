"""Bytes locked with a key, readable and changeable by nobody without it (AES-256-GCM, NIST SP 800-38D)."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tongban.kernel.errors import Fault
from tongban.kernel.text import Text

KEY_BYTES = 32
_SUITE = b"\x01"
"""First byte of a box: how it is locked. 1 is AES-256-GCM; another suite takes another number."""

_NONCE_BYTES = 12
_TAG_BYTES = 16
OVERHEAD_BYTES = len(_SUITE) + _NONCE_BYTES + _TAG_BYTES
"""How much longer a box is than what lies in it."""


def create_key() -> bytes:
    """Return a new key of 32 bytes, e.g. for one case."""
    return secrets.token_bytes(KEY_BYTES)


def lock(key: bytes, data: bytes, aad: bytes) -> bytes:
    """Return ``data`` locked: suite byte, 12-byte nonce, ciphertext, 16-byte tag.

    Args:
        key: 32 bytes; may lock up to 2**32 boxes, as nonces are random.
        data: anything, at most 2**31-1 bytes.
        aad: what the box is, e.g. the case and the field; not hidden, but it must be the same on opening,
            so that a box cannot be moved elsewhere.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _SUITE + nonce + AESGCM(key).encrypt(nonce, data, aad)


def lock_once(key: bytes, data: bytes, aad: bytes) -> bytes:
    """Return ``data`` locked with a key that locks nothing else, so that the same call makes the same box.

    The nonce is twelve zero bytes: what a nonce must never do is come twice under one key (SP 800-38D, 8.2).

    Args:
        key: 32 bytes, drawn for this box alone.
    """
    nonce = bytes(_NONCE_BYTES)
    return _SUITE + nonce + AESGCM(key).encrypt(nonce, data, aad)


def unlock(key: bytes, box: bytes, aad: bytes) -> bytes:
    """Return what lies in the box.

    Raises:
        Fault: ``box.not-opened``: another key, another ``aad``, or the bytes were changed.
    """
    if len(box) < OVERHEAD_BYTES or box[:1] != _SUITE:
        raise _not_opened()
    start = len(_SUITE) + _NONCE_BYTES
    try:
        return AESGCM(key).decrypt(box[len(_SUITE) : start], box[start:], aad)
    except InvalidTag as error:
        raise _not_opened() from error


def _not_opened() -> Fault:
    return Fault(
        "box.not-opened",
        Text(
            "加密内容无法打开：密钥不符，或内容已被改动。",
            "Locked bytes cannot be opened: another key, or they were changed.",
        ),
    )
