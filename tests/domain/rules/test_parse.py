"""A table that is ill-typed, unknown or half-written is refused when read, all problems at once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.rules.tables import (
    DECLARED,
    FACTS,
    GARBAGE,
    IN_FORCE,
    SAYS,
    SCOPE,
    a_criterion,
    a_mapping,
    a_table,
    mappings,
)
from tongban.domain.rules.evaluate import evaluate
from tongban.domain.rules.facts import FactType, Kind
from tongban.domain.rules.parse import CRITERIA_MAX, parse_table
from tongban.domain.rules.table import table_plain
from tongban.kernel.errors import Refused


def problems_of(mapping: Any) -> dict[str, str]:
    """Pointer → code of everything a mapping is refused for."""
    with pytest.raises(Refused) as refusal:
        parse_table(mapping, DECLARED)
    assert all(problem.text.zh and problem.text.en for problem in refusal.value.problems)
    return {problem.pointer: problem.code for problem in refusal.value.problems}


def row_problems(**parts: object) -> dict[str, str]:
    """The same for one criterion, pointers shortened by ``criteria[0]``."""
    found = problems_of(a_mapping(a_criterion(**parts)))
    return {pointer.removeprefix("criteria[0]."): code for pointer, code in found.items()}


def test_a_sound_table_is_read_with_its_articles() -> None:
    table = a_table(SCOPE, IN_FORCE)
    assert [criterion.source for criterion in table.criteria] == ["travel-agencies-2020#10", "all-2019#38"]


@pytest.mark.parametrize(
    ("fact", "op", "value"),
    [
        ("answers.name", "within", ["甲"]),
        ("answers.name", "at_least", "甲"),
        ("answers.kind", "at_most", "branch"),
        ("answers.insured", "in", [True]),
        ("answers.scope", "is", ["domestic"]),
        ("answers.scope", "in", ["domestic"]),
        ("answers.scope", "at_most", ["domestic"]),
        ("answers.deposit", "in", [1]),
        ("answers.opens_on", "within", ["2026"]),
        ("answers.seats", "within", [1]),
    ],
)
def test_an_operator_that_does_not_suit_the_fact_is_refused(fact: str, op: str, value: object) -> None:
    assert row_problems(fact=fact, op=op, value=value) == {"op": "rules.operator"}


@pytest.mark.parametrize(
    ("fact", "op", "value", "pointer", "code"),
    [
        ("answers.kind", "is", "kiosk", "value", "rules.type"),
        ("answers.kind", "in", ["branch", "kiosk"], "value[1]", "rules.type"),
        ("answers.kind", "in", [], "value", "rules.operand"),
        ("answers.kind", "in", "branch", "value", "rules.shape"),
        ("answers.scope", "within", ["domestic", "space"], "value", "rules.type"),
        ("answers.scope", "within", [], "value", "rules.operand"),
        ("answers.seats", "at_least", True, "value", "rules.type"),
        ("answers.seats", "at_least", "10", "value", "rules.type"),
        ("answers.seats", "at_least", 1.5, "value", "rules.type"),
        ("answers.opens_on", "at_least", "2026-03-02", "value", "rules.type"),
        ("answers.insured", "is", "yes", "value", "rules.type"),
        ("answers.insured", "is", None, "value", "rules.type"),
        ("answers.seats", "at_least", {"fact": "answers.deposit"}, "value", "rules.type"),
        ("answers.seats", "in", {"fact": "answers.seats"}, "value", "rules.type"),
        ("answers.opens_on", "is", {"fact": "answers.name"}, "value", "rules.type"),
        ("answers.kind", "is", {"fact": "evidence.parent-licence.status"}, "value", "rules.never"),
        ("answers.kind", "in", {"fact": "answers.scope"}, "value", "rules.never"),
        ("answers.scope", "within", {"fact": "answers.unheard"}, "value.fact", "rules.strange"),
        ("answers.scope", "within", {"facts": "answers.scope"}, "value.facts", "rules.strange"),
        ("answers.unheard", "present", ..., "fact", "rules.strange"),
        ("answers.name", "equals", "甲", "op", "rules.strange"),
        ("answers.name", ["is"], "甲", "op", "rules.strange"),
        ("answers.name", "present", "甲", "value", "rules.operand"),
        ("answers.name", "is", ..., "value", "rules.missing"),
    ],
)
def test_each_kind_of_ill_typed_row_is_refused_where_it_is_wrong(
    fact: str, op: object, value: object, pointer: str, code: str
) -> None:
    parts = {"fact": fact, "op": op} if value is ... else {"fact": fact, "op": op, "value": value}
    assert row_problems(**parts).get(pointer) == code


def test_money_and_whole_numbers_do_not_mix() -> None:
    found = row_problems(fact="answers.deposit", op="at_least", value={"fact": "answers.seats"})
    assert found == {"value": "rules.type"}


@pytest.mark.parametrize(
    ("parts", "pointer", "code"),
    [
        ({"id": "Not a slug"}, "id", "rules.form"),
        ({"source": "somewhere"}, "source", "rules.form"),
        ({"source": None}, "source", "rules.form"),
        ({"says": {"zh": "只有中文"}}, "says.en", "rules.missing"),
        ({"says": {"zh": "", "en": "x"}}, "says.zh", "rules.text"),
        ({"says": {"zh": "长" * 501, "en": "x"}}, "says.zh", "rules.text"),
        ({"says": {"zh": "有{seen}", "en": "x"}}, "says.zh", "rules.placeholder"),
        ({"unmet": {"zh": "{who}", "en": "x"}}, "unmet.zh", "rules.placeholder"),
        ({"unmet": {"zh": "{seen.__class__}", "en": "x"}}, "unmet.zh", "rules.placeholder"),
        ({"unmet": {"zh": "{seen!r}", "en": "x"}}, "unmet.zh", "rules.placeholder"),
        ({"unmet": {"zh": "{", "en": "x"}}, "unmet.zh", "rules.placeholder"),
        ({"fixed": "no"}, "fixed", "rules.shape"),
        ({"becuase": 1}, "becuase", "rules.strange"),
        ({"when": "always"}, "when", "rules.shape"),
        ({"when": {"fact": "answers.scope", "op": "is", "value": "domestic"}}, "when.op", "rules.operator"),
        ({"when": {"op": "present"}}, "when.fact", "rules.missing"),
    ],
)
def test_each_part_of_a_row_is_checked(parts: dict[str, object], pointer: str, code: str) -> None:
    sound = {"fact": "answers.name", "op": "present"}
    assert row_problems(**{**sound, **parts}).get(pointer) == code


def test_a_row_without_its_article_is_refused() -> None:
    criterion = a_criterion(fact="answers.name", op="present")
    del criterion["source"]
    assert problems_of(a_mapping(criterion)) == {"criteria[0].source": "rules.missing"}


def test_everything_wrong_is_told_at_once() -> None:
    found = problems_of(
        {
            "version": 0,
            "may_grant": "yes",
            "colour": "red",
            "criteria": [
                a_criterion(fact="answers.scope", op="is", value="domestic"),
                a_criterion(id="row", fact="answers.name", op="present"),
                a_criterion(id="other", fact="answers.seats", op="at_least", value="ten"),
                "not a row",
            ],
        }
    )
    assert found == {
        "colour": "rules.strange",
        "version": "rules.version",
        "may_grant": "rules.shape",
        "criteria[0].op": "rules.operator",
        "criteria[1].id": "rules.twice",
        "criteria[2].value": "rules.type",
        "criteria[3]": "rules.shape",
    }


def test_a_near_miss_is_answered_with_the_word_probably_meant() -> None:
    with pytest.raises(Refused) as refusal:
        a_table(a_criterion(fact="answers.scpoe", op="present"))
    (problem,) = refusal.value.problems
    assert problem.next_step is not None
    assert "answers.scope" in problem.next_step.en


def test_a_granting_table_needs_a_row_that_always_applies() -> None:
    guarded = a_criterion(
        when={"fact": "answers.insured", "op": "is", "value": True}, fact="answers.name", op="present"
    )
    assert problems_of(a_mapping(guarded)) == {"criteria": "rules.groundless"}
    assert problems_of(a_mapping()) == {"criteria": "rules.groundless"}
    assert a_table(guarded, may_grant=False).may_grant is False


def test_a_table_longer_than_the_limit_is_refused() -> None:
    rows = [a_criterion(id=f"r-{n}", fact="answers.name", op="present") for n in range(CRITERIA_MAX + 1)]
    assert problems_of(a_mapping(*rows))["criteria"] == "rules.too_many"


@pytest.mark.parametrize(
    ("parts", "pointer", "code"),
    [
        ({"how": "guess"}, "how", "rules.strange"),
        ({"fact": "answers.name"}, "fact", "rules.form"),
        ({"fact": "age"}, "fact", "rules.form"),
        ({"says": None}, "says", "rules.shape"),
        ({"from": {"fact": "answers.name"}}, "from", "rules.type"),
        ({"from": {"fact": "answers.unheard"}}, "from.fact", "rules.strange"),
        ({"from": "answers.opens_on"}, "from", "rules.shape"),
        ({"fields": ["name"]}, "fields", "rules.strange"),
        ({"how": "count", "of": {"fact": "answers.name"}}, "of", "rules.type"),
        ({"how": "same", "of": [{"fact": "answers.name"}]}, "of", "rules.operand"),
        ({"how": "same", "of": [{"fact": "answers.name"}, {"fact": "answers.seats"}]}, "of", "rules.type"),
        ({"how": "days_until"}, "from", "rules.strange"),
    ],
)
def test_each_part_of_a_derived_fact_is_checked(parts: dict[str, object], pointer: str, code: str) -> None:
    sound = {
        "fact": "derived.days",
        "how": "days_between",
        "from": {"fact": "answers.opens_on"},
        "to": {"fact": "today"},
        "says": SAYS,
    }
    found = problems_of(a_mapping(IN_FORCE, derived=[{**sound, **parts}]))
    assert found.get(f"derived[0].{pointer}") == code


@pytest.mark.parametrize(
    ("old", "fields", "pointer", "code"),
    [
        ("evidence.parent-licence", [], "fields", "rules.operand"),
        ("evidence.parent-licence", ["name", "name"], "fields", "rules.operand"),
        ("evidence.parent-licence", ["name", "colour"], "fields[1]", "rules.strange"),
        ("evidence.parent-licence", [1], "fields[0]", "rules.form"),
        (7, ["name"], "from.under", "rules.form"),
    ],
)
def test_changed_fields_needs_both_sides_declared(
    old: object, fields: list[object], pointer: str, code: str
) -> None:
    row = {
        "fact": "derived.changed",
        "how": "changed_fields",
        "from": {"under": old},
        "to": {"under": "answers"},
        "fields": fields,
        "says": SAYS,
    }
    found = problems_of(a_mapping(IN_FORCE, derived=[row]))
    assert found[f"derived[0].{pointer}"] == code


def test_a_row_over_a_broken_derived_fact_is_not_blamed_as_well() -> None:
    row = {"fact": "derived.days", "how": "days_until", "to": {"fact": "answers.name"}, "says": SAYS}
    criterion = a_criterion(fact="derived.days", op="at_least", value=1)
    assert problems_of(a_mapping(criterion, derived=[row])) == {"derived[0].to": "rules.type"}


def test_a_derived_name_stands_for_one_fact() -> None:
    row = {"fact": "derived.days", "how": "days_until", "to": {"fact": "answers.opens_on"}, "says": SAYS}
    assert problems_of(a_mapping(IN_FORCE, derived=[row, row])) == {"derived[1].fact": "rules.twice"}


def test_a_choice_without_codes_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="choose from"):
        FactType(Kind.CHOICE)


@given(mapping=mappings(), data=st.data())
def test_a_damaged_table_is_refused_or_runs_but_never_breaks(
    mapping: dict[str, Any], data: st.DataObject
) -> None:
    row = data.draw(st.sampled_from(mapping["criteria"]))
    row[data.draw(st.sampled_from([*row, "value", "when"]))] = data.draw(GARBAGE)
    try:
        table = parse_table(mapping, DECLARED)
    except Refused:
        return
    assert len(evaluate(table, FACTS).marks) == len(mapping["criteria"])


@pytest.mark.parametrize("mapping", [None, [], "rules", 7, {}])
def test_what_is_no_mapping_of_rules_is_refused(mapping: object) -> None:
    assert problems_of(mapping)


@given(mapping=mappings())
def test_equal_tables_have_equal_plain_values(mapping: dict[str, object]) -> None:
    one, other = parse_table(mapping, DECLARED), parse_table(mapping, DECLARED)
    assert one == other
    assert table_plain(one) == table_plain(other)


@pytest.mark.parametrize(
    "change",
    [
        {"fixed": True},
        {"source": "all-2019#34"},
        {"says": {"zh": "另一句", "en": "Another sentence"}},
        {"unmet": SAYS},
        {"when": {"fact": "answers.insured", "op": "present"}},
        {"value": "outlet"},
        {"op": "in", "value": ["branch"]},
    ],
)
def test_any_change_of_a_row_changes_the_plain_value(change: dict[str, object]) -> None:
    row = a_criterion(fact="answers.kind", op="is", value="branch")
    one, other = a_table(row, may_grant=False), a_table({**row, **change}, may_grant=False)
    assert table_plain(one) != table_plain(other)


def test_a_changed_threshold_or_type_changes_the_plain_value() -> None:
    ten, eleven = (a_table(a_criterion(fact="answers.seats", op="at_least", value=n)) for n in (10, 11))
    assert table_plain(ten) != table_plain(eleven)
    narrower = {**DECLARED, "answers.kind": FactType(Kind.CHOICE, ("branch",))}
    row = a_mapping(a_criterion(fact="answers.kind", op="is", value="branch"))
    assert table_plain(parse_table(row, DECLARED)) != table_plain(parse_table(row, narrower))
