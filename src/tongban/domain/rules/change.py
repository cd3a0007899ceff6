"""Change: what would turn one criterion to met. Each change is tried on the table before it is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tongban.domain.rules.derive import Derivation, How
from tongban.domain.rules.evaluate import Assessment, Finding, evaluate
from tongban.domain.rules.facts import TODAY, Kind, Seen, Unknown, Value
from tongban.domain.rules.operators import Condition, Operator
from tongban.domain.rules.table import Criterion, Mark, RuleTable
from tongban.domain.rules.wanted import Gap, find_wanted, phrase_wanted, read_gap
from tongban.domain.rules.words import NOTHING, Wording, fill, find_origin, join, name_fact, show_value
from tongban.kernel.text import Text

ANSWERS = "answers."
"""Facts the applicant states; the others are held by somebody else."""

CHANGEABLE = (ANSWERS, "evidence.", "derived.")
"""Facts that somebody could put right; who applies and when (``applicant.``, ``case.``) is as it is."""


class AdviceKind(StrEnum):
    """Change a fact, provide one that is not known, or turn to a person."""

    CHANGE = "change"
    PROVIDE = "provide"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Advice:
    """What would change one criterion that is unmet or unknown.

    Args:
        criterion: its id.
        kind: what sort of advice it is.
        text: the advice as a sentence.
        facts: the facts it is about.
        settings: for a change, the values with which the criterion has been tried and is met.
    """

    criterion: str
    kind: AdviceKind
    text: Text
    facts: tuple[str, ...] = ()
    settings: Mapping[str, Value] = field(default_factory=dict)


def what_would_change(
    assessment: Assessment, table: RuleTable, wording: Wording | None = None
) -> tuple[Advice, ...]:
    """Return one piece of advice for every criterion that is unmet or unknown, in table order.

    A change is only told when it can be made (not of what is fixed, derived, or past) and when the
    table, run again with it, finds the criterion met. It says nothing about the other criteria.
    """
    words = wording or Wording()
    advice = (advise(finding, assessment, table, words) for finding in assessment.findings)
    return tuple(one for one in advice if one is not None)


def advise(finding: Finding, assessment: Assessment, table: RuleTable, wording: Wording) -> Advice | None:
    """Return the advice for one finding; None when it is met, not applicable, or not of this table."""
    criterion = table.find_criterion(finding.criterion)
    if criterion is None:
        return None
    match finding.mark:
        case Mark.UNKNOWN:
            return _advise_unknown(criterion, finding.seen, table, wording)
        case Mark.UNMET:
            return _advise_unmet(criterion, assessment, table, wording)
        case _:
            return None


def _advise_unknown(
    criterion: Criterion, seen: Mapping[str, Seen], table: RuleTable, wording: Wording
) -> Advice:
    sentences: list[Text] = []
    facts: list[str] = []
    for reason, template in _PROVIDE.items():
        names = [name for name, value in seen.items() if value is reason and name != TODAY]
        if names:
            facts.extend(names)
            named = join(_name_with_origin(name, table, wording) for name in names)
            sentences.append(fill(template, names=named))
    if not sentences:
        return _ask_person(criterion, table, wording)
    text = Text("".join(s.zh for s in sentences), " ".join(s.en for s in sentences))
    return Advice(criterion.id, AdviceKind.PROVIDE, text, tuple(facts))


def _advise_unmet(criterion: Criterion, assessment: Assessment, table: RuleTable, wording: Wording) -> Advice:
    condition, seen = criterion.condition, assessment.seen
    may_change = condition.fact.startswith(CHANGEABLE) and not table.types[condition.fact].fixed
    if criterion.fixed or not may_change:
        return _ask_person(criterion, table, wording)
    derivation = table.find_derivation(condition.fact)
    if condition.op is Operator.PRESENT and derivation is None:
        named = _name_with_origin(condition.fact, table, wording)
        text = fill(_PROVIDE[Unknown.NOT_PROVIDED], names=named)
        return Advice(criterion.id, AdviceKind.PROVIDE, text, (condition.fact,))
    if derivation is None:
        settings = _settings(condition, seen)
    else:
        settings = _settings_back(condition, derivation, seen, table)
    if not settings or not _is_mended(criterion, settings, assessment, table):
        return _ask_person(criterion, table, wording)
    text = _phrase_change(condition, settings, seen, table, wording)
    return Advice(criterion.id, AdviceKind.CHANGE, text, tuple(settings), settings)


def _settings(condition: Condition, seen: Mapping[str, Seen]) -> dict[str, Value]:
    """Return the nearest value that meets the condition; empty when none can be offered."""
    value, wanted = seen[condition.fact], find_wanted(condition, seen)
    if isinstance(value, Unknown) or wanted is None:
        return {}
    target = _nearest(condition.op, value, wanted)
    if isinstance(target, date) and not _lies_ahead(condition.fact, value, target, seen):
        return {}
    return {} if target is None else {condition.fact: target}


def _nearest(op: Operator, value: Value, wanted: Value | tuple[Value, ...]) -> Value | None:
    match op, value, wanted:
        case Operator.WITHIN, tuple(), tuple():
            codes = tuple(str(code) for code in wanted)
            return tuple(code for code in value if code in codes) or codes[:1] or None
        case Operator.AT_LEAST, tuple(), tuple():
            return value + tuple(str(code) for code in wanted if code not in value)
        case Operator.IN, _, tuple():
            return wanted[0] if wanted else None
        case _, _, tuple():
            return None
        case _:
            return wanted


def _lies_ahead(fact: str, value: Value, target: date, seen: Mapping[str, Seen]) -> bool:
    """Tell whether a date is still the applicant's to choose: stated by them, not past, nor becoming so."""
    today = seen.get(TODAY)
    if not isinstance(today, date) or not isinstance(value, date) or not fact.startswith(ANSWERS):
        return False
    return value > today and target >= today


def _settings_back(
    condition: Condition, derivation: Derivation, seen: Mapping[str, Seen], table: RuleTable
) -> dict[str, Value]:
    """Return the form's fields set back to what is recorded, where more was changed than may be."""
    changed, allowed = seen[condition.fact], find_wanted(condition, seen)
    if derivation.how is not How.CHANGED_FIELDS or condition.op is not Operator.WITHIN:
        return {}
    if not isinstance(changed, tuple) or not isinstance(allowed, tuple):
        return {}
    count = len(derivation.fields)
    settings: dict[str, Value] = {}
    for place, name in enumerate(derivation.fields):
        old, new = derivation.inputs[place], derivation.inputs[count + place]
        recorded = seen[old]
        if name in changed and name not in allowed and not isinstance(recorded, Unknown):
            if table.types[new].fixed or not new.startswith(ANSWERS):
                return {}
            settings[new] = recorded
    return settings


def _is_mended(
    criterion: Criterion, settings: Mapping[str, Value], assessment: Assessment, table: RuleTable
) -> bool:
    """Run the table again with the change; the criterion must then be met."""
    again = evaluate(table, {**_known_facts(assessment), **settings})
    marks = {row.criterion: mark for row, mark in zip(again.rows, again.marks, strict=True)}
    return marks[criterion.id] is Mark.MET


def _known_facts(assessment: Assessment) -> dict[str, object]:
    return {
        name: None if value is Unknown.NOTHING_HELD else value
        for name, value in assessment.seen.items()
        if value is Unknown.NOTHING_HELD or not isinstance(value, Unknown)
    }


def _phrase_change(
    condition: Condition,
    settings: Mapping[str, Value],
    seen: Mapping[str, Seen],
    table: RuleTable,
    wording: Wording,
) -> Text:
    gap = read_gap(condition, seen, table, wording)
    text = fill(
        _change_template(condition, settings, gap, table),
        name=name_fact(condition.fact, table),
        must=phrase_wanted(condition, gap, table),
        seen=gap.seen,
        wanted=gap.wanted,
        lacking=gap.lacking,
        extra=gap.extra,
        settings=join(show_value(value, name, table, wording) for name, value in settings.items()),
    )
    if all(name.startswith(ANSWERS) for name in settings):
        return text
    holder = find_origin(condition.fact, wording) or _HOLDER
    held = fill(_HELD_ELSEWHERE, holder=holder)
    return Text(text.zh + held.zh, f"{text.en} {held.en}")


def _change_template(condition: Condition, settings: Mapping[str, Value], gap: Gap, table: RuleTable) -> Text:
    if condition.fact not in settings:
        return _SET_BACK
    match condition.op, table.types[condition.fact].kind:
        case Operator.WITHIN, _:
            keeps_none = gap.extra == gap.seen
            return _CHOOSE_FROM if keeps_none else _LEAVE_OUT
        case Operator.AT_LEAST, Kind.CHOICES:
            return _ADD
        case Operator.AT_LEAST, _ if gap.lacking is not NOTHING:
            return _MORE
        case Operator.AT_MOST, _ if gap.extra is not NOTHING:
            return _LESS
        case _:
            return _NEEDS


def _ask_person(criterion: Criterion, table: RuleTable, wording: Wording) -> Advice:
    """Return who can help where no change may be suggested."""
    fact = criterion.condition.fact
    derivation = table.find_derivation(fact)
    sources = derivation.inputs if derivation else (fact,)
    named = [
        origin for name in sources if not name.startswith(ANSWERS) and (origin := find_origin(name, wording))
    ]
    holders = join(dict.fromkeys(named))
    text = _PERSON if holders is NOTHING else fill(_PERSON_AND_HOLDER, holder=holders)
    return Advice(criterion.id, AdviceKind.PERSON, text, (fact,))


def _name_with_origin(fact: str, table: RuleTable, wording: Wording) -> Text:
    name, origin = name_fact(fact, table), find_origin(fact, wording)
    return name if origin is None else fill(_NAMED_WITH_ORIGIN, name=name, origin=origin)


_NAMED_WITH_ORIGIN = Text("{name}（{origin}）", "{name} ({origin})")
_HOLDER = Text("持有该记录的机关", "the authority that holds the record")
_HELD_ELSEWHERE = Text("须在{holder}更正或者变更。", "It has to be put right where it is held: {holder}.")

_PROVIDE: Mapping[Unknown, Text] = {
    Unknown.NOT_PROVIDED: Text("请提供：{names}。", "Hand in: {names}."),
    Unknown.UNREADABLE: Text(
        "现有内容无法识读，请重新提供：{names}。", "Unreadable, please give again: {names}."
    ),
    Unknown.NOTHING_HELD: Text(
        "持有方答复没有记录，请与其核对，或者要求人工办理：{names}。",
        "The holder says nothing is held; check with them, or ask for a person: {names}.",
    ),
}

_NEEDS = Text("{name}{must}（现为{seen}）。", "{name} {must} (now {seen}).")
_MORE = Text("{name}{must}（现为{seen}，还差{lacking}）。", "{name} {must} (now {seen}: {lacking} more).")
_LESS = Text("{name}{must}（现为{seen}，多出{extra}）。", "{name} {must} (now {seen}: {extra} too many).")
_LEAVE_OUT = Text("{name}：请去掉 {extra}。", "{name}: leave out {extra}.")
_CHOOSE_FROM = Text(
    "{name}：请只从下列中选择：{wanted}（现为{seen}）。", "{name}: choose only from {wanted} (now {seen})."
)
_ADD = Text("{name}：请加上 {lacking}。", "{name}: add {lacking}.")
_SET_BACK = Text("请不要变更：{extra}（保持{settings}）。", "Leave unchanged: {extra} (keep {settings}).")

_PERSON = Text(
    "这一点无法通过修改申请来改变；您可以随时要求人工办理。",
    "No new answer changes this; you may ask for a person at any time.",
)
_PERSON_AND_HOLDER = Text(
    "这一点无法通过修改申请来改变。如果记载有误，请与{holder}核对；您也可以随时要求人工办理。",
    "No new answer changes this. If the record is wrong, ask {holder}. You may ask for a person at any time.",
)
