"""An assessment in words: what was asked, what was seen and from where, what became of it, and why."""

import json

from hypothesis import given

from tests.domain.rules.tables import (
    DERIVED,
    FACTS,
    IN_FORCE,
    SCOPE,
    a_criterion,
    a_table,
    any_facts,
    tables,
)
from tests.domain.rules.test_change import WORDING
from tongban.domain.rules.evaluate import evaluate, from_plain, to_plain
from tongban.domain.rules.explain import Line, explain
from tongban.domain.rules.table import Mark, RuleTable
from tongban.kernel.text import Text


def line_on(facts: dict[str, object], **criterion: object) -> Line:
    table = a_table(a_criterion(**criterion), derived=DERIVED)
    return explain(evaluate(table, {**FACTS, **facts}), table, WORDING).lines[0]


def test_a_line_says_what_was_asked_seen_from_where_and_by_which_article() -> None:
    table = a_table(SCOPE)
    (line,) = explain(evaluate(table, FACTS), table, WORDING).lines
    assert (line.mark, line.asked.zh, line.source) == (Mark.MET, "应当如此", "travel-agencies-2020#10")
    assert [(fact.name.en, fact.value.en) for fact in line.seen] == [
        ("Scope", "domestic tours"),
        ("Parent's scope", "domestic, inbound"),
    ]
    assert line.seen[1].origin == Text("无锡的许可机关", "the licensing authority in Wuxi")
    assert line.verdict == Text("符合", "Met")


def test_an_unmet_line_says_by_how_much() -> None:
    line = line_on({"answers.seats": 9}, fact="answers.seats", op="at_least", value=12)
    assert line.verdict == Text(
        "不符合：座位不得少于12 个，现为9 个（还差：3 个）。",
        "Not met: Seats must be at least 12 seats; it is 9 seats (lacking: 3 seats).",
    )


def test_a_criterions_own_words_are_filled_in_each_language() -> None:
    line = line_on(
        {"answers.scope": ["domestic", "outbound"]},
        fact="answers.scope",
        op="within",
        value=["domestic"],
        unmet={"zh": "多了{extra}，只能有{wanted}", "en": "{extra} is too much; only {wanted}"},
    )
    assert line.verdict.zh == "不符合：多了出境旅游，只能有境内旅游"
    assert line.verdict.en == "Not met: outbound tours is too much; only domestic tours"


def test_missing_unreadable_and_nothing_held_read_differently() -> None:
    table = a_table(a_criterion(fact="answers.seats", op="at_least", value=1))
    verdicts = [
        explain(evaluate(table, facts), table, WORDING).lines[0].verdict.en
        for facts in ({}, {"answers.seats": "many"}, {"answers.seats": None})
    ]
    assert verdicts == [
        "Cannot be known: Seats: not provided.",
        "Cannot be known: Seats: provided, but unreadable.",
        "Cannot be known: Seats: the holder says nothing is held.",
    ]


def test_an_unknown_derived_fact_is_traced_to_what_it_lacks() -> None:
    line = line_on({"evidence.person.born_on": None}, fact="derived.age", op="at_least", value=18)
    assert line.verdict.en == (
        "Cannot be known: Age: cannot be computed from what is known; "
        "Date of birth: the holder says nothing is held."
    )


def test_a_row_that_does_not_apply_says_why() -> None:
    guarded = a_criterion(
        id="guarded",
        when={"fact": "answers.kind", "op": "is", "value": "outlet"},
        fact="answers.insured",
        op="is",
        value=True,
    )
    table = a_table(IN_FORCE, guarded)
    assert explain(evaluate(table, FACTS), table, WORDING).lines[1].verdict == Text(
        "不适用：类型：分社。", "Does not apply: Kind: branch."
    )


def test_the_summary_counts_and_says_what_follows() -> None:
    table = a_table(IN_FORCE, SCOPE, a_criterion(id="seats", fact="answers.seats", op="at_least", value=99))
    facts = {**FACTS, "evidence.parent-licence.scope": None}
    assert explain(evaluate(table, facts), table).summary == Text(
        "共 3 项条件：1 项符合，1 项不符合，1 项无法确定。转由工作人员审查。",
        "Criteria: 3; 1 met, 1 not met, 1 cannot be known. A person examines the case.",
    )


def test_a_full_yes_says_whether_a_machine_may_grant() -> None:
    may, may_not = a_table(IN_FORCE), a_table(IN_FORCE, may_grant=False)
    assert "it can be granted" in explain(evaluate(may, FACTS), may).summary.en
    assert "never decided by the machine" in explain(evaluate(may_not, FACTS), may_not).summary.en


def test_an_assessment_read_back_explains_itself_in_the_same_words() -> None:
    table = a_table(IN_FORCE, SCOPE)
    assessment = evaluate(table, {**FACTS, "answers.scope": ["outbound"]})
    back = from_plain(json.loads(json.dumps(to_plain(assessment))))
    assert explain(back, table, WORDING) == explain(assessment, table, WORDING)


def test_a_row_that_the_table_no_longer_has_is_shown_by_its_id() -> None:
    assessment = evaluate(a_table(IN_FORCE, SCOPE), FACTS)
    line = explain(assessment, a_table(IN_FORCE), WORDING).lines[1]
    assert (line.asked.zh, line.verdict.zh, line.source) == ("scope-inside-parents", "符合", "")


@given(table=tables(), facts=any_facts())
def test_every_assessment_can_be_explained_in_both_languages(
    table: RuleTable, facts: dict[str, object]
) -> None:
    explanation = explain(evaluate(table, facts), table, WORDING)
    assert len(explanation.lines) == len(table.criteria)
    for line in explanation.lines:
        assert line.verdict.zh
        assert line.verdict.en
        assert "{" not in line.verdict.zh + line.verdict.en
        assert (line.advice is not None) is (line.mark in (Mark.UNMET, Mark.UNKNOWN))
