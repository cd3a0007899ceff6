"""Signatures, and what is believed about keys."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.crypto.keys import a_key_record, a_signer
from tongban.crypto.base64url import parse_base64url
from tongban.crypto.sign import (
    EcdsaP256Signer,
    Ed25519Signer,
    PublicJwk,
    is_signed_by,
    parse_key_record,
    public_key_pem,
    raw_public_key,
    to_jwk,
)

ALGORITHMS = ["Ed25519", "ES256"]


@pytest.mark.parametrize("alg", ALGORITHMS)
@given(data=st.binary(max_size=200), bit=st.integers(0, 511))
def test_a_signature_holds_and_no_changed_bit_of_it_does(alg: str, data: bytes, bit: int) -> None:
    signer = a_signer(alg)
    key, signature = a_key_record(signer), signer.sign(data)
    assert len(signature) == 64
    assert is_signed_by(key, data, signature)
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8
    assert not is_signed_by(key, data, bytes(changed))
    assert not is_signed_by(key, data + b"x", signature)


@pytest.mark.parametrize("alg", ALGORITHMS)
@pytest.mark.parametrize("signature", [b"", bytes(64), b"\xff" * 64, bytes(63), bytes(65)])
def test_what_is_no_signature_does_not_hold(alg: str, signature: bytes) -> None:
    assert not is_signed_by(a_key_record(a_signer(alg)), b"data", signature)


def test_a_number_with_a_zero_before_it_is_no_second_spelling_of_a_signature() -> None:
    signer = a_signer("ES256")
    signature = signer.sign(b"data")
    assert not is_signed_by(a_key_record(signer), b"data", signature[:32] + b"\0" + signature[32:])


@pytest.mark.parametrize("alg", ALGORITHMS)
def test_a_key_record_is_written_and_read_back(alg: str) -> None:
    key = a_key_record(a_signer(alg))
    assert parse_key_record(to_jwk(key)) == key


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"kid": None}, "kid is missing"),
        ({"alg": "none"}, "does not go with"),
        ({"alg": "ES256"}, "does not go with"),
        ({"use": "sig"}, "not a use"),
        ({"x": "AAAA"}, "32 bytes|length"),
        ({"x": "+" * 43}, "base64url"),
        ({"d": "secret"}, "has no d"),
        ({"nbf": "yesterday"}, "nbf is missing"),
        ({"exp": True}, "exp is missing"),
        ({"exp": 2**39}, "exp is missing or not"),
    ],
)
def test_a_key_record_that_is_none_is_refused(change: dict[str, object], why: str) -> None:
    mapping = to_jwk(a_key_record(a_signer("Ed25519"))) | change
    with pytest.raises(ValueError, match=why):
        parse_key_record(mapping)


def test_a_point_off_the_curve_is_refused() -> None:
    mapping = to_jwk(a_key_record(a_signer("ES256")))
    with pytest.raises(ValueError, match=r"point|curve|Invalid"):
        parse_key_record(mapping | {"y": mapping["x"]})


def test_a_key_is_in_force_from_its_first_to_its_last_instant() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    key = replace(a_key_record(a_signer("Ed25519")), not_before=start, not_after=start + timedelta(days=1))
    assert key.is_in_force(start)
    assert key.is_in_force(start + timedelta(days=1))
    assert not key.is_in_force(start - timedelta(seconds=1))
    assert not key.is_in_force(start + timedelta(days=1, seconds=1))


def test_ed25519_signs_as_in_rfc_8032() -> None:
    """Section 7.1, test 3."""
    signer = Ed25519Signer(
        "rfc", bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
    )
    key = a_key_record(signer)
    assert raw_public_key(key).hex() == "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
    assert signer.sign(b"\xaf\x82").hex() == (
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )


def test_es256_checks_the_signature_of_rfc_7515() -> None:
    """Appendix A.3: the key, the signing input and the signature as printed there."""
    jwk = PublicJwk(
        "EC",
        "P-256",
        "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    )
    key = replace(a_key_record(a_signer("ES256")), public=jwk)
    signing_input = (
        b"eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9"
        b"leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    )
    signature = parse_base64url(
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    )
    assert is_signed_by(key, signing_input, signature)


def test_a_p256_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        EcdsaP256Signer("short", b"\x01" * 31)


def test_only_an_ed25519_key_has_raw_bytes_and_any_key_has_pem() -> None:
    with pytest.raises(ValueError, match="only an Ed25519"):
        raw_public_key(a_key_record(a_signer("ES256")))
    assert public_key_pem(a_key_record(a_signer("ES256"))).startswith("-----BEGIN PUBLIC KEY-----")
