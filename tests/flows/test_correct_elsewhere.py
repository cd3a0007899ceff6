"""A correction notice answered at a zone that neither received nor decides."""

import pytest

from tests.builders import (
    AGENT,
    BRANCH,
    BRANCH_FILING,
    CHANGZHOU,
    PARENT,
    SUZHOU,
    WUXI,
    a_branch_application,
    a_network,
    keep_branch_records,
)
from tests.flows.ending_cases import CLERK, get, names
from tongban.domain.case.events import Corrected
from tongban.flows.correct_elsewhere import correct_elsewhere
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.submit import submit
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import CaseId, ZoneId
from tongban.reads.sent_elsewhere import list_sent_elsewhere

CASE = CaseId("SZ260303-CCCC2222")
ROUTE = (BRANCH_FILING, CHANGZHOU)
WRONG_BRANCH = "91320205MB0000009K"
Network = dict[ZoneId, Deps]


@pytest.fixture
def network() -> Network:
    """A case received at Suzhou that Changzhou wants corrected."""
    zones = a_network()
    keep_branch_records(zones)
    submit(CASE, a_branch_application(branch_uscc=WRONG_BRANCH), AGENT, zones[SUZHOU])
    settle(zones)
    assert get(zones[CHANGZHOU], CASE).stage == "correcting"
    return zones


def answer_at_wuxi(network: Network, party: str = PARENT, **answers: object) -> None:
    correct_elsewhere(CASE, ROUTE, party, answers or {"branch_uscc": BRANCH}, CLERK, network[WUXI])


def outcome(network: Network) -> tuple[str, str]:
    [sent] = list_sent_elsewhere(network[WUXI])
    return sent.state, sent.why.zh if sent.why else ""


def test_the_deciding_zone_applies_it_once_and_the_receiving_zone_learns_of_it(network: Network) -> None:
    assert network[WUXI].cases.find(CASE) is None
    answer_at_wuxi(network)
    settle(network)
    for zone in (CHANGZHOU, SUZHOU):
        [corrected] = [
            one.event for one in network[zone].cases.history(CASE) if isinstance(one.event, Corrected)
        ]
        assert (corrected.at_zone, dict(corrected.answers)) == (WUXI, {"branch_uscc": BRANCH})
    assert get(network[CHANGZHOU], CASE).stage == "concluded"
    assert outcome(network) == ("carried-out", "")
    assert network[WUXI].cases.find(CASE) is None, "the third zone keeps nothing of the case"


def test_a_second_one_is_refused_while_the_first_is_under_way(network: Network) -> None:
    answer_at_wuxi(network)
    with pytest.raises(Refused, match="under-way"):
        answer_at_wuxi(network)


def test_what_the_state_does_not_allow_comes_back_refused_with_its_reason(network: Network) -> None:
    answer_at_wuxi(network)
    settle(network)
    answer_at_wuxi(network)
    settle(network)
    newest = list_sent_elsewhere(network[WUXI])[0]
    assert newest.state == "refused"
    assert newest.why is not None
    assert "已经进入下一阶段" in newest.why.zh
    assert newest.next_step is not None
    assert names(network[CHANGZHOU], CASE).count("Corrected") == 1


def test_a_number_that_is_not_of_the_case_corrects_nothing(network: Network) -> None:
    answer_at_wuxi(network, party="320411199202030002")
    settle(network)
    assert outcome(network)[0] == "refused"
    assert "号码不是" in outcome(network)[1]
    assert "Corrected" not in names(network[CHANGZHOU], CASE)


def test_an_answer_that_changes_nothing_is_refused_there(network: Network) -> None:
    answer_at_wuxi(network, branch_uscc=WRONG_BRANCH)
    settle(network)
    assert outcome(network) == ("refused", "没有改动任何内容。")


def test_what_cannot_be_read_is_told_at_the_window_at_once(network: Network) -> None:
    for answers in ({"branch_uscc": "12"}, {"branch_uscc": ""}):
        with pytest.raises(Refused):
            answer_at_wuxi(network, **answers)
    assert list_sent_elsewhere(network[WUXI]) == ()


def test_a_file_that_comes_with_it_reaches_the_deciding_zone_and_no_other(network: Network) -> None:
    wuxi = network[WUXI]
    scan = wuxi.files.put(b"%PDF-1.7 made up", "application/pdf", "copy.pdf", wuxi.clock.now())
    answer_at_wuxi(network, branch_uscc=BRANCH, parent_licence_copy=scan)
    settle(network)
    assert network[CHANGZHOU].files.find(scan) == b"%PDF-1.7 made up"
    assert network[SUZHOU].files.find(scan) is None


def test_a_file_of_a_refused_correction_is_not_taken(network: Network) -> None:
    wuxi = network[WUXI]
    scan = wuxi.files.put(b"%PDF-1.7 made up", "application/pdf", "copy.pdf", wuxi.clock.now())
    answer_at_wuxi(network, party="x", parent_licence_copy=scan)
    settle(network)
    assert network[CHANGZHOU].transfers.wanted(CASE) == ()
    assert {one.last_fault for one in wuxi.exchange.outgoing(CASE)} == {
        "party.wrong-number",
        "message.wrong-route",
    }


def test_a_case_that_is_known_here_takes_the_ordinary_way(network: Network) -> None:
    correct_elsewhere(CASE, ROUTE, PARENT, {"branch_uscc": BRANCH}, CLERK, network[SUZHOU])
    settle(network)
    assert get(network[CHANGZHOU], CASE).stage == "concluded"
    assert get(network[CHANGZHOU], CASE).answers["branch_head"] == "演示甲", "blank answers erase nothing"


def test_a_case_of_this_zone_that_is_not_here_is_not_found(network: Network) -> None:
    with pytest.raises(NotFound):
        correct_elsewhere(
            CaseId("CZ260303-NONE2222"), ROUTE, PARENT, {"branch_uscc": BRANCH}, CLERK, network[CHANGZHOU]
        )
