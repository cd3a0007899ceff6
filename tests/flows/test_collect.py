"""A hand-over has one record: the window's list and the proof of service cannot say different things."""

import pytest

from tests.builders import TUESDAY, WUXI, a_network
from tests.flows.ending_cases import CASE, CLERK, get, granted
from tests.flows.from_examples import apply, hold
from tongban.domain.case.ending import Delivered
from tongban.flows.collect import collect
from tongban.flows.deliver import deliver, is_handed_over
from tongban.flows.post_office import settle
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, ZoneId

PICKED_UP = Delivered(
    "pick-up", "演示甲", TUESDAY.date(), ZoneId("suzhou"), is_identity_checked=True, note="已签"
)
POSTED = Delivered("post", "演示甲", TUESDAY.date(), ZoneId("suzhou"), waybill="演示-1")


def test_what_the_window_hands_out_is_served_with_its_proof() -> None:
    suzhou, _ = granted(a_network())
    collect(CASE, "", CLERK, suzhou)
    delivered = get(suzhou).ending.delivered
    assert delivered is not None
    assert (delivered.way, delivered.received_by) == ("pick-up", get(suzhou).applicant.name)
    assert suzhou.hall.pickups.is_handed_out(CASE)
    with pytest.raises(Conflict):
        collect(CASE, "", CLERK, suzhou)


@pytest.mark.parametrize("way", [PICKED_UP, POSTED], ids=lambda one: one.way)
def test_what_was_served_any_other_way_is_not_handed_out_again(way: Delivered) -> None:
    suzhou, _ = granted(a_network())
    deliver(CASE, way, CLERK, suzhou)
    assert is_handed_over(get(suzhou), suzhou)
    with pytest.raises(Conflict):
        collect(CASE, "", CLERK, suzhou)
    assert suzhou.hall.pickups.is_handed_out(CASE) == (way.way == "pick-up")


def test_at_the_receiving_zone_the_list_and_the_message_are_one_act() -> None:
    network = a_network()
    hold(network, "prepackaged-food-filing")
    case = apply(network, "prepackaged-food-filing", "WX-PICKUP-1", received_in="wuxi")
    assert case.credential_id
    wuxi = network[WUXI]
    collect(CaseId("WX-PICKUP-1"), "", CLERK, wuxi)
    assert wuxi.hall.pickups.is_handed_out(CaseId("WX-PICKUP-1"))
    with pytest.raises(Conflict):
        collect(CaseId("WX-PICKUP-1"), "", CLERK, wuxi)
    settle(network)
    for zone in (case.deciding_zone, WUXI):
        delivered = get(network[zone], CaseId("WX-PICKUP-1")).ending.delivered
        assert delivered is not None
        assert delivered.at_zone == WUXI


def test_a_transaction_that_fails_leaves_neither() -> None:
    suzhou, _ = granted(a_network())

    def fail() -> None:
        with suzhou.unit():
            collect(CASE, "", CLERK, suzhou)
            raise KeyError(CASE)

    with pytest.raises(KeyError):
        fail()
    assert get(suzhou).ending.delivered is None
    assert not suzhou.hall.pickups.is_handed_out(CASE)
