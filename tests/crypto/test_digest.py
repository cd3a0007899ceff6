"""Digests against FIPS 180-4's own example."""

from tongban.crypto.digest import DIGEST_BYTES, digest, hex_digest


def test_abc_has_the_digest_of_the_standard() -> None:
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hex_digest(b"abc") == expected
    assert digest(b"abc").hex() == expected
    assert len(digest(b"")) == DIGEST_BYTES
