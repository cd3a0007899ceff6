"""Every other zone's list is asked before a promise is offered, once, and answers yes or no."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import CHANGZHOU, SUZHOU, TUESDAY, WUXI, a_network, catalogue, keep, move_clock
from tongban.domain.inquiry import OfferState
from tongban.flows.ask_promise_lists import ask_promise_lists, find_promise_offer
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.receive import Incoming, receive
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ItemId, MessageId, ZoneId

NUMBER, SHOP, OTHER_SHOP = "SZ260303-PROMISE1", "92320505YY9900014X", "91320505YY9901017H"
PERMIT = catalogue().get_item(ItemId("hairdresser-hygiene-permit"), SUZHOU)
PLAIN = catalogue().get_item(ItemId("prepackaged-food-filing"), SUZHOU)
GROUND = "state-council-office-2020-42#broken-promise"


def ask(network: Mapping[ZoneId, Deps], subject: str = SHOP) -> OfferState:
    return ask_promise_lists(NUMBER, [PERMIT], subject, network[SUZHOU]).state


def sent(deps: Deps) -> list[tuple[str, str, dict[str, object]]]:
    messages = deps.exchange._shelf.messages  # type: ignore[attr-defined]
    return [(message.type, message.to_zone, body) for message, body, _ in messages]


def question(**changes: object) -> Incoming:
    body = {"case": NUMBER, "items": [PERMIT.id], "subject": SHOP, "ground": GROUND, "token": "T"}
    return Incoming(SUZHOU, MessageId("m-1"), "promise.question", {**body, **changes})


def test_both_other_zones_are_asked_and_their_noes_let_it_be_offered() -> None:
    network = a_network()
    assert ask(network) is OfferState.WAITING
    settle(network)
    assert ask(network) is OfferState.OFFERED
    assert sorted(zone for _, zone, _ in sent(network[SUZHOU])) == [CHANGZHOU, WUXI]


def test_a_question_names_number_items_and_ground_and_the_answer_is_yes_or_no() -> None:
    network = a_network()
    keep(network[WUXI], "broken-promises", SHOP, is_listed=True, listed_on=TUESDAY.date(), about="演示")
    ask(network)
    body = sent(network[SUZHOU])[0][2]
    assert {**body, "token": ""} == {
        "case": NUMBER, "items": [PERMIT.id], "subject": SHOP, "ground": GROUND, "token": "",
    }  # fmt: skip
    told = receive(question(), network[WUXI])
    assert told == ("promise.answer", {"case": NUMBER, "token": "T", "is_listed": True})


def test_one_zones_yes_keeps_it_from_being_offered() -> None:
    network = a_network()
    keep(network[CHANGZHOU], "broken-promises", SHOP, is_listed=True)
    ask(network)
    settle(network)
    offer = find_promise_offer(NUMBER, [PERMIT], SHOP, network[SUZHOU])
    assert (offer.state, offer.listed_in) == (OfferState.LISTED, (CHANGZHOU,))


def test_nobody_is_asked_about_whom_the_own_list_holds_or_for_an_item_without_a_promise() -> None:
    network = a_network()
    keep(network[SUZHOU], "broken-promises", SHOP, is_listed=True)
    assert ask(network) is OfferState.LISTED
    assert ask_promise_lists(NUMBER, [PLAIN], OTHER_SHOP, network[SUZHOU]).state is OfferState.OFFERED
    assert sent(network[SUZHOU]) == []


def test_asking_again_while_the_answer_is_on_its_way_puts_no_second_question() -> None:
    network = a_network()
    ask(network)
    ask(network)
    assert len(sent(network[SUZHOU])) == 2


def test_a_zone_that_is_away_keeps_it_back_until_it_comes_back() -> None:
    network = a_network()
    here = {zone: deps for zone, deps in network.items() if zone != WUXI}
    ask(network)
    settle(here)
    offer = find_promise_offer(NUMBER, [PERMIT], SHOP, network[SUZHOU])
    assert (offer.state, offer.waiting_for) == (OfferState.WAITING, (WUXI,))
    settle(network)
    assert ask(network) is OfferState.OFFERED


def test_another_applicant_under_the_same_number_is_asked_about_anew() -> None:
    network = a_network()
    ask(network)
    settle(network)
    assert ask(network, OTHER_SHOP) is OfferState.WAITING
    settle(network)
    assert ask(network, OTHER_SHOP) is OfferState.OFFERED


def test_an_answer_to_an_earlier_question_is_not_taken_for_this_one() -> None:
    network = a_network()
    ask(network)
    earlier = sent(network[SUZHOU])[0][2]
    ask(network, OTHER_SHOP)
    late = {"case": NUMBER, "token": earlier["token"], "is_listed": False}
    receive(Incoming(CHANGZHOU, MessageId("m-2"), "promise.answer", late), network[SUZHOU])
    receive(Incoming(WUXI, MessageId("m-3"), "promise.answer", late), network[SUZHOU])
    assert ask(network, OTHER_SHOP) is OfferState.WAITING


def test_an_old_answer_is_asked_for_again() -> None:
    network = a_network()
    ask(network)
    settle(network)
    move_clock(network, TUESDAY + timedelta(days=2))
    assert ask(network) is OfferState.WAITING
    settle(network)
    assert ask(network) is OfferState.OFFERED


@pytest.mark.parametrize(
    "changes",
    [{"ground": "order-716-2019#7"}, {"items": []}, {"items": [PLAIN.id]}, {"items": ["no-such-item"]}],
    ids=["another ground", "no item", "an item without a promise", "no such item"],
)
def test_a_question_without_its_purpose_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        receive(question(**changes), a_network()[WUXI])
    assert refused.value.problems[0].code == "message.no-ground"


@pytest.mark.parametrize("changes", [{"case": ""}, {"items": ["x"] * 31}, {"subject": 7}, {"items": "xy"}])
def test_a_question_that_cannot_be_read_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Refused):
        receive(question(**changes), a_network()[WUXI])


def test_a_refused_question_is_no_answer_and_may_be_put_again() -> None:
    network = a_network()
    known = replace(catalogue(), kinds={**catalogue().kinds})
    kind = known.kinds["broken-promises"]
    strict = replace(known, kinds={**known.kinds, kind.id: replace(kind, grounds=())})
    ask(network)
    settle({**network, WUXI: replace(network[WUXI], catalogue=strict)})
    assert find_promise_offer(NUMBER, [PERMIT], SHOP, network[SUZHOU]).waiting_for == (WUXI,)
    ask(network)
    assert len(sent(network[SUZHOU])) == 2
    ask_promise_lists(NUMBER, [PERMIT], SHOP, network[SUZHOU], anew=True)
    settle(network)
    assert ask(network) is OfferState.OFFERED
