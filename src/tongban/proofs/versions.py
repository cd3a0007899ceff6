"""A new version against the one before: from whom it takes a grant, and to whom it gives one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import z3

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.rules.table import Criterion
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text
from tongban.proofs.applicants import is_shown, list_conditions, own_symbols
from tongban.proofs.prove_table import Proofs
from tongban.proofs.solving import Applicant, Solving, check, likely_facts
from tongban.proofs.space import Space
from tongban.proofs.translate import TableTerms, translate
from tongban.proofs.words import tell_applicant

FORM = "form"
"""Under this name a pack declares that the new form no longer takes somebody in."""


@dataclass(frozen=True, slots=True)
class Class:
    """A class of applicants whom a new version treats otherwise, and one of them.

    Args:
        cause: the criterion that does it, or ``FORM``.
        by_itself: everything else of the new version would still grant.
    """

    cause: str
    says: Text
    applicant: Applicant
    by_itself: bool
    words: Text


@dataclass(frozen=True, slots=True)
class Change:
    """What a new version takes away, and what it gives."""

    lose: tuple[Class, ...]
    gain: tuple[Class, ...]


@dataclass(frozen=True, slots=True)
class _Edition:
    item: ServiceItem
    terms: TableTerms
    taken_in: Any


def compare_versions(old: ServiceItem, new: ServiceItem, on: date) -> Change:
    """Compare two versions of an item for all applicants who answer what either of them asks."""
    space = Space(old.rules, new.rules)
    before, after = _edition(old, space), _edition(new, space)
    solving = Solving(space, _answer_what_is_new(before, after, space))
    return Change(
        tuple(_classes(before, after, solving, on, _LOSES)),
        tuple(_classes(after, before, solving, on, _GAINS)),
    )


def prove_version(old: ServiceItem, new: ServiceItem, declared: Collection[str], on: date) -> Proofs:
    """Prove that a new version takes nothing away but what it declares.

    Args:
        declared: criteria (or ``form``) by which the new version says that it takes something away.
    """
    proofs = Proofs()
    change = compare_versions(old, new, on)
    places = {criterion.id: place for place, criterion in enumerate(new.rules.criteria)}
    for lost in change.lose:
        where = f"rules.yaml:criteria[{places[lost.cause]}]" if lost.cause in places else "form.yaml:sections"
        if lost.cause in declared:
            proofs.notes.append(Problem("proof.takes-away", lost.words, where, _source(new, lost.cause)))
        else:
            proofs.problems.append(
                Problem("proof.takes-away", lost.words, where, _source(new, lost.cause), _DECLARE)
            )
    for name in sorted(set(declared) - {lost.cause for lost in change.lose}):
        text = _NOTHING_TAKEN.fill(name=name)
        proofs.problems.append(Problem("proof.takes-nothing", text, "rules.yaml:", "", _TAKE_OUT))
    for won in change.gain:
        proofs.notes.append(Problem("proof.gives", won.words, "rules.yaml:", _source(old, won.cause)))
    if not change.lose:
        proofs.proved += 1
    return proofs


def _edition(item: ServiceItem, space: Space) -> _Edition:
    terms = translate(item.rules, space, own_symbols(item, space, zone=False))
    return _Edition(item, terms, z3.And([*list_conditions(item, terms.symbols, space)]))


def _answer_what_is_new(before: _Edition, after: _Edition, space: Space) -> Iterator[Any]:
    """A question that only one version asks is answered by whoever is asked it; that is no loss by itself."""
    for one, other in ((before, after), (after, before)):
        known = {question.id for question in other.item.form.questions}
        for question in one.item.form.questions:
            if question.id not in known:
                shown = is_shown(question, one.terms.symbols, space)
                yield z3.Implies(shown, one.terms.symbols[f"answers.{question.id}"].known)


def _classes(had: _Edition, has: _Edition, solving: Solving, on: date, template: Text) -> Iterator[Class]:
    """Yield one example for every row of one version that stands against whom the other grants."""
    granted = z3.And(had.taken_in, had.terms.grants)
    likely = likely_facts(had.terms.symbols, on)
    rows = has.terms.rows
    for criterion in has.item.rules.criteria:
        others = [z3.Not(row.blocks) for name, row in rows.items() if name != criterion.id]
        terms = [granted, has.taken_in, rows[criterion.id].blocks]
        found = solving.find(*terms, *others, likely=likely)
        alone = found is not None
        if found is None:
            found = solving.find(*terms, likely=likely)
        if found is not None:
            yield _tell(criterion, found, had, has, alone, template)
    if not has.item.rules.may_grant and had.item.rules.may_grant:
        found = solving.find(granted, likely=likely)
        if found is not None:
            yield Class("may_grant", _PERSON, found, True, _words(_PERSON, found, had, has, (), template))
    found = solving.find(granted, z3.Not(has.taken_in), likely=likely)
    if found is not None:
        yield Class(FORM, _FORM, found, True, _words(_FORM, found, had, has, (), template))


def _tell(
    criterion: Criterion, found: Applicant, had: _Edition, has: _Edition, alone: bool, template: Text
) -> Class:
    check(found, had.item, grants=True)
    check(found, has.item, grants=False)
    words = _words(criterion.says, found, had, has, (criterion.id,), template)
    return Class(criterion.id, criterion.says, found, alone, words)


def _words(
    says: Text, found: Applicant, had: _Edition, has: _Edition, rows: tuple[str, ...], template: Text
) -> Text:
    told = tell_applicant(found, has.item if rows else had.item, rows)
    return template.fill(row_zh=says.zh, row_en=says.en, had=had.item.version, has=has.item.version, **told)


def _source(item: ServiceItem, cause: str) -> str:
    criterion = item.rules.find_criterion(cause)
    return str(criterion.source) if criterion else ""


_LOSES = Text(
    "第 {had} 版准予、第 {has} 版因“{row_zh}”不再准予的申请人，例如：{facts_zh}。",
    "Granted by version {had}, no longer by version {has} because of “{row_en}”; for example: {facts_en}.",
)
_GAINS = Text(
    "第 {has} 版因“{row_zh}”不准予、第 {had} 版准予的申请人，例如：{facts_zh}。",
    "Not granted by version {has} because of “{row_en}”, granted by version {had}; for example: {facts_en}.",
)
_FORM = Text("表单不再收这样的回答", "the form no longer takes such answers")
_PERSON = Text("不再由系统准予", "the machine no longer grants")
_DECLARE = Text(
    "放宽这一条，或在 earlier/N/changes.yaml 的 takes_away 中写明。",
    "Relax the row, or declare it under takes_away in earlier/N/changes.yaml.",
)
_NOTHING_TAKEN = Text(
    "写明“{name}”有所收紧，实际没有人因此失去什么。",
    "“{name}” is declared to take something away, and takes it from nobody.",
)
_TAKE_OUT = Text("删去这一条声明。", "Take that declaration out.")
