"""Dates and money as each language writes them."""

from datetime import UTC, date, datetime

import pytest

from tongban.web.shared.dates import say_date, say_fen, say_moment


def test_a_date_is_written_as_each_language_writes_it():
    assert say_date(date(2026, 11, 3), "zh") == "2026年11月3日"
    assert say_date(date(2026, 11, 3), "en") == "3 November 2026"


def test_an_instant_is_read_on_the_clock_of_the_zone_and_not_of_the_server():
    late = datetime(2026, 12, 31, 16, 5, tzinfo=UTC)
    assert say_moment(late, "zh") == "2027年1月1日 00:05"
    assert say_moment(late, "en") == "1 January 2027, 00:05"
    assert say_date(late, "en") == "1 January 2027"


@pytest.mark.parametrize(
    ("fen", "said"), [(0, "¥0.00"), (5, "¥0.05"), (123456789, "¥1,234,567.89"), (-150, "-¥1.50")]
)
def test_money_is_given_in_fen_and_said_in_yuan(fen, said):
    assert say_fen(fen) == said
