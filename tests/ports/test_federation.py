"""The federation over the store: one zone's end stands on PostgreSQL, its peers stay in memory."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import AGENT, CHANGZHOU, WUXI, a_branch_application, keep_branch_records
from tests.federation.network import Network, a_network, message_signer
from tests.federation.test_client import NOTICE, answer_of
from tests.ports.conftest import NODE_KEY
from tongban.domain.case.state import Case
from tongban.federation.exchange import PeerExchange
from tongban.federation.limits import LIFETIME
from tongban.federation.station import Station
from tongban.flows.submit import submit
from tongban.kernel.ids import CaseId
from tongban.store.store import open_store

CASE = CaseId("CZ260303-STORE001")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def network(tmp_path: Path) -> Network:
    """Three zones that hold what the branch filing needs; Changzhou keeps everything in PostgreSQL."""
    network = a_network(tmp_path)
    keep_branch_records(network.all_deps())
    store = open_store(CHANGZHOU, network.clock, NODE_KEY, tmp_path / "files", lambda case: None)
    store.registers.keep(*network.shelves[CHANGZHOU].records.values())
    deps = replace(
        network.deps(CHANGZHOU),
        unit=store.unit,
        cases=store.cases,
        serials=store.serials,
        registers=store.registers,
        exchange=store.exchange,
        jobs=store.jobs,
        ledger=store.ledger,
        credentials=store.credentials,
        files=store.files,
        transfers=store.transfers,
    )
    station = Station(deps, store.messages, message_signer(CHANGZHOU), network.node(WUXI).station.address)
    network.wire.nodes[CHANGZHOU] = PeerExchange(station, network.wire)
    return network


def store_leaves(network: Network) -> list[str]:
    messages = network.node(CHANGZHOU).station.messages
    session = messages._session  # type: ignore[attr-defined]
    return [
        key for (key,) in session.read("SELECT key FROM store_ledgerleaf WHERE key LIKE 'message:%%'", [])
    ]


def ask_wuxi(network: Network) -> None:
    submit(CASE, a_branch_application(), AGENT, network.deps(CHANGZHOU))
    assert len(case_of(network).pending) == 2


def case_of(network: Network) -> Case:
    case = network.deps(CHANGZHOU).cases.find(CASE)
    assert case is not None
    return case


def test_a_case_is_concluded_with_what_a_peer_answers(network: Network) -> None:
    ask_wuxi(network)
    assert network.deliver(CHANGZHOU).delivered == 2
    assert case_of(network).stage == "concluded"
    sent = network.deps(CHANGZHOU).exchange.outgoing(CASE)
    assert all(message.delivered_at for message in sent)
    assert sorted(key.split(":")[1] for key in store_leaves(network)) == ["in", "in", "out", "out"]
    assert all(message.delivered_at for message, _, _ in network.shelves[WUXI].messages)


def test_a_lost_answer_is_told_again_and_counts_once(network: Network) -> None:
    network.wire.deaf = {WUXI}
    ask_wuxi(network)
    network.deliver(CHANGZHOU)
    network.wire.deaf = set()
    network.clock.at += timedelta(minutes=1)
    network.deliver(CHANGZHOU)
    assert case_of(network).stage == "concluded"
    events = [type(one.event).__name__ for one in network.deps(CHANGZHOU).cases.history(CASE)]
    assert events.count("EvidenceAttached") == 3


def test_an_answer_that_also_comes_by_itself_counts_once(network: Network) -> None:
    """The receipt got lost, so Wuxi sends its answers again; Changzhou tells the same receipts."""
    network.wire.tamper = lambda zone, path, content: b"{}" if path.endswith("receipts") else content
    ask_wuxi(network)
    network.deliver(CHANGZHOU)
    version = case_of(network).version
    network.wire.tamper = None
    network.clock.at += timedelta(minutes=3)
    assert network.deliver(WUXI).delivered == 2
    assert case_of(network).version == version


@pytest.mark.parametrize("body", [{}, {"case": CASE, "kind": "other", "subject": "x", "error": "NO_MATCH"}])
def test_an_answer_that_is_of_no_use_lets_the_case_go_on(network: Network, body: dict[str, object]) -> None:
    ask_wuxi(network)
    answer_of(network, {"body": body})
    assert network.deliver(CHANGZHOU).delivered == 2
    assert set(case_of(network).not_held.values()) == {"UNUSABLE_ANSWER"}


def test_a_peer_that_is_away_is_tried_again_and_given_up_after_a_month(network: Network) -> None:
    network.wire.down = {WUXI}
    ask_wuxi(network)
    for attempt in range(1, 4):
        assert network.deliver(CHANGZHOU).waiting == 2
        assert network.deliver(CHANGZHOU).waiting == 0
        shown = network.deps(CHANGZHOU).exchange.outgoing(CASE)
        assert {(m.attempts, m.last_fault) for m in shown} == {(attempt, "peer.away")}
        network.clock.at += timedelta(minutes=1)
    network.clock.at += LIFETIME
    assert network.deliver(CHANGZHOU).refused == 2
    assert set(case_of(network).not_held.values()) == {"PROVIDER_DOWN"}


def test_a_signed_refusal_is_final_and_kept(network: Network) -> None:
    body = {**NOTICE, "ground": "no-law#1"}
    message_id = network.deps(CHANGZHOU).exchange.post(WUXI, "zone.notice", body, CASE)
    assert network.deliver(CHANGZHOU).refused == 1
    (shown,) = network.deps(CHANGZHOU).exchange.outgoing(CASE)
    assert (shown.last_fault, shown.delivered_at) == ("message.no-ground", None)
    assert store_leaves(network) == [f"message:out:{message_id}"]
    network.clock.at += timedelta(days=1)
    assert sum(network.deliver(CHANGZHOU).counts.values()) == 0


def test_many_messages_go_out_in_one_unbroken_chain(network: Network) -> None:
    for number in range(40):
        network.deps(CHANGZHOU).exchange.post(WUXI, "zone.notice", NOTICE, CaseId(f"CZ-{number}"))
    assert network.deliver(CHANGZHOU).delivered == 40
    received = sorted(network.shelves[WUXI].received.values(), key=lambda one: one.seq)
    assert [one.seq for one in received] == list(range(1, 41))
