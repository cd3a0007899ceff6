"""An authorisation on record in one zone holds at another zone's window, by a signed question."""

from datetime import date, timedelta

import pytest

from tests.builders import CHANGZHOU, SUZHOU, WUXI, a_network, move_clock
from tongban.domain.case.events import ApplicantRef
from tongban.flows.ask_mandate import ask_mandate
from tongban.flows.mandates import Scope, give_mandate, require_mandate, revoke_mandate
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.receive import Incoming, receive
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ItemId, MessageId, ZoneId

ITEM, OTHER = ItemId("food-licence-new"), ItemId("food-licence-change")
WHO = ApplicantRef(
    "person", "320505199001010012", "演示甲（示例）", "", "320214198802020023", "演示帮办（示例）"
)


@pytest.fixture
def network() -> dict[ZoneId, Deps]:
    """Three zones; Suzhou has the authorisation on record: two acts of one item."""
    zones = a_network()
    scope = Scope((ITEM,), ("apply", "collect"), date(2026, 6, 30))
    give_mandate(WHO, scope, "paper", "sz-clerk", zones[SUZHOU])
    return zones


def codes(deps: Deps, item: ItemId = ITEM, act: str = "apply") -> list[str]:
    try:
        require_mandate(WHO, WHO.agent_id, item, act, deps)
    except Refused as refused:
        return [one.code for one in refused.problems]
    return []


def ask(network: dict[ZoneId, Deps], item: ItemId = ITEM) -> str:
    number = ask_mandate(WHO.id, WHO.agent_id, item, network[WUXI])
    settle(network)
    return number


def test_what_suzhou_has_on_record_holds_at_wuxis_window_today_within_its_scope(network) -> None:
    assert codes(network[WUXI]) == ["mandate.none"]
    number = ask(network)
    told = {one.zone: one.is_listed for one in network[WUXI].inquiries.list_of(number)}
    assert told == {SUZHOU: True, CHANGZHOU: False}
    assert codes(network[WUXI]) == []
    assert codes(network[WUXI], act="withdraw") == ["mandate.other-act"]
    assert codes(network[WUXI], OTHER) == ["mandate.other-item"]
    (kept,) = network[WUXI].hall.mandates.list_between(WHO.id, WHO.agent_id, 9)
    assert (kept.consent, kept.recorded_by, kept.helper_name) == ("zone", "suzhou", "演示帮办（示例）")


def test_it_ends_with_the_day_and_is_asked_anew_and_a_revocation_is_then_heard(network) -> None:
    ask(network)
    (given,) = network[SUZHOU].hall.mandates.list_between(WHO.id, WHO.agent_id, 9)
    revoke_mandate(given.id, WHO.id, network[SUZHOU])
    move_clock(network, network[WUXI].clock.now() + timedelta(days=1))
    assert codes(network[WUXI]) == ["mandate.expired"]
    ask(network)
    assert codes(network[WUXI]) == ["mandate.expired"]


def test_a_zone_vouches_only_for_what_it_has_on_record_itself(network) -> None:
    ask(network)
    number = ask_mandate(WHO.id, WHO.agent_id, ITEM, network[CHANGZHOU])
    settle(network)
    told = {one.zone: one.is_listed for one in network[CHANGZHOU].inquiries.list_of(number)}
    assert told == {SUZHOU: True, WUXI: False}


def test_an_answer_that_nobody_asked_for_gives_nothing(network) -> None:
    body = {
        "case": "WX260303-NOTASKED", "token": "x" * 16, "acts": ["apply"], "principal_name": "演示",
        "helper_name": "演示",
    }  # fmt: skip
    receive(Incoming(SUZHOU, MessageId("m"), "mandate.answer", body), network[WUXI])
    assert network[WUXI].hall.mandates.list_between(WHO.id, WHO.agent_id, 9) == ()


@pytest.mark.parametrize("changes", [{"ground": "all-2019#24"}, {"helper": 7}, {"principal": ""}], ids=str)
def test_a_question_without_its_ground_or_its_parts_is_refused(network, changes) -> None:
    body = {
        "case": "WX-1", "principal": WHO.id, "helper": WHO.agent_id, "item": ITEM, "ground": "all-2019#29.2",
        "token": "t", **changes,
    }  # fmt: skip
    with pytest.raises(Refused):
        receive(Incoming(WUXI, MessageId("m"), "mandate.question", body), network[SUZHOU])


def test_nobody_is_asked_about_nobody(network) -> None:
    with pytest.raises(Refused) as refused:
        ask_mandate("", "", ITEM, network[WUXI])
    assert [one.code for one in refused.value.problems] == ["mandate.no-principal", "mandate.no-helper"]
