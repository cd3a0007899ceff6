"""Signed JSON: what opens, and everything that must not."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws as other_jws
from joserfc.jwk import ECKey, OKPKey

from tests.crypto.keys import a_key_record, a_signer
from tongban.crypto.base64url import parse_base64url, to_base64url
from tongban.crypto.jws import BadSignature, compose_jws, open_jws
from tongban.crypto.sign import to_jwk

TYP = "zx-msg+jwt"
SIGNER = a_signer("Ed25519", "suzhou#msg1")
KEY = a_key_record(SIGNER)
KEYS = {KEY.kid: KEY}
MAX = 10_000


def refused(token: str, keys=KEYS, typ: str = TYP, use: str = "msg", max_bytes: int = MAX) -> str:
    with pytest.raises(BadSignature) as caught:
        open_jws(token, typ, keys, use, max_bytes)
    return caught.value.code


def signed(header: object, payload: bytes) -> str:
    """A token with any header and payload at all, rightly signed."""
    head = header if isinstance(header, bytes) else json.dumps(header).encode()
    signing_input = f"{to_base64url(head)}.{to_base64url(payload)}"
    return f"{signing_input}.{to_base64url(SIGNER.sign(signing_input.encode()))}"


def good_header(**changes: object) -> dict[str, object]:
    return {"alg": "Ed25519", "typ": TYP, "kid": KEY.kid} | changes


unicode_text = st.text(st.characters(codec="utf-8"), max_size=12)
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | unicode_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(unicode_text, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("alg", ["Ed25519", "ES256"])
@given(payload=st.dictionaries(unicode_text, json_values, max_size=4))
@settings(deadline=None)
def test_what_was_signed_is_what_opens(alg: str, payload: dict[str, object]) -> None:
    signer = a_signer(alg)
    key = a_key_record(signer)
    opened = open_jws(compose_jws(signer, TYP, payload), TYP, {key.kid: key}, "msg", 100_000)
    assert opened.payload == payload
    assert (opened.kid, opened.key) == (key.kid, key)


@given(where=st.integers(0, 10_000), letter=st.sampled_from("ABZaz019-_.=\n"))
@settings(max_examples=300, deadline=None)
def test_no_other_letter_anywhere_opens(where: int, letter: str) -> None:
    token = compose_jws(SIGNER, TYP, {"id": "1", "body": {"case": "CZ260302-7K3M9QXD"}})
    at = where % len(token)
    changed = token[:at] + letter + token[at + 1 :]
    if changed != token:
        assert refused(changed) in {
            "malformed", "wrong-type", "unknown-key", "wrong-algorithm", "bad-signature"
        }  # fmt: skip


@pytest.mark.parametrize("alg", ["Ed25519", "ES256"])
def test_another_library_opens_ours_and_we_open_its(alg: str) -> None:
    signer = a_signer(alg)
    key = a_key_record(signer)
    public = {name: to_jwk(key)[name] for name in ("kty", "crv", "x", "y") if name in to_jwk(key)}
    private = public | {"d": to_base64url(b"\x07" * 32)}
    importer = OKPKey if alg == "Ed25519" else ECKey
    ours = compose_jws(signer, TYP, {"from": "us", "名": "通办"})
    theirs_read = other_jws.deserialize_compact(ours, importer.import_key(public), algorithms=[alg])
    assert json.loads(theirs_read.payload) == {"from": "us", "名": "通办"}
    theirs = other_jws.serialize_compact(
        {"alg": alg, "typ": TYP, "kid": key.kid},
        b'{"from":"them"}',
        importer.import_key(private),
        algorithms=[alg],
    )
    assert open_jws(theirs, TYP, {key.kid: key}, "msg", MAX).payload == {"from": "them"}


def test_the_alg_of_the_header_never_decides() -> None:
    assert refused(signed(good_header(alg="ES256"), b"{}")) == "wrong-algorithm"
    assert refused(signed(good_header(alg="none"), b"{}")) == "wrong-algorithm"
    none = f"{to_base64url(json.dumps(good_header(alg='none')).encode())}.{to_base64url(b'{}')}."
    assert refused(none) == "wrong-algorithm"


def test_a_public_key_taken_as_a_shared_secret_opens_nothing() -> None:
    import hashlib
    import hmac

    head = to_base64url(json.dumps(good_header(alg="HS256")).encode())
    body = to_base64url(b"{}")
    mac = hmac.new(parse_base64url(KEY.public.x), f"{head}.{body}".encode(), hashlib.sha256).digest()
    assert refused(f"{head}.{body}.{to_base64url(mac)}") == "wrong-algorithm"


def test_one_kind_of_object_never_passes_for_another() -> None:
    token = compose_jws(SIGNER, "zx-receipt+jwt", {})
    assert refused(token) == "wrong-type"
    assert open_jws(token, "zx-receipt+jwt", KEYS, "msg", MAX).payload == {}


def test_a_key_for_another_use_opens_nothing() -> None:
    code_key = a_key_record(SIGNER, use="code")
    assert refused(compose_jws(SIGNER, TYP, {}), keys={KEY.kid: code_key}) == "wrong-use"


def test_an_unknown_key_or_another_key_of_that_name_opens_nothing() -> None:
    token = compose_jws(SIGNER, TYP, {})
    other = a_key_record(a_signer("Ed25519", KEY.kid, seed=8))
    assert refused(token, keys={}) == "unknown-key"
    assert refused(token, keys={KEY.kid: other}) == "bad-signature"


def test_a_token_of_exactly_the_limit_opens_and_one_letter_more_does_not() -> None:
    token = compose_jws(SIGNER, TYP, {"text": "x" * 500})
    assert open_jws(token, TYP, KEYS, "msg", len(token)).kid == KEY.kid
    assert refused(token, max_bytes=len(token) - 1) == "too-large"


@pytest.mark.parametrize("name", ["crit", "b64", "zip", "enc", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256"])
def test_a_header_that_brings_its_own_key_or_rules_is_refused(name: str) -> None:
    assert refused(signed(good_header(**{name: ["x"]}), b"{}")) == "malformed"


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"[]",
        b"1",
        b"null",
        b"not json",
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"b":1}}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":1e999}',
        b'{"a":"\\ud800"}',
        b'{"\\udfff":1}',
        b'{"a":"\xff"}',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":1} x',
        b'{"a":' + b"[" * 3000 + b"]" * 3000 + b"}",
        b'{"a":' + b"9" * 5000 + b"}",
    ],
    ids=range(17),
)
def test_a_payload_that_two_readers_could_read_differently_is_refused(payload: bytes) -> None:
    assert refused(signed(good_header(), payload), max_bytes=100_000) == "malformed"


@pytest.mark.parametrize(
    "header",
    [
        b"{}",
        b"[]",
        b"\xff",
        b'{"alg":"Ed25519","alg":"Ed25519","typ":"zx-msg+jwt","kid":"suzhou#msg1"}',
        json.dumps(good_header(kid=1)).encode(),
        json.dumps(good_header(typ=None)).encode(),
        json.dumps(good_header(pad="x" * 1000)).encode(),
    ],
    ids=range(7),
)
def test_a_header_that_is_none_is_refused(header: bytes) -> None:
    assert refused(signed(header, b"{}")) == "malformed"


def test_what_is_no_token_is_malformed() -> None:
    token = compose_jws(SIGNER, TYP, {"a": "b"})
    head, body, tail = token.split(".")
    for wrong in (
        "",
        ".",
        "..",
        "a.b",
        token + ".",
        f"{head}.{body}",
        f" {token}",
        f"{token}\n",
        f"{token}=",
    ):
        assert refused(wrong) == "malformed"
    assert refused(f"{head}.{body}=.{tail}") == "malformed"
    assert refused(f"{head}.{body}é.{tail}") == "malformed"
    assert refused(f"{head}.{body}.") == "bad-signature"


def test_a_payload_that_json_cannot_write_is_not_signed() -> None:
    for payload in ({"a": float("nan")}, {"a": "\ud800"}):
        with pytest.raises(ValueError):  # noqa: PT011
            compose_jws(SIGNER, TYP, payload)
    with pytest.raises(TypeError):
        compose_jws(SIGNER, TYP, {"a": b"bytes"})
