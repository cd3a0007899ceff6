"""An act survives the way to another zone; what is no act is refused before anything is kept."""

from typing import Any

import pytest
from hypothesis import given

from tests.domain.standard.acts import any_act, opened, proposed, ratified_by_all
from tongban.crypto.canonical import canonical
from tongban.domain.standard.acts import RecordedAct
from tongban.domain.standard.packed import FILES_BYTES
from tongban.domain.standard.plain import WORDS_CHARS, act_from_plain, act_plain

WRONG: list[tuple[str, Any]] = [
    ("id", "wuxi-elsewhere"),
    ("id", "x" * 41),
    ("subject", "suzhou-other"),
    ("zone", "wuxi"),
    ("zone", 7),
    ("at", "2026-03-03T04:00:00"),
    ("at", "yesterday"),
    ("act", "Enacted"),
    ("act", "Commented"),
    ("version", 0),
    ("version", True),
    ("content_hash", "00"),
    ("files", {"item.yaml": "changed"}),
    ("files", {"item.yaml": "x" * (FILES_BYTES + 1)}),
    ("files", {"item.yaml": "字" * (FILES_BYTES // 3 + 1)}),
    ("files", ["item.yaml"]),
    ("files", {}),
    ("reason", " "),
    ("reason", "x" * (WORDS_CHARS + 1)),
    ("reason", "\x00"),
    ("by", None),
]


@given(any_act())
def test_an_act_comes_back_as_it_was(act: RecordedAct) -> None:
    plain = act_plain(act)
    canonical(plain)
    back = act_from_plain(plain)
    assert back == act
    assert getattr(back.act, "files", None) == getattr(act.act, "files", None)


@pytest.mark.parametrize(("part", "value"), WRONG)
def test_what_is_no_act_is_refused(part: str, value: Any) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        act_from_plain({**act_plain(proposed()), part: value})


@pytest.mark.parametrize("part", ["id", "subject", "zone", "by", "at", "act", "item", "version", "reason"])
def test_an_act_without_one_of_its_parts_is_refused(part: str) -> None:
    plain = act_plain(proposed())
    del plain[part]
    with pytest.raises(KeyError):
        act_from_plain(plain)


def test_a_ticket_whose_sides_are_no_two_languages_is_refused() -> None:
    with pytest.raises(ValueError, match="unpack"):
        act_from_plain({**act_plain(opened()), "seen": {"suzhou": ["10分钟"]}})


def test_an_outline_leaves_the_files_out_and_says_so() -> None:
    plain = {**act_plain(proposed()), "files": {}}
    assert act_from_plain(plain, is_outline=True).act == proposed().act
    assert act_from_plain(act_plain(ratified_by_all()[0])).act == ratified_by_all()[0].act
