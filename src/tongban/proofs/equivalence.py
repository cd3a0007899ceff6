"""Two zones, one item: proved to treat the same applicant alike, or somebody whom they do not.

The same applicant is the same answers, the same person or firm, and registers that say the same. Only who
decides differs, and what follows from that. Compared is all that a zone's implementation does to an
applicant: what it asks and looks up, what it decides and on which row, what has to be brought, paid and
waited for, and what is issued.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import z3

from tongban.domain.catalogue.difference import Difference, list_differences
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.rules.evaluate import evaluate
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.text import Text
from tongban.proofs.applicants import is_shown, is_sought, list_conditions, own_facts, own_symbols
from tongban.proofs.solving import Applicant, Disagreement, Solving, likely_facts
from tongban.proofs.space import Space
from tongban.proofs.translate import TableTerms, translate
from tongban.proofs.words import name_row, tell_applicant


class Unlike(StrEnum):
    """In what two zones treat one applicant differently."""

    TAKEN_IN = "taken-in"
    OUTCOME = "outcome"
    REASON = "reason"
    ASKED = "asked"
    LOOKED_UP = "looked-up"


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody whom two zones treat differently.

    Args:
        words: who it is and what each zone does, as a sentence.
        rows: the criteria that stand in the way in one zone and not in the other.
    """

    unlike: Unlike
    words: Text
    applicant: Applicant
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Equivalence:
    """What is known of two zones' implementations of one item.

    Args:
        proved: in what they are proved to treat every applicant alike.
        cases: one example for everything in which they do not.
        differences: what differs for everybody, such as a promise or a fee.
    """

    item: ItemId
    zones: tuple[ZoneId, ZoneId]
    proved: tuple[Unlike, ...]
    cases: tuple[Case, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    item: ServiceItem
    terms: TableTerms
    taken_in: Any


def compare_zones(one: ServiceItem, other: ServiceItem, on: date) -> Equivalence:
    """Compare two zones' implementations of an item for all applicants.

    Args:
        on: day whose limits and promises are compared; examples are of that day.
    """
    space = Space(one.rules, other.rules)
    sides = (_side(one, space), _side(other, space))
    solving = Solving(space)
    likely = likely_facts(sides[0].terms.symbols, on)
    proved, cases = [], []
    for unlike, term in _questions(*sides, space):
        applicant = solving.find(term, likely=likely)
        if applicant is None:
            proved.append(unlike)
        else:
            cases.append(_tell(unlike, applicant, sides))
    return Equivalence(
        one.id, (one.zone, other.zone), tuple(proved), tuple(cases), list_differences(one, other, on)
    )


def _side(item: ServiceItem, space: Space) -> _Side:
    terms = translate(item.rules, space, own_symbols(item, space, zone=True))
    return _Side(item, terms, z3.And([*list_conditions(item, terms.symbols, space)]))


def _questions(one: _Side, other: _Side, space: Space) -> Iterator[tuple[Unlike, Any]]:
    """Yield what would be unlike."""
    both = z3.And(one.taken_in, other.taken_in)
    yield Unlike.TAKEN_IN, z3.Xor(one.taken_in, other.taken_in)
    yield Unlike.OUTCOME, z3.And(both, z3.Xor(one.terms.grants, other.terms.grants))
    names = dict.fromkeys((*one.terms.rows, *other.terms.rows))
    unlike = [_blocks(one, name) != _blocks(other, name) for name in names]
    yield Unlike.REASON, z3.And(both, z3.Or(unlike))
    yield Unlike.ASKED, z3.And(both, z3.Or([*_asked_unlike(one, other, space)]))
    yield Unlike.LOOKED_UP, z3.And(both, z3.Or([*_sought_unlike(one, other)]))


def _blocks(side: _Side, name: str) -> Any:
    return side.terms.rows[name].blocks if name in side.terms.rows else z3.BoolVal(False)


def _asked_unlike(one: _Side, other: _Side, space: Space) -> Iterator[Any]:
    here = {q.id: is_shown(q, one.terms.symbols, space) for q in one.item.form.questions}
    there = {q.id: is_shown(q, other.terms.symbols, space) for q in other.item.form.questions}
    never = z3.BoolVal(False)
    for name in dict.fromkeys((*here, *there)):
        yield here.get(name, never) != there.get(name, never)


def _sought_unlike(one: _Side, other: _Side) -> Iterator[Any]:
    here = {r.kind: is_sought(r, one.terms.symbols) for r in one.item.evidence}
    there = {r.kind: is_sought(r, other.terms.symbols) for r in other.item.evidence}
    never = z3.BoolVal(False)
    for kind in dict.fromkeys((*here, *there)):
        yield here.get(kind, never) != there.get(kind, never)


def _tell(unlike: Unlike, applicant: Applicant, sides: tuple[_Side, _Side]) -> Case:
    done = [evaluate(s.item.rules, own_facts(s.item, applicant.facts, zone=True)) for s in sides]
    if unlike is Unlike.OUTCOME and done[0].outcome is done[1].outcome:
        raise Disagreement(f"{sides[0].item.id}: both zones say {done[0].outcome.value}")
    unalike = set(done[0].not_met) ^ set(done[1].not_met)
    apart = tuple(name for name in dict.fromkeys((*done[0].not_met, *done[1].not_met)) if name in unalike)
    about = next((s.item for s in sides if set(apart) & set(s.terms.rows)), sides[0].item)
    told = tell_applicant(applicant, about, apart)
    ends = [_end(s, a.not_met) for s, a in zip(sides, done, strict=True)]
    text = _TOLD[unlike].fill(
        one=sides[0].item.zone, other=sides[1].item.zone, one_zh=ends[0].zh, one_en=ends[0].en,
        other_zh=ends[1].zh, other_en=ends[1].en, **told,
    )  # fmt: skip
    return Case(unlike, text, applicant, apart)


def _end(side: _Side, not_met: tuple[str, ...]) -> Text:
    """Return what a zone does with an applicant, in words."""
    if not not_met:
        return Text("准予", "grants") if side.item.rules.may_grant else Text("转人工", "refers to a person")
    listed = [name_row(side.item.rules, name) for name in not_met]
    zh, en = "；".join(one.zh for one in listed), "; ".join(one.en for one in listed)
    return Text(f"转人工（{zh}）", f"refers to a person ({en})")


_TOLD = {
    Unlike.TAKEN_IN: Text(
        "同一份申请只有一个区收得下：{facts_zh}。{one} 与 {other} 的表单不同。",
        "Only one of the two takes this application in: {facts_en}. The forms of {one} and {other} differ.",
    ),
    Unlike.OUTCOME: Text(
        "同一申请人结果不同：{facts_zh}。{one}{one_zh}，{other}{other_zh}。",
        "One applicant, two outcomes: {facts_en}. {one} {one_en}, {other} {other_en}.",
    ),
    Unlike.REASON: Text(
        "同一申请人在两地的理由不同：{facts_zh}。{one}{one_zh}，{other}{other_zh}。",
        "One applicant, two sets of reasons: {facts_en}. {one} {one_en}, {other} {other_en}.",
    ),
    Unlike.ASKED: Text(
        "同一申请人被问的问题不同：{facts_zh}（{one} 与 {other}）。",
        "One applicant is asked different questions: {facts_en} ({one} and {other}).",
    ),
    Unlike.LOOKED_UP: Text(
        "为同一申请人查询的证明不同：{facts_zh}（{one} 与 {other}）。",
        "Different proofs are looked up for one applicant: {facts_en} ({one} and {other}).",
    ),
}
