"""Who can apply: what a form, a case and the registers let the facts of an application be.

What is left open: registers may hold or not hold anything, and working days are only bounded by
the calendar days they lie in (a table gets them as a fact, docs/adr/0029). A proof for all of these holds for
the real ones.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

import z3

from tongban.domain.catalogue.form import MAX_WHOLE_NUMBER, Question
from tongban.domain.catalogue.item import ServiceItem, WorkingDayFact
from tongban.domain.catalogue.parameter import Parameter, parameter_facts
from tongban.domain.evidence.requirement import Requirement
from tongban.domain.rules.facts import TODAY, Kind
from tongban.proofs.space import Space, Symbol

RECEIVED_ON = "case.received_on"
DECIDING_ZONE = "case.deciding_zone"
_ALWAYS_KNOWN = ("applicant.id", "applicant.kind", "applicant.name", RECEIVED_ON, TODAY)


Symbols: TypeAlias = Mapping[str, Symbol]


def list_conditions(item: ServiceItem, symbols: Symbols, space: Space) -> Iterator[Any]:
    """Yield what holds for everybody whose application for an item was taken in."""
    yield from _case(item, symbols, space)
    for question in item.form.questions:
        yield from _answer(question, symbols, space)
    for requirement in item.evidence:
        yield from _evidence(requirement, symbols)
    for count in item.working_day_facts:
        yield from _working_days(count, symbols)


def own_symbols(item: ServiceItem, space: Space, *, zone: bool) -> dict[str, Symbol]:
    """Return what is not the applicant's: an item's thresholds on the day of receipt, and who decides.

    Args:
        zone: the item's zone decides; otherwise any of its zones may.
    """
    own = {one.fact: _threshold(one, item, space) for one in item.parameters}
    if zone:
        value = z3.IntVal(space.code(str(item.zone)))
        yes, no = z3.BoolVal(True), z3.BoolVal(False)
        own[DECIDING_ZONE] = Symbol(DECIDING_ZONE, Kind.TEXT, yes, no, value)
    return own


def own_facts(item: ServiceItem, facts: Mapping[str, object], *, zone: bool) -> dict[str, object]:
    """Return an applicant's facts with those that are the item's, as a case would have them."""
    own = {name: value for name, value in facts.items() if not name.startswith("parameter.")}
    received_on = facts.get(RECEIVED_ON)
    if isinstance(received_on, date):
        own.update(parameter_facts(item.parameters, received_on))
    return {**own, DECIDING_ZONE: str(item.zone)} if zone else own


def _threshold(parameter: Parameter, item: ServiceItem, space: Space) -> Symbol:
    received = space.get(RECEIVED_ON, item.rules.types[RECEIVED_ON])
    value: Any = z3.IntVal(0)
    for row in parameter.values:
        value = z3.If(received.value >= row.since.toordinal(), row.value, value)
    known = z3.And(received.known, received.value >= parameter.values[0].since.toordinal())
    return Symbol(parameter.fact, parameter.type.kind, known, z3.BoolVal(False), value)


def is_shown(question: Question, symbols: Symbols, space: Space) -> Any:
    """Return whether a question is asked, as a term over the answers before it."""
    if question.shown_when is None:
        return z3.BoolVal(True)
    other, wanted = question.shown_when
    symbol = symbols[f"answers.{other}"]
    return z3.And(symbol.known, z3.Or([_is_value(symbol, value, space) for value in wanted]))


def is_sought(requirement: Requirement, symbols: Symbols) -> Any:
    """Return whether a proof is asked for at all."""
    if not requirement.needed_when:
        return z3.BoolVal(True)
    symbol = symbols[requirement.needed_when]
    return z3.And(symbol.known, symbol.value)


def told_everything(item: ServiceItem, symbols: Symbols, space: Space) -> Iterator[Any]:
    """Yield what holds of whoever answered all that was asked, and for whom all registers answered."""
    for question in item.form.questions:
        yield z3.Implies(is_shown(question, symbols, space), symbols[f"answers.{question.id}"].known)
    for requirement in item.evidence:
        sought = is_sought(requirement, symbols)
        for symbol in _facts_of(requirement, symbols):
            yield z3.Implies(sought, symbol.known)


def _case(item: ServiceItem, symbols: Symbols, space: Space) -> Iterator[Any]:
    for name in _ALWAYS_KNOWN:
        if name in symbols:
            yield symbols[name].known
    for name, symbol in symbols.items():
        if name.startswith(("applicant.", "case.")) or name == TODAY:
            yield z3.Not(symbol.nothing)
            if symbol.kind is Kind.TEXT:
                yield z3.Implies(symbol.known, symbol.value >= 0)
    yield z3.Or([symbols[DECIDING_ZONE].value == space.code(str(zone)) for zone in item.zones])
    if {RECEIVED_ON, TODAY} <= set(symbols):
        yield symbols[RECEIVED_ON].value <= symbols[TODAY].value
    if "applicant.kind" in symbols:
        kind = symbols["applicant.kind"]
        yield z3.Or([kind.value == space.code(word) for word in item.objects])


def _answer(question: Question, symbols: Symbols, space: Space) -> Iterator[Any]:
    symbol = symbols[f"answers.{question.id}"]
    shown = is_shown(question, symbols, space)
    yield z3.Not(symbol.nothing)
    yield z3.Implies(symbol.known, shown)
    if question.is_required:
        yield z3.Implies(shown, symbol.known)
    match symbol.kind:
        case Kind.TEXT:
            yield z3.Implies(symbol.known, symbol.value >= 0)
        case Kind.CHOICES:
            yield z3.Implies(symbol.known, z3.Or(list(symbol.value.values())))
        case Kind.WHOLE_NUMBER | Kind.MONEY_FEN:
            least = question.at_least if question.at_least is not None else 0
            most = question.at_most if question.at_most is not None else MAX_WHOLE_NUMBER
            yield z3.Implies(symbol.known, z3.And(symbol.value >= least, symbol.value <= most))


def _evidence(requirement: Requirement, symbols: Symbols) -> Iterator[Any]:
    sought = is_sought(requirement, symbols)
    for symbol in _facts_of(requirement, symbols):
        yield z3.Implies(z3.Not(sought), z3.Not(z3.Or(symbol.known, symbol.nothing)))


def _facts_of(requirement: Requirement, symbols: Symbols) -> Iterable[Symbol]:
    prefix = f"evidence.{requirement.kind}."
    return [symbol for name, symbol in symbols.items() if name.startswith(prefix)]


def _working_days(count: WorkingDayFact, symbols: Symbols) -> Iterator[Any]:
    days, since, until = symbols[count.fact], symbols[count.since], symbols[count.until]
    yield z3.Implies(days.known, z3.And(since.known, until.known, since.value <= until.value))
    yield z3.Implies(days.known, z3.And(days.value >= 0, days.value <= until.value - since.value))


def _is_value(symbol: Symbol, value: object, space: Space) -> Any:
    match value:
        case bool():
            return symbol.value if value else z3.Not(symbol.value)
        case date():
            return symbol.value == value.toordinal()
        case int():
            return symbol.value == value
    if symbol.kind is Kind.CHOICES:
        return symbol.value.get(str(value), z3.BoolVal(False))
    return symbol.value == space.code(str(value))
