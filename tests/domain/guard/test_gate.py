"""The automation gate says of every item whether a machine may grant it, and by which article not."""

from dataclasses import replace

import pytest

from tests.builders import BRANCH_FILING, CHANGZHOU, catalogue
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.parse_gate import GATE_FACTS, GateFact
from tongban.domain.guard.gate import Gate, list_own_words, read_gate
from tongban.kernel.ids import ItemId, LawKey

GATE = catalogue().gate
STATED = sorted({criterion.fact for criterion in GATE} - {""})


def branch(**changes: object) -> ServiceItem:
    return replace(catalogue().get_item(BRANCH_FILING, CHANGZHOU), **changes)


def ask(item: ServiceItem) -> Gate:
    return read_gate(item, catalogue().get_regime(item.regime), GATE)


def turned(fact: str, source: str = "") -> ServiceItem:
    """The branch filing with one fact the other way round."""
    gate = dict(branch().gate)
    return branch(gate={**gate, fact: GateFact(not gate[fact].is_so, LawKey(source))})


def test_the_branch_filing_may_be_granted_by_a_machine_and_every_criterion_is_listed() -> None:
    gate = ask(branch())
    assert gate.is_automatable
    assert [row.id for row in gate.rows] == [criterion.id for criterion in GATE]
    assert all(catalogue().law.find(key) for row in gate.rows for key in row.grounds)


@pytest.mark.parametrize("fact", STATED)
def test_each_fact_by_itself_bars_a_machine(fact: str) -> None:
    gate = ask(turned(fact))
    assert not gate.is_automatable
    assert len(gate.barred_by) == 1
    assert gate.barred_by[0].grounds[0] in {key for c in GATE if c.fact == fact for key in c.grounds}


@pytest.mark.parametrize("fact", STATED)
def test_a_fact_that_is_not_stated_counts_against_automation(fact: str) -> None:
    gate = ask(branch(gate={name: value for name, value in branch().gate.items() if name != fact}))
    assert [row.is_stated for row in gate.barred_by] == [False]


def test_an_item_that_states_nothing_is_barred_by_everything_that_is_asked_of_it() -> None:
    assert len(ask(branch(gate={})).barred_by) == len(STATED)


def test_the_items_own_article_is_named_first() -> None:
    gate = ask(turned("on_site_check_before_decision", "food-safety-2021#35.1"))
    assert gate.barred_by[0].grounds == ("food-safety-2021#35.1", "all-2019#34.3")


@pytest.mark.parametrize(
    ("limit", "healing"), [("quantity_limit", "strict_order"), ("exam", "exam_result_is_data")]
)
def test_a_limit_in_strict_order_and_an_examination_that_is_data_bar_nothing(
    limit: str, healing: str
) -> None:
    item = turned(limit)
    assert not ask(item).is_automatable
    assert ask(replace(item, gate={**item.gate, healing: GateFact(True)})).is_automatable
    assert not ask(replace(item, gate={**item.gate, healing: GateFact(False)})).is_automatable


def test_a_procedure_that_lets_only_people_grant_bars_a_machine() -> None:
    regime = catalogue().get_regime("filing")
    arrows = tuple(
        replace(arrow, who=("officer", "head")) if arrow.command == "Grant" else arrow
        for arrow in regime.arrows
    )
    gate = read_gate(branch(), replace(regime, arrows=arrows), GATE)
    assert [row.id for row in gate.barred_by] == ["machine-may-act"]


def test_what_only_the_applicant_says_needs_an_article_that_lets_it_be_enough() -> None:
    food = catalogue().get_item(ItemId("prepackaged-food-filing"), CHANGZHOU)
    assert [c.id for c in list_own_words(food)] == ["no-other-food-activity", "labelled-food-promised"]
    silent = replace(food, gate={name: fact for name, fact in food.gate.items() if name in GATE_FACTS})
    assert ask(food).is_automatable
    assert [row.id for row in ask(silent).barred_by] == ["facts-from-registers"]


def test_what_is_compared_with_a_register_or_the_login_rests_on_more_than_a_word() -> None:
    assert list_own_words(branch()) == ()


def test_a_criterion_that_reads_free_words_bars_a_machine() -> None:
    item = branch()
    place = next(n for n, c in enumerate(item.rules.criteria) if c.id == "parent-applies")
    row = item.rules.criteria[place]
    free = replace(row, condition=replace(row.condition, fact="answers.branch_name", value="好地方"))
    rules = replace(item.rules, criteria=(free,))
    assert "answers-are-data" in [row.id for row in ask(replace(item, rules=rules)).barred_by]


def test_a_gate_without_criteria_lets_nothing_through() -> None:
    assert not Gate(()).is_automatable
