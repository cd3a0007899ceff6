"""Die at any port call of a hearing, or of a licence's end, start again: everything is there once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import AGENT, CHANGZHOU, SUZHOU, TUESDAY, ZONES, a_network, move_clock
from tests.crash.mortal import Died, Fate, MortalUnit, mortal
from tests.domain.case.examining_cases import FIRST, HEAD, THIRD, WHY
from tests.flows import ending_cases as endings
from tests.flows.test_examine import CASE, DAY, REASONS, hand_in
from tongban.domain.case.ending import Delivered
from tongban.flows import be_heard, end_licence, examine
from tongban.flows.archive_case import archive_case
from tongban.flows.deliver import deliver
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.write_papers import write_papers
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.text import Text

Network = Mapping[ZoneId, Deps]
PLACE = Text("三楼会议室", "Room 3")


def once(deps: Deps, case_id: CaseId, event: str, act: Callable[[], object]) -> None:
    """Act as people do who look first whether it is done, and try until it is."""
    if event not in {type(one.event).__name__ for one in deps.cases.history(case_id)}:
        act()


def a_heard_network() -> dict[ZoneId, Deps]:
    """Accepted by Changzhou, received by Suzhou, and nobody told of the right to a hearing yet."""
    return {ZoneId(zone): deps for zone, deps in hand_in().items()}


def play_hearing(network: Network) -> None:
    """Tell, ask at the zone that received, schedule, hold, decide by the head, and write every document."""
    here, there = network[CHANGZHOU], network[SUZHOU]
    once(here, CASE, "HearingRightAnnounced", lambda: examine.tell_hearing_right(CASE, FIRST, here))
    settle(network)
    once(here, CASE, "HearingRequested", lambda: be_heard.request_hearing(CASE, "applicant", AGENT, there))
    settle(network)
    held_on = DAY + timedelta(days=10)
    once(
        here,
        CASE,
        "HearingScheduled",
        lambda: examine.schedule_hearing(CASE, held_on, "09:30", PLACE, THIRD, FIRST, here),
    )
    settle(network)
    move_clock(network, TUESDAY + timedelta(days=10))
    once(here, CASE, "HearingHeld", lambda: examine.record_hearing(CASE, WHY, ("演示主持人",), FIRST, here))
    case = here.cases.find(CASE)
    assert case is not None
    record = case.examination.hearing.record_version
    if case.decision is None and case.examination.draft is None:
        examine.submit_for_approval(CASE, True, REASONS, FIRST, here, record)
    once(here, CASE, "Granted", lambda: examine.approve(CASE, Text("", ""), HEAD, here))
    finish(network)


def a_licensed_network() -> dict[ZoneId, Deps]:
    """A permit that was granted, and kept what it promised."""
    network = a_network()
    endings.granted(network)
    return network


def play_ending(network: Network) -> None:
    """Serve the licence, propose to revoke it, hear its holder, revoke, and put the case into the archive."""
    suzhou, number = network[SUZHOU], endings.CASE
    served = Delivered("pick-up", "演示甲", DAY, SUZHOU, is_identity_checked=True)
    once(suzhou, number, "Delivered", lambda: deliver(number, served, endings.CLERK, suzhou))
    once(
        suzhou,
        number,
        "EndingProposed",
        lambda: end_licence.propose_ending(
            number, "VoidLicence", "abuse", endings.WORDS, endings.OFFICER, suzhou
        ),
    )
    once(
        suzhou,
        number,
        "ProposalAnswered",
        lambda: end_licence.state_on_ending(number, "我有话说。", AGENT, suzhou),
    )
    once(
        suzhou,
        number,
        "LicenceVoided",
        lambda: end_licence.void_granted(number, "abuse", endings.WORDS, endings.HEAD, suzhou),
    )
    once(suzhou, number, "CaseArchived", lambda: archive_case(number, endings.OFFICER, suzhou))
    finish(network)


def finish(network: Network) -> None:
    """Let everything follow, documents too."""
    settle(network)
    for deps in network.values():
        while write_papers(deps):
            pass
    settle(network)


def ending_of(network: Network, case_id: CaseId) -> tuple[object, ...]:
    """What must be the same however often the process died: steps, documents, licences, lists, leaves."""
    histories = [[type(one.event).__name__ for one in network[zone].cases.history(case_id)] for zone in ZONES]
    papers = [
        [kept.paper.kind for kept in network[zone].papers.list_of([case_id]).get(case_id, ())]
        for zone in ZONES
    ]
    numbers = [
        [kept.paper.number for kept in network[zone].papers.list_of([case_id]).get(case_id, ())]
        for zone in ZONES
    ]
    assert all(len(some) == len(set(some)) for some in numbers)
    licences = [sorted(network[zone].credentials._shelf.credentials) for zone in ZONES]  # type: ignore[attr-defined]
    handed_out = [network[zone].hall.pickups.is_handed_out(case_id) for zone in ZONES]
    leaves = [
        len([key for key in network[zone].ledger._shelf.leaves if not key.startswith("seal-act:")])  # type: ignore[attr-defined]
        for zone in ZONES
    ]
    return histories, papers, [len(some) for some in licences], handed_out, leaves


def doomed(network: Network, fate: Fate) -> dict[ZoneId, Deps]:
    """Return the network with every port mortal, and every end of a unit too."""
    return {
        zone: replace(deps, unit=MortalUnit(deps.unit, fate)) for zone, deps in mortal(network, fate).items()
    }


WAYS = {
    "hearing": (a_heard_network, play_hearing, CASE),
    "ending": (a_licensed_network, play_ending, endings.CASE),
}


def unharmed(name: str) -> tuple[int, tuple[object, ...]]:
    """Return how many port calls a way makes, and how it ends when nobody dies."""
    make, play, case_id = WAYS[name]
    network, fate = make(), Fate()
    play(doomed(network, fate))
    return fate.calls, ending_of(network, case_id)


CALLS = {name: unharmed(name) for name in WAYS}
DEATHS = [(name, at) for name, (calls, _) in CALLS.items() for at in range(1, calls + 1)]


def test_the_unharmed_hearing_is_asked_for_held_and_decided_with_every_document_once() -> None:
    histories, papers, *_ = CALLS["hearing"][1]
    assert [name for name in histories[2] if name in HEARING] == list(HEARING)  # type: ignore[index]
    assert papers[2].count("hearing-record") == papers[2].count("grant") == 1  # type: ignore[index]


def test_the_unharmed_licence_is_served_voided_and_archived_with_every_document_once() -> None:
    histories, papers, *_ = CALLS["ending"][1]
    assert [name for name in histories[0] if name in ENDING] == list(ENDING)  # type: ignore[index]
    assert papers[0].count("licence-voided") == papers[0].count("delivery") == 1  # type: ignore[index]


HEARING = ("HearingRightAnnounced", "HearingRequested", "HearingScheduled", "HearingHeld",
           "ApprovalRequested", "DecisionApproved", "Granted", "CredentialIssued")  # fmt: skip
ENDING = ("Delivered", "EndingProposed", "ProposalAnswered", "LicenceVoided", "CaseArchived")


@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("name", "at_call"), DEATHS)
def test_a_process_that_dies_at_any_port_call_leaves_every_act_and_document_once(
    name: str, at_call: int, is_after: bool
) -> None:
    make, play, case_id = WAYS[name]
    network = make()
    with pytest.raises(Died):
        play(doomed(network, Fate(at_call, is_after)))
    play(network)
    assert ending_of(network, case_id) == CALLS[name][1]
