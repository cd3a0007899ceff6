"""The solver, asked for a smaller change than the search found, finds none: numbers, days and words too."""

from collections.abc import Mapping
from typing import Any

import pytest
import z3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.rules.tables import known_facts, tables
from tests.proofs.test_translate import TABLES, facts_for
from tongban.domain.rules.counterfactual import (
    Hopeless,
    Smallest,
    TooFar,
    find_smallest_change,
    list_changeable,
)
from tongban.domain.rules.evaluate import evaluate
from tongban.domain.rules.facts import TODAY, Kind
from tongban.domain.rules.table import Mark, RuleTable
from tongban.proofs.space import Space, Symbol
from tongban.proofs.translate import translate


def is_changed(symbol: Symbol, pinned: Mapping[Any, Any]) -> Any:
    """Whether a fact is known and otherwise than before, as a term."""
    values = symbol.value.values() if symbol.kind is Kind.CHOICES else (symbol.value,)
    same = z3.And([value == pinned[value] for value in values])
    was_known = z3.is_true(pinned[symbol.known])
    return z3.And(symbol.known, z3.Not(same)) if was_known else symbol.known


def bounds_of(symbol: Symbol, table: RuleTable) -> list[Any]:
    """Return the bounds that a form or a register sets to a number, as terms."""
    fact_type = table.types[symbol.name]
    at_least = [] if fact_type.at_least is None else [symbol.value >= fact_type.at_least]
    at_most = [] if fact_type.at_most is None else [symbol.value <= fact_type.at_most]
    return [*at_least, *at_most]


def fewest(table: RuleTable, facts: dict[str, object]) -> int | None:
    """Return the fewest facts that have to change, as the solver finds it."""
    assessment = evaluate(table, facts)
    for criterion, mark in zip(table.criteria, assessment.marks, strict=True):
        if criterion.fixed and mark is Mark.UNMET:
            return None
    space = Space(table)
    terms = translate(table, space)
    pinned = dict(space.pin(facts))
    changeable = list_changeable(assessment, table)
    solver, changes = z3.Solver(), []
    solver.add(*space.rules)
    for name in space.names():
        symbol = terms.symbols[name]
        changed = is_changed(symbol, pinned)
        if name in changeable:
            changes.append(changed)
            was = assessment.seen[name]
            if symbol.kind is Kind.DATE and z3.is_true(pinned[symbol.known]):
                assert TODAY in facts, was
                solver.add(z3.Implies(changed, symbol.value >= facts[TODAY].toordinal()))
            if symbol.kind is Kind.TEXT:
                solver.add(z3.Implies(changed, symbol.value >= 0))
            solver.add(*[z3.Implies(changed, bound) for bound in bounds_of(symbol, table)])
            before = z3.And(symbol.known == pinned[symbol.known], symbol.nothing == pinned[symbol.nothing])
            solver.add(z3.Implies(z3.Not(changed), before))
        else:
            solver.add(symbol.known == pinned[symbol.known], symbol.nothing == pinned[symbol.nothing])
            solver.add(z3.Not(z3.And(symbol.known, changed)))
    solver.add(*[z3.Not(row.blocks) for row in terms.rows.values()])
    if solver.check() == z3.unsat:
        return None
    for size in range(len(changes) + 1):
        if (
            solver.check(z3.PbLe([(change, 1) for change in changes] or [(z3.BoolVal(False), 1)], size))
            == z3.sat
        ):
            return size
    raise AssertionError("the solver forgot what it found")


def assert_smallest(table: RuleTable, facts: dict[str, object]) -> None:
    said = [(row.id, row.condition, row.when, row.fixed) for row in table.criteria]
    match find_smallest_change(evaluate(table, facts), table):
        case None:
            assert fewest(table, facts) == 0
        case Smallest(steps):
            assert len(steps) == fewest(table, facts), said
        case Hopeless():
            assert fewest(table, facts) is None, said
        case TooFar():
            # Only tables whose rows contradict each other, or very large changes, end a search early.
            few = fewest(table, facts)
            assert few is None or few >= 4


@given(tables(), known_facts())
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_solver_finds_no_smaller_change_of_any_table(table: RuleTable, facts: dict[str, object]) -> None:
    assert_smallest(table, facts)


@pytest.mark.parametrize("item", sorted(TABLES))
@given(st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_solver_finds_no_smaller_change_in_a_packs_table(item: str, data: st.DataObject) -> None:
    facts = data.draw(facts_for(TABLES[item]))
    facts[TODAY] = data.draw(st.dates())
    assert_smallest(TABLES[item], facts)
