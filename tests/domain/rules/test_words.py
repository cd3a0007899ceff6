"""Dates, money, numbers and free text as they are printed in a sentence."""

from datetime import date

import pytest

from tests.domain.rules.tables import FACTS, a_criterion, a_table
from tests.domain.rules.test_change import WORDING
from tongban.domain.rules.words import Wording, find_origin, name_fact, show_date, show_money, show_value
from tongban.kernel.text import Text

TABLE = a_table(a_criterion(fact="answers.name", op="present"))


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (0, "0 元", "CNY 0"),
        (5, "0.05 元", "CNY 0.05"),
        (300_000, "3,000 元", "CNY 3,000"),
        (-150, "-1.50 元", "CNY -1.50"),
    ],
)
def test_money_is_printed_in_yuan(fen: int, zh: str, en: str) -> None:
    assert show_money(fen) == Text(zh, en)


def test_a_date_is_printed_the_way_each_language_writes_it() -> None:
    assert show_date(date(2026, 3, 2)) == Text("2026年3月2日", "2 March 2026")


def test_a_choice_is_printed_by_its_label_and_by_its_code_without_one() -> None:
    assert show_value(("domestic", "inbound"), "answers.scope", TABLE, WORDING).zh == "境内旅游、inbound"
    assert show_value((), "answers.scope", TABLE, WORDING) == Text("（无）", "(none)")


def test_yes_is_yes_and_not_one() -> None:
    assert show_value(True, "answers.insured", TABLE, WORDING) == Text("是", "yes")


def test_marks_that_turn_the_line_around_are_not_repeated() -> None:
    shown = show_value("好\u202e名\u200f字\x00", "answers.name", TABLE, WORDING)
    assert shown.zh == "“好名字”"


def test_a_long_text_is_cut() -> None:
    assert len(show_value("长" * 10_000, "answers.name", TABLE, WORDING).zh) < 100


def test_the_longest_start_of_a_name_says_where_a_fact_is_from() -> None:
    assert find_origin("evidence.parent-licence.name", WORDING) == Text(
        "无锡的许可机关", "the licensing authority in Wuxi"
    )
    assert find_origin("evidence.parent-licences.name", WORDING) == Text("登记机关", "the registry")
    assert find_origin("today", Wording()) is None


def test_a_fact_without_words_is_called_by_its_dotted_name() -> None:
    assert name_fact("answers.unheard", TABLE) == Text("answers.unheard", "answers.unheard")
    assert all(name_fact(name, TABLE).zh != name for name in FACTS)
