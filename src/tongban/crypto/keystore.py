"""A private key as a piece of JSON that is worth nothing without the passphrase.

The form: ``v`` (1), ``kid``, ``alg``, ``kdf`` (``n`` "scrypt", ``N``, ``r``, ``p``, ``salt``; RFC 7914),
``aead`` ("A256GCM"), ``nonce``, ``aad``, ``ct``. ``ct`` is the key in PKCS#8 DER, locked; ``aad`` is
``kid|alg``, so that a file cannot be passed off as another key. Touches no disk; ``keyring`` does.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tongban.crypto.base64url import parse_base64url, to_base64url
from tongban.crypto.sign import EcdsaP256Signer, Ed25519Signer
from tongban.kernel.errors import Fault
from tongban.kernel.text import Text

SCRYPT_N = 2**17
"""Work factor of every key that protects something: about half a second and 128 MiB; tests take less."""

_MAX_WORK = 2**24
"""Largest N·r·p that is computed; a changed file must not be able to ask for all memory."""


@dataclass(frozen=True, slots=True)
class Stretching:
    """How a passphrase becomes a key: scrypt with these costs and this salt."""

    salt: bytes
    n: int = SCRYPT_N
    r: int = 8
    p: int = 1


@dataclass(frozen=True, slots=True, repr=False)
class Locker:
    """A stretched passphrase: locks any number of keys, as each takes a nonce of its own."""

    stretching: Stretching
    key: bytes


def create_locker(passphrase: str, n: int = SCRYPT_N) -> Locker:
    """Stretch a passphrase with a fresh salt.

    Raises:
        ValueError: the passphrase is empty.
    """
    if not passphrase:
        raise ValueError("a key file needs a passphrase")
    stretching = Stretching(secrets.token_bytes(16), n)
    return Locker(stretching, stretch(passphrase, stretching))


def stretch(passphrase: str, stretching: Stretching) -> bytes:
    """Return the 32 bytes that a passphrase becomes."""
    s = stretching
    return hashlib.scrypt(
        passphrase.encode(),
        salt=s.salt,
        n=s.n,
        r=s.r,
        p=s.p,
        maxmem=128 * s.r * (s.n + s.p + 2) + 2**20,
        dklen=32,
    )


def create_private_key(alg: str) -> bytes:
    """Return a new private key in PKCS#8 DER: ``Ed25519`` or ``ES256``."""
    key = (
        ed25519.Ed25519PrivateKey.generate() if alg == "Ed25519" else ec.generate_private_key(ec.SECP256R1())
    )
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def load_signer(kid: str, pkcs8: bytes) -> Ed25519Signer | EcdsaP256Signer:
    """Return the signer of a private key in PKCS#8 DER.

    Raises:
        ValueError: it is neither Ed25519 nor P-256.
    """
    key = serialization.load_der_private_key(pkcs8, password=None)
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return Ed25519Signer(kid, key.private_bytes_raw())
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return EcdsaP256Signer(kid, key.private_numbers().private_value.to_bytes(32, "big"))
    raise ValueError("neither an Ed25519 nor a P-256 key")


def compose_kdf(stretching: Stretching) -> dict[str, object]:
    """Return how a passphrase is stretched, as it stands in a key file."""
    s = stretching
    return {"n": "scrypt", "N": s.n, "r": s.r, "p": s.p, "salt": to_base64url(s.salt)}


def read_kdf(kdf: object) -> Stretching:
    """Return how a passphrase is stretched.

    Raises:
        ValueError, TypeError, KeyError: not this form, or costs out of bounds.
    """
    if not isinstance(kdf, Mapping) or kdf["n"] != "scrypt":
        raise ValueError("another key derivation")
    n, r, p = (int(kdf[name]) for name in ("N", "r", "p"))
    if n < 2 or n & (n - 1) or r < 1 or p < 1 or n * r * p > _MAX_WORK:
        raise ValueError("costs out of bounds")
    return Stretching(parse_base64url(str(kdf["salt"])), n, r, p)


def lock_private_key(kid: str, alg: str, pkcs8: bytes, locker: Locker) -> dict[str, object]:
    """Return the JSON form of one private key, locked."""
    nonce, aad, s = secrets.token_bytes(12), f"{kid}|{alg}", locker.stretching
    return {
        "v": 1,
        "kid": kid,
        "alg": alg,
        "kdf": compose_kdf(s),
        "aead": "A256GCM",
        "nonce": to_base64url(nonce),
        "aad": aad,
        "ct": to_base64url(AESGCM(locker.key).encrypt(nonce, pkcs8, aad.encode())),
    }


def unlock_private_key(
    mapping: Mapping[str, object], stretched: Callable[[Stretching], bytes]
) -> tuple[str, str, bytes]:
    """Return the name, the algorithm and the private key (PKCS#8 DER) that a key file holds.

    Args:
        mapping: the JSON form.
        stretched: gives the stretched passphrase; it may remember it, as the files of a folder share a salt.

    Raises:
        Fault: ``keys.damaged`` (not this form), ``keys.not-opened`` (another passphrase, or changed bytes).
    """
    try:
        kid, alg, aad, nonce, sealed, stretching = _read_form(mapping)
    except (ValueError, TypeError, KeyError) as error:
        raise Fault(
            "keys.damaged",
            Text("密钥文件的格式不对，可能已损坏。", "A key file is not in its form; it may be damaged."),
        ) from error
    try:
        return kid, alg, AESGCM(stretched(stretching)).decrypt(nonce, sealed, aad.encode())
    except InvalidTag as error:
        raise Fault(
            "keys.not-opened",
            Text(
                f"密钥 {kid} 无法打开：口令不对，或文件已被改动。",
                f"Key {kid} cannot be opened: the passphrase is wrong, or the file was changed.",
            ),
        ) from error


def unlock_signer(
    mapping: Mapping[str, object], stretched: Callable[[Stretching], bytes]
) -> Ed25519Signer | EcdsaP256Signer:
    """Return the signer that a key file holds; see ``unlock_private_key``."""
    kid, alg, pkcs8 = unlock_private_key(mapping, stretched)
    signer = load_signer(kid, pkcs8)
    if signer.alg != alg:
        raise Fault(
            "keys.damaged",
            Text(f"密钥 {kid} 的算法与标注不符。", f"Key {kid} is not of the algorithm it says."),
        )
    return signer


def _read_form(mapping: Mapping[str, object]) -> tuple[str, str, str, bytes, bytes, Stretching]:
    kid, alg, aad, nonce, sealed = (str(mapping[name]) for name in ("kid", "alg", "aad", "nonce", "ct"))
    if mapping["v"] != 1 or mapping["aead"] != "A256GCM" or aad != f"{kid}|{alg}":
        raise ValueError("another version or another key")
    return kid, alg, aad, _nonce(nonce), parse_base64url(sealed), read_kdf(mapping["kdf"])


def _nonce(text: str) -> bytes:
    nonce = parse_base64url(text)
    if len(nonce) != 12:
        raise ValueError("a nonce has 12 bytes")
    return nonce
