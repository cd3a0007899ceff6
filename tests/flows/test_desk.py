"""Cases go to officers by chance; others are told whom a case belongs to; conflicts move it on."""

from datetime import timedelta

import pytest

from tests.builders import (
    AGENT,
    BRANCH_FILING,
    CHANGZHOU,
    a_branch_application,
    a_network,
    keep_branch_records,
)
from tongban.domain.assignment import (
    DRAWN,
    GIVEN,
    MOVED,
    OF_APPLICANT,
    OF_CASE,
    TAKEN,
    Absence,
    DeskOfficer,
    Team,
)
from tongban.domain.case.events import Actor
from tongban.flows import make_decision
from tongban.flows.ask_for_person import ask_for_person
from tongban.flows.move_case import declare_conflict, give_case, take_over
from tongban.flows.ports import Deps
from tongban.flows.submit import submit
from tongban.kernel.errors import Refused
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text

TEAM = Team("culture", Text("文旅组", "Culture"), frozenset({BRANCH_FILING}))
OTHER = Team("other", Text("其他组", "Other"), frozenset({ItemId("food-licence-new")}))
HEAD = Actor("head", "head", "演示负责人")
REASONS = Text("经核对，予以准予。", "Checked and granted.")


def an_officer(name: str) -> Actor:
    return Actor("officer", name, f"演示{name}")


@pytest.fixture
def deps() -> Deps:
    network = a_network()
    keep_branch_records(network)
    deps = network[CHANGZHOU]
    for team in (TEAM, OTHER):
        deps.desk.keep_team(team)
    for name, teams in (
        ("a", {"culture"}),
        ("b", {"culture", "other"}),
        ("c", {"culture"}),
        ("x", {"other"}),
    ):
        deps.desk.keep_officer(DeskOfficer(name, f"演示{name}", frozenset(teams)))
    return deps


def a_case(deps: Deps, number: int) -> CaseId:
    """An application whose applicant asks for a person at once."""
    case_id = CaseId(f"CZ260303-DESK{number:04d}")
    submit(case_id, a_branch_application(), AGENT, deps)
    ask_for_person(case_id, AGENT, deps)
    return case_id


def holder(case_id: CaseId, deps: Deps) -> str:
    held = deps.desk.find(case_id)
    assert held is not None
    return held.officer


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_a_case_that_needs_a_person_is_drawn_once_among_the_competent(deps: Deps) -> None:
    case_id = a_case(deps, 1)
    assert holder(case_id, deps) in {"a", "b", "c"}
    ask_for_person(case_id, AGENT, deps)
    (only,) = deps.desk.history(case_id)
    assert (only.way, only.team, only.by) == (DRAWN, "culture", CHANGZHOU)


def test_a_node_without_groups_gives_nothing_to_anybody() -> None:
    network = a_network()
    keep_branch_records(network)
    assert network[CHANGZHOU].desk.find(a_case(network[CHANGZHOU], 1)) is None


def test_who_is_away_is_given_nothing_and_with_nobody_left_the_case_stands_with_its_group(deps: Deps) -> None:
    today = deps.clock.now().date()
    for name in ("a", "b"):
        deps.desk.keep_absence(Absence(name, name, "c", today, today, name, "病假", deps.clock.now()))
    assert holder(a_case(deps, 1), deps) == "c"
    deps.desk.keep_absence(Absence("c", "c", "a", today, today, "c", "病假", deps.clock.now()))
    case_id = a_case(deps, 2)
    held = deps.desk.find(case_id)
    assert held is not None
    assert (held.officer, held.team) == ("", "culture")
    assert holder(case_id, deps) == ""


def test_only_its_officer_or_the_head_may_act_and_others_are_told_whose_it_is(deps: Deps) -> None:
    case_id = a_case(deps, 1)
    mine = holder(case_id, deps)
    other = next(name for name in ("a", "b", "c") if name != mine)
    with pytest.raises(Refused) as refused:
        make_decision.decline(case_id, REASONS, an_officer(other), deps)
    assert codes(refused) == ["desk.not-yours"]
    assert f"演示{mine}" in refused.value.problems[0].text.zh
    make_decision.decline(case_id, REASONS, an_officer(mine), deps)


def test_a_substitute_acts_for_who_is_away_and_only_for_those_days(deps: Deps) -> None:
    case_id = a_case(deps, 1)
    mine = holder(case_id, deps)
    other = next(name for name in ("a", "b", "c") if name != mine)
    tomorrow = deps.clock.now().date() + timedelta(days=1)
    deps.desk.keep_absence(Absence("A", mine, other, tomorrow, tomorrow, mine, "年休假", deps.clock.now()))
    with pytest.raises(Refused):
        make_decision.decline(case_id, REASONS, an_officer(other), deps)
    deps.clock.at += timedelta(days=1)  # type: ignore[attr-defined]
    make_decision.decline(case_id, REASONS, an_officer(other), deps)
    assert holder(case_id, deps) == mine


def test_the_head_gives_with_reasons_and_everything_wrong_is_told_at_once(deps: Deps) -> None:
    case_id = a_case(deps, 1)
    with pytest.raises(Refused) as refused:
        give_case(case_id, "x", " ", an_officer("a"), deps)
    assert codes(refused) == ["desk.no-reason", "desk.not-head", "desk.not-competent"]
    other = next(name for name in ("a", "b", "c") if name != holder(case_id, deps))
    give_case(case_id, other, "均衡工作量", HEAD, deps)
    last = deps.desk.history(case_id)[-1]
    assert (last.officer, last.way, last.by, last.reason) == (other, GIVEN, "head", "均衡工作量")


def test_an_officer_takes_over_with_reasons_within_their_competence(deps: Deps) -> None:
    case_id = a_case(deps, 1)
    other = next(name for name in ("a", "b", "c") if name != holder(case_id, deps))
    with pytest.raises(Refused) as refused:
        take_over(case_id, "我来办", an_officer("x"), deps)
    assert codes(refused) == ["desk.not-competent"]
    take_over(case_id, "熟悉这家企业的情况", an_officer(other), deps)
    assert (holder(case_id, deps), deps.desk.history(case_id)[-1].way) == (other, TAKEN)


@pytest.mark.parametrize("about", [OF_CASE, OF_APPLICANT])
def test_a_declared_conflict_moves_the_case_on_and_never_lets_it_come_back(deps: Deps, about: str) -> None:
    first, second = a_case(deps, 1), a_case(deps, 2)
    mine = holder(first, deps)
    give_case(second, mine, "演示", HEAD, deps)
    declare_conflict(first, about, "持有该企业股份", an_officer(mine), deps)
    assert holder(first, deps) not in {mine, "x", ""}
    assert deps.desk.history(first)[-1].way == MOVED
    assert (holder(second, deps) != mine) == (about == OF_APPLICANT)
    with pytest.raises(Refused) as refused:
        give_case(first, mine, "演示", HEAD, deps)
    assert codes(refused) == ["desk.out"]
    with pytest.raises(Refused) as refused:
        make_decision.decline(first, REASONS, an_officer(mine), deps)
    assert codes(refused) == ["desk.conflict"]


def test_nobody_with_a_conflict_acts_not_even_the_head(deps: Deps) -> None:
    case_id = a_case(deps, 1)
    declare_conflict(case_id, OF_CASE, "亲属", HEAD, deps)
    with pytest.raises(Refused) as refused:
        make_decision.decline(case_id, REASONS, HEAD, deps)
    assert codes(refused) == ["desk.conflict"]


def test_twelve_cases_are_spread_evenly(deps: Deps) -> None:
    held = [holder(a_case(deps, number), deps) for number in range(12)]
    assert {held.count(name) for name in ("a", "b", "c")} == {4}
