"""A rule table as terms: exactly what ``domain.rules.evaluate`` computes, for all applicants at once.

A test holds the two against each other; ``witness.check`` does so again for every applicant that is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import z3

from tongban.domain.rules.derive import Derivation, How
from tongban.domain.rules.facts import Kind
from tongban.domain.rules.operators import Condition, FactRef, Operator
from tongban.domain.rules.table import Criterion, RuleTable
from tongban.proofs.calendar_terms import FIRST_DAY, LAST_DAY, months_after, months_between, years_in
from tongban.proofs.space import Space, Symbol


@dataclass(frozen=True, slots=True)
class RowTerms:
    """One criterion as terms: exactly one of the four holds for every applicant."""

    met: Any
    unmet: Any
    unknown: Any
    not_applicable: Any

    @property
    def blocks(self) -> Any:
        """It stands in the way of a grant."""
        return z3.Or(self.unmet, self.unknown)

    @property
    def applies(self) -> Any:
        """It is met or not: its guard holds, or it has none, and it can be told."""
        return z3.Or(self.met, self.unmet)


@dataclass(frozen=True, slots=True)
class TableTerms:
    """A table as terms.

    Args:
        rows: by criterion id, in table order.
        grants: the machine grants.
        symbols: every fact as the table sees it, derived ones too.
    """

    table: RuleTable
    rows: Mapping[str, RowTerms]
    grants: Any
    symbols: Mapping[str, Symbol]


def translate(table: RuleTable, space: Space, own: Mapping[str, Symbol] | None = None) -> TableTerms:
    """Return a table as terms over a space.

    Args:
        own: facts that are not the applicant's but of the item as a zone has it, e.g. its thresholds.
    """
    symbols: dict[str, Symbol] = {}
    for name, fact_type in table.types.items():
        if table.find_derivation(name) is None:
            symbols[name] = space.get(name, fact_type)
    symbols.update(own or {})
    for derivation in table.derivations:
        symbols[derivation.fact] = _derive(derivation, symbols, space)
    rows = {criterion.id: _row(criterion, symbols, space) for criterion in table.criteria}
    passes = [z3.Not(row.blocks) for row in rows.values()]
    return TableTerms(table, rows, z3.And(z3.BoolVal(table.may_grant), *passes), symbols)


def _row(criterion: Criterion, symbols: Mapping[str, Symbol], space: Space) -> RowTerms:
    told, holds = _compare(criterion.condition, symbols, space)
    guard_told: Any = z3.BoolVal(True)
    guard_holds: Any = z3.BoolVal(True)
    if criterion.when is not None:
        guard_told, guard_holds = _compare(criterion.when, symbols, space)
    applies = z3.And(guard_told, guard_holds)
    return RowTerms(
        met=z3.And(applies, told, holds),
        unmet=z3.And(applies, told, z3.Not(holds)),
        unknown=z3.Or(z3.Not(guard_told), z3.And(applies, z3.Not(told))),
        not_applicable=z3.And(guard_told, z3.Not(guard_holds)),
    )


def _compare(condition: Condition, symbols: Mapping[str, Symbol], space: Space) -> tuple[Any, Any]:
    """Return whether a condition can be told, and whether it holds if it can."""
    seen = symbols[condition.fact]
    if condition.op is Operator.PRESENT:
        # A holder's "we hold nothing" is an answer; silence is not.
        return z3.Or(seen.known, seen.nothing), z3.And(seen.known, _is_filled(seen))
    if isinstance(condition.value, FactRef):
        other = symbols[condition.value.fact]
        return z3.And(seen.known, other.known), _against_fact(condition.op, seen, other, space)
    return seen.known, _against_constant(condition.op, seen, condition.value, space)


def _is_filled(seen: Symbol) -> Any:
    match seen.kind:
        case Kind.TEXT | Kind.CHOICE:
            return seen.value >= 0
        case Kind.CHOICES:
            return z3.Or(list(seen.value.values()))
        case _:
            return z3.BoolVal(True)


def _against_constant(op: Operator, seen: Symbol, wanted: object, space: Space) -> Any:
    values = wanted if isinstance(wanted, tuple) else (wanted,)
    match op:
        case Operator.WITHIN:
            return z3.And([z3.Not(bit) for code, bit in seen.value.items() if code not in values])
        case Operator.AT_LEAST if seen.kind is Kind.CHOICES:
            return z3.And([seen.value.get(str(code), z3.BoolVal(False)) for code in values])
        case Operator.AT_LEAST:
            return seen.value >= _term(wanted, space)
        case Operator.AT_MOST:
            return seen.value <= _term(wanted, space)
        case _:
            return z3.Or([seen.value == _term(value, space) for value in values])


def _term(value: object, space: Space) -> Any:
    match value:
        case bool():
            return z3.BoolVal(value)
        case date():
            return z3.IntVal(value.toordinal())
        case str():
            return z3.IntVal(space.code(value))
        case int():
            return z3.IntVal(value)
        case _:
            raise TypeError(f"no constant of a table: {type(value).__name__}")


def _against_fact(op: Operator, seen: Symbol, other: Symbol, space: Space) -> Any:
    match op:
        case Operator.IN:
            return z3.Or([z3.And(bit, seen.value == space.code(code)) for code, bit in other.value.items()])
        case Operator.WITHIN:
            return _is_subset(seen, other)
        case Operator.AT_LEAST if seen.kind is Kind.CHOICES:
            return _is_subset(other, seen)
        case Operator.AT_LEAST:
            return seen.value >= other.value
        case Operator.AT_MOST:
            return seen.value <= other.value
        case _:
            return seen.value == other.value


def _is_subset(one: Symbol, other: Symbol) -> Any:
    lacking = z3.BoolVal(False)
    return z3.And([z3.Implies(bit, other.value.get(code, lacking)) for code, bit in one.value.items()])


def _is_same(one: Symbol, other: Symbol) -> Any:
    if one.kind is Kind.CHOICES:
        return z3.And(_is_subset(one, other), _is_subset(other, one))
    return one.value == other.value


def _derive(derivation: Derivation, symbols: Mapping[str, Symbol], space: Space) -> Symbol:
    inputs = [symbols[name] for name in derivation.inputs]
    known: Any = z3.And([one.known for one in inputs])
    match derivation.how:
        case How.AGE_ON:
            born, on = inputs
            known = z3.And(known, on.value >= born.value)
            value: Any = years_in(_months(born, on, space))
        case How.MONTHS_BETWEEN:
            value = _months(inputs[0], inputs[1], space)
        case How.DAYS_BETWEEN | How.DAYS_UNTIL:
            value = inputs[1].value - inputs[0].value
        case How.COUNT:
            value = z3.Sum([z3.If(bit, 1, 0) for bit in inputs[0].value.values()])
        case How.SAME:
            value = z3.And([_is_same(inputs[0], other) for other in inputs[1:]])
        case How.CHANGED_FIELDS:
            count = len(derivation.fields)
            pairs = zip(derivation.fields, inputs[:count], inputs[count:], strict=True)
            value = {field: z3.Not(_is_same(old, new)) for field, old, new in pairs}
        case How.DATE_AFTER:
            reached, value = _date_after(derivation, inputs, space)
            known = z3.And(known, reached)
        case How.STEPS:
            value = _by_steps(inputs[0].value, derivation.numbers)
        case How.SUM:
            total = z3.Sum([one.value for one in inputs])
            value = (
                z3.If(total > derivation.numbers[0], derivation.numbers[0], total)
                if derivation.numbers
                else total
            )
        case How.PICK:
            known, value = _pick(derivation, inputs, space)
    return Symbol(derivation.fact, derivation.type.kind, known, z3.BoolVal(False), value)


def _months(since: Symbol, until: Symbol, space: Space) -> Any:
    return months_between(since.value, until.value, space.get_parts(since.name), space.get_parts(until.name))


def _date_after(derivation: Derivation, inputs: list[Symbol], space: Space) -> tuple[Any, Any]:
    """Return whether the calendar reaches that day, and the day."""
    added = z3.IntVal(derivation.numbers[0]) if derivation.numbers else inputs[1].value
    if derivation.fields == ("day",):
        day = inputs[0].value + added
        return z3.And(day >= FIRST_DAY, day <= LAST_DAY), day
    months = added * 12 if derivation.fields == ("year",) else added
    return months_after(space.get_parts(inputs[0].name), months)


def _by_steps(value: Any, numbers: tuple[int, ...]) -> Any:
    given: Any = z3.IntVal(0)
    for at_least, gives in zip(numbers[::2], numbers[1::2], strict=True):
        given = z3.If(value >= at_least, gives, given)
    return given


def _pick(derivation: Derivation, inputs: list[Symbol], space: Space) -> tuple[Any, Any]:
    """Return whether the fact that the choice picks is known, and that fact."""
    by, facts = inputs[0], inputs[1:]
    chosen = [by.value == space.code(code) for code in derivation.fields]
    known = z3.Or([z3.And(by.known, is_it, fact.known) for is_it, fact in zip(chosen, facts, strict=True)])
    if facts[0].kind is Kind.CHOICES:
        codes = dict.fromkeys(code for fact in facts for code in fact.value)
        lacking = z3.BoolVal(False)
        bits = {code: [fact.value.get(code, lacking) for fact in facts] for code in codes}
        return known, {code: _first(chosen, values) for code, values in bits.items()}
    return known, _first(chosen, [fact.value for fact in facts])


def _first(chosen: list[Any], values: list[Any]) -> Any:
    """Return the value beside the condition that holds; the last when none does."""
    value = values[-1]
    for is_it, other in zip(reversed(chosen[:-1]), reversed(values[:-1]), strict=True):
        value = z3.If(is_it, other, value)
    return value
