"""Die at any port call while a file goes between zones, start again: the file arrives, offered once."""

from collections.abc import Mapping

import pytest

from tests.builders import AGENT, CHANGZHOU, SUZHOU, a_branch_application
from tests.crash.test_reactions import Died, Fate, a_ready_network, mortal
from tongban.flows.keep_upload import keep_upload
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.submit import submit
from tongban.kernel.ids import CaseId, ZoneId

CASE = CaseId("SZ260303-CRASH002")
PHOTO = b"\xff\xd8\xff a made-up licence"


def play(network: Mapping[ZoneId, Deps]) -> None:
    """Hand in at Suzhou with a copy, as a client does that tries again, and let everything follow."""
    suzhou = network[SUZHOU]
    kept = keep_upload(PHOTO, "许可证.jpg", "answers.parent_licence_copy", suzhou)
    submit(CASE, a_branch_application(parent_licence_copy=kept.digest), AGENT, suzhou)
    settle(network)


def count_calls() -> int:
    network = a_ready_network()
    fate = Fate(0, False)
    play(mortal(network, fate))
    return fate.calls


CALLS = count_calls()


def read_ending(network: Mapping[ZoneId, Deps]) -> tuple[object, ...]:
    offers = [one for one in network[SUZHOU].exchange.outgoing(CASE) if one.type == "file.offer"]
    (offered,) = network[SUZHOU].transfers.offered(CASE)
    (wanted,) = network[CHANGZHOU].transfers.wanted(CASE)
    copy = network[CHANGZHOU].files.find(offered.digest)
    return len(offers), wanted.digest == offered.digest, wanted.arrived_at is not None, wanted.key, copy


@pytest.mark.parametrize("is_after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at_call", range(1, CALLS + 1))
def test_a_process_that_dies_at_any_port_call_brings_the_file_all_the_same(
    at_call: int, is_after: bool
) -> None:
    network = a_ready_network()
    with pytest.raises(Died):
        play(mortal(network, Fate(at_call, is_after)))
    for _ in range(2):  # what was claimed by the dead is claimed again a minute later
        play(network)
        network[SUZHOU].clock.at = network[SUZHOU].clock.at.replace(minute=5)  # type: ignore[attr-defined]
    settle(network)
    assert read_ending(network) == (1, True, True, b"", PHOTO)
