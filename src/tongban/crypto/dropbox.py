"""A box that anybody can lock and one node alone can open: ECDH on P-256, HKDF-SHA-256, AES-256-GCM.

A browser at a window locks what it takes in while the node cannot be reached, and cannot read it any more
itself. The curve is P-256 because every browser's own cryptography has it (W3C Web Cryptography API).
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tongban.kernel.errors import Fault
from tongban.kernel.text import Text

_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Order of P-256's base point (FIPS 186-5)."""
_SUITE = b"\x01"
_POINT_BYTES = 65
_NONCE_BYTES = 12
_TAG_BYTES = 16
_KEY_LABEL = b"tongban/dropbox-key/1"
_BOX_LABEL = b"tongban/dropbox/1"


def public_point(node_key: bytes) -> bytes:
    """Return what a browser needs to lock a box: 65 bytes, an uncompressed point."""
    return _point(_private(node_key).public_key())


def lock_for(point: bytes, data: bytes, aad: bytes) -> bytes:
    """Return ``data`` locked for the node of a point, as the browser does it.

    Layout: suite byte, 65-byte point of a key made for this box, 12-byte nonce, ciphertext, 16-byte tag.
    """
    once = ec.generate_private_key(_CURVE)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    shared = once.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point))
    own = _point(once.public_key())
    return _SUITE + own + nonce + AESGCM(_derive(shared, own)).encrypt(nonce, data, aad)


def open_box(node_key: bytes, box: bytes, aad: bytes) -> bytes:
    """Return what lies in a box that was locked for this node.

    Raises:
        Fault: ``box.not-opened``: locked for another node, for another ``aad``, or changed.
    """
    if len(box) < len(_SUITE) + _POINT_BYTES + _NONCE_BYTES + _TAG_BYTES or box[:1] != _SUITE:
        raise _not_opened()
    point, rest = box[1 : 1 + _POINT_BYTES], box[1 + _POINT_BYTES :]
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
        shared = _private(node_key).exchange(ec.ECDH(), theirs)
        return AESGCM(_derive(shared, point)).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], aad)
    except (InvalidTag, ValueError) as error:
        raise _not_opened() from error


def _private(node_key: bytes) -> ec.EllipticCurvePrivateKey:
    """Derive the node's key for boxes; 48 bytes before the remainder, so that it is not skewed."""
    wide = HKDF(hashes.SHA256(), 48, None, _KEY_LABEL).derive(node_key)
    return ec.derive_private_key(int.from_bytes(wide, "big") % (_ORDER - 1) + 1, _CURVE)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _derive(shared: bytes, point: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, point, _BOX_LABEL).derive(shared)


def _not_opened() -> Fault:
    return Fault(
        "box.not-opened",
        Text("加密内容无法打开。", "Locked bytes cannot be opened."),
    )
