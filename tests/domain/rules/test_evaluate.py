"""Evaluation is total, keeps unknown apart from false, and grants exactly when all that applies is met."""

import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.rules.tables import (
    DECLARED,
    DERIVED,
    FACTS,
    IN_FORCE,
    SCOPE,
    TODAY_ON,
    a_criterion,
    a_table,
    any_facts,
    known_facts,
    mappings,
    tables,
    values_of,
)
from tongban.domain.rules.evaluate import Outcome, evaluate, facts_plain, from_plain, to_plain
from tongban.domain.rules.facts import Unknown
from tongban.domain.rules.parse import parse_table
from tongban.domain.rules.table import Mark, RuleTable


def mark_of(facts: dict[str, object], **criterion: object) -> Mark:
    return evaluate(a_table(a_criterion(**criterion)), facts).marks[0]


@pytest.mark.parametrize(
    ("fact", "op", "value", "seen", "mark"),
    [
        ("answers.kind", "is", "branch", "branch", Mark.MET),
        ("answers.kind", "is", "branch", "outlet", Mark.UNMET),
        ("answers.insured", "is", False, False, Mark.MET),
        ("answers.insured", "is", False, True, Mark.UNMET),
        ("answers.name", "in", ["甲", "乙"], "乙", Mark.MET),
        ("answers.name", "in", ["甲", "乙"], "丙", Mark.UNMET),
        ("answers.scope", "within", ["domestic", "inbound"], ["inbound"], Mark.MET),
        ("answers.scope", "within", ["domestic", "inbound"], ["inbound", "outbound"], Mark.UNMET),
        ("answers.scope", "at_least", ["domestic"], ["inbound", "domestic"], Mark.MET),
        ("answers.scope", "at_least", ["domestic", "inbound"], ["domestic"], Mark.UNMET),
        ("answers.seats", "at_least", 10, 10, Mark.MET),
        ("answers.seats", "at_least", 10, 9, Mark.UNMET),
        ("answers.deposit", "at_most", 500, 500, Mark.MET),
        ("answers.deposit", "at_most", 500, 501, Mark.UNMET),
        ("answers.opens_on", "at_least", date(2026, 3, 2), date(2026, 3, 2), Mark.MET),
        ("answers.opens_on", "at_most", date(2026, 3, 2), date(2026, 3, 3), Mark.UNMET),
    ],
)
def test_each_operator_tells_met_from_unmet(
    fact: str, op: str, value: object, seen: object, mark: Mark
) -> None:
    assert mark_of({fact: seen}, fact=fact, op=op, value=value) is mark


@pytest.mark.parametrize(
    ("facts", "mark"),
    [
        ({"answers.name": "甲"}, Mark.MET),
        ({"answers.name": "  "}, Mark.UNMET),
        ({"answers.name": None}, Mark.UNMET),
        ({"answers.name": 7}, Mark.UNKNOWN),
        ({}, Mark.UNKNOWN),
    ],
)
def test_present_takes_the_holders_nothing_for_an_answer_but_not_silence_or_garbage(
    facts: dict[str, object], mark: Mark
) -> None:
    assert mark_of(facts, fact="answers.name", op="present") is mark


def test_a_false_answer_and_a_zero_are_present() -> None:
    assert mark_of({"answers.insured": False}, fact="answers.insured", op="present") is Mark.MET
    assert mark_of({"answers.seats": 0}, fact="answers.seats", op="present") is Mark.MET
    assert mark_of({"answers.scope": []}, fact="answers.scope", op="present") is Mark.UNMET


@pytest.mark.parametrize(
    ("fact", "seen"),
    [
        ("answers.seats", True),
        ("answers.seats", 12.0),
        ("answers.seats", "12"),
        ("answers.insured", 1),
        ("answers.opens_on", datetime(2026, 3, 2, 9, 0)),  # noqa: DTZ001
        ("answers.opens_on", "2026-03-02"),
        ("answers.kind", "kiosk"),
        ("answers.scope", "domestic"),
        ("answers.scope", ["domestic", "space"]),
        ("answers.scope", ["domestic", None]),
        ("answers.name", ["甲"]),
    ],
)
def test_a_value_of_another_type_is_unreadable_and_not_false(fact: str, seen: object) -> None:
    assessment = evaluate(a_table(a_criterion(fact=fact, op="present")), {fact: seen})
    assert assessment.marks == (Mark.UNKNOWN,)
    assert assessment.seen[fact] is Unknown.UNREADABLE


def test_missing_null_and_garbage_are_told_apart() -> None:
    table = a_table(a_criterion(fact="answers.seats", op="at_least", value=1))
    seen = [
        evaluate(table, facts).seen["answers.seats"]
        for facts in ({}, {"answers.seats": None}, {"answers.seats": "many"})
    ]
    assert seen == [Unknown.NOT_PROVIDED, Unknown.NOTHING_HELD, Unknown.UNREADABLE]


def test_the_branch_is_granted_when_the_parent_may_do_as_much() -> None:
    assessment = evaluate(a_table(IN_FORCE, SCOPE), FACTS)
    assert assessment.outcome is Outcome.GRANT
    assert [finding.met for finding in assessment.findings] == [True, True]


def test_every_row_is_evaluated_even_when_the_first_fails() -> None:
    facts = {**FACTS, "evidence.parent-licence.status": "suspended", "answers.scope": ["outbound"]}
    assessment = evaluate(a_table(IN_FORCE, SCOPE), facts)
    assert assessment.outcome is Outcome.REFER
    assert assessment.not_met == ("parent-in-force", "scope-inside-parents")


def test_an_absent_fact_of_the_other_side_is_unknown_and_named_as_needed() -> None:
    facts = {name: value for name, value in FACTS.items() if name != "evidence.parent-licence.scope"}
    assessment = evaluate(a_table(IN_FORCE, SCOPE), facts)
    assert assessment.marks == (Mark.MET, Mark.UNKNOWN)
    assert assessment.needed == ("evidence.parent-licence.scope",)


def test_a_criterion_whose_guard_does_not_hold_does_not_stand_in_the_way() -> None:
    guarded = a_criterion(
        id="guarded",
        when={"fact": "answers.kind", "op": "is", "value": "outlet"},
        fact="answers.insured",
        op="is",
        value=False,
    )
    assessment = evaluate(a_table(IN_FORCE, guarded), FACTS)
    assert assessment.marks == (Mark.MET, Mark.NOT_APPLICABLE)
    assert assessment.outcome is Outcome.GRANT
    assert assessment.findings[1].met is None


def test_an_unknown_guard_makes_the_finding_unknown() -> None:
    guarded = a_criterion(
        when={"fact": "answers.seats", "op": "at_least", "value": 5}, fact="answers.insured", op="present"
    )
    assessment = evaluate(a_table(guarded, may_grant=False), {"answers.insured": True})
    assert assessment.marks == (Mark.UNKNOWN,)
    assert assessment.needed == ("answers.seats",)


def test_a_table_that_may_not_grant_refers_even_when_all_is_met() -> None:
    assert evaluate(a_table(IN_FORCE, may_grant=False), FACTS).outcome is Outcome.REFER


def test_there_is_no_word_for_refuse() -> None:
    assert set(Outcome) == {"grant", "refer"}


def test_a_derived_fact_handed_in_by_the_caller_is_not_looked_at() -> None:
    table = a_table(a_criterion(fact="derived.age", op="at_least", value=80), derived=DERIVED)
    assert evaluate(table, {**FACTS, "derived.age": 99}).marks == (Mark.UNMET,)
    without_birth = {"today": TODAY_ON, "derived.age": 99}
    assessment = evaluate(table, without_birth)
    assert assessment.marks == (Mark.UNKNOWN,)
    assert assessment.seen["derived.age"] is Unknown.UNDERIVED
    assert assessment.needed == ("evidence.person.born_on",)


def test_a_list_changed_after_the_assessment_does_not_change_what_was_seen() -> None:
    scope = ["domestic"]
    assessment = evaluate(a_table(SCOPE), {**FACTS, "answers.scope": scope})
    scope.append("outbound")
    assert assessment.seen["answers.scope"] == ("domestic",)


@given(table=tables(), facts=any_facts())
def test_evaluation_never_raises_and_finds_something_for_every_criterion(
    table: RuleTable, facts: dict[str, object]
) -> None:
    findings = evaluate(table, facts).findings
    assert [finding.criterion for finding in findings] == [criterion.id for criterion in table.criteria]


@given(table=tables(), facts=any_facts())
def test_granted_exactly_when_the_table_may_and_all_that_applies_is_met(
    table: RuleTable, facts: dict[str, object]
) -> None:
    assessment = evaluate(table, facts)
    applicable = [mark for mark in assessment.marks if mark is not Mark.NOT_APPLICABLE]
    expected = table.may_grant and all(mark is Mark.MET for mark in applicable)
    assert (assessment.outcome is Outcome.GRANT) is expected


@given(table=tables(), facts=any_facts())
def test_what_is_known_to_be_met_rests_on_known_facts_only(
    table: RuleTable, facts: dict[str, object]
) -> None:
    """Taking any fact of a met row away makes it unknown: unknown never counts as met."""
    assessment = evaluate(table, facts)
    for criterion, mark in zip(table.criteria, assessment.marks, strict=True):
        fact = criterion.condition.fact
        if mark is Mark.MET and fact in facts and not fact.startswith("derived."):
            fewer = {name: value for name, value in facts.items() if name != fact}
            again = dict(zip(table.criteria, evaluate(table, fewer).marks, strict=True))
            assert again[criterion] is Mark.UNKNOWN


@given(table=tables(), facts=known_facts(), data=st.data())
def test_more_facts_never_turn_a_known_finding_into_another(
    table: RuleTable, facts: dict[str, object], data: st.DataObject
) -> None:
    before = evaluate(table, facts).marks
    missing = sorted(DECLARED.keys() - facts.keys())
    added = data.draw(st.lists(st.sampled_from(missing), unique=True)) if missing else []
    more = facts | {name: data.draw(values_of(DECLARED[name])) for name in added}
    for was, becomes in zip(before, evaluate(table, more).marks, strict=True):
        assert was is Mark.UNKNOWN or becomes is was


@given(mapping=mappings(), facts=any_facts(), data=st.data())
def test_the_order_of_the_rows_does_not_matter(
    mapping: dict[str, object], facts: dict[str, object], data: st.DataObject
) -> None:
    shuffled = {**mapping, "criteria": data.draw(st.permutations(mapping["criteria"]))}  # type: ignore[arg-type]
    one = evaluate(parse_table(mapping, DECLARED), facts)
    other = evaluate(parse_table(shuffled, DECLARED), facts)
    assert one.outcome is other.outcome
    assert sorted(one.not_met) == sorted(other.not_met)


@given(table=tables(), facts=any_facts())
def test_an_assessment_comes_back_from_the_log_as_it_was_written(
    table: RuleTable, facts: dict[str, object]
) -> None:
    assessment = evaluate(table, facts)
    record = json.loads(json.dumps(to_plain(assessment, "sha256:00")))
    back = from_plain(record)
    assert back.findings == assessment.findings
    assert (back.outcome, back.table_version, back.rules_hash) == (assessment.outcome, 1, "sha256:00")
    assert to_plain(back) == record


def test_facts_in_the_record_keep_dates_lists_and_reasons_apart() -> None:
    table = a_table(
        a_criterion(id="day", fact="answers.opens_on", op="at_least", value={"fact": "today"}),
        SCOPE,
        IN_FORCE,
    )
    facts = {**FACTS, "evidence.parent-licence.status": None}
    plain = facts_plain(evaluate(table, facts))
    assert plain["answers.opens_on"] == {"date": "2026-05-01"}
    assert plain["answers.scope"] == ["domestic"]
    assert plain["evidence.parent-licence.status"] == {"unknown": "nothing_held"}


def test_a_record_that_grants_over_an_unmet_criterion_is_not_read() -> None:
    record = to_plain(evaluate(a_table(SCOPE), {**FACTS, "answers.scope": ["outbound"]}))
    with pytest.raises(ValueError, match="scope-inside-parents"):
        from_plain({**record, "outcome": "grant"})


@pytest.mark.parametrize(
    "change", [{"facts": {}}, {"findings": [{}]}, {"outcome": "refuse"}, {"version": "1"}]
)
def test_a_record_out_of_shape_is_not_read(change: dict[str, object]) -> None:
    record = to_plain(evaluate(a_table(SCOPE), FACTS))
    with pytest.raises(ValueError, match=r"."):
        from_plain({**record, **change})
