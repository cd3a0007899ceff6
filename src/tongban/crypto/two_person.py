"""A private key that opens only with the secrets of two custodians, as a piece of JSON.

Each custodian has a share, 32 bytes of chance, locked with their own secret (scrypt, AES-256-GCM). For each
two of them the key is locked with what HKDF-SHA256 (RFC 5869) makes of both shares. So one secret opens one
share, which opens nothing; a wrong secret is told by itself; and a new secret for one locks only their share
anew.

The form: ``v`` (2), ``kid``, ``alg``, ``aead`` ("A256GCM"), ``custodians`` (by id: ``kdf`` as in
``keystore``, ``nonce``, ``ct``), ``pairs`` (``of``: two ids in order, ``nonce``, ``ct``). Touches no disk;
``keyring`` does.
"""

import secrets
from collections.abc import Mapping
from itertools import combinations
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tongban.crypto.base64url import parse_base64url, to_base64url
from tongban.crypto.keystore import (
    SCRYPT_N,
    compose_kdf,
    create_locker,
    load_signer,
    read_kdf,
    stretch,
)
from tongban.crypto.sign import EcdsaP256Signer
from tongban.kernel.errors import Fault, Problem, Refused
from tongban.kernel.text import Text

VERSION = 2
SECRET_CHARS_MIN = 8
"""A custodian's secret is no shorter; what makes it good is its keeper's business."""
_SHARE_BYTES = 32
_NONCE_BYTES = 12
_FOR_TWO = 2


def lock_for_two(
    kid: str, alg: str, pkcs8: bytes, custodian_secrets: Mapping[str, str], *, scrypt_n: int = SCRYPT_N
) -> dict[str, object]:
    """Return the JSON form of a private key that any two of these custodians open together.

    Args:
        custodian_secrets: by id; at least two.
        scrypt_n: work factor; leave it alone outside tests.

    Raises:
        ValueError: fewer than two custodians.
        Refused: a secret is too short.
    """
    if len(custodian_secrets) < _FOR_TWO:
        raise ValueError("a key for two needs two custodians")
    shares = {one: secrets.token_bytes(_SHARE_BYTES) for one in sorted(custodian_secrets)}
    return {
        "v": VERSION,
        "kid": kid,
        "alg": alg,
        "aead": "A256GCM",
        "custodians": {
            one: _lock_share(kid, one, share, custodian_secrets[one], scrypt_n)
            for one, share in shares.items()
        },
        "pairs": [_lock_pair(kid, alg, pkcs8, one, two, shares) for one, two in combinations(shares, 2)],
    }


def unlock_share(form: Mapping[str, object], custodian: str, secret: str) -> bytes:
    """Return a custodian's share; alone it opens nothing.

    Raises:
        Refused: ``seal.no-share`` (nobody gave them one) or ``seal.wrong-secret``.
        Fault: ``keys.damaged``.
    """
    kid = str(form.get("kid"))
    held = _custodians(form).get(custodian)
    if held is None:
        raise Refused(Problem("seal.no-share", _NO_SHARE, "secret", next_step=_ASK_FOR_SHARE))
    try:
        stretching = read_kdf(held["kdf"])
        nonce, locked = parse_base64url(held["nonce"]), parse_base64url(held["ct"])
    except (ValueError, TypeError, KeyError) as error:
        raise _damaged() from error
    try:
        return AESGCM(stretch(secret, stretching)).decrypt(nonce, locked, _share_aad(kid, custodian))
    except InvalidTag as error:
        raise Refused(Problem("seal.wrong-secret", _WRONG, "secret", next_step=_TYPE_AGAIN)) from error


def open_with_two(form: Mapping[str, object], shares: Mapping[str, bytes]) -> EcdsaP256Signer:
    """Return the signer that two custodians' shares open together.

    Raises:
        Fault: ``keys.damaged``: not this form, or the shares are not of two who open it together.
    """
    try:
        kid, alg, of = str(form["kid"]), str(form["alg"]), sorted(shares)
        pair = next(one for one in _pairs(form) if one["of"] == of)
        nonce, locked = parse_base64url(pair["nonce"]), parse_base64url(pair["ct"])
        key = _join(kid, of[0], of[1], shares)
        pkcs8 = AESGCM(key).decrypt(nonce, locked, _pair_aad(kid, alg, of[0], of[1]))
        signer = load_signer(kid, pkcs8)
    except (ValueError, TypeError, KeyError, IndexError, StopIteration, InvalidTag) as error:
        raise _damaged() from error
    if not isinstance(signer, EcdsaP256Signer):
        raise _damaged()
    return signer


def change_secret(form: Mapping[str, object], custodian: str, old: str, new: str) -> dict[str, object]:
    """Return the form with another secret for one custodian; nobody else is needed for it.

    Raises:
        Refused: the old secret is wrong, the new one too short.
    """
    share = unlock_share(form, custodian, old)
    custodians = _custodians(form)
    cost = read_kdf(custodians[custodian]["kdf"]).n
    fresh = _lock_share(str(form["kid"]), custodian, share, new, cost)
    return {**form, "custodians": {**custodians, custodian: fresh}}


def _lock_share(kid: str, custodian: str, share: bytes, secret: str, scrypt_n: int) -> dict[str, object]:
    if len(secret) < SECRET_CHARS_MIN:
        raise Refused(Problem("seal.short-secret", _SHORT, "secret"))
    locker, nonce = create_locker(secret, scrypt_n), secrets.token_bytes(_NONCE_BYTES)
    locked = AESGCM(locker.key).encrypt(nonce, share, _share_aad(kid, custodian))
    return {
        "kdf": compose_kdf(locker.stretching),
        "nonce": to_base64url(nonce),
        "ct": to_base64url(locked),
    }


def _lock_pair(
    kid: str, alg: str, pkcs8: bytes, one: str, two: str, shares: Mapping[str, bytes]
) -> dict[str, object]:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    locked = AESGCM(_join(kid, one, two, shares)).encrypt(nonce, pkcs8, _pair_aad(kid, alg, one, two))
    return {"of": [one, two], "nonce": to_base64url(nonce), "ct": to_base64url(locked)}


def _join(kid: str, one: str, two: str, shares: Mapping[str, bytes]) -> bytes:
    """Return the key that two shares make, in the order of their custodians' ids."""
    info = f"tongban/two-person/1|{kid}|{one}|{two}".encode()
    return HKDF(hashes.SHA256(), 32, None, info).derive(shares[one] + shares[two])


def _share_aad(kid: str, custodian: str) -> bytes:
    return f"{kid}|share|{custodian}".encode()


def _pair_aad(kid: str, alg: str, one: str, two: str) -> bytes:
    return f"{kid}|{alg}|{one}|{two}".encode()


def _custodians(form: Mapping[str, object]) -> dict[str, dict[str, str]]:
    held = form.get("custodians")
    if form.get("v") != VERSION or not isinstance(held, dict):
        raise _damaged()
    return held


def _pairs(form: Mapping[str, object]) -> list[dict[str, Any]]:
    pairs = form.get("pairs")
    return pairs if form.get("v") == VERSION and isinstance(pairs, list) else []


def _damaged() -> Fault:
    return Fault(
        "keys.damaged",
        Text(
            "印章密钥文件的格式不对，可能已损坏。",
            "The seal's key file is not in its form; it may be damaged.",
        ),
    )


_NO_SHARE = Text("您没有印章密钥的份额。", "You hold no share of the seal's key.")
_ASK_FOR_SHARE = Text("须由持有份额的保管员办理。", "A custodian who holds a share has to do this.")
_WRONG = Text(
    "印章口令不对，密钥没有打开；这次尝试已记录。",
    "The secret is wrong and the key stays closed; the attempt is recorded.",
)
_TYPE_AGAIN = Text("请重新输入您自己的印章口令。", "Type your own secret of the seal again.")
_SHORT = Text(
    f"印章口令至少 {SECRET_CHARS_MIN} 个字符。",
    f"A secret of the seal has at least {SECRET_CHARS_MIN} characters.",
)
