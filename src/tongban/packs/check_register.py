"""Check what a grant enters into registers: that a row can be written, read as its kind says, and undone."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.register import CREDIT_CODE, LICENCE_FACTS, Given, RegisterRule
from tongban.domain.evidence.exchange import EvidenceKind, FactDeclaration
from tongban.domain.rules.facts import FactType, Kind
from tongban.kernel.ids import EvidenceKindId
from tongban.kernel.text import Text
from tongban.packs.check_guide import Flaw
from tongban.packs.check_item import certain_facts
from tongban.packs.reading import Reading

_NUMBER, _ISSUED_ON, _VALID_UNTIL = LICENCE_FACTS
_LICENCE_TYPES = {
    _NUMBER: FactType(Kind.TEXT),
    _ISSUED_ON: FactType(Kind.DATE),
    _VALID_UNTIL: FactType(Kind.DATE),
    CREDIT_CODE: FactType(Kind.TEXT),
}
_SUBJECTS = {"uscc": ("firm",), "citizen_number": ("person",)}
_PLAIN_TYPES: Mapping[Kind, type] = {
    Kind.YES_NO: bool,
    Kind.WHOLE_NUMBER: int,
    Kind.MONEY_FEN: int,
    Kind.TEXT: str,
    Kind.DATE: date,
}


def check_register(
    item: ServiceItem, kinds: Mapping[EvidenceKindId, EvidenceKind], path: Path, reading: Reading
) -> None:
    """Complain of every entry that would fail, or say something that its register cannot say."""
    ends = bool(item.credential.valid_until_fact) or item.credential.validity_months is not None
    certain = certain_facts(item) | {_NUMBER, _ISSUED_ON} | ({_VALID_UNTIL} if ends else set())
    for place, rule in enumerate(item.register):
        here, kind = f"register[{place}]", kinds[rule.kind]
        flaws = (
            *_subject(item, rule, kind, certain),
            *_facts(item, rule, kind, certain),
            *_end(item, rule, kind, ends),
        )
        for flaw in flaws:
            reading.report(path, f"{here}.{flaw.pointer}", flaw.code, flaw.says.zh, flaw.says.en)


def _subject(
    item: ServiceItem, rule: RegisterRule, kind: EvidenceKind, certain: frozenset[str]
) -> Iterator[Flaw]:
    """The row is filed under a number of the kind by which the register is searched."""
    fact = rule.subject
    if fact not in certain and rule.when is None:
        yield Flaw("subject", "register-uncertain", _uncertain(fact))
    if fact == "applicant.id":
        fits = kind.subject == "any_number" or tuple(item.objects) == _SUBJECTS.get(kind.subject)
    elif fact.startswith("answers."):
        asked = item.form.get_question(fact.removeprefix("answers.")).type
        fits = asked == ("text" if kind.subject == "name" else kind.subject)
    else:
        fits = fact == CREDIT_CODE and kind.subject in ("uscc", "any_number")
    if not fits:
        says = Text(
            f"“{kind.id}”按 {kind.subject} 登记，{fact} 不是这种号码。",
            f"“{kind.id}” is filed by {kind.subject}, which {fact} is not.",
        )
        yield Flaw("subject", "register-subject", says)


def _facts(
    item: ServiceItem, rule: RegisterRule, kind: EvidenceKind, certain: frozenset[str]
) -> Iterator[Flaw]:
    """What is written is known when it is written, and of the type that the register has."""
    declared = {fact.name: fact for fact in kind.facts}
    if not rule.facts:
        says = Text("没有写明登记什么。", "It is not said what is entered.")
        yield Flaw("facts", "register-empty", says)
    for name, given in rule.facts.items():
        if not given.fact:
            yield from _value(declared[name], given.value, f"facts.{name}")
            continue
        if given.fact not in certain and not given.when_known:
            yield Flaw(f"facts.{name}", "register-uncertain", _uncertain(given.fact))
        yield from _type(item, declared[name], given)
    for where, values in (("undone", rule.undone), ("lapsed", rule.lapsed)):
        for name, value in values.items():
            yield from _value(declared[name], value, f"{where}.{name}")


def _type(item: ServiceItem, declared: FactDeclaration, given: Given) -> Iterator[Flaw]:
    """A fact has the register's type; a choice has no code that the register cannot say."""
    own = _LICENCE_TYPES.get(given.fact) or item.rules.types.get(given.fact)
    if own is None:
        return
    of_one_sort = {own.kind, Kind(declared.type)} <= {Kind.CHOICE, Kind.CHOICES}
    is_zone = given.fact == "case.deciding_zone" and set(item.zones) <= set(declared.choices)
    if own.kind is not Kind(declared.type) and not of_one_sort and not is_zone:
        says = Text(
            f"“{declared.name}”的类型是 {declared.type}，{given.fact} 是 {own.kind}。",
            f"“{declared.name}” is of type {declared.type}, {given.fact} of type {own.kind}.",
        )
        yield Flaw(f"facts.{declared.name}", "register-type", says)
    elif strange := set(own.allowed) - set(declared.choices) if declared.choices else set():
        listed = ", ".join(sorted(strange))
        says = Text(f"登记里没有这些代码：{listed}。", f"The register does not know the codes {listed}.")
        yield Flaw(f"facts.{declared.name}", "register-type", says)


def _value(declared: FactDeclaration, value: object, pointer: str) -> Iterator[Flaw]:
    """A value that the pack writes is one that the register can hold."""
    match Kind(declared.type):
        case Kind.CHOICE:
            fits = value in declared.choices
        case Kind.CHOICES:
            fits = isinstance(value, tuple) and set(value) <= set(declared.choices)
        case plain:
            fits = type(value) is _PLAIN_TYPES[plain]
    if not fits:
        says = Text(
            f"“{declared.name}”不能是 {value}。", f"“{declared.name}” of this register is never {value}."
        )
        yield Flaw(pointer, "register-value", says)


def _end(item: ServiceItem, rule: RegisterRule, kind: EvidenceKind, ends: bool) -> Iterator[Flaw]:
    """An entry can be undone; what lapses has a last day."""
    asked = next((one for one in item.evidence if one.kind == rule.kind), None)
    is_own = asked is not None and asked.holder == "deciding" and asked.subject == rule.subject
    if rule.restores and (rule.is_whole or not is_own):
        says = Text(
            f"事项没有在本区查询过“{kind.id}”的这一条，无法恢复原状；请写明撤销后的登记内容。",
            f"The item does not look this row of “{kind.id}” up in the deciding zone, so nothing can be "
            "restored; say what the row says once the grant is undone.",
        )
        yield Flaw("undone", "register-not-restored", says)
    elif not rule.restores and rule.undone.keys() - rule.facts.keys() - {"status"}:
        says = Text("撤销后改动的应是登记过的内容。", "What is undone was not entered.")
        yield Flaw("undone", "register-undone", says)
    if rule.lapsed and not ends:
        says = Text("证照没有有效期，登记不会到期。", "The licence has no last day, so nothing of it lapses.")
        yield Flaw("lapsed", "register-never-lapses", says)


def _uncertain(fact: str) -> Text:
    return Text(
        f"准予时不一定知道 {fact}；可以写 when_known: true。",
        f"A case may be granted without {fact} being known; when_known: true leaves it out then.",
    )
