"""The smallest change is smallest, leads to a grant, and asks of nobody what nobody can do."""

from collections.abc import Mapping
from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.rules.tables import (
    CODES,
    DECLARED,
    FACTS,
    TODAY_ON,
    a_criterion,
    a_mapping,
    a_table,
    known_facts,
    tables,
)
from tongban.domain.rules.counterfactual import (
    Hopeless,
    Smallest,
    TooFar,
    Way,
    find_smallest_change,
    list_changeable,
)
from tongban.domain.rules.evaluate import Outcome, evaluate
from tongban.domain.rules.facts import FactType, Kind, Value
from tongban.domain.rules.parse import parse_table
from tongban.domain.rules.table import Mark, RuleTable

SMALL = {
    "answers.a": FactType(Kind.YES_NO),
    "answers.b": FactType(Kind.CHOICE, ("x", "y", "z")),
    "answers.c": FactType(Kind.CHOICES, ("x", "y", "z")),
    "answers.locked": FactType(Kind.YES_NO, fixed=True),
    "evidence.register.d": FactType(Kind.YES_NO),
    "evidence.register.e": FactType(Kind.CHOICE, ("x", "y", "z")),
    "evidence.register.f": FactType(Kind.CHOICES, ("x", "y", "z")),
    "applicant.kind": FactType(Kind.CHOICE, ("x", "y")),
}
"""Facts with so few values that every change of all of them can be tried."""

SUBSETS = [list(c) for size in range(4) for c in combinations(("x", "y", "z"), size)]


def all_values(fact_type: FactType) -> list[object]:
    match fact_type.kind:
        case Kind.YES_NO:
            return [True, False]
        case Kind.CHOICE:
            return list(fact_type.allowed)
        case _:
            return list(SUBSETS)


@st.composite
def small_conditions(draw: st.DrawFn) -> dict[str, object]:
    name = draw(st.sampled_from(sorted(SMALL)))
    kind = SMALL[name].kind
    op = {
        Kind.YES_NO: ("is", "present"),
        Kind.CHOICE: ("is", "in", "present"),
        Kind.CHOICES: ("within", "at_least", "present"),
    }
    chosen = draw(st.sampled_from(op[kind]))
    if chosen == "present":
        return {"fact": name, "op": chosen}
    others = sorted(n for n, t in SMALL.items() if t.kind is kind and t.allowed == SMALL[name].allowed)
    if chosen != "in" and draw(st.booleans()):
        return {"fact": name, "op": chosen, "value": {"fact": draw(st.sampled_from(others))}}
    if kind is Kind.YES_NO:
        return {"fact": name, "op": chosen, "value": draw(st.booleans())}
    allowed = list(SMALL[name].allowed)
    if chosen == "is":
        return {"fact": name, "op": chosen, "value": draw(st.sampled_from(allowed))}
    return {
        "fact": name,
        "op": chosen,
        "value": draw(st.lists(st.sampled_from(allowed), min_size=1, unique=True)),
    }


DERIVED = [
    {"fact": "derived.count", "how": "count", "of": {"fact": "answers.c"}, "says": {"zh": "数", "en": "n"}},
    {
        "fact": "derived.same",
        "how": "same",
        "of": [{"fact": "answers.c"}, {"fact": "evidence.register.f"}],
        "says": {"zh": "同", "en": "same"},
    },
]
DERIVED_ROWS = st.one_of(
    st.integers(1, 3).map(lambda n: {"fact": "derived.count", "op": "at_least", "value": n}),
    st.integers(0, 2).map(lambda n: {"fact": "derived.count", "op": "at_most", "value": n}),
    st.booleans().map(lambda yes: {"fact": "derived.same", "op": "is", "value": yes}),
)


@st.composite
def small_tables(draw: st.DrawFn) -> RuleTable:
    rows = []
    for place in range(draw(st.integers(1, 5))):
        row = a_criterion(id=f"row-{place}", **draw(st.one_of(small_conditions(), DERIVED_ROWS)))
        if place and draw(st.booleans()):
            row["when"] = draw(small_conditions())
        row["fixed"] = draw(st.integers(0, 5)) == 0
        rows.append(row)
    return parse_table(a_mapping(*rows, derived=DERIVED), SMALL, table_id="small")


@st.composite
def small_facts(draw: st.DrawFn) -> dict[str, object]:
    facts: dict[str, object] = {"today": TODAY_ON}
    for name, fact_type in SMALL.items():
        match draw(st.integers(0, 5)):
            case 0:
                continue
            case 1:
                facts[name] = None
            case _:
                facts[name] = draw(st.sampled_from(all_values(fact_type)))
    return facts


def passes(table: RuleTable, facts: Mapping[str, object]) -> bool:
    return not evaluate(table, facts).not_met


def smallest_by_trying(table: RuleTable, facts: Mapping[str, object]) -> int | None:
    """Return the fewest facts that have to change, by trying every change of every number of facts."""
    assessment = evaluate(table, facts)
    for criterion, mark in zip(table.criteria, assessment.marks, strict=True):
        if criterion.fixed and mark is Mark.UNMET:
            return None
    changeable = sorted(list_changeable(assessment, table))
    for size in range(len(changeable) + 1):
        for names in combinations(changeable, size):
            for values in product(*(all_values(SMALL[name]) for name in names)):
                if passes(table, {**facts, **dict(zip(names, values, strict=True))}):
                    return size
    return None


@given(small_tables(), small_facts())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_smaller_change_exists_and_when_none_is_found_none_exists(
    table: RuleTable, facts: dict[str, object]
) -> None:
    found = find_smallest_change(evaluate(table, facts), table)
    fewest = smallest_by_trying(table, facts)
    match found:
        case None:
            assert fewest == 0
        case Smallest(steps):
            assert len(steps) == fewest
        case Hopeless(rows):
            assert fewest is None
            assert rows
        case TooFar():
            pytest.fail("a small table is never too far")


def assert_sound(table: RuleTable, facts: dict[str, object]) -> None:
    assessment = evaluate(table, facts)
    found = find_smallest_change(assessment, table)
    if not isinstance(found, Smallest):
        return
    changed = {**facts, **{step.fact: step.becomes for step in found.steps}}
    assert passes(table, changed)
    for step in found.steps:
        without = {name: value for name, value in changed.items() if name != step.fact}
        if step.fact in facts:
            without[step.fact] = facts[step.fact]
        assert not passes(table, without), step.fact
        assert step.fact in list_changeable(assessment, table)


@given(tables(), known_facts())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_change_of_any_table_leads_to_a_grant_and_every_part_of_it_is_needed(
    table: RuleTable, facts: dict[str, object]
) -> None:
    assert_sound(table, facts)


def steps_for(table: RuleTable, **facts: object) -> dict[str, tuple[Way, object]]:
    found = find_smallest_change(evaluate(table, {**FACTS, **facts}), table)
    assert isinstance(found, Smallest), found
    return {step.fact: (step.way, step.becomes) for step in found.steps}


def test_one_answer_that_mends_two_rows_is_rather_changed_than_two() -> None:
    table = a_table(
        a_criterion(id="seats", fact="answers.seats", op="at_least", value=20),
        a_criterion(
            id="insured", fact="answers.insured", op="is", value=True,
            when={"fact": "answers.kind", "op": "is", "value": "branch"},
        ),
        a_criterion(
            id="active", fact="evidence.parent-licence.status", op="is", value="active",
            when={"fact": "answers.kind", "op": "is", "value": "branch"},
        ),
    )  # fmt: skip
    facts = {"answers.insured": False, "evidence.parent-licence.status": "suspended"}
    assert steps_for(table, **facts) == {
        "answers.seats": (Way.CHANGE, 20),
        "answers.kind": (Way.CHANGE, "outlet"),
    }


def test_an_answer_is_rather_changed_than_a_register() -> None:
    table = a_table(
        a_criterion(id="name", fact="evidence.parent-licence.name", op="is", value={"fact": "answers.name"})
    )
    assert steps_for(table, **{"answers.name": "别名"}) == {"answers.name": (Way.CHANGE, "示例旅行社")}


def test_a_register_is_to_be_mended_where_no_answer_helps() -> None:
    table = a_table(a_criterion(fact="evidence.parent-licence.status", op="is", value="active"))
    wrong = {"evidence.parent-licence.status": "suspended"}
    assert steps_for(table, **wrong) == {"evidence.parent-licence.status": (Way.CORRECT, "active")}
    nothing = {"evidence.parent-licence.status": None}
    assert steps_for(table, **nothing) == {"evidence.parent-licence.status": (Way.ENTER, "active")}


def test_the_change_keeps_as_much_as_can_be_kept() -> None:
    table = a_table(
        a_criterion(fact="answers.scope", op="within", value=["domestic", "inbound"]),
    )
    assert steps_for(table, **{"answers.scope": list(CODES)}) == {
        "answers.scope": (Way.CHANGE, ("domestic", "inbound"))
    }


AGE = {
    "fact": "derived.age",
    "how": "age_on",
    "from": {"fact": "evidence.person.born_on"},
    "to": {"fact": "today"},
    "says": {"zh": "年龄", "en": "Age"},
}


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        ({"fact": "derived.age", "op": "at_least", "value": 60}, {}),
        ({"fact": "evidence.branch-licence.registered_on", "op": "at_least", "value": TODAY_ON}, {}),
        (
            {"fact": "answers.opens_on", "op": "at_least", "value": TODAY_ON},
            {"answers.opens_on": date(2026, 2, 1)},
        ),
        (
            {"fact": "answers.opens_on", "op": "at_most", "value": date(2026, 2, 1)},
            {"answers.opens_on": date(2026, 5, 1)},
        ),
        ({"fact": "answers.seats", "op": "at_least", "value": 50, "fixed": True}, {}),
        ({"fact": "today", "op": "at_least", "value": date(2027, 1, 1)}, {}),
    ],
    ids=["age", "a day in a register", "a past day", "a day to become past", "a fixed row", "today"],
)
def test_what_nobody_can_change_is_never_asked_for(row: dict[str, object], facts: dict[str, object]) -> None:
    table = a_table(a_criterion(**row), derived=[AGE])
    assert find_smallest_change(evaluate(table, {**FACTS, **facts}), table) == Hopeless(("row",))


def test_a_locked_answer_and_a_value_that_the_form_does_not_take_are_never_asked_for() -> None:
    locked = {**DECLARED, "answers.seats": FactType(Kind.WHOLE_NUMBER, fixed=True)}
    row = a_criterion(fact="answers.seats", op="at_least", value=50)
    table = parse_table(a_mapping(row), locked)
    assert find_smallest_change(evaluate(table, FACTS), table) == Hopeless(("row",))
    table = a_table(row)
    found = find_smallest_change(evaluate(table, FACTS), table, lambda fact, value: value < 50)
    assert found == Hopeless(("row",))


def test_a_day_ahead_may_be_moved_to_another_day_ahead() -> None:
    table = a_table(a_criterion(fact="answers.opens_on", op="at_least", value=date(2026, 6, 1)))
    assert steps_for(table) == {"answers.opens_on": (Way.CHANGE, date(2026, 6, 1))}


def test_nothing_is_said_where_nothing_stands_in_the_way() -> None:
    table = a_table(a_criterion(fact="answers.insured", op="is", value=True), may_grant=False)
    assert evaluate(table, FACTS).outcome is Outcome.REFER
    assert find_smallest_change(evaluate(table, FACTS), table) is None


COUNTED = {name: FactType(Kind.WHOLE_NUMBER) for name in ("answers.m", "evidence.register.n")}


@st.composite
def tables_with_sums(draw: st.DrawFn, types: Mapping[str, FactType] = COUNTED, least: int = 0) -> RuleTable:
    """One or two rows over a sum, capped or not, and over a sum of that sum and a summand."""
    says = {"zh": "合计", "en": "sum"}
    parts = [{"fact": "answers.m"}, {"fact": "evidence.register.n"}]
    cap = {"at_most": 19} if draw(st.booleans()) else {}
    derived = [
        {"fact": "derived.sum", "how": "sum", "of": parts, "says": says, **cap},
        {"fact": "derived.more", "how": "sum", "of": [{"fact": "derived.sum"}, parts[0]], "says": says},
    ]
    rows = [
        a_criterion(
            id=f"row-{place}",
            fact=draw(st.sampled_from((*COUNTED, "derived.sum", "derived.more"))),
            op=draw(st.sampled_from(("is", "is", "at_least", "at_most"))),
            value=draw(st.integers(least, 20)),
        )
        for place in range(draw(st.integers(1, 2)))
    ]
    return parse_table(a_mapping(*rows, derived=derived), types, table_id="sums")


def is_counted(_fact: str, value: Value) -> bool:
    return isinstance(value, int) and value >= 0


@given(tables_with_sums(), st.integers(0, 8), st.integers(0, 8))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_of_a_sum_no_fewer_summands_have_to_change_than_are_told(table: RuleTable, m: int, n: int) -> None:
    facts = {"today": TODAY_ON, "answers.m": m, "evidence.register.n": n}
    reach = range(22)
    alone = [{**facts, name: value} for name in COUNTED for value in reach]
    both = [{**facts, "answers.m": one, "evidence.register.n": other} for one, other in product(reach, reach)]
    choices = ([facts], alone, both)
    fewest = next((size for size, sets in enumerate(choices) if any(passes(table, s) for s in sets)), None)
    found = find_smallest_change(evaluate(table, facts), table, is_counted)
    if found is None:
        assert fewest == 0
    elif isinstance(found, Smallest):
        assert len(found.steps) == fewest
        assert passes(table, {**facts, **{step.fact: step.becomes for step in found.steps}})
    else:
        assert fewest is None


BOUNDED = {
    "answers.m": FactType(Kind.WHOLE_NUMBER, at_least=0, at_most=9),
    "evidence.register.n": FactType(Kind.WHOLE_NUMBER, at_least=0),
}
"""What a form takes and a register can hold, as their declarations say."""


@given(tables_with_sums(BOUNDED, least=-3), st.integers(0, 9), st.integers(0, 9))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_number_beyond_its_declared_bounds_is_told_and_no_fewer_within_them_would_do(
    table: RuleTable, m: int, n: int
) -> None:
    facts = {"today": TODAY_ON, "answers.m": m, "evidence.register.n": n}
    reach = {"answers.m": range(10), "evidence.register.n": range(42)}
    alone = [{**facts, name: value} for name, values in reach.items() for value in values]
    both = [{**facts, **dict(zip(reach, pair, strict=True))} for pair in product(*reach.values())]
    choices = ([facts], alone, both)
    fewest = next((size for size, sets in enumerate(choices) if any(passes(table, s) for s in sets)), None)
    found = find_smallest_change(evaluate(table, facts), table)
    if isinstance(found, Smallest):
        assert all(step.becomes in reach[step.fact] for step in found.steps)
        assert len(found.steps) == fewest
        assert passes(table, {**facts, **{step.fact: step.becomes for step in found.steps}})
    else:
        assert fewest == (0 if found is None else None)


def test_a_fact_that_counts_twice_in_a_sum_of_a_sum_is_changed_by_half_of_what_the_sum_lacks() -> None:
    says = {"zh": "合计", "en": "sum"}
    parts = [{"fact": "answers.m"}, {"fact": "evidence.register.n"}]
    derived = [
        {"fact": "derived.sum", "how": "sum", "of": parts, "says": says},
        {"fact": "derived.more", "how": "sum", "of": [{"fact": "derived.sum"}, parts[0]], "says": says},
    ]
    row = a_criterion(id="exactly", fact="derived.more", op="is", value=6)
    table = parse_table(a_mapping(row, derived=derived), BOUNDED, table_id="sums")
    facts = {"today": TODAY_ON, "answers.m": 6, "evidence.register.n": 0}
    found = find_smallest_change(evaluate(table, facts), table)
    assert isinstance(found, Smallest)
    assert [(step.fact, step.becomes) for step in found.steps] == [("answers.m", 3)]


@pytest.mark.parametrize("op", ["is", "at_least"])
def test_a_summand_is_raised_by_what_the_sum_lacks_and_no_more(op: str) -> None:
    says = {"zh": "合计", "en": "sum"}
    summands = [{"fact": name} for name in COUNTED]
    derived = [{"fact": "derived.sum", "how": "sum", "of": summands, "says": says}]
    row = a_criterion(id="enough", fact="derived.sum", op=op, value=10)
    table = parse_table(a_mapping(row, derived=derived), COUNTED, table_id="sums")
    facts = {"today": TODAY_ON, "answers.m": 2, "evidence.register.n": 3}
    found = find_smallest_change(evaluate(table, facts), table)
    assert isinstance(found, Smallest)
    assert [(step.fact, step.becomes) for step in found.steps] == [("answers.m", 7)]
