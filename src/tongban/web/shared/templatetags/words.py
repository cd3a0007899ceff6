"""Words in the reader's language: ``{% t "中文" "English" %}``, ``{{ text|said }}``, dates, money."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from tongban.kernel.text import Text
from tongban.web.shared.dates import say_date, say_fen, say_instant, say_moment
from tongban.web.shared.language import current_language

register = template.Library()


@register.simple_tag
def t(zh: str, en: str, en_one: str = "", **values: Any) -> str:
    """Say a sentence in the reader's language; ``{named}`` places are filled in and escaped.

    ``{% t "共 {n} 件" "{n} cases" "{n} case" n=count %}``; a Text, date or number may be a value. The third
    sentence, if there is one, is said in English where ``n`` is 1.
    """
    if en_one and values.get("n") == 1:
        en = en_one
    sentence = en if current_language() == "en" else zh
    return sentence.format(**{name: said(value) for name, value in values.items()}) if values else sentence


@register.filter
def said(value: Any) -> Any:
    """Say a Text, a date, an instant, or a list of them, in the reader's language; leave the rest."""
    language = current_language()
    match value:
        case Text():
            return value.in_language(language)
        case datetime():
            return say_moment(value, language)
        case date():
            return say_date(value, language)
        case str() | int() | float() | None:
            return value
        case Iterable():
            return ("; " if language == "en" else "；").join(str(said(part)) for part in value)
    return value


@register.filter
def day(value: date | datetime | None) -> str:
    """Say a date: 2026年11月23日 or 23 November 2026; nothing for None."""
    return say_date(value, current_language()) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Say an instant to the minute, in China Standard Time; nothing for None."""
    return say_moment(value, current_language()) if value else ""


@register.filter
def fen(value: int) -> str:
    """Say money given in fen: ¥1,234.50."""
    return say_fen(value)


@register.simple_tag
def when(value: date | datetime | None) -> SafeString | str:
    """Say a date or an instant inside ``<time datetime>``."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), said(value))


@register.simple_tag
def when_exactly(value: datetime | None) -> SafeString | str:
    """Say an instant to the second inside ``<time datetime>``."""
    if value is None:
        return ""
    words = say_instant(value, current_language())
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.filter
def other_language(value: Text) -> str:
    """Say a Text in the language that is not the reader's, to stand beside."""
    return value.in_language("zh" if current_language() == "en" else "en")


@register.filter
def foreign(value: str) -> SafeString | str:
    """Mark words that are Chinese whatever the page's language, for screen readers: a name, a statute."""
    if current_language() == "zh":
        return conditional_escape(value)
    return format_html('<span lang="zh-CN">{}</span>', value)
