"""Articles are read from plain mappings, cited by key, and never guessed at."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.domain.law import (
    Article,
    LawBook,
    Limit,
    chinese_number,
    compose_law_book,
    parse_statute,
)
from tongban.kernel.errors import Refused
from tongban.kernel.text import Text


def gloss(words: str = "意思") -> dict[str, str]:
    return {"zh": words, "en": "meaning"}


def an_act(**changes: Any) -> dict[str, Any]:
    return {
        "key": "testing-act-2020",
        "title": {"zh": "中华人民共和国测试法", "en": "Testing Act of the Republic"},
        "short": {"zh": "测试法", "en": "Testing Act"},
        "issuer": {"zh": "测试机关", "en": "Testing authority"},
        "number": "",
        "amended_on": None,
        "in_force_on": "2020-01-01",
        "provenance": "invented for a test",
        "verified": True,
        "articles": {
            "3": {"gloss": gloss(), "parts": "items", "lead": "有下列情形的："},
            "3.1": {"gloss": gloss(), "words": "（一）甲；"},
            "3.2": {"gloss": gloss(), "words": "（二）乙。"},
            "3.p2": {"gloss": gloss(), "words": "另有规定的除外。"},
            "4": {
                "gloss": gloss(),
                "words": "二十日内。",
                "limits": {"decide": {"amount": 20, "unit": "working_day"}},
            },
            "5": {"gloss": gloss(), "parts": "paragraphs"},
            "5.1": {"gloss": gloss(), "words": "甲款。", "until": "2021-12-31"},
            "5.2": {"gloss": gloss(), "words": "乙款。", "since": "2022-01-01"},
            "named-point": {
                "heading": {"zh": "某点", "en": "some point"},
                "gloss": gloss(),
                "verified": False,
            },
        },
    } | changes


def a_book(**changes: Any) -> LawBook:
    return compose_law_book(parse_statute(an_act(**changes), "content/law/testing-act-2020.yaml"))


def problems_of(mapping: dict[str, Any], file_name: str = "testing-act-2020.yaml") -> set[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        parse_statute(mapping, file_name)
    return {(p.code, p.pointer.partition(":")[2]) for p in refused.value.problems}


def test_an_item_and_its_article_are_both_cited_by_key() -> None:
    book = a_book()
    assert book.get("testing-act-2020#3.2").words == "（二）乙。"
    assert book.get("testing-act-2020#3").gloss == Text("意思", "meaning")


def test_an_article_kept_in_parts_has_the_words_of_its_lead_and_parts() -> None:
    assert (
        a_book().get("testing-act-2020#3").words == "有下列情形的：\n（一）甲；\n（二）乙。\n另有规定的除外。"
    )


def test_an_excerpt_does_not_pass_for_the_whole_article() -> None:
    articles = an_act()["articles"]
    articles["3"]["excerpt"] = True
    assert a_book(articles=articles).get("testing-act-2020#3").words == ""


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("testing-act-2020#3", "测试法第三条", "Testing Act art. 3"),
        ("testing-act-2020#3.1", "测试法第三条第一款第一项", "Testing Act art. 3(1)"),
        ("testing-act-2020#3.p2", "测试法第三条第二款", "Testing Act art. 3 para. 2"),
        ("testing-act-2020#5.2", "测试法第五条第二款", "Testing Act art. 5 para. 2"),
        ("testing-act-2020#named-point", "测试法（某点）", "Testing Act (some point)"),
    ],
)
def test_a_citation_is_written_as_lawyers_write_it(key: str, zh: str, en: str) -> None:
    assert a_book().get(key).title == Text(zh, en)


def test_the_periods_of_the_law_are_data() -> None:
    assert a_book().get("testing-act-2020#4").limits == {"decide": Limit(20, "working_day")}


def test_an_unknown_key_is_refused_with_a_next_step() -> None:
    with pytest.raises(Refused) as refused:
        a_book().get("testing-act-2020#99")
    assert refused.value.problems[0].code == "law.unknown"
    assert refused.value.problems[0].next_step is not None
    assert a_book().find("testing-act-2020#99") is None


def test_an_article_stands_from_its_first_to_its_last_day() -> None:
    book = a_book()
    assert [book.is_in_force("testing-act-2020#5.1", day) for day in _days("2019-12-31", "2020-01-01")] == [
        False,
        True,
    ]
    assert [book.is_in_force("testing-act-2020#5.1", day) for day in _days("2021-12-31", "2022-01-01")] == [
        True,
        False,
    ]
    assert [book.is_in_force("testing-act-2020#5.2", day) for day in _days("2021-12-31", "2022-01-01")] == [
        False,
        True,
    ]
    assert not book.is_in_force("testing-act-2020#99", date(2024, 1, 1))


def test_a_citation_that_did_not_stand_is_a_problem_at_its_place() -> None:
    book = a_book()
    assert book.check("testing-act-2020#5.1", date(2024, 1, 1), "rules.yaml:7")[0].code == "law.not-in-force"
    assert book.check("nowhere-1999#1", None, "rules.yaml:7")[0].pointer == "rules.yaml:7"
    assert book.check("testing-act-2020#5.1", None, "rules.yaml:7") == ()


def test_a_named_point_without_a_number_says_that_it_is_unverified() -> None:
    book = a_book()
    assert not book.get("testing-act-2020#named-point").is_verified
    assert book.get("testing-act-2020#4").is_verified


def test_the_act_of_a_citation_is_found_with_and_without_an_article() -> None:
    book = a_book()
    act = book.find_act("testing-act-2020")
    assert act is not None
    assert act == book.find_act("testing-act-2020#77")
    assert book.find_act("nowhere-1999") is None


def test_the_same_key_twice_is_refused() -> None:
    articles = parse_statute(an_act(), "testing-act-2020.yaml")
    with pytest.raises(Refused, match=r"law\.twice"):
        compose_law_book([*articles, articles[0]])


def test_every_fault_of_a_file_is_told_at_once() -> None:
    broken = an_act(key="other-2020", in_force_on="soon", surprise=1)
    broken["articles"]["3.1"]["gloss"] = {"zh": "只有中文"}
    broken["articles"]["4"]["limits"] = {"decide": {"amount": 0, "unit": "fortnight"}}
    broken["articles"]["4"]["amounts"] = {"fee": {"fen": "many"}}
    broken["articles"]["9.1"] = {"gloss": gloss()}
    broken["articles"]["Zwölf"] = {"gloss": gloss()}
    broken["articles"]["5.1"]["until"] = "2019-01-01"
    found = problems_of(broken)
    assert {
        ("law.bad-key", "key"),
        ("law.bad-date", "in_force_on"),
        ("law.unknown-key", ".surprise"),
        ("law.no-words", "articles.3.1.gloss"),
        ("law.bad-limit", "articles.4.limits.decide"),
        ("law.bad-amount", "articles.4.amounts.fee"),
        ("law.no-parent", "articles.9.1"),
        ("law.bad-number", "articles.Zwölf"),
        ("law.bad-dates", "articles.5.1.until"),
    } <= found


def test_parts_need_to_say_whether_they_are_items_or_paragraphs() -> None:
    broken = an_act()
    del broken["articles"]["5"]["parts"]
    assert ("law.no-parts", "articles.5") in problems_of(broken)


def test_a_named_point_needs_a_heading() -> None:
    broken = an_act()
    del broken["articles"]["named-point"]["heading"]
    assert ("law.no-words", "articles.named-point.heading") in problems_of(broken)


def test_a_file_that_is_no_statute_at_all_is_refused_and_does_not_crash() -> None:
    assert ("law.empty", "articles") in problems_of({"articles": None})
    assert ("law.not-a-mapping", "articles.1") in problems_of(an_act(articles={"1": "text"}))


@given(st.integers(1, 9_999))
def test_chinese_numbers_are_distinct_and_read_back(number: int) -> None:
    written = chinese_number(number)
    values = {"千": 1000, "百": 100, "十": 10}
    total, digit = 0, 0
    for sign in written:
        if sign in values:
            total, digit = total + max(digit, 1) * values[sign], 0
        else:
            digit = "零一二三四五六七八九".index(sign)
    assert total + digit == number
    assert not written.endswith("零")
    assert "零零" not in written


def test_article_numbers_are_written_as_statutes_write_them() -> None:
    assert [chinese_number(n) for n in (10, 11, 32, 103, 203, 1260)] == [
        "十", "十一", "三十二", "一百零三", "二百零三", "一千二百六十",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="no article number"):
        chinese_number(0)


def test_articles_know_their_act() -> None:
    article: Article = a_book().get("testing-act-2020#4")
    assert article.act.issuer.zh == "测试机关"
    assert article.since == article.act.in_force_on == date(2020, 1, 1)


def _days(*written: str) -> list[date]:
    return [date.fromisoformat(day) for day in written]
