"""Every file in content/law parses, and the articles the house leans on say what they must."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tongban.domain.law import LawBook, Limit, compose_law_book, parse_statute

LAW = Path(__file__).parents[2] / "content" / "law"
FILES = sorted(LAW.glob("*.yaml"))


def read(path: Path) -> Mapping[str, Any]:
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def book() -> LawBook:
    return compose_law_book(article for path in FILES for article in parse_statute(read(path), path.name))


def test_there_is_one_file_per_act_and_each_parses() -> None:
    assert len(FILES) >= 20
    for path in FILES:
        assert {one.act.key for one in parse_statute(read(path), path.name)} == {path.stem}


@pytest.mark.parametrize(
    ("key", "limit", "expected"),
    [
        ("all-2019#32.4", "ask_for_corrections", Limit(5, "working_day")),
        ("all-2019#42.1", "decide", Limit(20, "working_day")),
        ("all-2019#42.1", "extend", Limit(10, "working_day")),
        ("all-2019#44", "deliver", Limit(10, "working_day")),
        ("all-2019#50.1", "ask_for_renewal", Limit(30, "working_day")),
        ("travel-agencies-2020#10.1", "file_after_registration", Limit(3, "working_day")),
        ("nurses-2020#9", "change_place", Limit(7, "working_day")),
        ("admin-review-2023#20.1", "ask_for_review", Limit(60, "calendar_day")),
        ("admin-litigation-2017#46.1", "sue_directly", Limit(6, "month")),
    ],
)
def test_the_period_beside_an_article_is_the_one_in_its_words(
    book: LawBook, key: str, limit: str, expected: Limit
) -> None:
    article = book.get(key)
    assert article.limits[limit] == expected
    written = "零一二三四五六七八九十"[expected.amount] if expected.amount <= 10 else ""
    tens = {20: "二十", 30: "三十", 60: "六十"}.get(expected.amount, written)
    assert (
        f"{expected.amount}个工作日" in article.words
        or f"{tens}日" in article.words
        or f"{tens}个月" in article.words
    )


def test_the_words_of_two_key_articles_are_the_statutes_own(book: LawBook) -> None:
    assert book.get("all-2019#32.4").words.endswith("逾期不告知的，自收到申请材料之日起即为受理；")
    assert "分社的经营范围不得超出设立分社的旅行社的经营范围" in book.get("travel-agencies-2020#10.2").words
    assert "跨省、自治区、直辖市变更执业地点" in book.get("nurses-2020#9").words
    assert "仅销售预包装食品的，应当报所在地" in book.get("food-safety-2021#35.1").words


def test_a_verified_statute_article_has_words_unless_it_says_why_not(book: LawBook) -> None:
    # Two are excerpts, and two acts could not be quoted.
    silent = {
        key
        for key, one in book.articles.items()
        if one.is_verified and not one.words and key.endswith(tuple("0123456789"))
    }
    assert silent == {
        "admin-review-2023#11", "admin-review-2023#24",
        "food-filing-2023#4", "food-filing-2023#4.2", "food-safety-2021#33",
        "data-sharing-2025#2", "data-sharing-2025#3",

    }  # fmt: skip


def test_what_was_not_read_is_marked_unverified(book: LawBook) -> None:
    for key in ("data-sharing-2025#no-repeated-collection", "gbt-36904-2018#identifier"):
        assert not book.get(key).is_verified


def test_glosses_are_given_in_both_languages_and_differ(book: LawBook) -> None:
    for article in book.articles.values():
        assert article.gloss.zh != article.gloss.en, article.key
        assert any("一" <= sign <= "鿿" for sign in article.gloss.zh), article.key
        assert not any("一" <= sign <= "鿿" for sign in article.gloss.en), article.key


def test_every_article_is_in_force_today_and_none_before_its_act(book: LawBook) -> None:
    for key in book.articles:
        assert book.is_in_force(key, date(2026, 3, 2)), key
        assert not book.is_in_force(key, date(1957, 1, 1)), key
