"""What people type and paste: forgiven where the meaning is plain, named where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.domain.identifiers.citizen_number import check_citizen_number
from tongban.domain.identifiers.division import check_division
from tongban.domain.identifiers.item_code import check_item_code
from tongban.domain.identifiers.licence_id import check_licence_id
from tongban.domain.identifiers.uscc import check_uscc, parse_uscc
from tongban.domain.identifiers.written import MOST_CHARACTERS, make_plain

REAL = "91110000600037341L"
CHECKS = [check_uscc, check_citizen_number, check_licence_id, check_item_code, check_division]


@pytest.mark.parametrize(
    "typed",
    [
        "91110000600037341l",
        " 9111 0000 6000 37341L\n",
        "９１１１００００６０００３７３４１Ｌ",
        "91110000-60003734-1L",
        "9111\u30000000\u00a0600037341L",
        "\u202d91110000600037341L\u202c",
        "\ufeff91110000\u200b600037341L",
        "𝟗𝟏𝟏𝟏𝟎𝟎𝟎𝟎𝟔𝟎𝟎𝟎𝟑𝟕𝟑𝟒𝟏L",
    ],
)
def test_full_width_blanks_small_letters_and_invisible_marks_are_forgiven(typed: str) -> None:
    assert parse_uscc(typed).text == REAL


@pytest.mark.parametrize("mark", ["\u202e", "\u200f", "\u2067"])
def test_marks_that_turn_the_writing_around_are_refused(mark: str) -> None:
    (problem,) = check_uscc(f"{mark}{REAL}", "form.uscc")
    assert (problem.code, problem.pointer) == ("uscc.hidden-character", "form.uscc")


def test_emoji_and_letters_of_other_scripts_are_named_where_they_stand() -> None:
    (problem,) = check_uscc("9111000060003734😀L")
    assert problem.code == "uscc.character"
    assert "place 17" in problem.text.en
    problems = check_uscc("9111000060003734😀")
    assert {one.code for one in problems} == {"uscc.character", "uscc.length"}
    (problem,) = check_uscc("91110000600037З41L")  # a Cyrillic letter that looks like a 3
    assert problem.code == "uscc.character"
    assert "cyrillic capital letter ze" in problem.text.en
    assert "place 15" in problem.text.en


def test_arabic_indic_digits_are_not_taken_for_digits() -> None:
    assert check_citizen_number("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X")[0].code == "citizen-number.character"


def test_look_alikes_are_hinted_at_not_replaced() -> None:
    (problem,) = check_uscc("9111OOOO600037341L")
    assert problem.code == "uscc.character"
    assert problem.next_step is not None
    assert "O→0" in problem.next_step.zh


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("empty", ["", "   ", "\u200b"])
def test_nothing_filled_in_is_said_so(check: object, empty: str) -> None:
    (problem,) = check(empty, "here")  # type: ignore[operator]
    assert problem.code.endswith(".missing")
    assert problem.next_step is not None


@pytest.mark.parametrize("check", CHECKS)
def test_ten_million_characters_are_refused_unread(check: object) -> None:
    (problem,) = check("1" * 10_000_000, "here")  # type: ignore[operator]
    assert problem.code.endswith(".too-long")


@given(st.text(max_size=MOST_CHARACTERS))
def test_no_text_whatever_breaks_a_check(text: str) -> None:
    for check in CHECKS:
        for problem in check(text, "here"):
            assert problem.pointer == "here"
            assert problem.text.zh
            assert problem.text.en


@given(st.text(max_size=50))
def test_making_plain_twice_is_making_plain_once(text: str) -> None:
    assert make_plain(make_plain(text)) == make_plain(text)
