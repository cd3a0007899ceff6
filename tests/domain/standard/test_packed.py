"""Files travel packed: they come back as they were, and what would unpack without end is refused."""

import json
import zlib
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.standard.acts import any_act, proposed
from tongban.domain.standard.acts import Proposed, RecordedAct
from tongban.domain.standard.packed import FILES_BYTES, PACKED_CHARS, pack_files, unpack_files
from tongban.domain.standard.plain import act_from_plain, act_message, act_plain

_files = st.dictionaries(st.text(max_size=12), st.text(max_size=60), max_size=6)


def packed(written: bytes) -> str:
    return b64encode(zlib.compress(written)).decode()


@given(_files)
def test_files_come_back_as_they_were(files: dict[str, str]) -> None:
    assert unpack_files(pack_files(files)) == files


@given(any_act())
def test_an_act_comes_back_from_a_message_as_it_was(act: RecordedAct) -> None:
    back = act_from_plain(json.loads(json.dumps(act_message(act))))
    assert back == act
    assert getattr(back.act, "files", None) == getattr(act.act, "files", None)


def test_a_proposal_of_before_with_its_files_unpacked_is_still_read() -> None:
    read = act_from_plain(act_plain(proposed()))
    sent = proposed().act
    assert isinstance(read.act, Proposed)
    assert isinstance(sent, Proposed)
    assert read.act.files == sent.files


@pytest.mark.parametrize(
    "told",
    [
        None,
        7,
        {"item.yaml": "x"},
        "",
        "not base64!",
        b64encode(b"not packed").decode(),
        packed(b"[]"),
        packed(b"\xff"),
        packed(b"[" * 200_000),
        pack_files({"item.yaml": "x" * 900})[:-8],
        b64encode(zlib.compress(b"{}") + b"more").decode(),
        "A" * (PACKED_CHARS + 4),
    ],
)
def test_what_is_packed_otherwise_is_refused(told: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack_files(told)


def test_what_would_grow_without_end_is_not_unpacked() -> None:
    bomb = packed(b'{"item.yaml": "' + b"x" * (40 * FILES_BYTES) + b'"}')
    assert len(bomb) < PACKED_CHARS
    with pytest.raises(ValueError, match="longer than it says"):
        unpack_files(bomb)


def test_files_beyond_the_limit_are_refused_however_small_they_were_packed() -> None:
    long = {"item.yaml": "x" * (FILES_BYTES + 1)}
    plain = {**act_message(proposed()), "packed": pack_files(long)}
    with pytest.raises(ValueError, match="too"):
        act_from_plain(plain)
