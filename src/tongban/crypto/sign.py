"""Sign bytes, and say whether a known key signed them.

A key record, not the signed object, says which algorithm and which use: an attacker may write into a
header whatever he likes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from tongban.crypto.base64url import parse_base64url, to_base64url
from tongban.crypto.suites import USES

SIGNATURE_BYTES = 64
"""Ed25519, and P-256 as r then s, both take this many."""

_CURVES = {"Ed25519": ("OKP", "Ed25519"), "ES256": ("EC", "P-256")}
_SHA256 = ec.ECDSA(hashes.SHA256())
_YEAR_10000 = 253_402_300_800
"""In seconds since 1970; no instant lies beyond."""


class Signer(Protocol):
    """Somebody who can sign: a key from a file now, a device later."""

    @property
    def kid(self) -> str:
        """Name of the key, e.g. ``suzhou#issue1``."""

    @property
    def alg(self) -> str:
        """``Ed25519`` or ``ES256``."""

    def sign(self, data: bytes) -> bytes:
        """Return 64 raw bytes."""


@dataclass(frozen=True, slots=True)
class PublicJwk:
    """A public key as RFC 7517 writes it; ``y`` is empty for Ed25519 (RFC 8037)."""

    kty: str
    crv: str
    x: str
    y: str = ""


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """What is publicly known and believed about one key.

    Args:
        kid: name of the key, unique in the circle, e.g. ``suzhou#msg1``.
        alg: ``Ed25519`` or ``ES256``; the only algorithm this key is ever tried with.
        use: one of ``msg``, ``issue``, ``log``, ``witness``, ``code``, ``seal``.
        zone: whose key it is.
        public: the public key.
        not_before: aware UTC instant from which it may sign.
        not_after: aware UTC instant after which it may not.
    """

    kid: str
    alg: str
    use: str
    zone: str
    public: PublicJwk
    not_before: datetime
    not_after: datetime

    def is_in_force(self, at: datetime) -> bool:
        """Whether the key may sign at that aware instant."""
        return self.not_before <= at <= self.not_after


class Ed25519Signer:
    """Signs with Ed25519 (RFC 8032) from a private key of 32 bytes."""

    __slots__ = ("_key", "kid")
    alg = "Ed25519"

    def __init__(self, kid: str, private_bytes: bytes) -> None:
        self.kid = kid
        self._key = ed25519.Ed25519PrivateKey.from_private_bytes(private_bytes)

    def sign(self, data: bytes) -> bytes:
        """Return the 64-byte signature; the same bytes are always signed alike."""
        return self._key.sign(data)

    def public_jwk(self) -> PublicJwk:
        """Return the public half."""
        return PublicJwk("OKP", "Ed25519", to_base64url(self._key.public_key().public_bytes_raw()))


class EcdsaP256Signer:
    """Signs with ECDSA over P-256 and SHA-256 (ES256, RFC 7518 3.4) from a private key of 32 bytes."""

    __slots__ = ("_key", "kid")
    alg = "ES256"

    def __init__(self, kid: str, private_bytes: bytes) -> None:
        if len(private_bytes) != 32:
            raise ValueError("a P-256 private key has 32 bytes")
        self.kid = kid
        self._key = ec.derive_private_key(int.from_bytes(private_bytes, "big"), ec.SECP256R1())

    def sign(self, data: bytes) -> bytes:
        """Return r and s, 32 bytes each."""
        r, s = decode_dss_signature(self._key.sign(data, _SHA256))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def sign_der(self, data: bytes) -> bytes:
        """Return the signature in DER, as certificates and PDF seals want it (at most 72 bytes)."""
        return self._key.sign(data, _SHA256)

    def public_jwk(self) -> PublicJwk:
        """Return the public half."""
        numbers = self._key.public_key().public_numbers()
        x, y = (to_base64url(n.to_bytes(32, "big")) for n in (numbers.x, numbers.y))
        return PublicJwk("EC", "P-256", x, y)


def is_signed_by(key: KeyRecord, data: bytes, signature: bytes) -> bool:
    """Whether ``signature`` (64 raw bytes) over ``data`` was made with that key and its algorithm.

    Does not ask what the key is for, nor whether it was in force: see ``jws.open_jws`` and ``is_in_force``.

    Raises:
        ValueError: the record holds no usable public key.
    """
    if len(signature) != SIGNATURE_BYTES:
        return False
    public = _load_public(key.alg, key.public)
    try:
        if isinstance(public, ed25519.Ed25519PublicKey):
            public.verify(signature, data)
        else:
            r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
            public.verify(encode_dss_signature(r, s), data, _SHA256)
    except InvalidSignature:
        return False
    return True


def is_ed25519_signed_by(public: bytes, data: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 key of 32 raw bytes, as signed notes carry it, made this signature.

    Raises:
        ValueError: ``public`` has not 32 bytes.
    """
    try:
        _load_ed25519(public).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def raw_public_key(key: KeyRecord) -> bytes:
    """Return an Ed25519 public key's 32 bytes, as signed notes write it.

    Raises:
        ValueError: the key is not Ed25519.
    """
    public = _load_public(key.alg, key.public)
    if not isinstance(public, ed25519.Ed25519PublicKey):
        raise ValueError("only an Ed25519 key has 32 raw bytes")
    return public.public_bytes_raw()


def public_key_pem(key: KeyRecord) -> str:
    """Return the public key as PEM (SubjectPublicKeyInfo), for people who check with other tools."""
    return (
        _load_public(key.alg, key.public)
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode("ascii")
    )


@lru_cache(maxsize=256)
def _load_ed25519(public: bytes) -> ed25519.Ed25519PublicKey:
    return ed25519.Ed25519PublicKey.from_public_bytes(public)


@lru_cache(maxsize=4096)
def _load_public(alg: str, jwk: PublicJwk) -> ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey:
    """Parse a public key once; a node sees the same few again and again."""
    if _CURVES.get(alg) != (jwk.kty, jwk.crv):
        raise ValueError(f"{alg} does not go with a {jwk.kty} key on {jwk.crv}")
    x = parse_base64url(jwk.x)
    if alg == "Ed25519":
        return ed25519.Ed25519PublicKey.from_public_bytes(x)
    y = parse_base64url(jwk.y)
    if len(x) != 32 or len(y) != 32:
        raise ValueError("a coordinate on P-256 has 32 bytes")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\x04" + x + y)


def parse_key_record(mapping: Mapping[str, object]) -> KeyRecord:
    """Read a key record from its JSON form: a public JWK with ``kid, alg, use, zone, nbf, exp``.

    ``nbf`` and ``exp`` are whole seconds since 1970 (RFC 7519).

    Raises:
        ValueError: something is missing, of the wrong type, or not a key; also when a private part is in it.
    """
    if "d" in mapping:
        raise ValueError("a key record is public and has no d")
    kty, crv, x = (_text(mapping, name) for name in ("kty", "crv", "x"))
    jwk = PublicJwk(kty, crv, x, _text(mapping, "y", ""))
    record = KeyRecord(
        kid=_text(mapping, "kid"),
        alg=_text(mapping, "alg"),
        use=_text(mapping, "use"),
        zone=_text(mapping, "zone"),
        public=jwk,
        not_before=_instant(mapping, "nbf"),
        not_after=_instant(mapping, "exp"),
    )
    if record.use not in USES:
        raise ValueError(f"{record.use} is not a use of keys")
    _load_public(record.alg, jwk)
    return record


def to_jwk(key: KeyRecord) -> dict[str, object]:
    """Return the JSON form that ``parse_key_record`` reads."""
    jwk: dict[str, object] = {"kty": key.public.kty, "crv": key.public.crv, "x": key.public.x}
    if key.public.y:
        jwk["y"] = key.public.y
    return jwk | {
        "kid": key.kid,
        "alg": key.alg,
        "use": key.use,
        "zone": key.zone,
        "nbf": int(key.not_before.timestamp()),
        "exp": int(key.not_after.timestamp()),
    }


def _text(mapping: Mapping[str, object], name: str, default: str | None = None) -> str:
    value = mapping.get(name, default)
    if not isinstance(value, str):
        raise ValueError(f"{name} is missing or not text")
    return value


def _instant(mapping: Mapping[str, object], name: str) -> datetime:
    value = mapping.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < _YEAR_10000:
        raise ValueError(f"{name} is missing or not whole seconds since 1970")
    return datetime.fromtimestamp(value, UTC)
