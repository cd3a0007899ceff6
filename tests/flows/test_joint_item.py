"""An item that is handled jointly: acceptance opens sub-cases elsewhere, one result closes them."""

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import AGENT, CHANGZHOU, SUZHOU, WUXI, a_network, move_clock
from tests.flows.from_examples import apply, hold
from tongban.crypto.digest import hex_digest
from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.credential.sd_jwt import read_payload
from tongban.domain.liaison.acts import PartAsked
from tongban.domain.liaison.joint import Joint, PartState
from tongban.domain.liaison.plain import zone_act_plain
from tongban.flows import examine
from tongban.flows.advance import advance
from tongban.flows.joint import find_joint, get_joint, give_part
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.receive import Incoming, receive
from tongban.flows.withdraw import withdraw
from tongban.kernel.errors import Refused
from tongban.kernel.ids import CaseId, MessageId, ZoneId
from tongban.kernel.text import Text
from tongban.packs.play_decision import play_decision

Network = dict[ZoneId, Deps]
ITEM, CASE = "food-licence-new", CaseId("CZ260303-JOINT777")
STORE = {"store_zone": "wuxi", "store_address": "无锡市新吴区演示路12号"}
OFFICER, THERE = Actor("officer", "sz-officer", "演示审批员"), Actor("officer", "wx-officer", "演示审批员丁")
HEAD = Actor("head", "sz-head", "演示负责人")
REASONS = Text("符合条件", "fit")
SATURDAY = 5


@pytest.fixture
def network() -> Network:
    """Three zones; Suzhou's registers hold the example's shop."""
    zones = a_network()
    hold(zones, ITEM)
    return zones


def accepted(network: Network, **changes: object) -> Case:
    """Hand it in at Changzhou's node, for Suzhou to lead."""
    return apply(network, ITEM, CASE, received_in="changzhou", **{**STORE, **changes})


def joint_at(network: Network, zone: ZoneId) -> Joint:
    begun = find_joint(network[SUZHOU].cases.find(CASE), network[SUZHOU])
    assert begun is not None
    return get_joint(begun.id, network[zone])


def decide(network: Network, *, granted: bool = True) -> None:
    play_decision(CASE, granted, REASONS, OFFICER, network[SUZHOU])
    settle(network)


def test_acceptance_opens_a_sub_case_with_its_own_number_list_and_clock(network: Network) -> None:
    accepted(network)
    (line,) = network[WUXI].liaison.list_matters("part", 9)
    assert line.about.startswith("WX260303-")
    assert (line.case_id, line.zone, line.state) == (CASE, SUZHOU, "asked")
    calendar = network[WUXI].catalogue.get_calendar(WUXI)
    assert line.due_on == calendar.add_working_days(date(2026, 3, 3), 10)
    for zone in network:
        joint = joint_at(network, zone)
        assert joint.sub_cases[WUXI].number == line.about
        assert joint.state_of(WUXI, date(2026, 3, 3)) is PartState.EXAMINED
    assert network[WUXI].liaison.find_matter("part", line.about) == line
    assert network[WUXI].cases.find(CASE) is None, "the part's zone has the part and not the case"


def test_a_joint_case_is_opened_though_its_days_reach_past_the_published_holidays(network: Network) -> None:
    move_clock(network, network[SUZHOU].clock.now().replace(month=11, day=26))
    accepted(network)
    joint = joint_at(network, WUXI)
    assert joint.decide_by > network[SUZHOU].catalogue.get_calendar(SUZHOU).last_on
    assert joint.state_of(WUXI, joint.opened.answer_by) is PartState.EXAMINED
    assert joint.decide_by.weekday() < SATURDAY


def test_only_the_zone_that_is_asked_sees_what_its_part_needs_and_nothing_else_does(network: Network) -> None:
    accepted(network)
    shown = joint_at(network, WUXI).asked[WUXI].shown
    assert dict(zip(shown[::2], shown[1::2], strict=True)).keys() == {
        "applicant.name", "applicant.id", "answers.store_address", "answers.projects",
        "answers.contact_mobile",
    }  # fmt: skip
    assert "演示癸（示例）" not in shown, "who is in charge of food safety is nothing to Wuxi"
    assert dict(joint_at(network, CHANGZHOU).asked) == {}


def test_without_another_zone_nothing_is_joint(network: Network) -> None:
    case = apply(network, ITEM, CASE, received_in="changzhou", store_zone="suzhou", store_address="本区")
    assert (case.stage, find_joint(case, network[SUZHOU])) == ("assessed", None)
    assert network[WUXI].liaison.list_matters("part", 9) == ()


def test_acceptance_that_is_played_again_opens_nothing_twice(network: Network) -> None:
    accepted(network)
    before = network[SUZHOU].liaison.list_of_case(CASE)
    network[SUZHOU].machine.flows["open_parts"](CASE, network[SUZHOU])
    advance(CASE, network[SUZHOU])
    settle(network)
    assert network[SUZHOU].liaison.list_of_case(CASE) == before


def test_the_lead_grants_once_the_part_is_there_and_the_licence_names_it(network: Network) -> None:
    accepted(network)
    with pytest.raises(Refused) as refused:
        decide(network)
    assert [one.code for one in refused.value.problems] == ["joint.waits"]
    number = joint_at(network, SUZHOU).id
    give_part(number, "conditional", "离墙存放后可以使用", THERE, network[WUXI])
    settle(network)
    examine.approve(CASE, Text("", ""), HEAD, network[SUZHOU])
    settle(network)
    suzhou = network[SUZHOU]
    licence = suzhou.credentials.find(suzhou.cases.find(CASE).credential_id)
    assert read_payload(licence.token)["joint"] == [
        {
            "zone": "wuxi",
            "authority": suzhou.catalogue.zones[WUXI].authority.code,
            "number": joint_at(network, WUXI).sub_cases[WUXI].number,
            "outcome": "conditional",
        }
    ]
    for zone in network:
        closing = joint_at(network, zone).closing
        assert (closing.result, closing.licence) == ("granted", licence.credential_id)
    assert network[WUXI].liaison.list_matters("part", 9) == ()
    assert network[WUXI].liaison.list_matters("part", 9, is_open=False)[0].state == "closed"


def test_silence_is_shown_and_neither_grants_nor_refuses_by_itself(network: Network) -> None:
    accepted(network)
    move_clock(network, network[SUZHOU].clock.now().replace(month=3, day=20))
    settle(network)
    joint = joint_at(network, SUZHOU)
    assert joint.state_of(WUXI, date(2026, 3, 20)) is PartState.SILENT
    assert network[SUZHOU].cases.find(CASE).decision is None, "no machine decides because a zone is silent"
    decide(network)
    suzhou = network[SUZHOU]
    licence = suzhou.credentials.find(suzhou.cases.find(CASE).credential_id)
    (named,) = read_payload(licence.token)["joint"]
    assert named["outcome"] == "silent"


def test_the_applicants_withdrawal_closes_the_sub_case(network: Network) -> None:
    accepted(network)
    withdraw(CASE, "不办了", AGENT, network[CHANGZHOU])
    settle(network)
    assert network[SUZHOU].cases.find(CASE).stage == "withdrawn"
    joint = joint_at(network, WUXI)
    assert (joint.closing.result, joint.closing.licence) == ("withdrawn", "")
    assert joint.state_of(WUXI, date(2026, 3, 3)) is PartState.CLOSED
    with pytest.raises(Refused) as refused:
        give_part(joint.id, "agreed", "x", THERE, network[WUXI])
    assert [one.code for one in refused.value.problems] == ["joint.closed"]


def test_a_part_that_does_not_agree_stands_against_a_grant_with_its_reasons(network: Network) -> None:
    accepted(network)
    give_part(joint_at(network, WUXI).id, "failed", "仓库漏水", THERE, network[WUXI])
    settle(network)
    with pytest.raises(Refused) as refused:
        decide(network)
    assert "仓库漏水" in refused.value.problems[0].text.zh


def test_a_refusal_by_a_person_closes_the_part_too(network: Network) -> None:
    accepted(network)
    give_part(joint_at(network, WUXI).id, "failed", "仓库漏水", THERE, network[WUXI])
    settle(network)
    decide(network, granted=False)
    assert joint_at(network, WUXI).closing.result == "refused"


def test_a_zone_that_is_no_lead_asks_nobody_for_a_part(network: Network) -> None:
    accepted(network)
    joint = joint_at(network, WUXI)
    asked = next(one for one in network[WUXI].liaison.list_about(joint.id) if isinstance(one.act, PartAsked))
    forged = replace(asked, id=f"changzhou-{hex_digest(b'x')[:8]}", zone=CHANGZHOU)
    with pytest.raises(Refused) as refused:
        receive(Incoming(CHANGZHOU, MessageId("m"), "zone.act", zone_act_plain(forged)), network[WUXI])
    assert [one.code for one in refused.value.problems] == ["message.wrong-route"]
