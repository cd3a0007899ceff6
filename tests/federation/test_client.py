"""Sending: the same bytes until a receipt is here, waits that grow, and only a signed refusal is final."""

import json
from datetime import datetime, timedelta

import pytest

from tests.builders import AGENT, CHANGZHOU, SUZHOU, TUESDAY, WUXI, a_branch_application, keep_branch_records
from tests.federation.network import Network, message_signer
from tests.federation.test_attacks import claims_of
from tongban.crypto.digest import hex_digest
from tongban.crypto.jws import compose_jws
from tongban.domain.case.state import Case
from tongban.federation.inbound import Response
from tongban.federation.limits import BACK_OFF_SECONDS, LIFETIME, MAX_MESSAGE_BYTES, SPREAD_PERCENT
from tongban.federation.receipt import Arrival, compose_receipt
from tongban.federation.retry import next_attempt
from tongban.flows.ports import Outgoing
from tongban.flows.submit import submit
from tongban.kernel.ids import CaseId, MessageId, ZoneId

CASE = CaseId("CZ260303-SEND0001")
NOTICE: dict[str, object] = {"case": "CZ-1", "notice": "moved", "ground": "nurses-2020#10.1"}


def post(network: Network, body: dict[str, object] | None = None, case: str = "CZ-1") -> MessageId:
    """Queue a notice from Changzhou to Wuxi."""
    return network.deps(CHANGZHOU).exchange.post(WUXI, "zone.notice", body or NOTICE, CaseId(case))


def outgoing(network: Network, case: str = "CZ-1", zone: ZoneId = CHANGZHOU) -> Outgoing:
    return network.deps(zone).exchange.outgoing(CaseId(case))[-1]


def ask_wuxi(network: Network) -> None:
    """File a branch at Changzhou itself, so that only Wuxi has to be asked."""
    keep_branch_records(network.all_deps())
    submit(CASE, a_branch_application(), AGENT, network.deps(CHANGZHOU))


def case_of(network: Network) -> Case:
    case = network.deps(CHANGZHOU).cases.find(CASE)
    assert case is not None
    return case


def receipt_for(raw: bytes, message_id: str, code: str = "", by: ZoneId = WUXI, **changes: ZoneId) -> str:
    """Return a receipt as that zone would sign it."""
    return compose_receipt(
        message_signer(by), changes.get("me", by), changes.get("to", CHANGZHOU),
        (MessageId(message_id), hex_digest(raw)), TUESDAY, Arrival(1), code,
    )  # fmt: skip


def answer_with(network: Network, status: int, **body: object) -> None:
    """Have every peer answer this, whatever it did."""
    plain = {"receipt": None, "answer": None, **body}
    network.wire.answers = lambda path, response: Response(status, json.dumps(plain).encode())


def test_a_message_goes_out_once_its_receipt_is_here(network: Network) -> None:
    message_id = post(network)
    assert network.deliver(CHANGZHOU).delivered == 1
    assert outgoing(network).delivered_at == TUESDAY
    assert sum(network.deliver(CHANGZHOU).counts.values()) == 0
    assert len(network.wire.messages_to(WUXI)) == 1
    assert network.node(CHANGZHOU).station.messages.receipt_for(message_id)  # type: ignore[attr-defined]


def test_every_attempt_sends_the_same_bytes(network: Network) -> None:
    network.wire.down = {WUXI}
    post(network)
    for minutes in range(4):
        network.clock.at = TUESDAY + timedelta(minutes=10 * minutes)
        network.deliver(CHANGZHOU)
    network.wire.down = set()
    network.clock.at += timedelta(minutes=10)
    network.deliver(CHANGZHOU)
    assert len(network.wire.messages_to(WUXI)) == 5
    assert len(set(network.wire.messages_to(WUXI))) == 1
    assert outgoing(network).delivered_at is not None


@pytest.mark.parametrize(("attempts", "seconds"), list(enumerate((*BACK_OFF_SECONDS, 300, 300), start=1)))
def test_waits_grow_to_five_minutes_and_no_further(attempts: int, seconds: int) -> None:
    for pair in ("changzhou>wuxi", "wuxi>changzhou", "suzhou>wuxi"):
        waited = (next_attempt(attempts, TUESDAY, pair) - TUESDAY).total_seconds()
        assert seconds <= waited <= seconds * (1 + SPREAD_PERCENT / 100)


def test_pairs_of_zones_come_back_at_different_moments() -> None:
    pairs = ("changzhou>wuxi", "wuxi>changzhou", "suzhou>wuxi")
    assert len({next_attempt(9, TUESDAY, pair) for pair in pairs}) == len(pairs)


def test_a_peer_that_is_away_is_tried_once_for_a_whole_batch(network: Network) -> None:
    network.wire.down = {WUXI}
    for number in range(10):
        post(network, case=f"CZ-{number}")
    assert network.deliver(CHANGZHOU).waiting == 10
    assert len(network.wire.sent) <= 4  # as many as are in flight together
    assert {outgoing(network, f"CZ-{number}").last_fault for number in range(10)} == {"peer.away"}


def test_news_of_a_case_wait_behind_what_the_peer_could_not_take(network: Network) -> None:
    busy = json.dumps({"receipt": None, "answer": None, "code": "node.busy"}).encode()
    network.wire.answers = lambda path, response: Response(503, busy)
    for _ in range(3):
        post(network)
    assert network.deliver(CHANGZHOU).waiting == 3
    assert len(network.wire.messages_to(WUXI)) == 1
    faults = [message.last_fault for message in network.deps(CHANGZHOU).exchange.outgoing(CaseId("CZ-1"))]
    assert faults == ["node.busy", "peer.busy", "peer.busy"]


def test_one_peer_being_away_holds_up_nobody_else(network: Network) -> None:
    network.wire.down = {WUXI}
    post(network)
    network.deps(CHANGZHOU).exchange.post(SUZHOU, "zone.notice", NOTICE, CaseId("CZ-2"))
    tally = network.deliver(CHANGZHOU)
    assert (tally.delivered, tally.waiting) == (1, 1)


def test_a_zone_without_an_address_is_waited_for(network: Network) -> None:
    network.deps(CHANGZHOU).exchange.post(ZoneId("lingang"), "zone.notice", NOTICE, CaseId("CZ-1"))
    assert network.deliver(CHANGZHOU).waiting == 1
    assert outgoing(network).last_fault == "peer.no-address"


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (500, b"<html>", "http.500"),
        (302, b"", "http.302"),
        (200, b"[]", "http.200"),
        (200, b'{"receipt": 7}', "http.200"),
        (403, b'{"receipt": null, "code": "message.unknown-key"}', "message.unknown-key"),
        (422, b'{"receipt": null, "code": "message.malformed"}', "message.malformed"),
    ],
)
def test_whatever_is_not_signed_is_not_final(network: Network, status: int, body: bytes, fault: str) -> None:
    network.wire.answers = lambda path, response: Response(status, body)
    post(network)
    assert network.deliver(CHANGZHOU).waiting == 1
    assert (outgoing(network).last_fault, outgoing(network).delivered_at) == (fault, None)
    network.wire.answers = None
    network.clock.at += timedelta(minutes=1)
    assert network.deliver(CHANGZHOU).delivered == 1


def forged_receipts(raw: bytes) -> dict[str, str]:
    genuine = receipt_for(raw, "changzhou-1")
    return {
        "of another zone": receipt_for(raw, "changzhou-1", by=SUZHOU),
        "signed by another zone": receipt_for(raw, "changzhou-1", by=SUZHOU, me=WUXI),
        "for another zone": receipt_for(raw, "changzhou-1", to=SUZHOU),
        "for another message": receipt_for(raw, "changzhou-2"),
        "for other bytes": receipt_for(raw + b"x", "changzhou-1"),
        "with a broken signature": genuine[:-20] + genuine[-19:] + "A",
        "that is no receipt": "a.b.c",
    }


@pytest.mark.parametrize("which", list(forged_receipts(b"")))
def test_a_forged_receipt_is_not_believed(network: Network, which: str) -> None:
    network.wire.down = {WUXI}
    post(network)
    network.deliver(CHANGZHOU)
    network.wire.down = set()
    network.clock.at += timedelta(minutes=1)
    forged = forged_receipts(network.wire.messages_to(WUXI)[0])[which]
    answer_with(network, 201, receipt=forged)
    assert network.deliver(CHANGZHOU).waiting == 1
    assert (outgoing(network).last_fault, outgoing(network).delivered_at) == ("peer.bad-receipt", None)
    assert "message:out:changzhou-1" not in network.shelves[CHANGZHOU].leaves


def test_the_genuine_receipt_in_the_same_place_is_believed(network: Network) -> None:
    network.wire.down = {WUXI}
    post(network)
    network.deliver(CHANGZHOU)
    network.wire.down = set()
    network.clock.at += timedelta(minutes=1)
    answer_with(network, 201, receipt=receipt_for(network.wire.messages_to(WUXI)[0], "changzhou-1"))
    assert network.deliver(CHANGZHOU).delivered == 1


def test_a_signed_refusal_is_final_and_kept(network: Network) -> None:
    message_id = post(network, {"case": "CZ-1", "notice": "moved", "ground": "no-law#1"})
    assert network.deliver(CHANGZHOU).refused == 1
    refused = outgoing(network)
    assert (refused.last_fault, refused.delivered_at, refused.attempts) == ("message.no-ground", None, 1)
    network.clock.at += timedelta(days=1)
    assert sum(network.deliver(CHANGZHOU).counts.values()) == 0
    assert f"message:out:{message_id}" in network.shelves[CHANGZHOU].leaves
    assert network.node(CHANGZHOU).station.messages.receipt_for(message_id)  # type: ignore[attr-defined]


def test_a_refused_question_lets_the_case_go_on_to_a_person(network: Network) -> None:
    ask_wuxi(network)
    sent: list[bytes] = []

    def refuse(path: str, response: Response) -> Response:
        raw = network.wire.messages_to(WUXI)[-1]
        sent.append(raw)
        told = json.loads(response.body)
        message_id = f"changzhou-{len(sent)}"
        receipt = receipt_for(raw, message_id, "message.no-ground")
        return Response(422, json.dumps({**told, "receipt": receipt, "answer": None}).encode())

    network.wire.answers = refuse
    network.settle()
    case = case_of(network)
    assert not case.pending
    assert set(case.not_held.values()) == {"NOT_AUTHORISED"}
    assert case.stage != "concluded"


def test_a_question_that_nobody_answers_for_a_month_is_given_up_and_the_case_goes_on(
    network: Network,
) -> None:
    network.wire.down = {WUXI}
    ask_wuxi(network)
    network.settle()
    assert len(case_of(network).pending) == 2
    network.clock.at = TUESDAY + LIFETIME
    network.settle()
    case = case_of(network)
    assert not case.pending
    assert set(case.not_held.values()) == {"PROVIDER_DOWN"}
    assert {m.last_fault for m in network.deps(CHANGZHOU).exchange.outgoing(CASE)} == {"message.expired"}


def test_a_message_that_no_peer_would_take_is_given_up_and_the_others_go(network: Network) -> None:
    post(network, {**NOTICE, "filler": "x" * MAX_MESSAGE_BYTES}, "CZ-huge")
    post(network, case="CZ-fine")
    tally = network.deliver(CHANGZHOU)
    assert (tally.delivered, tally.refused) == (1, 1)
    assert outgoing(network, "CZ-huge").last_fault == "message.too-large"
    assert outgoing(network, "CZ-fine").delivered_at is not None


def answer_of(network: Network, change: dict[str, object]) -> None:
    """Have the wire exchange each answer for one that Wuxi signed with claims changed."""

    def exchange(path: str, response: Response) -> Response:
        told = json.loads(response.body)
        if told.get("answer"):
            claims = claims_of(told["answer"])
            told["answer"] = compose_jws(message_signer(WUXI), "zx-msg+jwt", {**claims, **change})
        return Response(response.status, json.dumps(told).encode())

    network.wire.answers = exchange


@pytest.mark.parametrize(
    "change", [{"re": "changzhou-99"}, {"aud": "suzhou"}, {"iss": "suzhou"}, {"body": 7}, {"seq": 0}], ids=str
)
def test_an_answer_that_is_none_is_asked_for_again(network: Network, change: dict[str, object]) -> None:
    ask_wuxi(network)
    answer_of(network, change)
    network.deliver(CHANGZHOU)
    asked = network.deps(CHANGZHOU).exchange.outgoing(CASE)
    assert {message.last_fault for message in asked} == {"peer.bad-answer"}
    assert len(case_of(network).pending) == 2
    network.wire.answers = None
    network.clock.at += timedelta(minutes=1)
    network.settle()
    assert case_of(network).stage == "concluded"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"case": CASE, "kind": "travel-agency-licence", "subject": "91320411MB0000007D", "evidence": {}},
        {"case": CASE, "kind": "something-else", "subject": "x", "error": "NO_MATCH"},
    ],
    ids=["empty", "evidence that is none", "about something that was not asked"],
)
def test_an_answer_that_is_of_no_use_lets_the_case_go_on_to_a_person(
    network: Network, body: dict[str, object]
) -> None:
    ask_wuxi(network)
    answer_of(network, {"body": body})
    network.settle()
    case = case_of(network)
    assert not case.pending
    assert set(case.not_held.values()) == {"UNUSABLE_ANSWER"}
    assert all(message.delivered_at for message in network.deps(CHANGZHOU).exchange.outgoing(CASE))
    kept = network.shelves[CHANGZHOU].received
    assert {zone for zone, _ in kept} == {WUXI}
    assert len(kept) == 2


def test_an_error_answer_is_an_answer(network: Network) -> None:
    keep_branch_records({CHANGZHOU: network.deps(CHANGZHOU)})  # Wuxi holds nothing
    submit(CASE, a_branch_application(), AGENT, network.deps(CHANGZHOU))
    network.settle()
    assert set(case_of(network).not_held.values()) == {"NO_MATCH"}


def test_a_case_shows_since_when_which_zone_is_asked(network: Network) -> None:
    network.wire.down = {WUXI}
    ask_wuxi(network)
    for _ in range(3):
        network.deliver(CHANGZHOU)
        network.clock.at += timedelta(minutes=1)
    shown = outgoing(network, CASE)
    since: datetime = shown.queued_at
    assert (shown.to_zone, since, shown.attempts, shown.last_fault) == (WUXI, TUESDAY, 3, "peer.away")
