"""Turning a rail needs the right person and reasons, is done once, and leaves a leaf that names nobody."""

import json

import pytest

from tests.builders import (
    AGENT,
    BRANCH_FILING,
    CHANGZHOU,
    SUZHOU,
    a_branch_application,
    a_network,
    keep_branch_records,
)
from tongban.domain.case.events import Actor
from tongban.flows.check_later import judge_grant
from tongban.flows.hold_machine import lift_machine, set_sampling, stop_machine
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.submit import submit
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text

STEWARD, OFFICER = (
    Actor("steward", "changzhou-steward", "演示丁"),
    Actor("officer", "changzhou-officer", "演示乙"),
)
WHY = Text("演示：规则有误", "demonstration: a rule is wrong")
CASE = CaseId("SZ260303-HOLD0001")


@pytest.fixture
def deps() -> Deps:
    return a_network()[CHANGZHOU]


def leaves(deps: Deps, kind: str) -> list[dict[str, object]]:
    found = [json.loads(leaf) for leaf in deps.ledger._shelf.leaves.values()]  # type: ignore[attr-defined]
    return [leaf for leaf in found if str(leaf["t"]).startswith(kind)]


def test_stopping_and_lifting_leave_one_leaf_each_however_often_they_are_asked(deps: Deps) -> None:
    for _ in range(2):
        stop_machine(BRANCH_FILING, WHY, STEWARD, deps)
    assert deps.rails.read(BRANCH_FILING).stopped == WHY
    assert [leaf["t"] for leaf in leaves(deps, "rail")] == ["rail.stop/1"]
    deps.clock.at = deps.clock.at.replace(hour=3)  # type: ignore[attr-defined]
    for _ in range(2):
        lift_machine(BRANCH_FILING, WHY, STEWARD, deps)
    assert deps.rails.read(BRANCH_FILING).stopped is None
    assert [leaf["t"] for leaf in leaves(deps, "rail")] == ["rail.stop/1", "rail.lift/1"]


def test_the_leaf_names_the_item_and_neither_the_person_nor_the_words(deps: Deps) -> None:
    stop_machine(BRANCH_FILING, WHY, STEWARD, deps)
    (leaf,) = leaves(deps, "rail")
    assert leaf["item"] == BRANCH_FILING
    text = json.dumps(leaf, ensure_ascii=False)
    assert not any(word in text for word in (WHY.zh, WHY.en, STEWARD.id, STEWARD.name))


def test_an_officer_turns_no_rail_and_everything_wrong_is_told_at_once(deps: Deps) -> None:
    with pytest.raises(Refused) as refused:
        stop_machine(BRANCH_FILING, Text(" ", ""), OFFICER, deps)
    assert [problem.code for problem in refused.value.problems] == ["rail.not-you", "rail.no-reasons"]
    assert deps.rails.read(BRANCH_FILING).stopped is None
    assert leaves(deps, "rail") == []


@pytest.mark.parametrize("ppm", [-1, 1_000_001])
def test_a_rate_is_a_share(deps: Deps, ppm: int) -> None:
    with pytest.raises(Refused):
        set_sampling(BRANCH_FILING, ppm, WHY, STEWARD, deps)


def test_an_item_that_is_not_offered_here_has_no_rail(deps: Deps) -> None:
    with pytest.raises(NotFound):
        stop_machine(ItemId("no-such-item"), WHY, STEWARD, deps)


@pytest.fixture
def sampled() -> Deps:
    """A zone with one grant that an officer looks at again."""
    network = a_network()
    keep_branch_records(network)
    set_sampling(BRANCH_FILING, 1_000_000, WHY, STEWARD, network[CHANGZHOU])
    submit(CASE, a_branch_application(), AGENT, network[SUZHOU])
    settle(network)
    return network[CHANGZHOU]


def test_a_verdict_is_kept_logged_and_can_be_corrected_while_the_licence_stands(sampled: Deps) -> None:
    judge_grant(CASE, "false", WHY, OFFICER, sampled)
    sampled.clock.at = sampled.clock.at.replace(hour=3)  # type: ignore[attr-defined]
    judge_grant(CASE, "correct", WHY, OFFICER, sampled)
    check = sampled.rails.find_check(CASE)
    assert check is not None
    assert (check.verdict, check.actor) == ("correct", OFFICER)
    assert [leaf["verdict"] for leaf in leaves(sampled, "check")] == ["false", "correct"]
    assert CASE not in json.dumps(leaves(sampled, "check"))
    case = sampled.cases.find(CASE)
    assert case is not None
    assert case.stage == "concluded"


def test_a_verdict_needs_an_officer_a_choice_and_reasons(sampled: Deps) -> None:
    with pytest.raises(Refused) as refused:
        judge_grant(CASE, "perhaps", Text("", ""), STEWARD, sampled)
    codes = [problem.code for problem in refused.value.problems]
    assert codes == ["check.not-you", "check.no-verdict", "check.no-reasons"]


def test_a_case_that_chance_did_not_choose_has_no_verdict(deps: Deps) -> None:
    with pytest.raises(NotFound):
        judge_grant(CASE, "correct", WHY, OFFICER, deps)
