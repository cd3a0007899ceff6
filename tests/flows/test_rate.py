"""An applicant rates both zones of a handling, each once, when it has ended; a bad rating is put right."""

from datetime import date

import pytest

from tests.builders import CHANGZHOU, SUZHOU, a_network, keep_branch_records
from tests.flows.test_journey import CASE, Network, hand_in
from tongban.domain.case.events import Actor
from tongban.flows.post_office import settle
from tongban.flows.rate import Opinion, parts_of, rate, rectify
from tongban.flows.receive import Incoming, receive
from tongban.kernel.errors import Conflict, NotFound, Refused
from tongban.kernel.ids import MessageId, ZoneId

HEAD = Actor("head", "changzhou-head", "演示负责人")
SLOW = Opinion("dissatisfied", ("too-slow",), "等了三天。")


@pytest.fixture
def network() -> Network:
    zones = a_network()
    keep_branch_records(zones)
    return zones


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_both_zones_of_a_handling_are_rated_each_once(network: Network) -> None:
    hand_in(network)
    case = network[SUZHOU].cases.find(CASE)
    assert case is not None
    assert parts_of(case) == ("receiving", "deciding")
    rate(CASE, "receiving", Opinion("very-satisfied"), network[SUZHOU])
    rate(CASE, "deciding", SLOW, network[SUZHOU])
    settle(network)
    there = network[CHANGZHOU].ratings.find(CASE, "deciding")
    assert there is not None
    assert (there.zone, there.level) == (CHANGZHOU, "dissatisfied")
    assert (there.details, there.words) == (("too-slow",), "等了三天。")
    assert there.rectify_by == date(2026, 3, 24)
    assert network[CHANGZHOU].ratings.find(CASE, "receiving") is None
    with pytest.raises(Refused) as refused:
        rate(CASE, "deciding", Opinion("very-satisfied"), network[SUZHOU])
    assert codes(refused) == ["rating.twice"]


def test_a_case_is_rated_when_it_has_ended(network: Network) -> None:
    hand_in(network, scope=["outbound"])
    with pytest.raises(Refused) as refused:
        rate(CASE, "deciding", Opinion("dissatisfied"), network[CHANGZHOU])
    assert codes(refused) == ["rating.says-nothing", "rating.too-early"]
    with pytest.raises(NotFound):
        rate(CASE, "somebody", Opinion("satisfied"), network[CHANGZHOU])


def test_who_was_rated_there_first_is_not_rated_again_by_a_late_message(network: Network) -> None:
    hand_in(network)
    rate(CASE, "deciding", Opinion("satisfied"), network[CHANGZHOU])
    rate(CASE, "deciding", SLOW, network[SUZHOU])
    settle(network)
    kept = network[CHANGZHOU].ratings.find(CASE, "deciding")
    assert kept is not None
    assert kept.level == "satisfied"


@pytest.mark.parametrize(
    ("from_zone", "part", "level", "code"),
    [
        ("wuxi", "deciding", "satisfied", "message.wrong-route"),
        ("suzhou", "receiving", "satisfied", "message.wrong-route"),
        ("suzhou", "deciding", "splendid", "message.malformed"),
    ],
)
def test_a_message_that_may_not_rate_changes_nothing(
    network: Network, from_zone: str, part: str, level: str, code: str
) -> None:
    hand_in(network)
    body = {"case": CASE, "part": part, "level": level, "details": [], "words": ""}
    message = Incoming(ZoneId(from_zone), MessageId("m-1"), "case.rating", body)
    with pytest.raises(Refused) as refused:
        receive(message, network[CHANGZHOU])
    assert codes(refused)[0] == code
    assert network[CHANGZHOU].ratings.find(CASE, part) is None


def test_a_bad_rating_is_put_right_in_words_and_with_a_call_back(network: Network) -> None:
    hand_in(network)
    rate(CASE, "deciding", SLOW, network[SUZHOU])
    settle(network)
    deps = network[CHANGZHOU]
    with pytest.raises(Refused) as refused:
        rectify(CASE, "deciding", " ", False, HEAD, deps)
    assert codes(refused) == ["rating.no-words", "rating.no-call"]
    rectify(CASE, "deciding", "已核实：节假日积压，已加派人手。", True, HEAD, deps)
    kept = deps.ratings.find(CASE, "deciding")
    assert kept is not None
    assert kept.rectified is not None
    assert kept.rectified.name == "演示负责人"
    with pytest.raises(Conflict):
        rectify(CASE, "deciding", "再来一次", True, HEAD, deps)
    with pytest.raises(NotFound):
        rectify(CASE, "deciding", "不是本区的", True, HEAD, network[SUZHOU])
