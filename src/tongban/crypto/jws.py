"""Signed JSON as one line of letters: compact JWS (RFC 7515), the one format of signed objects.

Nothing is canonicalised: the bytes that were signed are the bytes that are stored.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tongban.crypto.base64url import parse_base64url, to_base64url
from tongban.crypto.sign import KeyRecord, Signer, is_signed_by

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))

_REFUSED_HEADERS = frozenset(("crit", "b64", "zip", "enc", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256"))
"""Headers that change what is signed or bring a key of the signer's choice."""

_MAX_HEADER_CHARS = 1024


class BadSignature(Exception):
    """A signed object that must not be believed.

    ``code`` is one of ``malformed``, ``too-large``, ``wrong-type``, ``unknown-key``, ``wrong-use``,
    ``wrong-algorithm``, ``bad-signature``; it never changes its meaning, as peers answer with it.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Opened:
    """A signed object whose signature holds.

    Args:
        kid: the key that signed.
        payload: what was signed, as JSON values.
        key: the record of that key; ask it ``is_in_force`` for the day that matters.
    """

    kid: str
    payload: dict[str, object]
    key: KeyRecord


def compose_jws(signer: Signer, typ: str, payload: Mapping[str, object]) -> str:
    """Sign ``payload`` and return the compact JWS.

    Args:
        signer: its ``kid`` and ``alg`` go into the header.
        typ: what kind of object this is, so that one kind never passes for another, e.g. ``zx-msg+jwt``.
        payload: JSON values, in the order in which they are to be read.

    Raises:
        ValueError: a value that JSON cannot write (NaN, lone surrogates).
        TypeError: a value of another kind.
    """
    head = _compose_header(signer.alg, typ, signer.kid)
    signing_input = f"{head}.{to_base64url(_ENCODER.encode(dict(payload)).encode('utf-8'))}"
    return f"{signing_input}.{to_base64url(signer.sign(signing_input.encode('ascii')))}"


def open_jws(token: str, typ: str, keys: Mapping[str, KeyRecord], use: str, max_bytes: int) -> Opened:
    """Return what a compact JWS says, if a known key of the right use signed it.

    Args:
        token: header.payload.signature in base64url.
        typ: the only kind of object accepted.
        keys: trusted key records by ``kid``; they, not the header, fix the algorithm.
        use: what the key must be for, e.g. ``msg``.
        max_bytes: the longest token looked at.

    Raises:
        BadSignature: anything else at all; see its codes.
    """
    if len(token) > max_bytes:
        raise BadSignature("too-large", f"more than {max_bytes} bytes")
    parts = token.split(".")
    if len(parts) != 3:
        raise BadSignature("malformed", "not three parts")
    head, body, tail = parts
    alg, found_typ, kid = _parse_header(head)
    if found_typ != typ:
        raise BadSignature("wrong-type", found_typ)
    key = keys.get(kid)
    if key is None:
        raise BadSignature("unknown-key", kid)
    if key.use != use:
        raise BadSignature("wrong-use", key.use)
    if key.alg != alg:
        raise BadSignature("wrong-algorithm", alg)
    signature, payload_bytes = _decode(tail), _decode(body)
    if not is_signed_by(key, token[: len(head) + 1 + len(body)].encode("ascii"), signature):
        raise BadSignature("bad-signature")
    return Opened(kid, parse_object(payload_bytes), key)


def parse_object(data: bytes) -> dict[str, object]:
    """Read one JSON object from UTF-8, refusing what two readers could read differently.

    Raises:
        BadSignature: ``malformed``: not JSON, not an object, a name twice, NaN, a lone surrogate, too deep.
    """
    value = parse_json(data)
    if not isinstance(value, dict):
        raise BadSignature("malformed", "not a JSON object")
    return value


def parse_json(data: bytes) -> object:
    """Read any JSON value from UTF-8 as strictly as ``parse_object`` does.

    Raises:
        BadSignature: ``malformed``.
    """
    try:
        text = data.decode("utf-8")
        value: object = _DECODER.decode(text)
        if "\\u" in text:
            _ENCODER.encode(value).encode("utf-8")
    except RecursionError as error:
        raise BadSignature("malformed", "nested too deep") from error
    except ValueError as error:  # also UnicodeError and JSONDecodeError
        raise BadSignature("malformed", "not one plain JSON value") from error
    return value


def _no_name_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise ValueError("a number beyond every double")
    return value


_DECODER = json.JSONDecoder(
    object_pairs_hook=_no_name_twice, parse_constant=_no_constant, parse_float=_finite
)


def _decode(part: str) -> bytes:
    try:
        return parse_base64url(part)
    except ValueError as error:
        raise BadSignature("malformed", "not base64url") from error


@lru_cache(maxsize=256)
def _compose_header(alg: str, typ: str, kid: str) -> str:
    return to_base64url(_ENCODER.encode({"alg": alg, "typ": typ, "kid": kid}).encode("utf-8"))


@lru_cache(maxsize=1024)
def _parse_header(head: str) -> tuple[str, str, str]:
    """``alg``, ``typ`` and ``kid`` of a header; a signer's header is the same on all its objects."""
    if len(head) > _MAX_HEADER_CHARS:
        raise BadSignature("malformed", "header too long")
    header = parse_object(_decode(head))
    refused = sorted(_REFUSED_HEADERS.intersection(header))
    if refused:
        raise BadSignature("malformed", f"header {', '.join(refused)} is not taken")
    alg, typ, kid = (header.get(name) for name in ("alg", "typ", "kid"))
    if not (isinstance(alg, str) and isinstance(typ, str) and isinstance(kid, str)):
        raise BadSignature("malformed", "header without alg, typ or kid")
    return alg, typ, kid
