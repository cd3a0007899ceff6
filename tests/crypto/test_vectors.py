"""What others published about signing and canonical JSON comes out here too."""

import json
from pathlib import Path

import pytest

from tests.crypto.keys import a_key_record
from tongban.crypto.canonical import canonical
from tongban.crypto.sign import Ed25519Signer, is_signed_by, raw_public_key

VECTORS = Path(__file__).parents[1] / "vectors/crypto"
ED25519 = (VECTORS / "ed25519-sign.input").read_text(encoding="ascii").splitlines()


@pytest.mark.parametrize("line", ED25519, ids=range(len(ED25519)))
def test_ed25519_signs_as_its_authors_do(line: str) -> None:
    private, public, message, signed = (bytes.fromhex(each) for each in line.split(":")[:4])
    signer = Ed25519Signer("vector", private[:32])
    key = a_key_record(signer)
    assert raw_public_key(key) == public
    assert signer.sign(message) == signed[:64]
    assert is_signed_by(key, message, signed[:64])


@pytest.mark.parametrize("name", ["french", "weird"])
def test_json_is_canonical_as_the_authors_of_rfc_8785_print_it(name: str) -> None:
    given = json.loads((VECTORS / f"jcs-{name}.json").read_text(encoding="utf-8"))
    assert canonical(given) == (VECTORS / f"jcs-{name}.out.json").read_bytes()
