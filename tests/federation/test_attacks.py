"""What an attacker, or a peer gone wrong, may send: refused with the protocol's code, and nothing changed."""

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import CHANGZHOU, PARENT, SUZHOU, TUESDAY, WUXI, issue_signer, keep_branch_records
from tests.federation.network import Network, a_header, log_signer, message_signer, sealed
from tongban.crypto.base64url import to_base64url
from tongban.crypto.digest import hex_digest
from tongban.crypto.jws import compose_jws, parse_object
from tongban.federation.codes import STATUS
from tongban.federation.envelope import open_message
from tongban.federation.limits import CLOCK_SKEW, LIFETIME, MAX_MESSAGE_BYTES, PATIENCE
from tongban.flows.message_store import ChannelHead
from tongban.kernel.errors import Refused
from tongban.kernel.ids import MessageId, ZoneId

QUESTION: dict[str, object] = {
    "case": "CZ260303-ATTACK01",
    "item": "travel-agency-branch-filing",
    "kind": "travel-agency-licence",
    "subject": PARENT,
    "ground": "travel-agencies-2020#10.1",
}
HEADER = a_header(CHANGZHOU, WUXI, "evidence.request")

ACTOR = {"kind": "applicant", "id": "a"}


def tell(network: Network, raw: bytes, zone: ZoneId = WUXI) -> tuple[int, dict[str, object]]:
    """Post bytes to a zone as anybody could; return status and answer."""
    response = network.node(zone).accept_message(raw)
    return response.status, json.loads(response.body)


def claims_of(token: object) -> dict[str, object]:
    """Read what a token says without checking it."""
    assert isinstance(token, str)
    part = token.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))))


def snapshot(network: Network, zone: ZoneId = WUXI) -> dict[str, object]:
    """Everything a zone keeps, to compare."""
    return {name: repr(value) for name, value in network.shelves[zone].__dict__.items()}


def forged(claims: Mapping[str, object], **changes: object) -> bytes:
    """Return a message with claims changed, signed with the sender's real key."""
    return compose_jws(message_signer(CHANGZHOU), "zx-msg+jwt", {**claims, **changes}).encode()


def with_bad_signature(raw: bytes) -> bytes:
    """Exchange two letters in the middle of the signature."""
    at = len(raw) - 40
    while raw[at] == raw[at + 1]:
        at += 1
    return raw[:at] + raw[at + 1 : at + 2] + raw[at : at + 1] + raw[at + 2 :]


@pytest.fixture
def question(network: Network) -> bytes:
    """A question that Wuxi would answer."""
    keep_branch_records(network.all_deps())
    return sealed(HEADER, QUESTION)


def assert_refused_unsigned(network: Network, raw: bytes, code: str) -> None:
    before = snapshot(network)
    status, told = tell(network, raw)
    assert (status, told["code"]) == (STATUS[code], code)
    assert told["receipt"] is None
    assert told["zh"]
    assert told["en"]
    assert snapshot(network) == before


def test_an_honest_question_is_answered_with_a_receipt(network: Network, question: bytes) -> None:
    status, told = tell(network, question)
    assert status == 201
    receipt, answer = claims_of(told["receipt"]), claims_of(told["answer"])
    assert (receipt["status"], receipt["msg"]) == ("accepted", "m-1")
    assert receipt["msg_hash"] == f"sha256:{hex_digest(question)}"
    assert (answer["type"], answer["re"], answer["aud"]) == ("evidence.response", "m-1", "changzhou")


def test_a_bad_signature_is_refused(network: Network, question: bytes) -> None:
    assert_refused_unsigned(network, with_bad_signature(question), "message.bad-signature")


def test_a_body_exchanged_under_a_good_signature_is_refused(network: Network, question: bytes) -> None:
    other = sealed(HEADER, {**QUESTION, "subject": "91320411MB0000007D"})
    mixed = b".".join((question.split(b".")[0], other.split(b".")[1], question.split(b".")[2]))
    assert_refused_unsigned(network, mixed, "message.bad-signature")


def test_a_message_for_another_zone_is_refused(network: Network) -> None:
    elsewhere = sealed(replace(HEADER, to_zone=SUZHOU), QUESTION)
    assert_refused_unsigned(network, elsewhere, "message.wrong-audience")


def test_a_zone_cannot_speak_for_another(network: Network) -> None:
    posing = sealed(HEADER, QUESTION, signer=message_signer(SUZHOU))
    assert_refused_unsigned(network, posing, "message.wrong-issuer")


def test_a_key_for_another_use_signs_no_messages(network: Network) -> None:
    assert_refused_unsigned(
        network, sealed(HEADER, QUESTION, signer=log_signer(CHANGZHOU)), "message.unknown-key"
    )
    licence_key = issue_signer(CHANGZHOU)
    with_licence_key = compose_jws(licence_key, "zx-msg+jwt", claims_of(sealed(HEADER, QUESTION).decode()))
    assert_refused_unsigned(network, with_licence_key.encode(), "message.unknown-key")
    with pytest.raises(Refused, match="wrong-use"):  # nor when all keys lie in one heap
        open_message(with_licence_key.encode(), network.deps(WUXI).directory.keys("issue"), WUXI)


def test_a_key_that_nobody_knows_is_refused(network: Network) -> None:
    assert_refused_unsigned(
        network, sealed(HEADER, QUESTION, signer=message_signer(CHANGZHOU, 2)), "message.unknown-key"
    )


def test_a_message_signed_before_its_key_was_in_force_is_refused(network: Network) -> None:
    early = replace(HEADER, issued_at=datetime(2025, 12, 31, tzinfo=UTC))
    assert_refused_unsigned(network, sealed(early, QUESTION), "message.key-not-in-force")


def test_a_receipt_or_a_credential_never_passes_for_a_message(network: Network, question: bytes) -> None:
    claims = claims_of(question.decode())
    receipt = compose_jws(message_signer(CHANGZHOU), "zx-receipt+jwt", claims)
    assert_refused_unsigned(network, receipt.encode(), "message.wrong-type")


def test_no_header_chooses_its_own_key_or_algorithm(network: Network, question: bytes) -> None:
    _, body, tail = question.decode().split(".")
    for header in (
        {"alg": "none", "typ": "zx-msg+jwt", "kid": "changzhou#msg1"},
        {"alg": "HS256", "typ": "zx-msg+jwt", "kid": "changzhou#msg1"},
    ):
        head = to_base64url(json.dumps(header).encode())
        assert_refused_unsigned(network, f"{head}.{body}.{tail}".encode(), "message.wrong-algorithm")
    own = {"alg": "Ed25519", "typ": "zx-msg+jwt", "kid": "changzhou#msg1", "jwk": {}}
    head = to_base64url(json.dumps(own).encode())
    assert_refused_unsigned(network, f"{head}.{body}.{tail}".encode(), "message.unreadable")


def test_a_stale_message_is_refused(network: Network, question: bytes) -> None:
    network.clock.at = TUESDAY + LIFETIME + timedelta(seconds=1)
    assert_refused_unsigned(network, question, "message.expired")


def test_a_message_from_the_future_is_refused_until_its_hour_comes(network: Network, question: bytes) -> None:
    network.clock.at = TUESDAY - CLOCK_SKEW - timedelta(seconds=1)
    assert_refused_unsigned(network, question, "message.not-yet")
    network.clock.at = TUESDAY - CLOCK_SKEW
    assert tell(network, question)[0] == 201


def test_nobody_makes_a_message_that_lives_for_ever(network: Network) -> None:
    for_ever = replace(HEADER, expires_at=TUESDAY + LIFETIME + timedelta(seconds=1))
    assert_refused_unsigned(network, sealed(for_ever, QUESTION), "message.unreadable")


def test_an_oversize_message_is_refused_unread(network: Network) -> None:
    claims = claims_of(sealed(HEADER, QUESTION).decode())
    huge = forged(claims, body={**QUESTION, "filler": "x" * MAX_MESSAGE_BYTES})
    assert len(huge) > MAX_MESSAGE_BYTES
    assert_refused_unsigned(network, huge, "message.too-large")


@pytest.mark.parametrize(
    "changes",
    [
        {"id": ""}, {"id": "x" * 81}, {"id": "a b"}, {"id": 7}, {"seq": 0}, {"seq": "1"}, {"seq": True},
        {"seq": 2**53}, {"seq": 2}, {"prev": "sha256:short"}, {"prev": "sha256:" + "0" * 64},
        {"type": "Evidence"}, {"type": 1}, {"type": "x" * 60}, {"body": []}, {"body": None},
        {"body": {"case": ["a\0b"]}}, {"iat": "now"},
        {"iat": -1}, {"iat": 10**18}, {"exp": None}, {"exp": TUESDAY.timestamp() - 1},
        {"re": 1}, {"aud": ["wuxi"]},
        {"iss": None},
    ],
    ids=str,
)  # fmt: skip
def test_a_misshapen_envelope_is_refused(network: Network, changes: dict[str, object]) -> None:
    claims = claims_of(sealed(HEADER, QUESTION).decode())
    assert_refused_unsigned(network, forged(claims, **changes), "message.unreadable")


@pytest.mark.parametrize(
    "raw", [b"", b".", b"..", b"a.b", b"\xff.\xff.\xff", "通办.通办.通办".encode(), b"{}"]
)
def test_rubbish_is_refused(network: Network, raw: bytes) -> None:
    assert_refused_unsigned(network, raw, "message.unreadable")


def test_a_replay_is_told_the_same_and_changes_nothing(network: Network, question: bytes) -> None:
    first = tell(network, question)[1]
    before = snapshot(network)
    network.clock.at = TUESDAY + timedelta(days=100)  # long after it expired
    assert tell(network, question) == (200, first)
    assert snapshot(network) == before


def test_the_same_id_with_other_content_is_refused_for_good(network: Network, question: bytes) -> None:
    tell(network, question)
    before = snapshot(network)
    status, told = tell(network, sealed(HEADER, {**QUESTION, "ground": "all-2019#32.4"}))
    receipt = claims_of(told["receipt"])
    assert (status, receipt["status"], receipt["code"]) == (409, "refused", "message.id-reused")
    assert told["answer"] is None
    assert snapshot(network) == before


def changed_by_refusal(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {name for name in after if after[name] != before[name]}


@pytest.mark.parametrize(
    ("type_", "body", "code"),
    [
        ("evidence.gift", QUESTION, "message.unknown-type"),
        ("evidence.request", {}, "message.malformed"),
        ("case.submit", {"recorded": {"event": "no"}}, "message.malformed"),
        ("case.submit", {"recorded": None}, "message.malformed"),
        ("zone.notice", {"notice": "x", "ground": "no-law#1"}, "message.no-ground"),
    ],
)
def test_what_the_rules_refuse_is_refused_in_a_signed_receipt_and_only_logged(
    network: Network, type_: str, body: dict[str, object], code: str
) -> None:
    before = snapshot(network)
    status, told = tell(network, sealed(replace(HEADER, type=type_), body))
    receipt = claims_of(told["receipt"])
    assert (status, receipt["status"], receipt["code"]) == (422, "refused", code)
    assert changed_by_refusal(before, snapshot(network)) == {"received", "heads", "leaves"}


def test_a_refused_message_leaves_no_gap_behind_it(network: Network) -> None:
    refused = sealed(replace(HEADER, type="evidence.gift"), {})
    tell(network, refused)
    next_ = replace(HEADER, message_id=MessageId("m-2"))
    _, told = tell(network, sealed(next_, QUESTION, ChannelHead(1, hex_digest(refused))))
    assert {"gap_after", "fork"}.isdisjoint(claims_of(told["receipt"]))


def test_a_question_without_a_ground_in_law_gets_no_facts(network: Network, question: bytes) -> None:
    for number, changes in enumerate(({"ground": "all-2019#32.4"}, {"case": ""}), start=2):
        header = replace(HEADER, message_id=MessageId(f"m-{number}"))
        _, told = tell(network, sealed(header, {**QUESTION, **changes}))
        answer = claims_of(told["answer"])
        assert (answer["type"], answer["body"]["error"]) == ("evidence.error", "NOT_AUTHORISED")  # type: ignore[index]


def test_a_suppressed_message_shows_as_a_gap_in_the_next_receipt(network: Network, question: bytes) -> None:
    tell(network, question)
    suppressed = ChannelHead(1, hex_digest(question))
    lost = sealed(replace(HEADER, message_id=MessageId("m-2")), QUESTION, suppressed)
    third = sealed(replace(HEADER, message_id=MessageId("m-3")), QUESTION, ChannelHead(2, hex_digest(lost)))
    _, told = tell(network, third)
    receipt = claims_of(told["receipt"])
    assert (receipt["status"], receipt["gap_after"], receipt["seq_seen"]) == ("accepted", 1, 3)


def test_a_message_that_comes_late_is_accepted(network: Network, question: bytes) -> None:
    second = sealed(
        replace(HEADER, message_id=MessageId("m-2")), QUESTION, ChannelHead(1, hex_digest(question))
    )
    assert claims_of(tell(network, second)[1]["receipt"])["gap_after"] == 0
    status, told = tell(network, question)
    receipt = claims_of(told["receipt"])
    assert (status, receipt["seq_seen"]) == (201, 2)
    assert "gap_after" not in receipt


def test_a_sender_that_forgot_what_it_sent_is_found_out(network: Network, question: bytes) -> None:
    tell(network, question)
    rewritten = ChannelHead(1, "0" * 64)
    _, told = tell(network, sealed(replace(HEADER, message_id=MessageId("m-2")), QUESTION, rewritten))
    assert claims_of(told["receipt"])["fork"] is True


def test_news_of_an_unknown_case_is_put_off_while_it_is_young_and_then_refused(network: Network) -> None:
    act = replace(HEADER, type="case.act")
    raw = sealed(act, {"case": "WX260303-NOTHERE1", "actor": ACTOR, "act": "withdraw"})
    assert_refused_unsigned(network, raw, "message.too-early")
    network.clock.at += PATIENCE
    status, told = tell(network, raw)
    assert (status, claims_of(told["receipt"])["code"]) == (422, "message.not-here")


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(min_value=0), flip=st.integers(min_value=1, max_value=255))
def test_any_changed_byte_makes_a_message_worthless(
    network: Network, question: bytes, place: int, flip: int
) -> None:
    place %= len(question)
    changed = question[:place] + bytes([question[place] ^ flip]) + question[place + 1 :]
    before = snapshot(network)
    status, told = tell(network, changed)
    assert status in (400, 403, 421)
    assert told["receipt"] is None
    assert snapshot(network) == before


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
plain_values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
names = st.sampled_from(
    ["case", "kind", "subject", "ground", "item", "recorded", "events", "act", "actor", "evidence", "error",
     "notice", "event", "at", "version", "zone", "case_id", "name", "data", "$at", "$on"]
)  # fmt: skip


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    type_=st.sampled_from(
        ["case.submit", "case.update", "case.act", "evidence.request", "evidence.response", "evidence.error",
         "zone.notice"]
    ),
    changes=st.dictionaries(names, plain_values | st.dictionaries(names, plain_values), max_size=3),
    number=st.integers(0, 10**9),
)  # fmt: skip
def test_no_body_of_an_honest_signature_breaks_a_node(
    network: Network, type_: str, changes: dict[str, object], number: int
) -> None:
    network.clock.at = TUESDAY + PATIENCE
    body = {**QUESTION, "act": "withdraw", "actor": ACTOR, "notice": "n", "events": [], **changes}
    status, told = tell(
        network, sealed(replace(HEADER, message_id=MessageId(f"n{number}"), type=type_), body)
    )
    assert status in (200, 201, 409, 422), (type_, changes, told)
    assert isinstance(told["receipt"], str)


def test_nothing_of_a_refused_message_is_said_in_the_answer(network: Network, question: bytes) -> None:
    _, told = tell(network, with_bad_signature(question))
    assert set(told) == {"receipt", "answer", "code", "zh", "en"}
    assert PARENT not in json.dumps(told)
    assert parse_object(json.dumps(told).encode()) == told
