"""Die at any port call while a bundle is opened and its next cases open: one receipt, each case once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from tests.builders import CHANGZHOU, SUZHOU
from tests.crash.mortal import Died, Fate, mortal
from tests.flows.test_bundle_promises import MEMBER, PERMIT, SHOP, a_shop_network, signed
from tests.flows.test_bundle_promises import hand_in as hand_in_shop
from tests.flows.test_bundles import NUMBER as BRANCH_NUMBER
from tests.flows.test_bundles import a_network_with, branch_then_food, open_in
from tongban.domain.bundle.opened import Noted, SignedForMember
from tongban.domain.inquiry import OfferState
from tongban.flows.ask_promise_lists import ask_promise_lists
from tongban.flows.open_bundle import get_bundle_receipt
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.kernel.ids import BundleNumber, ZoneId

Network = Mapping[ZoneId, Deps]
SHOP_NUMBER = BundleNumber("YJS-SZ260303-00000001")


@dataclass(frozen=True)
class Way:
    """A bundle from the form to the last licence.

    Args:
        lead: the zone that leads; it decides every member here too.
        ready: makes the zones, with what their registers hold.
        hand_in: does what the applicant does, as one who tries again.
        licences: how many there are when all is over; each leaves three leaves, two for its document.
    """

    lead: ZoneId
    number: BundleNumber
    ready: Callable[[], Network]
    hand_in: Callable[[Network], None]
    licences: int

    def play(self, network: Network) -> None:
        """Hand in and let everything follow, over all zones."""
        self.hand_in(network)
        settle(network)


def hand_in_chain(network: Network) -> None:
    """A branch, and the food filing that opens when the branch has its licence."""
    open_in(dict(network))


def hand_in_promised(network: Network) -> None:
    """Every zone's list is asked first, then a promise is signed in the one form."""
    ask_promise_lists(SHOP_NUMBER, [PERMIT], SHOP, network[SUZHOU])
    settle(network)
    assert ask_promise_lists(SHOP_NUMBER, [PERMIT], SHOP, network[SUZHOU]).state is OfferState.OFFERED
    hand_in_shop(network, SignedForMember(MEMBER, signed()))


CHAIN = Way(CHANGZHOU, BRANCH_NUMBER, lambda: a_network_with(branch_then_food()), hand_in_chain, 2)
PROMISED = Way(SUZHOU, SHOP_NUMBER, a_shop_network, hand_in_promised, 1)
WAYS = {"chain": CHAIN, "promised": PROMISED}


def ending(way: Way, network: Network) -> dict[str, object]:
    """What must be the same however often the process died."""
    deps = network[way.lead]
    opened = get_bundle_receipt(way.number, deps)
    shelf = deps.cases._shelf  # type: ignore[attr-defined]
    return {
        "notes": [(one.id, one.note) for one in opened.members],
        "kept": (dict(opened.values), opened.pledges),
        "histories": [
            [type(one.event).__name__ for one in deps.cases.history(case_id)] for case_id in opened.case_ids
        ],
        "promises": [list(shelf.histories[one][0].event.pledges) for one in opened.case_ids],
        "cases": len(shelf.histories),
        "leaves": sum(not key.startswith("seal-act:") for key in shelf.leaves),
        "licences": len(shelf.credentials),
        "answered": sorted(one.zone for one in shelf.inquiries.values() if one.is_listed is False),
        "waiting": [message.message_id for message, _, _ in shelf.messages if message.is_on_its_way],
    }


def count_calls(way: Way) -> int:
    fate = Fate()
    way.play(mortal(way.ready(), fate))
    return fate.calls


def unharmed(way: Way) -> dict[str, object]:
    network = way.ready()
    way.play(network)
    return ending(way, network)


CALLS = {name: count_calls(way) for name, way in WAYS.items()}
UNHARMED = {name: unharmed(way) for name, way in WAYS.items()}
DEATHS = [(name, call) for name, calls in CALLS.items() for call in range(1, calls + 1)]


def test_unharmed_every_member_is_opened_once_and_licensed() -> None:
    for name, way in WAYS.items():
        found = UNHARMED[name]
        assert (found["licences"], found["cases"]) == (way.licences, way.licences)
        assert found["leaves"] == 3 * way.licences
        assert found["kept"] == ({}, ())
    assert UNHARMED["chain"]["notes"] == [("branch", Noted.OPENED), ("food", Noted.OPENED)]
    assert len(UNHARMED["promised"]["answered"]) == 2  # type: ignore[arg-type]


def test_there_are_enough_port_calls_to_die_at() -> None:
    assert min(CALLS.values()) > 40


@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("name", "at_call"), DEATHS)
def test_a_process_that_dies_at_any_port_call_ends_the_bundle_the_same(
    name: str, at_call: int, is_after: bool
) -> None:
    way = WAYS[name]
    network = way.ready()
    with pytest.raises(Died):
        way.play(mortal(network, Fate(at_call, is_after)))
    way.play(network)
    assert ending(way, network) == UNHARMED[name]
