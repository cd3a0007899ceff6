"""Boxes open with their key and their label, and with nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.crypto.sealed_box import OVERHEAD_BYTES, create_key, lock, unlock
from tongban.kernel.errors import Fault

KEY = bytes(range(32))


@given(data=st.binary(max_size=300), aad=st.binary(max_size=40))
def test_what_was_locked_is_unlocked(data: bytes, aad: bytes) -> None:
    box = lock(KEY, data, aad)
    assert len(box) == len(data) + OVERHEAD_BYTES
    assert unlock(KEY, box, aad) == data


@given(st.binary(min_size=1, max_size=60), st.integers(0, 10_000))
def test_any_changed_bit_keeps_the_box_shut(data: bytes, bit: int) -> None:
    box = bytearray(lock(KEY, data, b"case"))
    box[(bit // 8) % len(box)] ^= 1 << bit % 8
    with pytest.raises(Fault, match=r"box\.not-opened"):
        unlock(KEY, bytes(box), b"case")


def test_another_key_or_another_label_keeps_the_box_shut() -> None:
    box = lock(KEY, b"name", b"case-1")
    for key, aad in ((create_key(), b"case-1"), (KEY, b"case-2")):
        with pytest.raises(Fault):
            unlock(key, box, aad)


@pytest.mark.parametrize("box", [b"", b"\x01", b"\x01" * 28, b"\x02" + bytes(60)])
def test_what_is_no_box_is_refused(box: bytes) -> None:
    with pytest.raises(Fault):
        unlock(KEY, box, b"")


def test_the_same_data_is_never_locked_alike() -> None:
    assert lock(KEY, b"same", b"") != lock(KEY, b"same", b"")


def test_the_box_of_nist_opens() -> None:
    """Test case 16 of McGrew and Viega, The Galois/Counter Mode of Operation, appendix B."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    sealed = bytes.fromhex(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    aad = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    assert unlock(key, b"\x01" + nonce + sealed, aad) == plain
