"""Derived facts as written in a pack, checked: the way exists, its inputs are declared and of its kind."""

from collections.abc import Mapping

from tongban.domain.rules.complaints import FACT_NAME, Complaints
from tongban.domain.rules.derive import Derivation, How
from tongban.domain.rules.facts import TODAY, FactType, Kind
from tongban.domain.rules.parse_condition import is_word, read_fact_ref
from tongban.domain.rules.parse_constants import Parts, read_constants, read_input
from tongban.kernel.text import Text

INPUTS_MAX = 100
"""Facts or fields one derivation may read."""

_DAYS = Text("天", "days")
_OUTCOMES: Mapping[How, FactType] = {
    How.AGE_ON: FactType(Kind.WHOLE_NUMBER, fixed=True, unit=Text("周岁", "years")),
    How.MONTHS_BETWEEN: FactType(Kind.WHOLE_NUMBER, fixed=True, unit=Text("个月", "months")),
    How.DAYS_BETWEEN: FactType(Kind.WHOLE_NUMBER, fixed=True, unit=_DAYS),
    How.DAYS_UNTIL: FactType(Kind.WHOLE_NUMBER, fixed=True, unit=_DAYS),
    How.COUNT: FactType(Kind.WHOLE_NUMBER, fixed=True),
    How.SAME: FactType(Kind.YES_NO, fixed=True),
    How.DATE_AFTER: FactType(Kind.DATE, fixed=True),
    How.STEPS: FactType(Kind.WHOLE_NUMBER, fixed=True),
    How.SUM: FactType(Kind.WHOLE_NUMBER, fixed=True),
}
_PARTS: Mapping[How, tuple[str, ...]] = {
    How.AGE_ON: ("from", "to"),
    How.MONTHS_BETWEEN: ("from", "to"),
    How.DAYS_BETWEEN: ("from", "to"),
    How.DAYS_UNTIL: ("to",),
    How.COUNT: ("of",),
    How.SAME: ("of",),
    How.CHANGED_FIELDS: ("from", "to", "fields"),
    How.DATE_AFTER: ("from", "add", "unit"),
    How.STEPS: ("of", "steps"),
    How.PICK: ("by", "cases"),
    How.SUM: ("of",),
}
_OPTIONAL: Mapping[How, tuple[str, ...]] = {How.SUM: ("at_most",)}
_ANY_PART = ("from", "to", "of", "fields", "add", "unit", "steps", "by", "cases", "at_most")


def read_derivation(
    raw: object, pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> Derivation | None:
    """Return one derived fact, or complain about everything that is wrong with it."""
    how_word = raw.get("how") if isinstance(raw, Mapping) else None
    how = How(how_word) if isinstance(how_word, str) and how_word in list(How) else None
    required = ("fact", "how", "says", *(_PARTS[how] if how else ()))
    part = complaints.read_mapping(raw, pointer, required, _OPTIONAL.get(how, ()) if how else _ANY_PART)
    if part is None:
        return None
    if how is None and "how" in part:
        complaints.read_one_of(part["how"], f"{pointer}.how", [one.value for one in How])
    name = _read_name(part.get("fact"), f"{pointer}.fact", types, complaints) if "fact" in part else None
    says = complaints.read_text(part["says"], f"{pointer}.says") if "says" in part else None
    if how is None or any(key not in part for key in _PARTS[how]):
        return None
    found = _read_inputs(how, part, pointer, types, complaints)
    if name is None or says is None or found is None:
        return None
    outcome = _OUTCOMES.get(how)
    if outcome is None:
        is_pick = how is How.PICK
        outcome = _picked(found, types) if is_pick else FactType(Kind.CHOICES, allowed=found.fields)
    return Derivation(name, how, found.inputs, found.fields, _named(outcome, says), says, found.numbers)


def _picked(found: Parts, types: Mapping[str, FactType]) -> FactType:
    """Return the type of a pick: that of its facts, with the codes of all of them; fixed if all are."""
    facts = [types[name] for name in found.inputs[1:]]
    is_open = any(not one.allowed for one in facts)
    codes = () if is_open else tuple(dict.fromkeys(code for one in facts for code in one.allowed))
    return FactType(facts[0].kind, codes, all(one.fixed for one in facts), unit=facts[0].unit)


def _named(outcome: FactType, says: Text) -> FactType:
    return FactType(outcome.kind, outcome.allowed, outcome.fixed, says, outcome.unit)


def _read_name(
    raw: object, pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> str | None:
    name = complaints.read_matching(raw, pointer, FACT_NAME, "derived.days-since-registration")
    if name is None:
        return None
    if not name.startswith("derived."):
        complaints.add(
            "form",
            pointer,
            "推算的事实，名称须以“derived.”开头。",
            "The name of a derived fact begins with “derived.”.",
        )
        return None
    if name in types:
        complaints.add(
            "twice", pointer, f"{name} 已经有了。", f"{name} exists already; each name stands for one fact."
        )
        return None
    return name


def _read_inputs(
    how: How, part: Mapping[str, object], pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> Parts | None:
    match how:
        case How.CHANGED_FIELDS:
            return _read_changed_fields(part, pointer, types, complaints)
        case How.DATE_AFTER | How.STEPS | How.PICK | How.SUM:
            return read_constants(how, part, pointer, types, complaints)
        case How.SAME:
            names = _read_same(part["of"], f"{pointer}.of", types, complaints)
        case How.COUNT:
            names = (read_input(part["of"], f"{pointer}.of", Kind.CHOICES, types, complaints),)
        case How.DAYS_UNTIL:
            names = (TODAY, read_input(part["to"], f"{pointer}.to", Kind.DATE, types, complaints))
        case _:
            names = tuple(
                read_input(part[key], f"{pointer}.{key}", Kind.DATE, types, complaints)
                for key in ("from", "to")
            )
    known = tuple(name for name in names if name is not None)
    return Parts(known) if known and len(known) == len(names) else None


def _read_same(
    raw: object, pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> tuple[str | None, ...]:
    entries = complaints.read_list(raw, pointer, INPUTS_MAX)
    names = tuple(
        read_fact_ref(entry, f"{pointer}[{place}]", types, complaints) for place, entry in enumerate(entries)
    )
    if isinstance(raw, list | tuple) and len(raw) < 2:
        complaints.add("operand", pointer, "至少要有两项才能比较。", "It takes two facts to be the same.")
        return ()
    kinds = dict.fromkeys(types[name].kind.value for name in names if name is not None)
    are_words = all(is_word(types[name]) for name in names if name is not None)
    if len(kinds) > 1 and not are_words:
        listed = ", ".join(kinds)
        complaints.add(
            "type",
            pointer,
            f"只有同一类型的事实才能比较，这里有：{listed}。",
            f"Only facts of one kind can be the same; here are: {listed}.",
        )
        return ()
    return names


def _read_changed_fields(
    part: Mapping[str, object], pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> Parts | None:
    before = len(complaints.problems)
    old = _read_prefix(part["from"], f"{pointer}.from", complaints)
    new = _read_prefix(part["to"], f"{pointer}.to", complaints)
    fields = [
        complaints.read_matching(entry, f"{pointer}.fields[{place}]", FACT_NAME, "name")
        for place, entry in enumerate(complaints.read_list(part["fields"], f"{pointer}.fields", INPUTS_MAX))
    ]
    if part["fields"] in ([], ()) or len(set(fields)) < len(fields):
        complaints.add(
            "operand",
            f"{pointer}.fields",
            "字段列表不能为空，也不能重复。",
            "The list of fields is empty or names one twice.",
        )
    if old and new:
        for place, name in enumerate(fields):
            if name is not None:
                _check_pair(f"{old}.{name}", f"{new}.{name}", f"{pointer}.fields[{place}]", types, complaints)
    if old is None or new is None or len(complaints.problems) > before:
        return None
    named = tuple(name for name in fields if name is not None)
    return Parts(tuple(f"{prefix}.{name}" for prefix in (old, new) for name in named), named)


def _read_prefix(raw: object, pointer: str, complaints: Complaints) -> str | None:
    part = complaints.read_mapping(raw, pointer, ("under",))
    if part is None or "under" not in part:
        return None
    return complaints.read_matching(part["under"], f"{pointer}.under", FACT_NAME, "evidence.business-licence")


def _check_pair(
    old: str, new: str, pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> None:
    names = [complaints.read_one_of(name, pointer, types) for name in (old, new)]
    if None in names or types[old].kind is types[new].kind:
        return
    complaints.add(
        "type",
        pointer,
        f"{old} 与 {new} 的类型不同，无法比较有没有变更。",
        f"{old} and {new} are of different kinds, so a change cannot be told.",
    )
