"""An applicant's act on its way to the zone that decides: none contradicts it, and a refusal ends it."""

import pytest

from tests.builders import (
    AGENT,
    CHANGZHOU,
    SUZHOU,
    WUXI,
    a_branch_application,
    a_network,
    branch_answers,
    keep_branch_records,
)
from tongban.domain.case.events import Actor
from tongban.flows.ask_for_person import ask_for_person
from tongban.flows.correct import correct
from tongban.flows.make_decision import grant
from tongban.flows.ports import Deps, Outgoing
from tongban.flows.post_office import settle
from tongban.flows.submit import submit
from tongban.flows.withdraw import withdraw
from tongban.kernel.errors import Refused
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.text import Text

CASE = CaseId("SZ260303-AAAA2222")
Network = dict[ZoneId, Deps]


@pytest.fixture
def network() -> Network:
    """A case received at Suzhou that waits for an officer of Changzhou."""
    zones = a_network()
    keep_branch_records(zones)
    submit(CASE, a_branch_application(scope=["domestic", "outbound"]), AGENT, zones[SUZHOU])
    settle(zones)
    return zones


def acts(network: Network) -> list[Outgoing]:
    return [m for m in network[SUZHOU].exchange.outgoing(CASE) if m.type == "case.act"]


def test_after_a_withdrawal_on_its_way_nothing_else_may_be_done(network: Network) -> None:
    withdraw(CASE, "", AGENT, network[SUZHOU])
    for act in (
        lambda: withdraw(CASE, "", AGENT, network[SUZHOU]),
        lambda: ask_for_person(CASE, AGENT, network[SUZHOU]),
        lambda: correct(CASE, branch_answers(branch_head="演示乙"), AGENT, network[SUZHOU]),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.problems[0].code == "act.under-way"
        assert "撤回申请" in refused.value.problems[0].text.zh
    assert [one.act for one in acts(network)] == ["withdraw"]


def test_after_a_correction_on_its_way_one_may_withdraw_and_not_correct_again(network: Network) -> None:
    correct(CASE, branch_answers(branch_head="演示乙"), AGENT, network[SUZHOU])
    with pytest.raises(Refused, match="under-way"):
        correct(CASE, branch_answers(branch_head="演示丙"), AGENT, network[SUZHOU])
    withdraw(CASE, "", AGENT, network[SUZHOU])
    assert [one.act for one in acts(network)] == ["correct", "withdraw"]


def test_asking_for_a_person_twice_is_asking_once(network: Network) -> None:
    zones = a_network(zones=(SUZHOU, WUXI))
    submit(CASE, a_branch_application(), AGENT, zones[SUZHOU])
    for _ in range(2):
        ask_for_person(CASE, AGENT, zones[SUZHOU])
    assert [one.act for one in acts(zones)] == ["ask-for-person"]


def test_an_act_that_comes_too_late_is_refused_for_good_and_frees_the_way(network: Network) -> None:
    withdraw(CASE, "", AGENT, network[SUZHOU])
    grant(CASE, Text("同意。", "Agreed."), Actor("officer", "o", "虚构审批员"), network[CHANGZHOU])
    settle(network)
    [refused] = acts(network)
    assert (refused.act, refused.last_fault, refused.delivered_at) == ("withdraw", "procedure.not-now", None)
    assert refused.given_up_at is not None
    assert not refused.is_on_its_way
    withdraw(CASE, "", AGENT, network[SUZHOU])
    assert len(acts(network)) == 2


def test_once_it_arrived_and_is_confirmed_the_next_may_follow(network: Network) -> None:
    zones = a_network()
    keep_branch_records(zones)
    wrong = "91320411YY9900073L"
    submit(CASE, a_branch_application(branch_uscc=wrong), AGENT, zones[SUZHOU])
    settle(zones)
    again = branch_answers(branch_uscc=wrong, branch_head="演示乙")
    correct(CASE, again, AGENT, zones[SUZHOU])
    settle(zones)
    assert [one.is_on_its_way for one in acts(zones)] == [False]
    withdraw(CASE, "", AGENT, zones[SUZHOU])
