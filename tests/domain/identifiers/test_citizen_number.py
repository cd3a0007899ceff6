"""The citizen number: the standard's own example, an independent library, and every single slip."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric as oracle

from tongban.domain.identifiers.citizen_number import (
    CitizenNumber,
    check_citizen_number,
    compose_citizen_number,
    parse_citizen_number,
)
from tongban.kernel.errors import Refused

OF_THE_STANDARD = "11010519491231002X"

numbers = st.builds(
    compose_citizen_number,
    st.text("0123456789", min_size=6, max_size=6),
    st.dates(date(1850, 1, 1), date(2026, 12, 31)),
    st.integers(0, 999),
)


def codes(text: str, today: date | None = None) -> list[str]:
    return [problem.code for problem in check_citizen_number(text, "person.number", today)]


def test_the_example_of_the_standard_is_read() -> None:
    number = parse_citizen_number(OF_THE_STANDARD)
    assert number == CitizenNumber("110105", date(1949, 12, 31), "002", "X")
    assert number.text == OF_THE_STANDARD


@pytest.mark.parametrize("typed", ["11010519491231002x", "110105 19491231 002X", "11010519491231002Ⅹ"])
def test_a_small_or_a_roman_ten_is_understood(typed: str) -> None:
    assert parse_citizen_number(typed).text == OF_THE_STANDARD


@given(numbers)
def test_composed_numbers_agree_with_an_independent_library(number: CitizenNumber) -> None:
    assert oracle.calc_check_digit(number.text) == number.check
    assert parse_citizen_number(number.text) == number


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_change_of_one_character_is_caught(number: CitizenNumber, place: int, other: str) -> None:
    changed = number.text[:place] + other + number.text[place + 1 :]
    assert (codes(changed) == []) == (changed == number.text)


@given(numbers, st.integers(0, 16))
def test_every_swap_of_two_neighbours_is_caught(number: CitizenNumber, place: int) -> None:
    text = number.text
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assert (codes(swapped) == []) == (swapped == text)


def test_people_born_before_any_table_and_in_vanished_places_are_not_refused() -> None:
    assert codes(compose_citizen_number("999999", date(1899, 2, 28), 1).text) == []


def test_a_date_that_never_was_is_told_besides_the_check_digit() -> None:
    assert codes("110105199902290022") == ["citizen-number.birth-date", "citizen-number.check"]


def test_nobody_is_born_tomorrow() -> None:
    number = compose_citizen_number("110105", date(2026, 11, 24), 7).text
    assert codes(number, date(2026, 11, 23)) == ["citizen-number.birth-date"]
    assert codes(number, date(2026, 11, 24)) == []


def test_an_old_number_of_fifteen_digits_is_recognised_and_not_taken() -> None:
    assert codes("110105491231002") == ["citizen-number.old"]


def test_ten_stands_only_at_the_end() -> None:
    assert codes("1101051949123100XX") == ["citizen-number.character"]


def test_length_and_characters_are_told_at_once() -> None:
    assert codes("11010519491231A") == ["citizen-number.character", "citizen-number.length"]


def test_the_masked_number_hides_the_date_of_birth() -> None:
    masked = parse_citizen_number(OF_THE_STANDARD).masked
    assert masked == "110105********002X"
    assert "1949" not in masked


@pytest.mark.parametrize(
    ("division", "sequence"), [("11010", 1), ("11010A", 1), ("110105", 1000), ("110105", -1)]
)
def test_composing_from_wrong_parts_is_refused(division: str, sequence: int) -> None:
    with pytest.raises(Refused):
        compose_citizen_number(division, date(1990, 1, 1), sequence)
