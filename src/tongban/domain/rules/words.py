"""Words: facts, values and reasons printed in both languages, dates and money as people write them."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tongban.domain.rules.derive import How
from tongban.domain.rules.facts import FactType, Kind, Seen, Unknown, Value
from tongban.domain.rules.table import RuleTable
from tongban.kernel.text import Text

SHOWN_MAX = 80
"""Characters of a free text that are repeated in a sentence."""

NOTHING = Text("（无）", "(none)")

REASONS: Mapping[Unknown, Text] = {
    Unknown.NOT_PROVIDED: Text("未提供", "not provided"),
    Unknown.UNREADABLE: Text("已提供，但无法识读", "provided, but unreadable"),
    Unknown.NOTHING_HELD: Text("持有方答复：没有记录", "the holder says nothing is held"),
    Unknown.UNDERIVED: Text("缺少依据，无法推算", "cannot be computed from what is known"),
}
"""Why a fact is unknown, in words; null, missing and garbage are three different things."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that lie outside the table.

    Args:
        labels: fact name → code → label, for choices.
        origins: start of a fact's name → where it comes from; the longest match wins, e.g.
            ``{"answers": Text("申请表", "the form"), "evidence.parent-licence": Text(…)}``.
    """

    labels: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    origins: Mapping[str, Text] = field(default_factory=dict)


def fill(template: Text, **values: Text) -> Text:
    """Return a sentence whose named places are filled in with words of its own language."""
    return Text(
        template.zh.format(**{name: value.zh for name, value in values.items()}),
        template.en.format(**{name: value.en for name, value in values.items()}),
    )


def join(texts: Iterable[Text]) -> Text:
    """Return a list of words, or ``NOTHING`` when it is empty."""
    parts = tuple(texts)
    return Text("、".join(t.zh for t in parts), ", ".join(t.en for t in parts)) if parts else NOTHING


def name_fact(fact: str, table: RuleTable) -> Text:
    """Return what a fact is called; its dotted name when nobody gave it words."""
    fact_type = table.types.get(fact)
    return fact_type.says if fact_type and fact_type.says else Text(fact, fact)


def find_origin(fact: str, wording: Wording) -> Text | None:
    """Return where a fact comes from, or None when it is not said."""
    parts = fact.split(".")
    for length in range(len(parts), 0, -1):
        origin = wording.origins.get(".".join(parts[:length]))
        if origin is not None:
            return origin
    return None


def show_seen(seen: Seen, fact: str, table: RuleTable, wording: Wording) -> Text:
    """Return a fact's value in words, or the reason why it is unknown."""
    return REASONS[seen] if isinstance(seen, Unknown) else show_value(seen, fact, table, wording)


def show_value(value: Value | tuple[Value, ...], fact: str, table: RuleTable, wording: Wording) -> Text:
    """Return a value of a fact's type in words, each of them if it is a list."""
    if isinstance(value, tuple):
        return join(show_value(one, fact, table, wording) for one in value)
    fact_type = table.types.get(fact)
    match value:
        case bool():
            return Text("是", "yes") if value else Text("否", "no")
        case int():
            return _show_number(value, fact_type)
        case date():
            return show_date(value)
        case _:
            return _show_words(value, fact, fact_type, table, wording)


def show_date(day: date) -> Text:
    """Return a date, e.g. ``2026年3月2日`` and ``2 March 2026``."""
    return Text(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def show_money(fen: int) -> Text:
    """Return an amount in yuan, e.g. ``3,000 元`` and ``CNY 3,000``; fen only where there are any."""
    sign, (yuan, rest) = "-" if fen < 0 else "", divmod(abs(fen), 100)
    amount = f"{sign}{yuan:,}.{rest:02}" if rest else f"{sign}{yuan:,}"
    return Text(f"{amount} 元", f"CNY {amount}")


def _show_number(value: int, fact_type: FactType | None) -> Text:
    if fact_type and fact_type.kind is Kind.MONEY_FEN:
        return show_money(value)
    unit = fact_type.unit if fact_type else None
    if unit is None:
        return Text(f"{value}", f"{value}")
    english = unit.en.removesuffix("s") if value == 1 else unit.en
    return Text(f"{value} {unit.zh}", f"{value} {english}")


def _show_words(
    value: str, fact: str, fact_type: FactType | None, table: RuleTable, wording: Wording
) -> Text:
    label = wording.labels.get(fact, {}).get(value) or _name_changed_field(value, fact, table)
    if label is not None:
        return label
    shown = "".join(c for c in value if unicodedata.category(c) not in _INVISIBLE)
    shown = shown if len(shown) <= SHOWN_MAX else shown[:SHOWN_MAX] + "…"
    return Text(shown, shown) if fact_type and fact_type.allowed else Text(f"“{shown}”", f"“{shown}”")


def _name_changed_field(field_name: str, fact: str, table: RuleTable) -> Text | None:
    """Return what a changed field is called in the form, when the fact is a list of changed fields."""
    derivation = table.find_derivation(fact)
    if derivation is None or derivation.how is not How.CHANGED_FIELDS or field_name not in derivation.fields:
        return None
    new = derivation.inputs[len(derivation.fields) + derivation.fields.index(field_name)]
    return name_fact(new, table)


_INVISIBLE = ("Cc", "Cf", "Cs")
"""Control, format (right-to-left marks among them) and surrogate characters are not repeated."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
