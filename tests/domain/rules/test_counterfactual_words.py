"""The smallest change is told as things to do, each with whom it lies with and which articles ask for it."""

from datetime import date

import pytest

from tests.domain.rules.tables import FACTS, TODAY_ON, a_criterion, a_table
from tests.domain.rules.test_change import WORDING
from tongban.domain.rules.counterfactual import TooFar, Way, find_smallest_change
from tongban.domain.rules.counterfactual_words import ToldChange, tell_change
from tongban.domain.rules.evaluate import evaluate

STATUS = a_criterion(id="active", fact="evidence.parent-licence.status", op="is", value="active")


def told(*rows: dict[str, object], **facts: object) -> ToldChange:
    table = a_table(*rows)
    found = find_smallest_change(evaluate(table, {**FACTS, **facts}), table)
    assert found is not None
    return tell_change(found, table, WORDING)


@pytest.mark.parametrize(
    ("row", "facts", "zh", "en"),
    [
        (
            a_criterion(fact="answers.kind", op="is", value="outlet"),
            {},
            "把“类型”由分社改为服务网点。",
            "Change “Kind” from branch to outlet.",
        ),
        (
            a_criterion(fact="answers.seats", op="at_least", value=20),
            {},
            "把“座位”由12 个改为20 个或以上。",
            "Change “Seats” from 12 seats to 20 seats or more.",
        ),
        (
            a_criterion(fact="answers.insured", op="is", value=True),
            {"answers.insured": None},
            "补充填写：已投保（是）。",
            "Answer as well: Insured (yes).",
        ),
        (
            STATUS,
            {"evidence.parent-licence.status": "suspended"},
            "请无锡的许可机关更正或者变更“状态”：由停业变为有效。",
            "Have “Status” corrected or changed at the licensing authority in Wuxi: "
            "from suspended to in force.",
        ),
        (
            STATUS,
            {"evidence.parent-licence.status": None},
            "请无锡的许可机关补录：状态（有效）。",
            "Have it entered at the licensing authority in Wuxi: Status (in force).",
        ),
        (
            a_criterion(fact="answers.opens_on", op="at_least", value=date(2026, 6, 1)),
            {},
            "把“开业日”由2026年5月1日改为2026年6月1日或以后。",
            "Change “Opening day” from 1 May 2026 to 1 June 2026 or later.",
        ),
    ],
)
def test_a_step_says_who_does_what(
    row: dict[str, object], facts: dict[str, object], zh: str, en: str
) -> None:
    change = told(row, **facts)
    (step,) = change.steps
    assert (step.text.zh, step.text.en) == (zh, en)
    assert [str(key) for key in step.sources] == ["all-2019#38"]
    assert "没有更小的改变" in change.summary.zh


def test_what_one_paper_shows_is_one_step_and_answers_come_first() -> None:
    unknown = {name: value for name, value in FACTS.items() if not name.startswith("evidence.parent-licence")}
    rows = (
        STATUS,
        a_criterion(id="name", fact="evidence.parent-licence.name", op="present"),
        a_criterion(id="seats", fact="answers.seats", op="at_most", value=9),
    )
    table = a_table(*rows)
    found = find_smallest_change(evaluate(table, {**unknown, "today": TODAY_ON}), table)
    assert found is not None
    change = tell_change(found, table, WORDING)
    assert [step.way for step in change.steps] == [Way.CHANGE, Way.PROVE]
    proof = change.steps[1].text
    assert proof.en == "Give proof (the licensing authority in Wuxi) of: Status (in force), Parent's name."
    assert "3 项" in change.summary.zh
    assert "At least 3 things" in change.summary.en


def test_where_nothing_helps_the_criteria_and_their_articles_are_told_and_a_person_is_offered() -> None:
    change = told(a_criterion(fact="today", op="at_least", value=date(2030, 1, 1)))
    assert change.steps == ()
    assert [str(key) for key in change.sources] == ["all-2019#38"]
    assert "人工办理" in change.summary.zh
    assert "ask for a person" in change.summary.en


def test_a_search_that_was_broken_off_claims_nothing() -> None:
    change = tell_change(TooFar(), a_table(STATUS))
    assert (change.steps, change.sources) == ((), ())
    assert "算不出" in change.summary.zh
