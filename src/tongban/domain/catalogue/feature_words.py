"""Feature words: what an implementation says, without the codes it is written in."""

from collections.abc import Mapping

from tongban.domain.catalogue.form import Question
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.evidence.requirement import EVERY_ZONE, OTHER_ZONES, Requirement
from tongban.domain.pledge import PledgeKind
from tongban.domain.rules.facts import Kind
from tongban.domain.rules.operators import Condition, FactRef, Operand, Operator
from tongban.domain.rules.words import Wording, fill, join, name_fact, show_value
from tongban.kernel.text import Text

PLEDGES: Mapping[PledgeKind, Text] = {
    PledgeKind.COMMITMENT: Text("告知承诺", "told and promised"),
    PledgeKind.DEFERRED: Text("容缺受理", "a paper may follow"),
}
_DIVISION = "division:"


def say_fact(name: str, item: ServiceItem) -> Text:
    """Return what a fact is called; its dotted name only where nobody gave it words."""
    return _ALLOTTED.get(name) or name_fact(name, item.rules)


def _quotable(name: str, item: ServiceItem) -> Text:
    """Return what a fact is called as it stands inside quotation marks."""
    words = say_fact(name, item)
    return Text(*(one.replace("“", "‘").replace("”", "’") for one in (words.zh, words.en)))


def say_condition(condition: Condition, item: ServiceItem) -> Text:
    """Return a comparison as a clause: ``面积不少于 20 平方米``, ``area is at least 20``."""
    fact_type = item.rules.types.get(condition.fact)
    kind = fact_type.kind if fact_type else None
    words = _BY_KIND.get((condition.op, kind)) or _OPERATORS[condition.op]
    value = _say_operand(condition.value, condition.fact, item)
    return fill(words, fact=_quotable(condition.fact, item), value=value)


def _say_operand(value: Operand, fact: str, item: ServiceItem) -> Text:
    if value is None:
        return Text("", "")
    if isinstance(value, FactRef):
        return fill(_REFERRED, fact=_quotable(value.fact, item))
    return show_value(value, fact, item.rules, Wording(labels=item.labels))


def say_source(requirement: Requirement, item: ServiceItem) -> Text:
    """Return whose register is searched, and by what."""
    subject = _quotable(requirement.subject, item)
    return fill(_SEARCHED, holder=_say_holder(requirement.holder, item), subject=subject)


def _say_holder(holder: str, item: ServiceItem) -> Text:
    if holder in _HOLDERS:
        return _HOLDERS[holder]
    if holder.startswith(_DIVISION):
        return fill(_OF_NUMBER, fact=_quotable(holder.removeprefix(_DIVISION), item))
    return fill(_NAMED, fact=_quotable(holder, item))


def say_question(question: Question, item: ServiceItem) -> Text:
    """Return whether a question must be answered, when it is asked, and what it takes."""
    parts = [_MUST if question.is_required else _MAY]
    if question.at_least is not None:
        parts.append(Text(f"不小于 {question.at_least}", f"not less than {question.at_least}"))
    if question.at_most is not None:
        parts.append(Text(f"不大于 {question.at_most}", f"not more than {question.at_most}"))
    if question.shown_when is not None:
        parts.append(_say_shown_when(question.shown_when, item))
    if question.choices:
        parts.append(fill(_CHOICES, choices=join(question.choices.values())))
    return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def _say_shown_when(shown_when: tuple[str, tuple[object, ...]], item: ServiceItem) -> Text:
    other, values = shown_when
    asked = next((one for one in item.form.questions if one.id == other), None)
    label = asked.label if asked else Text(other, other)
    said = join(_say_answer(value, asked) for value in values)
    return fill(_WHEN, question=label, values=said)


def _say_answer(value: object, asked: Question | None) -> Text:
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    words = asked.choices.get(str(value)) if asked else None
    return words or Text(str(value), str(value))


def say_validity(item: ServiceItem) -> Text:
    """Return how long a licence holds."""
    credential = item.credential
    if credential.valid_until_fact:
        return fill(_UNTIL, fact=_quotable(credential.valid_until_fact, item))
    months = credential.validity_months
    return Text(f"{months} 个月", f"{months} months") if months else Text("长期", "no end")


_MUST, _MAY = Text("必答", "must be answered"), Text("选答", "may be answered")
_WHEN = Text("仅在“{question}”为{values}时询问", "asked only when “{question}” is {values}")
_CHOICES = Text("选项：{choices}", "choices: {choices}")
_UNTIL = Text("至“{fact}”", "until “{fact}”")
_REFERRED = Text("“{fact}”", "“{fact}”")
_SEARCHED = Text("向{holder}查询，按“{subject}”查", "asked of {holder}, by “{subject}”")
_NAMED = Text("“{fact}”所指的区", "the zone that “{fact}” names")
_OF_NUMBER = Text("“{fact}”号码所属的区", "the zone of the number in “{fact}”")
_HOLDERS: Mapping[str, Text] = {
    "deciding": Text("决定的区", "the zone that decides"),
    EVERY_ZONE: Text("每一个区", "every zone"),
    OTHER_ZONES: Text("其他每一个区", "every other zone"),
}
_OPERATORS: Mapping[Operator, Text] = {
    Operator.IS: Text("“{fact}”为{value}", "“{fact}” is {value}"),
    Operator.IN: Text("“{fact}”为其中之一：{value}", "“{fact}” is one of: {value}"),
    Operator.WITHIN: Text("“{fact}”不超出：{value}", "“{fact}” holds nothing beyond: {value}"),
    Operator.AT_LEAST: Text("“{fact}”不少于 {value}", "“{fact}” is at least {value}"),
    Operator.AT_MOST: Text("“{fact}”不超过 {value}", "“{fact}” is at most {value}"),
    Operator.PRESENT: Text("“{fact}”已经提供", "“{fact}” is given"),
}
_BY_KIND: Mapping[tuple[Operator, Kind | None], Text] = {
    (Operator.AT_LEAST, Kind.DATE): Text("“{fact}”不早于{value}", "“{fact}” is not before {value}"),
    (Operator.AT_MOST, Kind.DATE): Text("“{fact}”不晚于{value}", "“{fact}” is not after {value}"),
    (Operator.AT_LEAST, Kind.CHOICES): Text("“{fact}”包括：{value}", "“{fact}” holds all of: {value}"),
}
_ALLOTTED = {
    "allotted.credit_code": Text(
        "由系统编配的统一社会信用代码", "the unified social credit code allotted with it"
    )
}
