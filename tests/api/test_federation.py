"""The door for other zones: a whole node, spoken to by a peer whose key lies in its directory."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tongban.crypto.digest import hex_digest
from tongban.crypto.sign import Ed25519Signer, KeyRecord
from tongban.federation.directory import compose_key_file
from tongban.federation.envelope import Header, open_message, seal_message
from tongban.federation.limits import LIFETIME, MAX_MESSAGE_BYTES, MAX_RECEIPTS_BYTES
from tongban.federation.receipt import Arrival, check_receipt, compose_receipt, open_receipt
from tongban.fiction.zone import FictionalZone
from tongban.flows.message_store import ChannelHead
from tongban.flows.ports import Deps
from tongban.kernel.errors import Fault
from tongban.kernel.ids import MessageId, ZoneId
from tongban.kernel.text import Text

SUZHOU, WUXI = ZoneId("suzhou"), ZoneId("wuxi")
SIGNER = Ed25519Signer("wuxi#msg1", bytes([7]) * 32)
RECORD = KeyRecord(
    SIGNER.kid, SIGNER.alg, "msg", WUXI, SIGNER.public_jwk(),
    datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC),
)  # fmt: skip


@dataclass
class Peer:
    """Wuxi, as this node sees it: a key and an HTTP client."""

    deps: Deps
    client: Client
    head: ChannelHead = field(default_factory=ChannelHead)

    def seal(self, type_: str, body: Mapping[str, object], message_id: str) -> bytes:
        """Return the next message of Wuxi."""
        now = self.deps.clock.now()
        header = Header(MessageId(message_id), WUXI, SUZHOU, type_, now, now + LIFETIME)
        raw = seal_message(SIGNER, header, self.head, body)
        self.head = ChannelHead(self.head.last_seq + 1, hex_digest(raw))
        return raw

    def post(self, path: str, raw: bytes, media_type: str = "application/jose") -> Any:
        """Post bytes, without cookies or tokens."""
        return self.client.post(f"/exchange/{path}", raw, content_type=media_type)


@pytest.fixture
def peer(deps: Deps) -> Peer:
    """A peer that is in the directory."""
    (settings.DIRECTORY_FOLDER / "wuxi.json").write_bytes(compose_key_file([RECORD]))
    return Peer(deps, Client(enforce_csrf_checks=True, raise_request_exception=False))


@pytest.fixture
def question(fiction: FictionalZone) -> dict[str, object]:
    """A question about a firm that Suzhou knows."""
    record = next(record for record in fiction.records if record.kind == "business-licence")
    return {
        "case": "WX260303-DOOR0001",
        "item": "prepackaged-food-filing",
        "kind": record.kind,
        "subject": record.subject,
        "ground": "order-716-2019#7.1",
    }


def test_a_question_is_answered_with_receipt_and_facts_and_a_repeat_with_the_same(
    peer: Peer, question: dict[str, object]
) -> None:
    raw = peer.seal("evidence.request", question, "door-1")
    first, again = peer.post("messages", raw), peer.post("messages", raw)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    keys = {**peer.deps.directory.keys("msg")}
    receipt = open_receipt(first.json()["receipt"], keys, WUXI)
    check_receipt(receipt, SUZHOU, MessageId("door-1"), raw)
    assert receipt.is_accepted
    answer = open_message(first.json()["answer"].encode(), keys, WUXI)
    assert (answer.type, answer.header.answers) == ("evidence.response", "door-1")
    assert answer.body["evidence"]["subject"] == question["subject"]


def test_the_receipt_for_an_answer_is_taken(peer: Peer, question: dict[str, object]) -> None:
    told = peer.post("messages", peer.seal("evidence.request", question, "door-2")).json()
    answer = open_message(told["answer"].encode(), peer.deps.directory.keys("msg"), WUXI)
    message = (answer.message_id, answer.hash)
    token = compose_receipt(SIGNER, WUXI, SUZHOU, message, peer.deps.clock.now(), Arrival(1))
    body = json.dumps({"receipts": [token, "rubbish"]}).encode()
    response = peer.post("receipts", body, "application/json")
    assert (response.status_code, response.json()) == (200, {"codes": ["", "message.unreadable"]})
    sent = [m for m in peer.deps.exchange.outgoing(answer.body["case"]) if m.message_id == answer.message_id]
    assert [m.delivered_at is not None for m in sent] == [True]


@pytest.mark.parametrize(
    ("type_", "body", "code"),
    [
        ("evidence.gift", {}, "message.unknown-type"),
        ("case.submit", {"recorded": {"case_id": "x" * 400}}, "message.malformed"),
        ("case.update", {"case": ["x"], "events": []}, "message.malformed"),
        ("zone.notice", {"notice": "n", "ground": "no-law#1"}, "message.no-ground"),
    ],
)
def test_what_is_refused_is_kept_with_its_receipt_so_that_nothing_seems_to_be_missing(
    peer: Peer, question: dict[str, object], type_: str, body: dict[str, object], code: str
) -> None:
    raw = peer.seal(type_, body, "door-3")
    first, again = peer.post("messages", raw), peer.post("messages", raw)
    assert (first.status_code, again.status_code) == (422, 200)
    assert first.json() == again.json()
    keys = peer.deps.directory.keys("msg")
    assert open_receipt(first.json()["receipt"], keys, WUXI).code == code
    after = peer.post("messages", peer.seal("evidence.request", question, "door-4"))
    assert open_receipt(after.json()["receipt"], keys, WUXI).arrival == Arrival(2)


def test_a_gap_is_told(peer: Peer, question: dict[str, object]) -> None:
    peer.post("messages", peer.seal("evidence.request", question, "door-5"))
    peer.seal("evidence.request", question, "suppressed")
    told = peer.post("messages", peer.seal("evidence.request", question, "door-6")).json()
    receipt = open_receipt(told["receipt"], peer.deps.directory.keys("msg"), WUXI)
    assert receipt.arrival == Arrival(3, gap_after=1)


def test_a_case_that_is_not_here_is_put_off(peer: Peer) -> None:
    act = {"case": "SZ260303-NOTHERE1", "actor": {"kind": "applicant", "id": "a"}, "act": "withdraw"}
    response = peer.post("messages", peer.seal("case.act", act, "door-7"))
    assert (response.status_code, response.json()["code"]) == (425, "message.too-early")


@pytest.mark.parametrize("path", ["messages", "receipts"])
def test_a_body_that_is_too_long_is_refused(peer: Peer, path: str) -> None:
    longest = {"messages": MAX_MESSAGE_BYTES, "receipts": MAX_RECEIPTS_BYTES}[path]
    assert peer.post(path, b"x" * (longest + 1)).status_code == 413
    assert peer.post(path, b"x" * longest).status_code == 400


def test_rubbish_gets_words_and_no_trace(peer: Peer) -> None:
    response = peer.post("messages", b"a.b.c")
    assert response.status_code == 400
    assert response.json()["code"] == "message.unreadable"
    assert "Traceback" not in response.content.decode()


def test_a_stale_message_is_refused(peer: Peer, question: dict[str, object]) -> None:
    long_ago = peer.deps.clock.now() - LIFETIME - timedelta(seconds=5)
    header = Header(MessageId("door-8"), WUXI, SUZHOU, "evidence.request", long_ago, long_ago + LIFETIME)
    response = peer.post("messages", seal_message(SIGNER, header, ChannelHead(), question))
    assert (response.status_code, response.json()["code"]) == (400, "message.expired")


@pytest.mark.parametrize("path", ["messages", "receipts"])
def test_messages_and_receipts_are_only_posted(peer: Peer, path: str) -> None:
    assert peer.client.get(f"/exchange/{path}").status_code == 405


def test_a_node_that_is_busy_says_when_to_come_back(
    peer: Peer, question: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Fault("store.away", Text("不在", "away"))

    monkeypatch.setattr(type(peer.deps.registers), "find", fail)
    response = peer.post("messages", peer.seal("evidence.request", question, "door-9"))
    assert (response.status_code, response.json()["code"]) == (503, "node.busy")
    assert response.headers["Retry-After"] == "5"
    monkeypatch.undo()


def test_an_unknown_licence_is_not_found_here(peer: Peer) -> None:
    for number in ("1.2.156.3005.2.X.Y.Z", "x", "%00"):
        response = peer.client.get(f"/exchange/records/{number}")
        assert (response.status_code, response.json()) == (404, {"code": "record.not-here"})


def test_a_node_tells_its_zone_and_protocol(peer: Peer) -> None:
    assert peer.client.get("/exchange/health").json() == {"zone": "suzhou", "protocol": "TB-FED/1"}
