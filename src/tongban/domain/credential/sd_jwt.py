"""A licence as one signed line of which the holder shows only what is asked: SD-JWT VC (RFC 9901).

The token is the issuer's JWS, then a disclosure per hidden claim, joined by ``~``. The JWS holds only digests
of the disclosures, so leaving one out hides its claim and changes nothing else. Composed and opened from
values alone: salts come in as an argument, and whether a key was in force is asked by whoever knows the day.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tongban.crypto.base64url import parse_base64url, to_base64url
from tongban.crypto.digest import digest
from tongban.crypto.jws import BadSignature, Opened, compose_jws, open_jws, parse_json
from tongban.crypto.sign import KeyRecord, Signer

TYPE = "dc+sd-jwt"
"""``typ`` of the JWS."""

USE = "issue"
"""What the signing key must be for."""

MIN_SALT_CHARS = 22
"""128 bits in base64url, as RFC 9901 section 9.3 recommends."""

_HASH = "sha-256"
_MARKS = frozenset(("_sd", "..."))
"""Names that say something is hidden; they never name a claim."""

_NEVER_HIDDEN = frozenset(("iss", "nbf", "exp", "cnf", "vct", "status", "jti", "iat", "_sd_alg"))
"""Claims without which nobody can check the rest; jti and iat by our own choice."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class IssuedSdJwt:
    """A new credential.

    Args:
        token: all of it, every claim disclosed; what the holder keeps.
        jwt_part: the issuer's JWS alone, without a disclosure.
        disclosures: by claim name, in the order of the claims.
    """

    token: str
    jwt_part: str
    disclosures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OpenedSdJwt:
    """A credential whose signature holds.

    Args:
        claims: what it says: the claims that are always visible and those disclosed.
        payload: what the issuer signed, digests and all.
        kid: the key that signed.
        key: its record; ask it ``is_in_force`` for the day of issue.
        hidden: how many claims were not disclosed.
    """

    claims: dict[str, object]
    payload: dict[str, object]
    kid: str
    key: KeyRecord
    hidden: int


def compose_sd_jwt(
    signer: Signer, always: Mapping[str, object], disclosable: Mapping[str, object], salts: Sequence[str]
) -> IssuedSdJwt:
    """Sign a credential.

    Args:
        signer: the issuing authority's.
        always: claims that everybody sees; ``vct``, the type, must be among them.
        disclosable: claims that the holder may leave out.
        salts: one per disclosable claim, unguessable, none twice, at least 22 characters; without them a
            digest of a name or a number could be guessed.

    Raises:
        ValueError: a claim that may not be hidden or stands in both, a reserved name, salts too few,
            too short or repeated, no ``vct``.
    """
    _check_claims(always, disclosable)
    _check_salts(salts, len(disclosable))
    disclosures = {
        name: to_base64url(_ENCODER.encode([salt, name, value]).encode("utf-8"))
        for salt, (name, value) in zip(salts, disclosable.items(), strict=True)
    }
    payload = dict(always)
    if disclosures:
        # Sorted by digest, or the place of a digest would tell which claim is hidden.
        payload |= {"_sd": sorted(map(_digest, disclosures.values())), "_sd_alg": _HASH}
    jwt_part = compose_jws(signer, TYPE, payload)
    return IssuedSdJwt(_join(jwt_part, disclosures.values()), jwt_part, disclosures)


def open_sd_jwt(token: str, keys: Mapping[str, KeyRecord], max_bytes: int) -> OpenedSdJwt:
    """Return what a credential says, if an issuer's key signed it and every disclosure is its own.

    Args:
        token: as issued or as presented.
        keys: trusted key records by ``kid``.
        max_bytes: the longest token looked at.

    Raises:
        BadSignature: as ``open_jws``; ``malformed`` also for a disclosure that is repeated, names a claim
            twice, or has no digest in the credential, for nested digests, which we do not issue, and for a
            key binding, which is not taken yet.
    """
    if len(token) > max_bytes:
        raise BadSignature("too-large", f"more than {max_bytes} bytes")
    jwt_part, *disclosures = token.split("~")
    if not disclosures or disclosures.pop():
        raise _malformed("a credential ends in ~")
    opened = open_jws(jwt_part, TYPE, keys, USE, max_bytes)
    return _disclose(opened, disclosures)


def present(token: str, names: Collection[str]) -> str:
    """Return the credential with only the named claims disclosed; verifies nothing.

    Raises:
        ValueError: the token is not a credential, or discloses no such claim.
    """
    jwt_part, *disclosures = token.split("~")
    if not disclosures or disclosures.pop():
        raise ValueError("a credential ends in ~")
    try:
        by_name = {_parse_disclosure(each)[0]: each for each in disclosures}
    except BadSignature as error:
        raise ValueError(str(error)) from error
    missing = set(names) - by_name.keys()
    if missing:
        raise ValueError(f"the credential does not disclose {', '.join(sorted(missing))}")
    return _join(jwt_part, [each for name, each in by_name.items() if name in names])


def read_payload(token: str) -> dict[str, object]:
    """Return what the issuer signed openly; verifies nothing: for tokens of one's own store.

    Raises:
        ValueError: the token is no JWS.
    """
    payload = parse_json(parse_base64url(token.split("~", 1)[0].split(".")[1]))
    if not isinstance(payload, dict):
        raise ValueError("the payload is no object")
    return payload


def read_disclosed(token: str) -> dict[str, object]:
    """Return the claims that a credential discloses; verifies nothing: for tokens of one's own store.

    Raises:
        BadSignature: ``malformed``, for a disclosure that cannot be read.
    """
    _, *disclosures = token.split("~")
    return dict(_parse_disclosure(each) for each in disclosures if each)


def _disclose(opened: Opened, disclosures: Sequence[str]) -> OpenedSdJwt:
    digests = _parse_digests(opened.payload)
    claims = {name: value for name, value in opened.payload.items() if name not in ("_sd", "_sd_alg")}
    if not isinstance(claims.get("vct"), str) or _has_mark(claims):
        raise _malformed("a credential without a type, or with nested digests")
    left = set(digests)
    for each in disclosures:
        found = _digest(each)
        name, value = _parse_disclosure(each)
        if found not in left:
            raise _malformed("a disclosure that is repeated or not the credential's")
        if name in claims or name in _MARKS or name in _NEVER_HIDDEN or _has_mark(value):
            raise _malformed(f"{name} may not be disclosed")
        left.remove(found)
        claims[name] = value
    return OpenedSdJwt(claims, opened.payload, opened.kid, opened.key, len(left))


def _parse_digests(payload: Mapping[str, object]) -> list[str]:
    digests = payload.get("_sd", [])
    if payload.get("_sd_alg", _HASH) != _HASH:
        raise _malformed("digests of another algorithm")
    if not isinstance(digests, list) or not all(isinstance(each, str) for each in digests):
        raise _malformed("_sd is not a list of digests")
    if len(set(digests)) != len(digests):
        raise _malformed("a digest stands twice")
    return digests


def _parse_disclosure(disclosure: str) -> tuple[str, object]:
    try:
        data = parse_base64url(disclosure)
    except ValueError as error:
        raise _malformed("a disclosure that is not base64url") from error
    match parse_json(data):
        case [str(), str(name), value]:
            return name, value
    raise _malformed("a disclosure is a salt, a name and a value")


def _check_claims(always: Mapping[str, object], disclosable: Mapping[str, object]) -> None:
    if not isinstance(always.get("vct"), str):
        raise ValueError("a credential states its type in vct")
    wrong = (disclosable.keys() & (always.keys() | _NEVER_HIDDEN)) | (always.keys() & {"_sd_alg"})
    if wrong:
        raise ValueError(f"not to be disclosed one by one: {', '.join(sorted(wrong))}")
    if _has_mark(always) or _has_mark(disclosable):
        raise ValueError("_sd and ... are no names of claims")


def _check_salts(salts: Sequence[str], count: int) -> None:
    if len(salts) != count or len(set(salts)) != count or any(len(each) < MIN_SALT_CHARS for each in salts):
        raise ValueError(f"{count} different salts of at least {MIN_SALT_CHARS} characters are needed")


def _has_mark(value: object) -> bool:
    """Whether ``_sd`` or ``...`` names something anywhere inside."""
    if type(value) is str:  # nearly every claim, and nothing is inside
        return False
    match value:
        case dict() | Mapping():
            return not _MARKS.isdisjoint(value) or any(map(_has_mark, value.values()))
        case list() | tuple():
            return any(map(_has_mark, value))
    return False


def _digest(disclosure: str) -> str:
    return to_base64url(digest(disclosure.encode()))


def _join(jwt_part: str, disclosures: Collection[str]) -> str:
    return "~".join((jwt_part, *disclosures, ""))


def _malformed(detail: str) -> BadSignature:
    return BadSignature("malformed", detail)
