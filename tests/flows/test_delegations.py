"""Acting in another zone's name: only under a delegation that both have published, and never otherwise."""

from datetime import date, datetime

import pytest

from tests.builders import BRANCH_FILING, CHANGZHOU, SUZHOU, WUXI, a_network, keep_branch_records, move_clock
from tests.flows.test_journey import CASE, Network, case_at, hand_in
from tongban.domain.case.events import Actor
from tongban.domain.liaison.acts import DelegationProposed
from tongban.domain.liaison.delegation import DelegationState
from tongban.flows.act_in_name import act_in_name
from tongban.flows.delegations import (
    end_delegation,
    get_delegation,
    list_delegations,
    propose_delegation,
    publish_delegation,
)
from tongban.flows.make_decision import grant
from tongban.flows.post_office import settle
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.text import Text

HEAD, HEAD_THERE = Actor("head", "cz-head", "演示负责人甲"), Actor("head", "sz-head", "演示负责人乙")
OFFICER = Actor("officer", "sz-officer", "演示审批员丙")
FROM, UNTIL = date(2026, 3, 1), date(2026, 6, 30)


@pytest.fixture
def network() -> Network:
    """Three zones, and a case received in Suzhou that waits for a person in Changzhou."""
    zones = a_network()
    keep_branch_records(zones)
    hand_in(zones, scope=["outbound"])
    return zones


def delegate(network: Network, *commands: str) -> str:
    proposed = DelegationProposed(SUZHOU, (BRANCH_FILING,), commands or ("Grant",), FROM, UNTIL, "演示公告")
    number = propose_delegation(proposed, HEAD, network[CHANGZHOU])
    settle(network)
    return number


def publish(network: Network, number: str) -> None:
    publish_delegation(number, "演示公告〔2026〕1号", HEAD, network[CHANGZHOU])
    publish_delegation(number, "演示网站公告栏", HEAD_THERE, network[SUZHOU])
    settle(network)


def why_refused(network: Network, command: str = "Grant") -> list[str]:
    with pytest.raises(Refused) as refused:
        act_in_name(CASE, command, "符合条件", OFFICER, network[SUZHOU])
    return [f"{one.code} {one.text.en}" for one in refused.value.problems]


def test_without_a_delegation_a_receiving_zone_cannot_decide_and_is_told_why(network: Network) -> None:
    (why,) = why_refused(network)
    assert why.startswith("delegation.none")
    assert "can neither accept nor decide" in why
    with pytest.raises(Refused) as refused:
        grant(CASE, Text("符合", "fit"), OFFICER, network[SUZHOU])
    assert [one.code for one in refused.value.problems] == ["case.decided-elsewhere"]
    assert case_at(network[SUZHOU]).decision is None


def test_one_that_only_one_zone_published_is_none(network: Network) -> None:
    number = delegate(network)
    publish_delegation(number, "演示公告〔2026〕1号", HEAD, network[CHANGZHOU])
    settle(network)
    assert "not published by both zones" in why_refused(network)[0]


def test_under_one_in_force_the_officer_decides_in_the_deciding_authoritys_name(network: Network) -> None:
    number = delegate(network)
    publish(network, number)
    act_in_name(CASE, "Grant", "符合条件", OFFICER, network[SUZHOU])
    settle(network)
    for zone in (CHANGZHOU, SUZHOU):
        case = case_at(network[zone])
        assert case.decision is not None
        told = [one for one in network[zone].cases.history(CASE) if type(one.event).__name__ == "Granted"]
        assert [(one.zone, one.actor.id) for one in told] == [(CHANGZHOU, "suzhou/sz-officer")]
        assert number in told[0].actor.name
        assert network[zone].liaison.list_of_case(CASE)[-1].act.delegation == number


def test_it_reaches_every_zone_and_stands_the_same_in_each(network: Network) -> None:
    number = delegate(network)
    publish(network, number)
    states = [get_delegation(number, deps).state_on(FROM) for deps in network.values()]
    assert states == [DelegationState.IN_FORCE] * 3
    assert list_delegations(network[WUXI]) == list_delegations(network[SUZHOU])


def test_another_act_another_day_and_an_ended_one_are_refused(network: Network) -> None:
    number = delegate(network, "Grant")
    publish(network, number)
    assert "other acts" in why_refused(network, "Refuse")[0]
    move_clock(network, datetime.fromisoformat("2026-07-01T10:00:00+08:00"))
    assert "run out" in why_refused(network)[0]
    move_clock(network, datetime.fromisoformat("2026-03-10T10:00:00+08:00"))
    end_delegation(number, "收回", HEAD, network[CHANGZHOU])
    settle(network)
    assert "was ended" in why_refused(network)[0]


def test_the_deciding_zone_looks_at_its_own_register_when_the_word_comes(network: Network) -> None:
    """It was ended there while the officer's act was on its way: nothing is decided."""
    number = delegate(network)
    publish(network, number)
    act_in_name(CASE, "Grant", "符合条件", OFFICER, network[SUZHOU])
    end_delegation(number, "收回", HEAD, network[CHANGZHOU])
    settle(network)
    assert case_at(network[CHANGZHOU]).decision is None
    assert case_at(network[SUZHOU]).decision is None


def test_only_heads_move_the_register_and_only_their_own(network: Network) -> None:
    number = delegate(network)
    for refused_act, code in (
        (lambda: publish_delegation(number, "x", OFFICER, network[SUZHOU]), "delegation.wrong-role"),
        (lambda: publish_delegation(number, "x", HEAD, network[WUXI]), "delegation.not-ours"),
        (lambda: end_delegation(number, "x", HEAD_THERE, network[SUZHOU]), "delegation.not-yours"),
    ):
        with pytest.raises(Refused) as refused:
            refused_act()
        assert [one.code for one in refused.value.problems] == [code]
    with pytest.raises(NotFound):
        get_delegation("suzhou-none", network[SUZHOU])


def test_who_decides_itself_needs_no_delegation_and_a_clerk_decides_nothing(network: Network) -> None:
    with pytest.raises(NotFound):
        act_in_name(CASE, "Grant", "符合", HEAD, network[CHANGZHOU])
    with pytest.raises(Refused) as refused:
        act_in_name(CASE, "Grant", "符合", Actor("clerk", "c", "演示窗口"), network[SUZHOU])
    assert [one.code for one in refused.value.problems] == ["delegation.wrong-role"]


def test_reasons_are_given_for_a_decision(network: Network) -> None:
    publish(network, delegate(network))
    with pytest.raises(Refused) as refused:
        act_in_name(CASE, "Grant", " ", OFFICER, network[SUZHOU])
    assert [one.code for one in refused.value.problems] == ["decision.no-reasons"]
