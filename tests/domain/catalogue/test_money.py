"""Money in a form: typed in yuan, kept in fen, and shown again as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.domain.catalogue.form import Form, Question, Section, parse_answers
from tongban.domain.catalogue.money import read_yuan, write_yuan
from tongban.kernel.text import Text

WAGE = Question("wage_fen", "money", Text("月工资", "Monthly wage"), "housing-fund-2019#15", at_least=100)
FORM = Form((Section("work", Text("工作", "Work"), (WAGE,)),))


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("8000", 800_000),
        (" 8,000.50 ", 800_050),
        ("8000.5", 800_050),
        ("８０００元", 800_000),
        ("￥1,234,567.89", 123_456_789),
        ("0.01", 1),
        ("-3", -300),
    ],
)
def test_yuan_as_people_write_them_are_read_as_fen(typed: str, fen: int) -> None:
    assert read_yuan(typed) == fen


@pytest.mark.parametrize(
    "typed",
    ["", "8000.505", "8,00", "八千", "8e3", "1.2.3", "8000 dollars", "9" * 50, "8000" + " " * 40 + "1"],
)
def test_what_is_no_amount_is_none_and_nothing_is_rounded_away(typed: str) -> None:
    assert read_yuan(typed) is None


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_an_amount_that_is_shown_again_is_read_as_itself(fen: int) -> None:
    assert read_yuan(write_yuan(fen)) == fen


def test_a_form_takes_yuan_from_a_person_and_fen_from_a_history() -> None:
    assert parse_answers(FORM, {"wage_fen": "8000"}).values["wage_fen"] == 800_000
    assert parse_answers(FORM, {"wage_fen": 800_000}).values["wage_fen"] == 800_000


def test_an_amount_out_of_range_is_told_in_yuan_and_one_that_is_none_with_an_example() -> None:
    (small,) = parse_answers(FORM, {"wage_fen": "0.99"}).problems
    assert "1 与" in small.text.zh
    (wrong,) = parse_answers(FORM, {"wage_fen": "8000.505"}).problems
    assert "8000.50" in wrong.text.en
