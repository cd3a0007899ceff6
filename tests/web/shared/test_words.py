"""The tags that say things in the reader's language."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from tongban.kernel.text import Text


def render(source: str, language: str = "zh-hans", **context: object) -> str:
    """A template in a language; no tag needs loading."""
    with translation.override(language):
        return Template(source).render(Context(context))


def test_a_sentence_is_said_in_the_readers_language():
    source = '{% t "你好" "Hello" %}'
    assert render(source) == "你好"
    assert render(source, "en") == "Hello"


def test_values_are_filled_in_in_the_readers_language():
    source = '{% t "{zone}：共 {n} 件" "{zone}: {n} cases" zone=zone n=3 %}'
    zone = Text("无锡", "Wuxi")
    assert render(source, zone=zone) == "无锡：共 3 件"
    assert render(source, "en", zone=zone) == "Wuxi: 3 cases"


def test_a_value_that_is_markup_stays_text():
    source = '{% t "{name}" "{name}" name=name %}{{ text|said }}{{ name|foreign }}'
    said = render(source, "en", name="<b>x</b>", text=Text("<i>", "<i>"))
    assert "<b>" not in said
    assert "<i>" not in said


def test_braces_in_a_value_are_not_filled_in_again():
    assert render('{% t "{a}" "{a}" a=a b=b %}', a="{b}", b="secret") == "{b}"


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (Text("是", "yes"), "是", "yes"),
        (date(2026, 3, 2), "2026年3月2日", "2 March 2026"),
        (datetime(2026, 3, 2, 1, 0, tzinfo=UTC), "2026年3月2日 09:00", "2 March 2026, 09:00"),
        ([Text("甲", "A"), Text("乙", "B")], "甲；乙", "A; B"),
        ("CZ-1", "CZ-1", "CZ-1"),
        (7, "7", "7"),
    ],
)
def test_said_knows_texts_dates_instants_and_lists(value, zh, en):
    assert render("{{ value|said }}", value=value) == zh
    assert render("{{ value|said }}", "en", value=value) == en


def test_a_time_can_be_read_by_machines_too():
    said = render("{% when on %}", "en", on=date(2026, 11, 23))
    assert said == '<time datetime="2026-11-23">23 November 2026</time>'
    assert render("{% when on %}", on=None) == ""


def test_chinese_words_on_an_english_page_are_marked_for_screen_readers():
    assert render("{{ name|foreign }}", "en", name="太湖") == '<span lang="zh-CN">太湖</span>'
    assert render("{{ name|foreign }}", name="太湖") == "太湖"
