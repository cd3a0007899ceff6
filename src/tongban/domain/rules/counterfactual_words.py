"""The smallest change in words: who does what, in which order, on which articles, in two languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tongban.domain.rules.candidates import OTHERS
from tongban.domain.rules.counterfactual import Counterfactual, Hopeless, Smallest, Step, TooFar, Way
from tongban.domain.rules.facts import Kind
from tongban.domain.rules.operators import Condition, FactRef, Operator
from tongban.domain.rules.table import RuleTable
from tongban.domain.rules.words import Wording, fill, find_origin, join, name_fact, show_seen, show_value
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One thing to do.

    Args:
        facts: the facts it is about; several when one paper shows them all.
        asked: what the criteria in the way ask, each once.
        sources: their articles, each once.
    """

    way: Way
    text: Text
    facts: tuple[str, ...]
    asked: tuple[Text, ...]
    sources: tuple[LawKey, ...]


@dataclass(frozen=True, slots=True)
class ToldChange:
    """The smallest change, or that there is none, in words.

    Args:
        summary: one sentence.
        steps: what to do; empty when nothing can be done.
        sources: articles of the criteria that nothing changes; empty when there are steps.
    """

    summary: Text
    steps: tuple[ToldStep, ...] = ()
    sources: tuple[LawKey, ...] = ()


def tell_change(found: Counterfactual, table: RuleTable, wording: Wording | None = None) -> ToldChange:
    """Return the outcome of a search in words; whoever reads it may always ask for a person."""
    words = wording or Wording()
    match found:
        case Smallest(steps):
            told = tuple(_tell_group(group, table, words) for group in _groups(steps))
            count = Text(str(len(steps)), str(len(steps)))
            return ToldChange(fill(_ONE if len(steps) == 1 else _SEVERAL, count=count), told)
        case Hopeless(rows):
            criteria = [criterion for criterion in table.criteria if criterion.id in rows]
            asked = join(criterion.says for criterion in criteria)
            sources = tuple(dict.fromkeys(criterion.source for criterion in criteria))
            return ToldChange(fill(_NOTHING_HELPS, asked=asked), sources=sources)
        case TooFar():
            return ToldChange(_TOO_FAR)


def _groups(steps: Iterable[Step]) -> list[tuple[Step, ...]]:
    """Put together what one paper or one register shows; answers stand alone."""
    groups: dict[tuple[str, Way], list[Step]] = {}
    for step in steps:
        group = step.fact.rpartition(".")[0] if step.way in (Way.PROVE, Way.ENTER) else step.fact
        groups.setdefault((group, step.way), []).append(step)
    order = list(Way)
    return [tuple(groups[key]) for key in sorted(groups, key=lambda key: order.index(key[1]))]


def _tell_group(steps: tuple[Step, ...], table: RuleTable, wording: Wording) -> ToldStep:
    rows = dict.fromkeys(row for step in steps for row in step.rows)
    criteria = [criterion for criterion in table.criteria if criterion.id in rows]
    first = steps[0]
    values = {
        "names": join(_say_target(step, table, wording) for step in steps),
        "name": name_fact(first.fact, table),
        "was": show_seen(first.was, first.fact, table, wording),
        "becomes": _say_value(first, table, wording),
        "holder": find_origin(first.fact, wording) or _HOLDER,
    }
    return ToldStep(
        first.way,
        fill(_TEXTS[first.way], **values),
        tuple(step.fact for step in steps),
        tuple(criterion.says for criterion in criteria),
        tuple(dict.fromkeys(criterion.source for criterion in criteria)),
    )


def _say_target(step: Step, table: RuleTable, wording: Wording) -> Text:
    """Return a fact with the value it must show; without one where any will do."""
    name = name_fact(step.fact, table)
    if step.becomes in OTHERS or _is_only_asked_for(step, table):
        return name
    return fill(_SHOWS, name=name, value=_say_value(step, table, wording))


def _say_value(step: Step, table: RuleTable, wording: Wording) -> Text:
    """Return the value, with the bound it lies at where any beyond it does as well."""
    if step.becomes in OTHERS:
        return _SOMETHING_ELSE
    if isinstance(step.becomes, tuple) and not set(OTHERS).isdisjoint(step.becomes):
        return _SOMETHING_ELSE
    shown = show_value(step.becomes, step.fact, table, wording)
    if table.types[step.fact].kind in _ORDERED:
        for condition in _conditions(step, table):
            if condition.op in _BOUNDS and condition.fact == step.fact and _is_bound(condition, step):
                bounds = _DAY_BOUNDS if table.types[step.fact].kind is Kind.DATE else _BOUNDS
                return fill(bounds[condition.op], value=shown)
    return shown


def _conditions(step: Step, table: RuleTable) -> list[Condition]:
    return [criterion.condition for criterion in table.criteria if criterion.id in step.rows]


def _is_bound(condition: Condition, step: Step) -> bool:
    return isinstance(condition.value, FactRef) or condition.value == step.becomes


def _is_only_asked_for(step: Step, table: RuleTable) -> bool:
    """Tell whether every row in the way only asks that the fact be given."""
    conditions = _conditions(step, table)
    return bool(conditions) and all(condition.op is Operator.PRESENT for condition in conditions)


_ORDERED = (Kind.WHOLE_NUMBER, Kind.MONEY_FEN, Kind.DATE)
_BOUNDS: Mapping[Operator, Text] = {
    Operator.AT_LEAST: Text("{value}或以上", "{value} or more"),
    Operator.AT_MOST: Text("{value}或以下", "{value} or less"),
}
_DAY_BOUNDS: Mapping[Operator, Text] = {
    Operator.AT_LEAST: Text("{value}或以后", "{value} or later"),
    Operator.AT_MOST: Text("{value}或以前", "{value} or earlier"),
}
_SHOWS = Text("{name}（{value}）", "{name} ({value})")
_SOMETHING_ELSE = Text("其他内容", "something else")
_HOLDER = Text("持有该记录的机关", "the authority that holds the record")

_TEXTS: Mapping[Way, Text] = {
    Way.CHANGE: Text("把“{name}”由{was}改为{becomes}。", "Change “{name}” from {was} to {becomes}."),
    Way.ANSWER: Text("补充填写：{names}。", "Answer as well: {names}."),
    Way.PROVE: Text("提供证明（{holder}）：{names}。", "Give proof ({holder}) of: {names}."),
    Way.ENTER: Text("请{holder}补录：{names}。", "Have it entered at {holder}: {names}."),
    Way.CORRECT: Text(
        "请{holder}更正或者变更“{name}”：由{was}变为{becomes}。",
        "Have “{name}” corrected or changed at {holder}: from {was} to {becomes}.",
    ),
}
_ONE = Text(
    "最少只需改变 1 项，条件就全部符合；没有更小的改变。",
    "One thing would have to be otherwise for every criterion to be met; nothing less does it.",
)
_SEVERAL = Text(
    "最少需要改变 {count} 项，条件才全部符合；再少一项都不行。",
    "At least {count} things would have to be otherwise for every criterion to be met; no fewer do it.",
)
_NOTHING_HELPS = Text(
    "没有谁能作出的改变可以使这些条件符合：{asked}。您可以随时要求人工办理。",
    "No change that anybody can make meets these: {asked}. You may ask for a person at any time.",
)
_TOO_FAR = Text(
    "要改变的地方太多，系统算不出最小的改变；请看逐条说明，您可以随时要求人工办理。",
    "Too much would have to be otherwise for a smallest change to be told; see each criterion below. "
    "You may ask for a person at any time.",
)
