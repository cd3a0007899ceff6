"""An original that nobody signed for in time opens one dispute by itself, and both zones see it."""

from datetime import timedelta

import pytest

from tests.builders import CHANGZHOU, SUZHOU, a_network, keep_branch_records, move_clock
from tests.flows.test_journey import CASE, Network, hand_in
from tongban.domain.case.events import Actor
from tongban.domain.liaison.acts import OriginalReceived
from tongban.domain.liaison.dispute import DisputeKind, read_disputes
from tongban.flows.lost_post import open_lost_post
from tongban.flows.originals import hand_on, send_original, take_original
from tongban.flows.post_office import settle

CLERK, THERE = Actor("clerk", "sz-clerk", "演示窗口员"), Actor("clerk", "cz-clerk", "演示窗口员乙")


@pytest.fixture
def network() -> Network:
    """A case received in Suzhou; its original is on its way to Changzhou, due on Friday."""
    zones = a_network()
    keep_branch_records(zones)
    hand_in(zones)
    original = take_original(CASE, "营业执照副本（演示）", 2, CLERK, zones[SUZHOU])
    send_original(CASE, original, "演示快递", "YS-0001", CLERK, zones[SUZHOU])
    settle(zones)
    return zones


def original_of(network: Network) -> str:
    (line,) = network[SUZHOU].liaison.list_matters("original", 9)
    return line.subject


def a_day_late(network: Network) -> None:
    due_on = network[SUZHOU].liaison.list_matters("original", 9)[0].due_on
    assert due_on is not None
    now = network[SUZHOU].clock.now()
    move_clock(network, now + (due_on - now.date()) + timedelta(days=1))


def tick(network: Network) -> list[int]:
    """Let the clock's job of every zone come by."""
    opened = [open_lost_post(deps) for deps in network.values()]
    settle(network)
    return opened


def disputes(network: Network, zone: str) -> list[tuple[DisputeKind, str, str, str]]:
    found = read_disputes(network[zone].liaison.list_of_case(CASE))
    return [(one.kind, one.zone, one.opened.against, one.opened.about) for one in found]


def test_in_time_nothing_is_opened(network: Network) -> None:
    assert tick(network) == [0, 0, 0]
    due_on = network[SUZHOU].liaison.list_matters("original", 9)[0].due_on
    move_clock(network, network[SUZHOU].clock.now().replace(day=due_on.day))
    assert tick(network) == [0, 0, 0]


def test_late_post_opens_one_dispute_that_both_zones_see_however_often_the_clock_comes_by(
    network: Network,
) -> None:
    a_day_late(network)
    assert sum(tick(network)) == 1
    assert sum(tick(network)) == 0
    expected = [(DisputeKind.LOST_POST, "suzhou", "changzhou", original_of(network))]
    assert disputes(network, SUZHOU) == disputes(network, CHANGZHOU) == expected
    for zone in (SUZHOU, CHANGZHOU):
        (line,) = network[zone].liaison.list_matters("dispute", 9)
        assert (line.about, line.state) == ("lost-post", "open")
    (one,) = read_disputes(network[CHANGZHOU].liaison.list_of_case(CASE))
    assert "YS-0001" in one.opened.words


def test_what_was_signed_for_in_time_opens_nothing(network: Network) -> None:
    hand_on(CASE, original_of(network), OriginalReceived("intact"), THERE, network[CHANGZHOU])
    settle(network)
    move_clock(network, network[SUZHOU].clock.now() + timedelta(days=30))
    assert tick(network) == [0, 0, 0]


def test_what_is_sent_again_and_lost_again_opens_another(network: Network) -> None:
    a_day_late(network)
    tick(network)
    hand_on(CASE, original_of(network), OriginalReceived("intact"), THERE, network[CHANGZHOU])
    settle(network)
    send_original(CASE, original_of(network), "演示快递", "YS-0002", THERE, network[CHANGZHOU])
    settle(network)
    a_day_late(network)
    assert sum(tick(network)) == 1
    assert [one[1] for one in disputes(network, SUZHOU)] == ["suzhou", "changzhou"]
