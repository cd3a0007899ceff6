"""One application over three zones, with real envelopes, receipts and ledgers."""

from datetime import timedelta

from tests.builders import (
    AGENT,
    CHANGZHOU,
    SUZHOU,
    TUESDAY,
    WUXI,
    a_branch_application,
    keep_branch_records,
)
from tests.federation.network import Network
from tongban.crypto.jws import parse_object
from tongban.flows.submit import submit
from tongban.kernel.ids import CaseId

CASE = CaseId("SZ260303-THREE001")


def hand_in(network: Network) -> None:
    """A Wuxi agency files its Changzhou branch at Suzhou's portal."""
    keep_branch_records(network.all_deps())
    submit(CASE, a_branch_application(), AGENT, network.deps(SUZHOU))


def test_an_application_handed_in_at_one_zone_is_decided_by_another_with_what_a_third_holds(
    network: Network,
) -> None:
    hand_in(network)
    network.settle()
    decided, shown = (network.deps(zone).cases.find(CASE) for zone in (CHANGZHOU, SUZHOU))
    assert decided is not None
    assert shown is not None
    assert (decided.stage, shown.stage) == ("concluded", "concluded")
    assert decided.version == shown.version
    assert decided.credential_id == shown.credential_id


def test_every_message_has_its_receipt_at_the_sender(network: Network) -> None:
    hand_in(network)
    network.settle()
    for zone in (SUZHOU, WUXI, CHANGZHOU):
        sent = network.deps(zone).exchange.outgoing(CASE)
        assert all(message.delivered_at is not None for message in sent)
        store = network.node(zone).station.messages
        assert all(store.receipt_for(message.message_id) for message in sent)  # type: ignore[attr-defined]
    assert {message.type for message in network.deps(WUXI).exchange.outgoing(CASE)} == {"evidence.response"}


def test_both_sides_file_every_message_and_its_receipt_in_their_ledgers(network: Network) -> None:
    hand_in(network)
    network.settle()
    kinds = {
        zone: [key.split(":")[1] for key in network.shelves[zone].leaves if key.startswith("message:")]
        for zone in (SUZHOU, WUXI, CHANGZHOU)
    }
    sent = sum(len(network.shelves[zone].messages) for zone in network.shelves)
    assert sum(kinds[zone].count("out") for zone in kinds) == sent
    assert sum(kinds[zone].count("in") for zone in kinds) == sent
    assert sorted(kinds[WUXI]) == ["in", "in", "out", "out"]


def test_a_leaf_of_a_message_names_neither_peer_nor_case_nor_message(network: Network) -> None:
    hand_in(network)
    network.settle()
    for key, leaf in network.shelves[WUXI].leaves.items():
        if key.startswith("message:"):
            assert set(parse_object(leaf)) == {"t", "z", "at", "m", "r", "n"}
            assert CASE.encode() not in leaf
            assert b"changzhou" not in leaf


def test_a_peer_that_is_down_delays_the_case_and_the_case_shows_who_is_asked(network: Network) -> None:
    network.wire.down = {WUXI}
    hand_in(network)
    network.settle()
    for _ in range(2):
        network.clock.at += timedelta(seconds=3)
        network.settle()
    case = network.deps(CHANGZHOU).cases.find(CASE)
    assert case is not None
    assert {asked.ask.holder for asked in case.pending.values()} == {WUXI}
    assert {asked.asked_at for asked in case.pending.values()} == {TUESDAY}
    asked = [m for m in network.deps(CHANGZHOU).exchange.outgoing(CASE) if m.to_zone == WUXI]
    assert {(m.attempts, m.last_fault) for m in asked} == {(3, "peer.away")}
    network.wire.down = set()
    network.clock.at += timedelta(seconds=10)
    network.settle()
    after = network.deps(SUZHOU).cases.find(CASE)
    assert after is not None
    assert after.stage == "concluded"


def test_an_answer_that_is_lost_on_the_way_back_is_told_again_and_counts_once(network: Network) -> None:
    network.wire.deaf = {WUXI}
    hand_in(network)
    network.settle()
    assert len(network.shelves[WUXI].messages) == 1  # the second question waits behind the first
    network.wire.deaf = set()
    network.clock.at += timedelta(seconds=5)
    network.settle()
    case = network.deps(CHANGZHOU).cases.find(CASE)
    assert case is not None
    assert case.stage == "concluded"
    assert len(network.shelves[WUXI].messages) == 2
    questions = network.wire.messages_to(WUXI)
    assert len(questions) == 3
    assert len(set(questions)) == 2


def test_an_answer_without_receipt_is_sent_again_later_and_then_receipted(network: Network) -> None:
    network.wire.tamper = lambda zone, path, content: b"{}" if path.endswith("receipts") else content
    hand_in(network)
    network.settle()
    assert [m.delivered_at for m, _, _ in network.shelves[WUXI].messages] == [None, None]
    network.wire.tamper = None
    network.clock.at += timedelta(minutes=2, seconds=1)
    network.settle()
    assert all(message.delivered_at for message, _, _ in network.shelves[WUXI].messages)
    events = [type(one.event).__name__ for one in network.deps(CHANGZHOU).cases.history(CASE)]
    assert events.count("EvidenceAttached") == 3


def test_messages_of_one_case_that_overtake_each_other_end_in_the_same_story(network: Network) -> None:
    """The deciding zone's news reach the receiving zone in the wrong order."""
    network.wire.down = {SUZHOU}
    hand_in(network)
    network.settle()
    updates = [m for m, _, _ in network.shelves[CHANGZHOU].messages if m.type == "case.update"]
    assert len(updates) >= 2
    network.wire.down = set()
    network.shelves[CHANGZHOU].due_at[updates[0].message_id] = network.clock.at + timedelta(minutes=4)
    network.clock.at += timedelta(minutes=1)
    network.settle()
    replica = network.deps(SUZHOU).cases.find(CASE)
    assert replica is not None
    assert replica.version == 1
    network.clock.at += timedelta(minutes=6)
    network.settle()
    replica = network.deps(SUZHOU).cases.find(CASE)
    assert replica is not None
    assert replica.stage == "concluded"
