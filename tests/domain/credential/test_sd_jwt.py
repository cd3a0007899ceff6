"""Credentials: what the holder shows is seen, what he hides is not, and nothing can be added."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

from tests.crypto.keys import a_key_record, a_signer
from tongban.crypto.base64url import parse_base64url, to_base64url
from tongban.crypto.digest import digest
from tongban.crypto.jws import BadSignature, compose_jws
from tongban.crypto.sign import to_jwk
from tongban.domain.credential.sd_jwt import TYPE, compose_sd_jwt, open_sd_jwt, present

SIGNER = a_signer("ES256", "changzhou#issue1")
KEY = a_key_record(SIGNER, use="issue", zone="changzhou")
KEYS = {KEY.kid: KEY}
MAX = 50_000

ALWAYS = {
    "iss": "https://changzhou.example",
    "vct": "https://circle.example/vct/branch-filing/1",
    "jti": "1.2.3",
}
HIDEABLE = {
    "name": "虚构旅行社新北分社",
    "scope": ["domestic", "inbound"],
    "address": {"road": "虚构路1号"},
    "staff": 3,
}


def salts(n: int) -> list[str]:
    return [to_base64url(digest(b"salt %d" % i)[:16]) for i in range(n)]


def a_credential(always=ALWAYS, hideable=HIDEABLE):
    return compose_sd_jwt(SIGNER, always, hideable, salts(len(hideable)))


def refused(token: str, keys=KEYS, max_bytes: int = MAX) -> str:
    with pytest.raises(BadSignature) as caught:
        open_sd_jwt(token, keys, max_bytes)
    return caught.value.code


def a_disclosure(*parts: object) -> str:
    return to_base64url(json.dumps(list(parts)).encode())


def signed(payload: dict[str, object], *disclosures: str) -> str:
    return "~".join((compose_jws(SIGNER, TYPE, payload), *disclosures, ""))


def test_a_whole_credential_shows_every_claim() -> None:
    opened = open_sd_jwt(a_credential().token, KEYS, MAX)
    assert opened.claims == ALWAYS | HIDEABLE
    assert (opened.kid, opened.key, opened.hidden) == (KEY.kid, KEY, 0)


def test_the_signed_part_alone_shows_only_what_everybody_may_see() -> None:
    issued = a_credential()
    opened = open_sd_jwt(issued.jwt_part + "~", KEYS, MAX)
    assert opened.claims == ALWAYS
    assert opened.hidden == len(HIDEABLE)
    seen = parse_base64url(issued.jwt_part.split(".")[1]).decode()
    assert "虚构" not in seen
    assert "name" not in seen


unicode_text = st.text(st.characters(codec="utf-8"), max_size=10)
claim_names = unicode_text.filter(
    lambda name: (
        name not in {"iss", "nbf", "exp", "cnf", "vct", "status", "jti", "iat", "_sd", "_sd_alg", "..."}
    )
)
claims = st.dictionaries(
    claim_names, unicode_text | st.integers() | st.booleans() | st.lists(unicode_text), max_size=6
)


@given(hideable=claims, data=st.data())
@settings(deadline=None)
def test_any_choice_of_claims_shows_exactly_that_choice(
    hideable: dict[str, object], data: st.DataObject
) -> None:
    names = data.draw(st.sets(st.sampled_from(sorted(hideable)))) if hideable else set()
    shown = present(a_credential(hideable=hideable).token, names)
    opened = open_sd_jwt(shown, KEYS, MAX)
    assert opened.claims == ALWAYS | {name: hideable[name] for name in names}
    assert opened.hidden == len(hideable) - len(names)
    assert present(shown, names) == shown


def test_the_order_of_digests_tells_nothing_of_the_order_of_claims() -> None:
    digests = open_sd_jwt(a_credential().token, KEYS, MAX).payload["_sd"]
    assert digests == sorted(digests)
    turned = dict(reversed(HIDEABLE.items()))
    other = compose_sd_jwt(SIGNER, ALWAYS, turned, salts(len(turned))[::-1])
    assert open_sd_jwt(other.token, KEYS, MAX).payload["_sd"] == digests


def test_a_disclosure_of_rfc_9901_has_the_digest_printed_there() -> None:
    """Section 4.2.3: the digest of the example disclosure of section 4.2.1."""
    disclosure = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
    token = signed(ALWAYS | {"_sd": ["X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"]}, disclosure)
    assert open_sd_jwt(token, KEYS, MAX).claims == ALWAYS | {"family_name": "Möbius"}


def test_another_library_verifies_ours_and_presents_it() -> None:
    issued = a_credential()
    public = {name: to_jwk(KEY)[name] for name in ("kty", "crv", "x", "y")}
    holder = SDJWTHolder(issued.token)
    holder.create_presentation({"name": True})
    for token, expected in (
        (issued.token, HIDEABLE),
        (holder.sd_jwt_presentation, {"name": HIDEABLE["name"]}),
    ):
        verified = SDJWTVerifier(token, lambda issuer, header: JWK(**public)).get_verified_payload()
        assert {name: verified[name] for name in HIDEABLE if name in verified} == expected
        assert open_sd_jwt(token, KEYS, MAX).claims == ALWAYS | expected


def test_we_open_what_another_library_issues() -> None:
    public = {name: to_jwk(KEY)[name] for name in ("kty", "crv", "x", "y")}
    private = JWK(**public, d=to_base64url(b"\x07" * 32), kid=KEY.kid)

    class Issuer(SDJWTIssuer):
        SD_JWT_HEADER = TYPE

    flat = {SDObj(name): value for name, value in HIDEABLE.items()}
    theirs = Issuer(
        user_claims=dict(ALWAYS) | flat, issuer_key=private, extra_header_parameters={"kid": KEY.kid}
    ).sd_jwt_issuance
    assert open_sd_jwt(theirs, KEYS, MAX).claims == ALWAYS | HIDEABLE


def test_a_disclosure_of_another_credential_is_refused() -> None:
    other = compose_sd_jwt(SIGNER, ALWAYS, {"name": "别的公司"}, ["x" * 22])
    token = a_credential().token + other.disclosures["name"] + "~"
    assert refused(token) == "malformed"
    only = a_credential().jwt_part + "~" + other.disclosures["name"] + "~"
    assert refused(only) == "malformed"


def test_a_disclosure_shown_twice_is_refused() -> None:
    issued = a_credential()
    assert refused(issued.token + issued.disclosures["name"] + "~") == "malformed"


@given(where=st.integers(0, 10_000), letter=st.sampled_from("Aaz09-_~."))
@settings(max_examples=300, deadline=None)
def test_no_other_letter_anywhere_opens(where: int, letter: str) -> None:
    token = a_credential().token
    at = where % len(token)
    changed = token[:at] + letter + token[at + 1 :]
    if changed != token:
        assert refused(changed)


def digest_of(disclosure: str) -> str:
    return to_base64url(digest(disclosure.encode()))


@pytest.mark.parametrize(
    "parts",
    [
        ("s" * 22, "vct", "other"),
        ("s" * 22, "exp", 1),
        ("s" * 22, "_sd", []),
        ("s" * 22, "...", "x"),
        ("s" * 22, "_sd_alg", "md5"),
        ("s" * 22, "name", {"_sd": []}),
        ("s" * 22, "name", [{"...": "x"}]),
        ("s" * 22, "an array's element"),
        ("s" * 22, 7, "x"),
        (7, "name", "x"),
        ("s" * 22, "name", "x", "more"),
        (),
    ],
)
def test_a_disclosure_that_may_not_be_is_refused_although_signed(parts: tuple[object, ...]) -> None:
    disclosure = a_disclosure(*parts)
    assert refused(signed(ALWAYS | {"_sd": [digest_of(disclosure)]}, disclosure)) == "malformed"


def test_two_disclosures_of_one_name_are_refused() -> None:
    one, two = a_disclosure("a" * 22, "name", "x"), a_disclosure("b" * 22, "name", "y")
    assert refused(signed(ALWAYS | {"_sd": [digest_of(one), digest_of(two)]}, one, two)) == "malformed"


@pytest.mark.parametrize(
    "extra",
    [
        {"_sd": "x"},
        {"_sd": [1]},
        {"_sd": ["a", "a"]},
        {"_sd_alg": "sha-512"},
        {"subject": {"_sd": ["a"]}},
        {"list": [{"...": "a"}]},
        {"vct": 1},
    ],
)
def test_a_payload_that_hides_in_another_way_is_refused(extra: dict[str, object]) -> None:
    assert refused(signed(ALWAYS | extra)) == "malformed"


def test_what_is_no_credential_is_refused() -> None:
    issued = a_credential()
    assert refused("") == "malformed"
    assert refused(issued.jwt_part) == "malformed"
    assert refused(issued.token[:-1]) == "malformed"
    assert refused(issued.token + "a.b.c") == "malformed"
    assert refused(issued.token + "~") == "malformed"
    assert refused(issued.token, max_bytes=len(issued.token) - 1) == "too-large"
    assert refused(issued.token, keys={}) == "unknown-key"
    assert refused(issued.token, keys={KEY.kid: a_key_record(SIGNER, use="seal")}) == "wrong-use"


def test_a_message_never_passes_for_a_credential() -> None:
    assert refused(compose_jws(SIGNER, "zx-msg+jwt", ALWAYS) + "~") == "wrong-type"


@pytest.mark.parametrize(
    ("always", "hideable"),
    [
        ({}, {}),
        ({"vct": 1}, {}),
        (ALWAYS, {"vct": "x"}),
        (ALWAYS, {"exp": 1}),
        (ALWAYS, {"jti": "x"}),
        (ALWAYS | {"name": "x"}, {"name": "y"}),
        (ALWAYS | {"_sd": []}, {}),
        (ALWAYS | {"_sd_alg": "x"}, {}),
        (ALWAYS, {"...": 1}),
        (ALWAYS, {"a": [{"b": {"_sd": []}}]}),
    ],
)
def test_claims_that_cannot_be_hidden_are_not_signed(always: dict, hideable: dict) -> None:
    with pytest.raises(ValueError, match=r"vct|not to be disclosed|no names"):
        a_credential(always, hideable)


@pytest.mark.parametrize(
    "wrong", [[], ["a" * 22], ["a" * 22, "a" * 22], ["a" * 22, "b" * 21], ["a" * 22] * 3]
)
def test_salts_too_few_too_short_or_repeated_sign_nothing(wrong: list[str]) -> None:
    with pytest.raises(ValueError, match="2 different salts"):
        compose_sd_jwt(SIGNER, ALWAYS, {"a": 1, "b": 2}, wrong)


def test_a_claim_that_is_not_there_cannot_be_shown() -> None:
    issued = a_credential()
    with pytest.raises(ValueError, match="does not disclose birthday"):
        present(issued.token, {"birthday"})
    for token in (issued.jwt_part, issued.jwt_part + "~!~"):
        with pytest.raises(ValueError, match=r"ends in|malformed"):
            present(token, set())
