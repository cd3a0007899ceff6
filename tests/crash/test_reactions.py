"""Die at any port call, start again: the case ends the same, with one leaf and one licence number."""

from collections.abc import Mapping

import pytest

from tests.builders import AGENT, CHANGZHOU, SUZHOU, a_branch_application, a_network, keep_branch_records
from tests.crash.mortal import Died, Fate, mortal
from tongban.flows.memory_shelf import MemoryUnit
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.submit import submit
from tongban.kernel.ids import CaseId, ZoneId

CASE = CaseId("SZ260303-CRASH001")


def play(network: Mapping[ZoneId, Deps]) -> None:
    """Hand the application in at Suzhou, as a client does that tries again, and let everything follow."""
    submit(CASE, a_branch_application(), AGENT, network[SUZHOU])
    settle(network)


def a_ready_network() -> dict[ZoneId, Deps]:
    network = a_network()
    keep_branch_records(network)
    return network


def ending(network: Mapping[ZoneId, Deps]) -> tuple[object, ...]:
    """What must be the same however often the process died."""
    decided = network[CHANGZHOU]
    return (
        [type(one.event).__name__ for one in decided.cases.history(CASE)],
        [type(one.event).__name__ for one in network[SUZHOU].cases.history(CASE)],
        sorted(key for key in decided.ledger._shelf.leaves if not key.startswith("seal-act:")),  # type: ignore[attr-defined]
        sorted(decided.credentials._shelf.credentials),  # type: ignore[attr-defined]
    )


def count_calls() -> int:
    network = a_ready_network()
    fate = Fate()
    play(mortal(network, fate))
    return fate.calls


UNHARMED = a_ready_network()
play(UNHARMED)
CALLS = count_calls()


def test_the_unharmed_case_ends_with_one_licence_and_its_three_leaves() -> None:
    _, _, leaves, licences = ending(UNHARMED)
    assert len(licences) == 1
    assert len(leaves) == 3


def test_there_are_enough_port_calls_to_die_at() -> None:
    assert CALLS > 40


@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at_call", range(1, CALLS + 1))
def test_a_process_that_dies_at_any_port_call_ends_the_case_the_same(at_call: int, is_after: bool) -> None:
    network = a_ready_network()
    with pytest.raises(Died):
        play(mortal(network, Fate(at_call, is_after)))
    play(network)
    dead_licence_numbers = 1 if at_call else 0
    events, copies, leaves, licences = ending(network)
    assert (events, copies) == ending(UNHARMED)[:2]
    assert (len(leaves), len(licences)) == (3, dead_licence_numbers)


def write_and_die(deps: Deps) -> None:
    """Write twice in one unit, and end before it does."""
    with deps.unit():
        deps.ledger.append("a", {"t": "x"})
        deps.serials.next()
        raise Died


def test_a_death_inside_a_unit_leaves_nothing_half_written() -> None:
    network = a_ready_network()
    deps = network[CHANGZHOU]
    assert isinstance(deps.unit, MemoryUnit)
    with pytest.raises(Died):
        write_and_die(deps)
    assert deps.ledger._shelf.leaves == {}  # type: ignore[attr-defined]
    assert deps.serials.next() == 1
