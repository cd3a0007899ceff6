"""A licence collected at a third zone's window: it checks, the deciding zone keeps the proof."""

from dataclasses import replace

import pytest

from tests.builders import SUZHOU, TUESDAY, WUXI, a_network
from tests.flows.ending_cases import CASE, CLERK, get, granted
from tongban.domain.case.ending import Delivered
from tongban.flows.deliver_elsewhere import deliver_elsewhere
from tongban.flows.post_office import settle
from tongban.kernel.errors import NotFound, Refused

TAKEN = Delivered("pick-up", "演示甲", TUESDAY.date(), SUZHOU, is_identity_checked=True, note="纸质回证已签")


def test_the_proof_of_service_of_a_third_zone_reaches_the_deciding_zone() -> None:
    network = a_network()
    suzhou, case = granted(network)
    wuxi = network[WUXI]
    assert wuxi.cases.find(CASE) is None
    deliver_elsewhere(CASE, SUZHOU, case.applicant.id, TAKEN, CLERK, wuxi)
    settle(network)
    delivered = get(suzhou).ending.delivered
    assert delivered is not None
    assert (delivered.way, delivered.at_zone, delivered.note) == ("pick-up", WUXI, TAKEN.note)


def test_twice_is_once_and_the_first_proof_stays() -> None:
    network = a_network()
    suzhou, case = granted(network)
    for who in ("演示甲", "演示乙"):
        told = replace(TAKEN, received_by=who)
        deliver_elsewhere(CASE, SUZHOU, case.applicant.id, told, CLERK, network[WUXI])
        settle(network)
    delivered = get(suzhou).ending.delivered
    assert delivered is not None
    assert delivered.received_by == "演示甲"


def test_a_number_that_is_not_of_the_case_serves_nothing() -> None:
    network = a_network()
    suzhou, _ = granted(network)
    deliver_elsewhere(CASE, SUZHOU, "320411199202030002", TAKEN, CLERK, network[WUXI])
    settle(network)
    assert get(suzhou).ending.delivered is None


def test_post_and_opening_are_not_taken_from_a_third_zone() -> None:
    network = a_network()
    suzhou, case = granted(network)
    posted = replace(TAKEN, way="post", waybill="演示-1")
    deliver_elsewhere(CASE, SUZHOU, case.applicant.id, posted, CLERK, network[WUXI])
    settle(network)
    assert get(suzhou).ending.delivered is None


def test_what_is_missing_at_the_window_is_told_at_once() -> None:
    network = a_network()
    bare = replace(TAKEN, received_by="", is_identity_checked=False, note="")
    with pytest.raises(Refused) as refused:
        deliver_elsewhere(CASE, SUZHOU, "x", bare, CLERK, network[WUXI])
    assert {one.pointer for one in refused.value.problems} == {"received_by", "is_identity_checked", "note"}


def test_a_case_of_this_zone_that_is_not_here_is_not_found() -> None:
    with pytest.raises(NotFound):
        deliver_elsewhere(CASE, WUXI, "x", TAKEN, CLERK, a_network()[WUXI])
