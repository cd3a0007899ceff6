"""Wanted: what a criterion asks of its fact, and by how much a seen value falls short, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.domain.rules.facts import Kind, Seen, Unknown, Value
from tongban.domain.rules.operators import Condition, FactRef, Operator
from tongban.domain.rules.table import RuleTable
from tongban.domain.rules.words import NOTHING, Wording, fill, join, name_fact, show_seen, show_value
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Gap:
    """The distance between what was seen and what is wanted, as words for the named places.

    Args:
        seen: the value seen, or why it is unknown.
        wanted: the value or values asked for.
        lacking: how much or which codes are missing; ``NOTHING`` when that is no question.
        extra: how much or which codes go beyond.
    """

    seen: Text
    wanted: Text
    lacking: Text = NOTHING
    extra: Text = NOTHING


def find_wanted(condition: Condition, seen: Mapping[str, Seen]) -> Value | tuple[Value, ...] | None:
    """Return the other side of a condition, or None when it is an unknown fact or there is none."""
    if not isinstance(condition.value, FactRef):
        return condition.value
    value = seen.get(condition.value.fact, Unknown.NOT_PROVIDED)
    return None if isinstance(value, Unknown) else value


def read_gap(condition: Condition, seen: Mapping[str, Seen], table: RuleTable, wording: Wording) -> Gap:
    """Return the gap of a condition in words."""
    fact, value = condition.fact, seen.get(condition.fact, Unknown.NOT_PROVIDED)
    wanted = find_wanted(condition, seen)
    words = show_seen(value, fact, table, wording)
    if wanted is None or isinstance(value, Unknown):
        return Gap(words, _name_wanted(condition, wanted, table, wording))
    lacking, extra = _differences(condition.op, value, wanted)
    return Gap(
        words,
        show_value(wanted, fact, table, wording),
        NOTHING if lacking is None else show_value(lacking, fact, table, wording),
        NOTHING if extra is None else show_value(extra, fact, table, wording),
    )


def _name_wanted(
    condition: Condition, wanted: Value | tuple[Value, ...] | None, table: RuleTable, wording: Wording
) -> Text:
    if wanted is not None:
        return show_value(wanted, condition.fact, table, wording)
    return name_fact(condition.value.fact, table) if isinstance(condition.value, FactRef) else NOTHING


def _differences(
    op: Operator, value: Value, wanted: Value | tuple[Value, ...]
) -> tuple[Value | None, Value | None]:
    """Return what is lacking and what is too much, where such a thing can be said."""
    match op, value, wanted:
        case Operator.WITHIN, tuple(), tuple():
            return None, tuple(code for code in value if code not in wanted)
        case Operator.AT_LEAST, tuple(), tuple():
            return tuple(str(code) for code in wanted if code not in value), None
        case Operator.AT_LEAST, int(), int():
            return wanted - value, None
        case Operator.AT_MOST, int(), int():
            return None, value - wanted
        case _:
            return None, None


def phrase_wanted(condition: Condition, gap: Gap, table: RuleTable) -> Text:
    """Return what must be, following the fact's name: ``应为…`` and ``must be …``."""
    kind = table.types[condition.fact].kind
    return fill(_PHRASES.get((condition.op, kind)) or _PHRASES[condition.op, None], wanted=gap.wanted)


def phrase_gap(condition: Condition, gap: Gap, table: RuleTable) -> Text:
    """Return the unmet case as a sentence: what is seen, what must be, and the difference."""
    template = _UNMET_LIST if gap.extra is not NOTHING or gap.lacking is not NOTHING else _UNMET
    difference = join(
        fill(words, amount=amount)
        for words, amount in ((_LACKING, gap.lacking), (_EXTRA, gap.extra))
        if amount is not NOTHING
    )
    return fill(
        template,
        name=name_fact(condition.fact, table),
        seen=gap.seen,
        wanted=phrase_wanted(condition, gap, table),
        difference=difference,
    )


_UNMET = Text("{name}{wanted}，现为{seen}。", "{name} {wanted}; it is {seen}.")
_UNMET_LIST = Text(
    "{name}{wanted}，现为{seen}（{difference}）。", "{name} {wanted}; it is {seen} ({difference})."
)
_LACKING = Text("还差：{amount}", "lacking: {amount}")
_EXTRA = Text("超出：{amount}", "beyond: {amount}")

_PHRASES: Mapping[tuple[Operator, Kind | None], Text] = {
    (Operator.IS, None): Text("应为{wanted}", "must be {wanted}"),
    (Operator.IN, None): Text("应为下列之一：{wanted}", "must be one of: {wanted}"),
    (Operator.WITHIN, None): Text("不得超出：{wanted}", "must not go beyond: {wanted}"),
    (Operator.AT_LEAST, None): Text("不得少于{wanted}", "must be at least {wanted}"),
    (Operator.AT_LEAST, Kind.DATE): Text("不得早于{wanted}", "must be no earlier than {wanted}"),
    (Operator.AT_LEAST, Kind.CHOICES): Text("应当包含：{wanted}", "must include: {wanted}"),
    (Operator.AT_MOST, None): Text("不得多于{wanted}", "must be at most {wanted}"),
    (Operator.AT_MOST, Kind.DATE): Text("不得晚于{wanted}", "must be no later than {wanted}"),
    (Operator.PRESENT, None): Text("应当提供", "must be given"),
}
