"""A sub-case for another zone is one officer's, as a case is: drawn, held to, taken over, given on."""

from dataclasses import replace

import pytest

from tests.builders import BRANCH_FILING, CHANGZHOU, SUZHOU, WUXI
from tests.flows.test_joint import THERE, codes, handled_jointly, network
from tests.flows.test_journey import Network
from tongban.domain.assignment import (
    DRAWN,
    GIVEN,
    MOVED,
    OF_APPLICANT,
    OF_CASE,
    TAKEN,
    DeclaredConflict,
    DeskOfficer,
    Team,
)
from tongban.domain.case.events import Actor
from tongban.flows.joint import get_joint, give_part
from tongban.flows.part_desk import assign_part, declare_part_conflict, move_part
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.part_belonging import read_part_belonging

__all__ = ["network"]
COLLEAGUE, HEAD = Actor("officer", "colleague", "虚构同事"), Actor("head", "wx-head", "虚构负责人")
WORDS = ("agreed", "总社许可有效")


@pytest.fixture
def number(network: Network) -> str:
    """A joint case in whose part at Wuxi only the colleague was competent when it came."""
    desk = network[WUXI].desk
    desk.keep_team(Team("culture", Text("文旅组", "Culture"), frozenset({BRANCH_FILING})))
    desk.keep_officer(DeskOfficer(COLLEAGUE.id, COLLEAGUE.name, frozenset({"culture"})))
    number = handled_jointly(network)
    desk.keep_officer(DeskOfficer(THERE.id, THERE.name, frozenset({"culture"})))
    return number


def sub_case(network: Network, number: str) -> CaseId:
    return CaseId(get_joint(number, network[WUXI]).sub_cases[WUXI].number)


def test_it_is_drawn_when_it_is_opened_and_stays_whose_it_is(network: Network, number: str) -> None:
    wuxi = network[WUXI]
    held = wuxi.desk.find(sub_case(network, number))
    assert held is not None
    assert (held.officer, held.team, held.way) == (COLLEAGUE.id, "culture", DRAWN)
    assign_part(get_joint(number, wuxi), wuxi)
    assert len(wuxi.desk.history(sub_case(network, number))) == 1
    assert wuxi.desk.count_loads([COLLEAGUE.id]) == {COLLEAGUE.id: 1}


def test_nobody_but_its_officer_or_the_head_gives_the_part(network: Network, number: str) -> None:
    with pytest.raises(Refused) as refused:
        give_part(number, *WORDS, THERE, network[WUXI])
    assert codes(refused) == ["desk.not-yours"]
    assert get_joint(number, network[WUXI]).given == {}
    give_part(number, *WORDS, COLLEAGUE, network[WUXI])
    assert WUXI in get_joint(number, network[WUXI]).given


def test_the_head_gives_it_anyway(network: Network, number: str) -> None:
    give_part(number, *WORDS, HEAD, network[WUXI])
    assert WUXI in get_joint(number, network[WUXI]).given


def test_it_is_taken_over_with_a_reason_and_then_given_by_who_took_it(network: Network, number: str) -> None:
    wuxi = network[WUXI]
    with pytest.raises(Refused):
        move_part(get_joint(number, wuxi), THERE.id, " ", THERE, wuxi)
    assert move_part(get_joint(number, wuxi), THERE.id, "同事出差", THERE, wuxi).way == TAKEN
    give_part(number, *WORDS, THERE, wuxi)
    with pytest.raises(Refused) as refused:
        move_part(get_joint(number, wuxi), COLLEAGUE.id, "再改派", HEAD, wuxi)
    assert codes(refused) == ["desk.decided"]


def test_only_the_head_gives_it_to_somebody_else_and_only_to_who_is_competent(
    network: Network, number: str
) -> None:
    wuxi = network[WUXI]
    with pytest.raises(Refused) as refused:
        move_part(get_joint(number, wuxi), "nobody", "均衡", THERE, wuxi)
    assert codes(refused) == ["desk.not-head", "desk.not-competent"]
    assert move_part(get_joint(number, wuxi), THERE.id, "均衡", HEAD, wuxi).way == GIVEN


def test_who_has_declared_a_conflict_with_the_sub_case_does_not_give_the_part(
    network: Network, number: str
) -> None:
    wuxi, about = network[WUXI], sub_case(network, number)
    wuxi.desk.declare(DeclaredConflict(COLLEAGUE.id, OF_CASE, about, about, "亲属", wuxi.clock.now()))
    with pytest.raises(Refused) as refused:
        give_part(number, *WORDS, COLLEAGUE, wuxi)
    assert codes(refused) == ["desk.conflict"]


def test_who_declares_a_conflict_with_their_sub_case_loses_it_to_somebody_else(
    network: Network, number: str
) -> None:
    wuxi = network[WUXI]
    declare_part_conflict(get_joint(number, wuxi), OF_CASE, "亲属", COLLEAGUE, wuxi)
    moved = wuxi.desk.find(sub_case(network, number))
    assert moved is not None
    assert (moved.officer, moved.way, moved.reason) == (THERE.id, MOVED, "亲属")
    belongs = read_part_belonging(get_joint(number, wuxi), COLLEAGUE, wuxi)
    assert (belongs.obstacle.code if belongs.obstacle else "", belongs.may) == ("desk.conflict", frozenset())
    with pytest.raises(Refused) as refused:
        move_part(get_joint(number, wuxi), COLLEAGUE.id, "改回", COLLEAGUE, wuxi)
    assert codes(refused) == ["desk.out"]


def test_a_conflict_with_somebody_else_s_sub_case_leaves_it_where_it_is(
    network: Network, number: str
) -> None:
    wuxi = network[WUXI]
    assert "declare" in read_part_belonging(get_joint(number, wuxi), THERE, wuxi).may
    declare_part_conflict(get_joint(number, wuxi), OF_CASE, "亲属", THERE, wuxi)
    held = wuxi.desk.find(sub_case(network, number))
    assert held is not None
    assert (held.officer, held.way) == (COLLEAGUE.id, DRAWN)


def test_a_conflict_with_an_applicant_whom_the_lead_does_not_show_is_refused_with_what_else_is_wrong(
    network: Network, number: str
) -> None:
    wuxi = network[WUXI]
    with pytest.raises(Refused) as refused:
        declare_part_conflict(get_joint(number, wuxi), OF_APPLICANT, " ", COLLEAGUE, wuxi)
    assert codes(refused) == ["desk.no-reason", "desk.applicant-not-shown"]
    assert wuxi.desk.find(sub_case(network, number)).officer == COLLEAGUE.id


def test_a_conflict_with_an_applicant_who_is_shown_moves_the_sub_case(network: Network, number: str) -> None:
    wuxi, joint = network[WUXI], get_joint(number, network[WUXI])
    shown = replace(joint.asked[WUXI], shown=("applicant.id", "91320411YY99010339"))
    declare_part_conflict(replace(joint, asked={WUXI: shown}), OF_APPLICANT, "亲属", COLLEAGUE, wuxi)
    assert wuxi.desk.find(sub_case(network, number)).officer == THERE.id


def test_a_zone_without_groups_assigns_nothing_and_the_lead_has_no_sub_case(
    network: Network, number: str
) -> None:
    suzhou = network[SUZHOU]
    about = CaseId(get_joint(number, suzhou).sub_cases[SUZHOU].number)
    assert suzhou.desk.find(about) is None
    give_part(number, *WORDS, THERE, suzhou)
    with pytest.raises(NotFound):
        move_part(get_joint(number, network[CHANGZHOU]), "x", "x", HEAD, network[CHANGZHOU])
