"""Parse: a kind of evidence as a plain mapping, and the types of the facts it carries."""

import re
from collections.abc import Mapping, Sequence

from tongban.domain.evidence.exchange import EvidenceKind, FactDeclaration
from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.domain.rules.facts import FactType, Kind
from tongban.kernel.errors import Refused
from tongban.kernel.ids import EvidenceKindId, LawKey
from tongban.kernel.text import Text

FACTS_MAX = 60
SUBJECTS = ("uscc", "citizen_number", "any_number", "name")
_NUMBERS = (Kind.WHOLE_NUMBER, Kind.MONEY_FEN)
_FACT = re.compile(r"[a-z][a-z0-9_]*")


def parse_kind(raw: object) -> EvidenceKind:
    """Read a kind of evidence; raises Refused with every problem found."""
    complaints = Complaints(room="evidence")
    part = complaints.read_mapping(
        raw,
        "",
        ("id", "title", "register", "subject", "facts", "grounds"),
        ("max_age_days", "note", "nothing_means"),
    )
    if part is None:
        raise Refused(*complaints.problems)
    identity = complaints.read_matching(part.get("id"), "id", SHORT_NAME, "business-licence")
    title = complaints.read_text(part.get("title"), "title")
    register = complaints.read_text(part.get("register"), "register")
    subject = complaints.read_one_of(part.get("subject"), "subject", SUBJECTS)
    facts = [
        _read_fact(entry, f"facts[{place}]", complaints)
        for place, entry in enumerate(complaints.read_list(part.get("facts", []), "facts", FACTS_MAX))
    ]
    grounds = tuple(
        LawKey(str(key))
        for place, key in enumerate(complaints.read_list(part.get("grounds", []), "grounds", FACTS_MAX))
        if complaints.read_matching(key, f"grounds[{place}]", LAW_KEY, "order-716-2019#7")
    )
    max_age = _read_max_age(part.get("max_age_days"), complaints)
    nothing_means = _read_nothing_means(part.get("nothing_means", {}), facts, complaints)
    if complaints.problems or identity is None or title is None or register is None or subject is None:
        raise Refused(*complaints.problems)
    return EvidenceKind(
        id=EvidenceKindId(identity),
        title=title,
        register=register,
        subject=subject,
        facts=tuple(fact for fact in facts if fact is not None),
        grounds=grounds,
        max_age_days=max_age,
        nothing_means=nothing_means,
    )


def _read_max_age(raw: object, complaints: Complaints) -> int | None:
    if raw is not None and (type(raw) is not int or raw < 1):
        complaints.add(
            "number", "max_age_days", "这里应为从 1 起的整数。", "A whole number from 1 belongs here."
        )
    return raw if isinstance(raw, int) else None


def _read_nothing_means(
    raw: object, facts: Sequence[FactDeclaration | None], complaints: Complaints
) -> dict[str, bool | int]:
    """Read what it means that a complete list has no row: no, or nought of a number that is summed."""
    nothing: dict[str, bool | int] = {
        fact.name: 0 if fact.is_summed else False
        for fact in facts
        if fact is not None and (fact.is_summed or fact.type == Kind.YES_NO)
    }
    rows = complaints.read_mapping(raw, "nothing_means", (), tuple(nothing)) or {}
    for name, value in rows.items():
        if name in nothing and (type(value), value) != (type(nothing[name]), nothing[name]):
            complaints.add(
                "no-default-yes",
                f"nothing_means.{name}",
                "没有记录只能表示“否”或者零。",
                "No row can only mean no, or nought.",
            )
    return {str(name): nothing[name] for name in rows if name in nothing}


def kind_facts(kind: EvidenceKind) -> dict[str, FactType]:
    """Return the type of every fact that a kind carries, by dotted name; the applicant cannot change them."""
    return {
        f"evidence.{kind.id}.{fact.name}": FactType(
            Kind(fact.type), tuple(fact.choices), fixed=True, says=Text(
                f"{kind.title.zh}：{fact.title.zh}", f"{kind.title.en}: {fact.title.en}"
            ), at_least=fact.at_least, unit=fact.unit
        )
        for fact in kind.facts
    }  # fmt: skip


def _read_fact(raw: object, pointer: str, complaints: Complaints) -> FactDeclaration | None:
    part = complaints.read_mapping(
        raw, pointer, ("name", "type", "title"), ("choices", "joined", "at_least", "unit")
    )
    if part is None:
        return None
    name = complaints.read_matching(part.get("name"), f"{pointer}.name", _FACT, "status")
    kind = complaints.read_one_of(part.get("type"), f"{pointer}.type", tuple(Kind))
    title = complaints.read_text(part.get("title"), f"{pointer}.title")
    raw_choices = part.get("choices", {})
    choices: dict[str, Text] = {}
    if isinstance(raw_choices, Mapping):
        for code, words in raw_choices.items():
            text = complaints.read_text(words, f"{pointer}.choices.{code}")
            if text is not None:
                choices[str(code)] = text
    if kind == "choice" and not choices:
        complaints.add("shape", f"{pointer}.choices", "选择题要列出选项。", "A choice lists its choices.")
    if choices and kind not in ("choice", "choices"):
        complaints.add("shape", f"{pointer}.choices", "只有选择题才有选项。", "Only a choice has choices.")
    if name is None or kind is None or title is None:
        return None
    is_summed = "joined" in part and complaints.read_one_of(part["joined"], f"{pointer}.joined", ("sum",))
    if is_summed and kind not in _NUMBERS:
        complaints.add("shape", f"{pointer}.joined", "只有数值才能相加。", "Only numbers are added up.")
    unit = complaints.read_text(part["unit"], f"{pointer}.unit") if "unit" in part else None
    if unit is not None and kind != Kind.WHOLE_NUMBER:
        complaints.add("shape", f"{pointer}.unit", "只有整数才有单位。", "Only a whole number has a unit.")
    at_least = _read_least(part.get("at_least"), kind, f"{pointer}.at_least", complaints)
    return FactDeclaration(name, kind, title, choices, bool(is_summed), at_least, unit)


def _read_least(raw: object, kind: str | None, pointer: str, complaints: Complaints) -> int | None:
    if raw is None:
        return None
    if type(raw) is not int or kind not in _NUMBERS:
        complaints.add(
            "number", pointer, "只有数值才有下限，写作整数。", "Only a number has a bound, a whole one."
        )
        return None
    return raw
