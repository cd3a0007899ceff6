"""What would change it: each change works when tried, and nothing that cannot be changed is suggested."""

from dataclasses import replace
from datetime import date

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
    a_mapping,
    a_table,
    any_facts,
    complete_facts,
    tables,
)
from tongban.domain.rules.change import Advice, AdviceKind, what_would_change
from tongban.domain.rules.evaluate import Outcome, evaluate
from tongban.domain.rules.facts import FactType, Kind
from tongban.domain.rules.parse import parse_table
from tongban.domain.rules.table import Mark, RuleTable
from tongban.domain.rules.words import Wording
from tongban.kernel.text import Text

WORDING = Wording(
    labels={
        "answers.scope": {
            "domestic": Text("境内旅游", "domestic tours"),
            "outbound": Text("出境旅游", "outbound tours"),
        },
        "answers.kind": {"branch": Text("分社", "branch"), "outlet": Text("服务网点", "outlet")},
        "evidence.parent-licence.status": {
            "active": Text("有效", "in force"),
            "suspended": Text("停业", "suspended"),
        },
    },
    origins={
        "answers": Text("申请表", "the form"),
        "evidence": Text("登记机关", "the registry"),
        "evidence.parent-licence": Text("无锡的许可机关", "the licensing authority in Wuxi"),
    },
)


def advice_on(facts: dict[str, object], **criterion: object) -> Advice:
    table = a_table(a_criterion(**criterion), derived=DERIVED, may_grant=False)
    (advice,) = what_would_change(evaluate(table, {**FACTS, **facts}), table, WORDING)
    return advice


@pytest.mark.parametrize(
    ("facts", "criterion", "zh", "en"),
    [
        (
            {"answers.kind": "outlet"},
            {"fact": "answers.kind", "op": "is", "value": "branch"},
            "类型应为分社（现为服务网点）。",
            "Kind must be branch (now outlet).",
        ),
        (
            {"answers.name": "丙"},
            {"fact": "answers.name", "op": "in", "value": ["甲", "乙"]},
            "名称应为下列之一：“甲”、“乙”（现为“丙”）。",
            "Name must be one of: “甲”, “乙” (now “丙”).",
        ),
        (
            {"answers.seats": 9},
            {"fact": "answers.seats", "op": "at_least", "value": 10},
            "座位不得少于10 个（现为9 个，还差1 个）。",
            "Seats must be at least 10 seats (now 9 seats: 1 seat more).",
        ),
        (
            {"answers.deposit": 300_050},
            {"fact": "answers.deposit", "op": "at_most", "value": 300_000},
            "质量保证金不得多于3,000 元（现为3,000.50 元，多出0.50 元）。",
            "Deposit must be at most CNY 3,000 (now CNY 3,000.50: CNY 0.50 too many).",
        ),
        (
            {"answers.scope": ["domestic", "outbound"]},
            {"fact": "answers.scope", "op": "within", "value": ["domestic", "inbound"]},
            "经营范围：请去掉 出境旅游。",
            "Scope: leave out outbound tours.",
        ),
        (
            {"answers.scope": ["outbound"]},
            {"fact": "answers.scope", "op": "within", "value": ["domestic"]},
            "经营范围：请只从下列中选择：境内旅游（现为出境旅游）。",
            "Scope: choose only from domestic tours (now outbound tours).",
        ),
        (
            {"answers.scope": ["domestic"]},
            {"fact": "answers.scope", "op": "at_least", "value": ["domestic", "outbound"]},
            "经营范围：请加上 出境旅游。",
            "Scope: add outbound tours.",
        ),
        (
            {"answers.opens_on": date(2026, 5, 1)},
            {"fact": "answers.opens_on", "op": "at_least", "value": date(2026, 6, 1)},
            "开业日不得早于2026年6月1日（现为2026年5月1日）。",
            "Opening day must be no earlier than 1 June 2026 (now 1 May 2026).",
        ),
        (
            {"answers.name": ""},
            {"fact": "answers.name", "op": "present"},
            "请提供：名称（申请表）。",
            "Hand in: Name (the form).",
        ),
        (
            {"evidence.parent-licence.status": "suspended"},
            {"fact": "evidence.parent-licence.status", "op": "is", "value": "active"},
            "状态应为有效（现为停业）。须在无锡的许可机关更正或者变更。",
            "Status must be in force (now suspended). "
            "It has to be put right where it is held: the licensing authority in Wuxi.",
        ),
        (
            {},
            {"fact": "derived.changed", "op": "within", "value": ["name"]},
            "请不要变更：经营范围（保持境内旅游、inbound）。",
            "Leave unchanged: Scope (keep domestic tours, inbound).",
        ),
    ],
)
def test_the_advice_for_each_operator(
    facts: dict[str, object], criterion: dict[str, object], zh: str, en: str
) -> None:
    assert advice_on(facts, **criterion).text == Text(zh, en)


@pytest.mark.parametrize(
    ("seen", "zh", "en"),
    [
        (..., "请提供：座位（申请表）。", "Hand in: Seats (the form)."),
        (
            "many",
            "现有内容无法识读，请重新提供：座位（申请表）。",
            "Unreadable, please give again: Seats (the form).",
        ),
        (
            None,
            "持有方答复没有记录，请与其核对，或者要求人工办理：座位（申请表）。",
            "The holder says nothing is held; check with them, or ask for a person: Seats (the form).",
        ),
    ],
)
def test_missing_unreadable_and_nothing_held_get_different_advice(seen: object, zh: str, en: str) -> None:
    table = a_table(a_criterion(fact="answers.seats", op="at_least", value=1))
    facts = {} if seen is ... else {"answers.seats": seen}
    (advice,) = what_would_change(evaluate(table, facts), table, WORDING)
    assert (advice.kind, advice.text) == (AdviceKind.PROVIDE, Text(zh, en))
    assert advice.facts == ("answers.seats",)


@pytest.mark.parametrize(
    "criterion",
    [
        {"fact": "derived.age", "op": "at_least", "value": 60},
        {"fact": "derived.days-since-registration", "op": "at_most", "value": 1},
        {"fact": "evidence.branch-licence.registered_on", "op": "at_least", "value": {"fact": "today"}},
        {"fact": "answers.opens_on", "op": "at_most", "value": date(2026, 1, 1)},
        {"fact": "answers.kind", "op": "is", "value": "outlet", "fixed": True},
        {"fact": "answers.name", "op": "is", "value": {"fact": "answers.name"}, "fixed": True},
    ],
)
def test_age_past_days_and_what_is_declared_fixed_are_left_to_a_person(criterion: dict[str, object]) -> None:
    table = a_table(a_criterion(**criterion), derived=DERIVED)
    for advice in what_would_change(evaluate(table, FACTS), table, WORDING):
        assert advice.kind is AdviceKind.PERSON
        assert "ask for a person" in advice.text.en


def test_a_day_that_has_passed_is_not_moved() -> None:
    advice = advice_on(
        {"answers.opens_on": date(2026, 3, 1)},
        fact="answers.opens_on",
        op="at_least",
        value={"fact": "today"},
    )
    assert advice.kind is AdviceKind.PERSON


def test_the_holder_of_a_record_that_may_be_wrong_is_named() -> None:
    advice = advice_on({}, fact="derived.age", op="at_least", value=60)
    assert "the registry" in advice.text.en
    assert "登记机关" in advice.text.zh


def test_a_fact_declared_fixed_is_not_suggested() -> None:
    declared = {**DECLARED, "answers.kind": FactType(Kind.CHOICE, ("branch", "outlet"), fixed=True)}
    row = a_mapping(a_criterion(fact="answers.kind", op="is", value="outlet"))
    table = parse_table(row, declared)
    (advice,) = what_would_change(evaluate(table, FACTS), table)
    assert advice.kind is AdviceKind.PERSON


def test_who_applies_and_when_is_not_something_to_change() -> None:
    declared = {**DECLARED, "case.working_days_since_registration": FactType(Kind.WHOLE_NUMBER)}
    row = a_criterion(fact="case.working_days_since_registration", op="at_most", value=4)
    table = parse_table(a_mapping(row), declared)
    late = evaluate(table, {"case.working_days_since_registration": 9})
    assert what_would_change(late, table)[0].kind is AdviceKind.PERSON


def test_a_change_that_would_only_leave_the_criterion_behind_is_not_suggested() -> None:
    """Twelve seats would satisfy the row, but a row for small branches no longer applies to twelve."""
    advice = advice_on(
        {"answers.seats": 5},
        when={"fact": "answers.seats", "op": "at_most", "value": 10},
        fact="answers.seats",
        op="at_least",
        value=12,
    )
    assert (advice.kind, advice.settings) == (AdviceKind.PERSON, {})


@pytest.mark.parametrize("fixed", [True, False])
def test_a_changed_field_is_only_set_back_when_the_form_lets_it(fixed: bool) -> None:
    declared = {**DECLARED, "answers.scope": replace(DECLARED["answers.scope"], fixed=fixed)}
    row = a_criterion(fact="derived.changed", op="within", value=["name"])
    table = parse_table(a_mapping(row, derived=DERIVED), declared)
    (advice,) = what_would_change(evaluate(table, FACTS), table)
    assert advice.kind is (AdviceKind.PERSON if fixed else AdviceKind.CHANGE)


def test_nothing_is_advised_for_what_is_met_or_does_not_apply() -> None:
    guarded = a_criterion(
        id="guarded",
        when={"fact": "answers.kind", "op": "is", "value": "outlet"},
        fact="answers.insured",
        op="is",
        value=False,
    )
    table = a_table(IN_FORCE, guarded)
    assert what_would_change(evaluate(table, FACTS), table, WORDING) == ()


def test_the_changes_of_a_case_together_turn_it_into_a_grant() -> None:
    table = a_table(SCOPE, a_criterion(id="seats", fact="answers.seats", op="at_least", value=20))
    facts = {**FACTS, "answers.scope": ["domestic", "outbound"]}
    advice = what_would_change(evaluate(table, facts), table, WORDING)
    settings = {name: value for one in advice for name, value in one.settings.items()}
    assert settings == {"answers.scope": ("domestic",), "answers.seats": 20}
    assert evaluate(table, {**facts, **settings}).outcome is Outcome.GRANT


@given(table=tables(), facts=st.one_of(complete_facts(), any_facts()))
def test_every_change_that_is_told_makes_its_criterion_met(
    table: RuleTable, facts: dict[str, object]
) -> None:
    for advice in what_would_change(evaluate(table, facts), table, WORDING):
        if advice.kind is AdviceKind.CHANGE:
            again = evaluate(table, {**facts, **advice.settings})
            marks = {row.criterion: mark for row, mark in zip(again.rows, again.marks, strict=True)}
            assert marks[advice.criterion] is Mark.MET


@given(table=tables(), facts=st.one_of(complete_facts(), any_facts()))
def test_no_change_touches_the_past_what_is_derived_or_what_is_fixed(
    table: RuleTable, facts: dict[str, object]
) -> None:
    types = {name: replace(one, fixed=name == "answers.seats") for name, one in table.types.items()}
    fixed = replace(table, types=types)
    for advice in what_would_change(evaluate(fixed, facts), fixed, WORDING):
        criterion = fixed.find_criterion(advice.criterion)
        assert criterion is not None
        assert not (criterion.fixed and advice.kind is AdviceKind.CHANGE)
        for name, value in advice.settings.items():
            assert name in DECLARED
            assert name != "answers.seats"
            assert not isinstance(value, date) or (value >= TODAY_ON and name == "answers.opens_on")


@given(table=tables(), facts=any_facts())
def test_whatever_stands_in_the_way_gets_one_piece_of_advice(
    table: RuleTable, facts: dict[str, object]
) -> None:
    assessment = evaluate(table, facts)
    advice = what_would_change(assessment, table, WORDING)
    assert tuple(one.criterion for one in advice) == assessment.not_met
    assert all(one.text.zh and one.text.en for one in advice)
