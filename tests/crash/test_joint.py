"""Die at any port call of a joint case, start again: one sub-case there, one result, one licence."""

from collections.abc import Mapping

import pytest

from tests.builders import SUZHOU, WUXI, ZONES, a_network
from tests.crash.mortal import Died, Fate, mortal
from tests.flows.from_examples import apply, hold
from tests.flows.test_joint_item import CASE, HEAD, ITEM, OFFICER, REASONS, STORE, THERE
from tongban.domain.liaison.joint import Joint, read_joints
from tongban.flows import examine
from tongban.flows.joint import give_part
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text
from tongban.packs.play_decision import play_decision

Network = Mapping[ZoneId, Deps]


def a_ready_network() -> dict[ZoneId, Deps]:
    """Accepted by Suzhou, and examined there but for the head's word; nothing told to Wuxi yet is lost."""
    network = a_network()
    hold(network, ITEM)
    return network


def joints_of(deps: Deps) -> tuple[Joint, ...]:
    return read_joints(deps.liaison.list_of_case(CASE))


def play(network: Network) -> None:
    """Hand in, give the part, decide; each as people do who try again until it is done."""
    apply(network, ITEM, CASE, received_in="changzhou", **STORE)
    suzhou, wuxi = network[SUZHOU], network[WUXI]
    (joint,) = joints_of(wuxi)
    if WUXI not in joint.given:
        give_part(joint.id, "agreed", "仓库符合要求", THERE, wuxi)
    settle(network)
    if suzhou.cases.find(CASE).stage == "assessed":  # type: ignore[union-attr]
        _decide(suzhou)
    settle(network)


def _decide(deps: Deps) -> None:
    """Sign, draft and approve what is not signed, drafted and approved yet."""
    try:
        play_decision(CASE, True, REASONS, OFFICER, deps)
    except Refused:
        case = deps.cases.find(CASE)
        assert case is not None
        if len(case.examination.findings) < 2:
            colleague = OFFICER.__class__("officer", f"{OFFICER.id}-2", OFFICER.name)
            examine.sign_finding(CASE, REASONS, colleague, deps)
        if case.examination.draft is None:
            examine.submit_for_approval(CASE, True, REASONS, OFFICER, deps)
        examine.approve(CASE, Text("", ""), HEAD, deps)


def ending(network: Network) -> tuple[object, ...]:
    """What must be the same however often the process died."""
    kinds = [
        sorted(type(act.act).__name__ for act in network[zone].liaison.list_of_case(CASE)) for zone in ZONES
    ]
    outcomes = [
        [(sorted(one.given), one.closing.result if one.closing else "") for one in joints_of(network[zone])]
        for zone in ZONES
    ]
    names = [type(one.event).__name__ for one in network[SUZHOU].cases.history(CASE)]
    open_lines = [network[zone].liaison.list_matters("part", 9) for zone in ZONES]
    return kinds, outcomes, names, open_lines


def count_calls() -> int:
    network, fate = a_ready_network(), Fate()
    play(mortal(network, fate))
    return fate.calls


UNHARMED = a_ready_network()
play(UNHARMED)
CALLS = count_calls()
STRIDE = 7
"""Every seventh call, before or behind it by turns: several hundred calls, each played twice."""


def test_the_unharmed_case_has_one_sub_case_and_one_result_everywhere() -> None:
    kinds, outcomes, names, open_lines = ending(UNHARMED)
    assert outcomes == [[(["wuxi"], "granted")]] * 3
    assert kinds[1] == ["JointClosed", "JointOpened", "PartAsked", "PartGiven", "PartOpened"]
    assert names.count("CredentialIssued") == 1
    assert open_lines == [(), (), ()]


@pytest.mark.parametrize("at_call", range(1, CALLS + 1, STRIDE))
def test_a_process_that_dies_at_any_port_call_leaves_one_sub_case_and_one_result(at_call: int) -> None:
    network = a_ready_network()
    with pytest.raises(Died):
        play(mortal(network, Fate(at_call, is_after=at_call % 2 == 0)))
    play(network)
    assert ending(network) == ending(UNHARMED)
