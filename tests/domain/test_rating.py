"""Ratings: five named levels; a bad one says what was bad; two official scales that run in opposite ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import catalogue
from tongban.domain.rating import WORDS_CHARS, check_rating, choose_folded, parse_ratings
from tongban.kernel.errors import Refused

BOOK = catalogue().ratings


def codes(level: str, details: tuple[str, ...] = (), words: str = "") -> list[str]:
    return [problem.code for problem in check_rating(level, details, words, BOOK)]


def test_there_are_five_levels_of_which_two_are_bad() -> None:
    assert len(BOOK.levels) == 5
    assert [level.id for level in BOOK.levels if level.is_bad] == ["dissatisfied", "very-dissatisfied"]


def test_the_two_official_scales_run_in_opposite_directions() -> None:
    ones = [level.scales["gbt-39046"] for level in BOOK.levels]
    others = [level.scales["national-upload"] for level in BOOK.levels]
    assert ones == [1, 2, 3, 4, 5]
    assert others == [5, 4, 3, 2, 1]
    assert {level.is_bad for level in BOOK.levels if level.scales["national-upload"] < 3} == {True}


def test_a_good_rating_needs_no_words() -> None:
    assert codes("very-satisfied") == []


@pytest.mark.parametrize(("details", "words"), [(("too-slow",), ""), ((), "等了三天")])
def test_a_bad_rating_ticks_or_says_something(details: tuple[str, ...], words: str) -> None:
    assert codes("dissatisfied", details, words) == []
    assert codes("dissatisfied", (), "  ") == ["rating.says-nothing"]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert codes("splendid", ("no-such",), "x" * (WORDS_CHARS + 1)) == [
        "rating.no-level", "rating.strange-detail", "rating.too-long",
    ]  # fmt: skip


def test_a_book_with_faults_tells_all_of_them() -> None:
    with pytest.raises(Refused) as refused:
        parse_ratings({"source": "x", "levels": [{"id": "A"}], "details": 3, "rectify": {}}, "ratings.yaml")
    pointers = {problem.pointer for problem in refused.value.problems}
    assert {"ratings.yaml:source", "ratings.yaml:levels[0].title", "ratings.yaml:details"} <= pointers


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 12)), st.integers(1, 8))
def test_no_number_of_few_ratings_is_shown_or_can_be_subtracted(totals: dict[str, int], fewest: int) -> None:
    folded = choose_folded(totals, fewest)
    shown = totals.keys() - folded
    assert all(totals[name] >= fewest for name in shown)
    together = sum(totals[name] for name in folded)
    assert not folded or together >= fewest or not shown


def test_nothing_is_folded_where_every_row_is_large_enough() -> None:
    assert choose_folded({"a": 5, "b": 9}, 5) == frozenset()
    assert choose_folded({"a": 4, "b": 9, "c": 20}, 5) == {"a", "b"}
    assert choose_folded({"a": 3, "b": 2, "c": 20}, 5) == {"a", "b"}
