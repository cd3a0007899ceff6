"""One zone leads, the others give their parts, and one decision is made, by messages alone."""

from datetime import date

import pytest

from tests.builders import AGENT, CHANGZHOU, SUZHOU, WUXI, a_network, keep_branch_records
from tests.flows.test_journey import CASE, Network, case_at, hand_in
from tongban.domain.case.events import Actor
from tongban.domain.liaison.plain import zone_act_plain
from tongban.flows.ask_for_person import ask_for_person
from tongban.flows.joint import extend_joint, get_joint, give_part, open_joint
from tongban.flows.make_decision import grant, refuse
from tongban.flows.post_office import settle
from tongban.flows.receive import Incoming, receive
from tongban.kernel.errors import Refused
from tongban.kernel.ids import MessageId
from tongban.kernel.text import Text

OFFICER, HEAD = Actor("officer", "cz-officer", "演示审批员"), Actor("head", "cz-head", "演示负责人")
THERE = Actor("officer", "wx-officer", "演示审批员丁")
REASONS = Text("符合条件", "fit")


@pytest.fixture
def network() -> Network:
    """Three zones, and a case received in Suzhou that waits for a person in Changzhou."""
    zones = a_network()
    keep_branch_records(zones)
    hand_in(zones, scope=["outbound"])
    ask_for_person(CASE, AGENT, zones[CHANGZHOU])
    settle(zones)
    return zones


def handled_jointly(network: Network) -> str:
    number = open_joint(
        CASE, (SUZHOU, WUXI), "总社情况由无锡核实，经营场所由苏州核实", OFFICER, network[CHANGZHOU]
    )
    settle(network)
    return number


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_the_leads_decision_waits_for_every_part_and_is_then_one_for_all(network: Network) -> None:
    number = handled_jointly(network)
    (line,) = network[WUXI].liaison.list_matters("part", 9)
    assert (line.state, line.due_on) == ("asked", date(2026, 3, 17))
    assert line.about.startswith("WX260303-")
    give_part(number, "agreed", "总社许可有效", THERE, network[WUXI])
    settle(network)
    assert network[WUXI].liaison.list_matters("part", 9) == ()
    with pytest.raises(Refused) as refused:
        grant(CASE, REASONS, OFFICER, network[CHANGZHOU])
    assert codes(refused) == ["joint.waits"]
    give_part(number, "agreed", "场所属实", THERE, network[SUZHOU])
    settle(network)
    grant(CASE, REASONS, OFFICER, network[CHANGZHOU])
    settle(network)
    assert case_at(network[CHANGZHOU]).decision is not None
    joints = [get_joint(number, deps) for deps in network.values()]
    for joint in joints:
        assert set(joint.given) == set(joint.sub_cases) == {SUZHOU, WUXI}
        assert joint.closing == joints[0].closing
        assert joint.closing.result == "granted"
        assert joint.closing.licence == case_at(network[CHANGZHOU]).credential_id


def test_a_part_that_failed_stands_against_a_grant_and_says_why(network: Network) -> None:
    number = handled_jointly(network)
    give_part(number, "failed", "总社许可已被吊销", THERE, network[WUXI])
    give_part(number, "agreed", "场所属实", THERE, network[SUZHOU])
    settle(network)
    with pytest.raises(Refused) as refused:
        grant(CASE, REASONS, OFFICER, network[CHANGZHOU])
    assert codes(refused) == ["joint.failed"]
    assert "总社许可已被吊销" in refused.value.problems[0].text.zh
    refuse(CASE, Text("总社许可已被吊销", "revoked"), OFFICER, network[CHANGZHOU])
    assert case_at(network[CHANGZHOU]).stage == "refused"
    settle(network)
    assert get_joint(number, network[WUXI]).closing.result == "refused"


def test_its_time_is_that_of_the_law_and_lengthened_once_by_the_head(network: Network) -> None:
    number = handled_jointly(network)
    calendar = network[CHANGZHOU].catalogue.get_calendar(CHANGZHOU)
    accepted = case_at(network[CHANGZHOU]).accepted_on
    assert get_joint(number, network[SUZHOU]).decide_by == calendar.add_working_days(accepted, 45)
    with pytest.raises(Refused) as refused:
        extend_joint(number, "情况复杂", OFFICER, network[CHANGZHOU])
    assert codes(refused) == ["joint.head-extends"]
    extend_joint(number, "情况复杂", HEAD, network[CHANGZHOU])
    settle(network)
    assert get_joint(number, network[WUXI]).decide_by == calendar.add_working_days(accepted, 60)


def test_only_the_deciding_zone_leads_and_only_what_a_person_has_in_hand(network: Network) -> None:
    with pytest.raises(Refused) as refused:
        open_joint(CASE, (WUXI,), "x", OFFICER, network[SUZHOU])
    assert codes(refused) == ["joint.not-ours"]
    handled_jointly(network)
    with pytest.raises(Refused) as refused:
        open_joint(CASE, (WUXI,), "x", OFFICER, network[CHANGZHOU])
    assert codes(refused) == ["joint.opened"]


def test_a_zone_that_has_no_part_gives_none_and_nobody_else_opens_one_for_the_lead(network: Network) -> None:
    number = open_joint(CASE, (WUXI,), "总社情况", OFFICER, network[CHANGZHOU])
    settle(network)
    with pytest.raises(Refused) as refused:
        give_part(number, "agreed", "x", THERE, network[SUZHOU])
    assert codes(refused) == ["joint.no-part"]
    begun, *_ = network[CHANGZHOU].liaison.list_about(number)
    forged = {**zone_act_plain(begun), "id": "wuxi-1", "subject": "wuxi-1", "zone": "wuxi"}
    with pytest.raises(Refused) as refused:
        receive(Incoming(WUXI, MessageId("m"), "zone.act", forged), network[SUZHOU])
    assert codes(refused) == ["message.wrong-route"]
