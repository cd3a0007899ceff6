"""The contract of ``MessageStore``: the outbox, the inbox, and the chain with each peer."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON, OTHER, SUBMITTED, add
from tongban.crypto.digest import hex_digest
from tongban.flows.message_store import ChannelHead, DueMessage, Received, Sent
from tongban.kernel.errors import Conflict, NotFound
from tongban.kernel.ids import CaseId, MessageId, ZoneId

CASE, THIRD = CaseId("CZ-1"), ZoneId("suzhou")


def sealed_as(text: str) -> bytes:
    return f"sealed:{text}".encode()


def post(rooms: Rooms, count: int, to_zone: ZoneId = OTHER) -> list[MessageId]:
    with rooms.unit():
        return [rooms.exchange.post(to_zone, "case.update", {"n": n}, CASE) for n in range(count)]


def claimed(rooms: Rooms, at: timedelta = timedelta(0), **filters: object) -> list[DueMessage]:
    return list(rooms.messages.claim_due(NOON + at, 100, **filters))


def answer(
    rooms: Rooms, compose: Callable[[MessageId, ChannelHead], bytes] = lambda own, head: b"answer"
) -> tuple[MessageId, bytes]:
    due_at = NOON + timedelta(minutes=5)
    return rooms.messages.seal_answer(OTHER, "evidence.response", {"facts": 1}, CASE, compose, due_at)


def received(message: str, seq: int, **changes: object) -> Received:
    plain = {
        "from_zone": OTHER,
        "type": "case.update",
        "case_id": CASE,
        "received_at": NOON,
        "receipt": "told",
    }
    hash_ = hex_digest(message.encode())
    return Received(**{**plain, "message_id": message, "seq": seq, "hash": hash_, **changes})


def test_a_posted_message_is_due_at_once_with_what_it_says(rooms: Rooms) -> None:
    [message_id] = post(rooms, 1)
    [due] = claimed(rooms)
    assert due == DueMessage(message_id, OTHER, "case.update", CASE, {"n": 0}, b"", 0, NOON)


def test_messages_are_given_out_oldest_first_for_one_peer_or_all(rooms: Rooms) -> None:
    first, second = post(rooms, 3), post(rooms, 2, THIRD)
    assert [one.message_id for one in claimed(rooms, to_zone=THIRD)] == second
    assert [one.message_id for one in claimed(rooms)] == first


def test_a_claimed_message_is_nobody_elses_for_a_minute_and_then_due_again(rooms: Rooms) -> None:
    post(rooms, 2)
    assert len(claimed(rooms)) == 2
    assert claimed(rooms) == claimed(rooms, timedelta(seconds=59)) == []
    assert len(claimed(rooms, timedelta(seconds=60))) == 2


def test_the_chain_numbers_messages_and_names_the_one_before(rooms: Rooms) -> None:
    heads: list[ChannelHead] = []
    for number, message_id in enumerate(post(rooms, 3)):
        rooms.messages.seal(message_id, lambda head, n=number: heads.append(head) or sealed_as(str(n)))
    assert [head.last_seq for head in heads] == [0, 1, 2]
    assert [head.last_hash for head in heads] == ["", hex_digest(sealed_as("0")), hex_digest(sealed_as("1"))]


def test_many_are_sealed_at_once_in_the_order_given_and_each_once(rooms: Rooms) -> None:
    first, second, third = post(rooms, 3)
    rooms.messages.seal(second, lambda head: b"before")
    made = rooms.messages.seal_all(
        [third, second, first], lambda own, head: sealed_as(f"{own}:{head.last_seq}:{head.last_hash}")
    )
    then = sealed_as(f"{third}:1:{hex_digest(b'before')}")
    assert made == {third: then, second: b"before", first: sealed_as(f"{first}:2:{hex_digest(then)}")}
    assert [due.sealed for due in claimed(rooms)] == [made[one] for one in (first, second, third)]


def test_messages_of_two_peers_sealed_at_once_stand_in_two_chains(rooms: Rooms) -> None:
    ours, theirs = post(rooms, 2), post(rooms, 1, THIRD)
    made = rooms.messages.seal_all([*ours, *theirs], lambda own, head: sealed_as(str(head.last_seq)))
    assert [made[one] for one in (*ours, *theirs)] == [sealed_as("0"), sealed_as("1"), sealed_as("0")]


def test_a_message_that_is_not_here_stops_the_sealing_of_all(rooms: Rooms) -> None:
    [message_id] = post(rooms, 1)
    with pytest.raises(NotFound), rooms.unit():
        rooms.messages.seal_all([message_id, MessageId("none")], lambda own, head: b"x")
    assert claimed(rooms)[0].sealed == b""


def test_a_message_may_be_sealed_and_delivered_in_one_unit(rooms: Rooms) -> None:
    [message_id] = post(rooms, 1)
    with rooms.unit():
        rooms.messages.seal(message_id, lambda head: b"bytes")
        rooms.messages.record_delivery(message_id, "receipt", NOON)
    assert rooms.messages.read_sent([message_id]) == {message_id: Sent(OTHER, CASE, b"bytes")}
    assert rooms.exchange.outgoing(CASE)[0].delivered_at == NOON


def test_several_messages_received_in_one_unit_leave_the_furthest_as_head(rooms: Rooms) -> None:
    with rooms.unit():
        for seq in (2, 5, 3):
            rooms.messages.record_received(received(f"m-{seq}", seq))
        assert rooms.messages.lock_incoming(OTHER).last_seq == 5
        with pytest.raises(Conflict):
            rooms.messages.record_received(received("m-3", 3))
    with rooms.unit():
        assert rooms.messages.lock_incoming(OTHER) == ChannelHead(5, hex_digest(b"m-5"))


def test_every_attempt_sends_the_same_bytes(rooms: Rooms) -> None:
    [message_id] = post(rooms, 1)
    assert rooms.messages.seal(message_id, lambda head: b"first") == b"first"
    assert rooms.messages.seal(message_id, lambda head: b"second") == b"first"
    rooms.messages.record_failure(message_id, "peer.away", NOON, NOON)
    [again] = claimed(rooms)
    assert (again.sealed, again.attempts) == (b"first", 1)


def test_an_unknown_message_cannot_be_sealed(rooms: Rooms) -> None:
    with pytest.raises(NotFound):
        rooms.messages.seal(MessageId("none"), lambda head: b"")


def test_a_delivered_message_is_never_due_again_and_shows_as_delivered(rooms: Rooms) -> None:
    [message_id] = post(rooms, 1)
    rooms.messages.record_delivery(message_id, "receipt", NOON + timedelta(seconds=2))
    rooms.messages.record_failure(message_id, "late answer of a second worker", NOON, NOON)
    assert claimed(rooms, timedelta(days=9)) == []
    [shown] = rooms.exchange.outgoing(CASE)
    assert (shown.delivered_at, shown.last_fault) == (NOON + timedelta(seconds=2), "")


def test_a_failure_is_shown_and_tried_again_when_its_hour_comes(rooms: Rooms) -> None:
    [message_id] = post(rooms, 1)
    claimed(rooms)
    rooms.messages.record_failure(message_id, "peer.away", NOON, NOON + timedelta(minutes=5))
    [shown] = rooms.exchange.outgoing(CASE)
    assert (shown.attempts, shown.last_fault) == (1, "peer.away")
    assert claimed(rooms, timedelta(minutes=4)) == []
    assert len(claimed(rooms, timedelta(minutes=5))) == 1


def test_what_is_given_up_is_shown_as_given_up_and_never_due_again(rooms: Rooms) -> None:
    body = {"case": CASE, "act": "withdraw", "reason": "", "actor": {"kind": "applicant", "id": "a"}}
    rooms.exchange.post(OTHER, "case.act", body, CASE)
    [shown] = rooms.exchange.outgoing(CASE)
    assert (shown.act, shown.given_up_at, shown.is_on_its_way) == ("withdraw", None, True)
    rooms.messages.record_failure(shown.message_id, "procedure.not-now", NOON, None, "receipt")
    [shown] = rooms.exchange.outgoing(CASE)
    assert (shown.given_up_at, shown.last_fault, shown.is_on_its_way) == (NOON, "procedure.not-now", False)
    assert claimed(rooms, timedelta(days=9)) == []


def test_a_message_can_be_sealed_in_the_unit_that_posts_it(rooms: Rooms) -> None:
    with rooms.unit():
        message_id = rooms.exchange.post(OTHER, "zone.notice", {}, CASE)
        assert rooms.messages.seal(message_id, lambda head: b"at once") == b"at once"
    assert claimed(rooms)[0].sealed == b"at once"


def test_a_received_message_is_found_again_with_its_receipt_and_answer(rooms: Rooms) -> None:
    with rooms.unit():
        assert rooms.messages.lock_incoming(OTHER) == ChannelHead(0, "")
        answer_id, sealed = answer(rooms, lambda own, head: sealed_as(f"{own}{head.last_seq}"))
        rooms.messages.record_received(received("m-1", 1, answer_id=answer_id, answer=sealed))
    found = rooms.messages.find_received(OTHER, MessageId("m-1"))
    assert found == received("m-1", 1, answer_id=answer_id, answer=sealed)
    assert sealed == sealed_as(f"{answer_id}0")
    assert rooms.messages.find_received(OTHER, MessageId("m-2")) is None
    assert rooms.messages.find_received(THIRD, MessageId("m-1")) is None


def test_a_message_is_received_once(rooms: Rooms) -> None:
    rooms.messages.record_received(received("m-1", 1))
    with pytest.raises(Conflict):
        rooms.messages.record_received(received("m-1", 1, receipt="another"))
    assert rooms.messages.find_received(OTHER, MessageId("m-1")).receipt == "told"


def test_the_head_of_what_came_in_moves_forward_only(rooms: Rooms) -> None:
    for message, seq in (("m-1", 1), ("m-4", 4), ("m-2", 2)):
        rooms.messages.record_received(received(message, seq))
    with rooms.unit():
        assert rooms.messages.lock_incoming(OTHER) == ChannelHead(4, hex_digest(b"m-4"))


def test_a_receipt_and_its_effect_are_one(rooms: Rooms) -> None:
    def fail() -> None:
        with rooms.unit():
            rooms.messages.record_received(received("m-1", 1))
            add(rooms.cases, CASE, SUBMITTED)
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        fail()
    assert rooms.messages.find_received(OTHER, MessageId("m-1")) is None
    assert rooms.cases.find(CASE) is None
    with rooms.unit():
        assert rooms.messages.lock_incoming(OTHER) == ChannelHead(0, "")


def test_answers_and_posts_share_one_chain(rooms: Rooms) -> None:
    [message_id] = post(rooms, 1)
    rooms.messages.seal(message_id, lambda head: b"one")
    heads: list[ChannelHead] = []
    answer(rooms, lambda own, head: heads.append(head) or b"two")
    assert heads == [ChannelHead(1, hex_digest(b"one"))]
    assert {one.type for one in rooms.exchange.outgoing(CASE)} == {"case.update", "evidence.response"}


def test_an_answer_is_due_again_when_no_receipt_for_it_has_come(rooms: Rooms) -> None:
    answer_id, sealed = answer(rooms)
    assert claimed(rooms, timedelta(minutes=4)) == []
    [due] = claimed(rooms, timedelta(minutes=5))
    assert (due.message_id, due.sealed, due.body) == (answer_id, sealed, {"facts": 1})
    rooms.messages.record_delivery(answer_id, "receipt", NOON)
    assert claimed(rooms, timedelta(days=9)) == []


def test_what_was_sent_is_found_by_its_id_once_its_bytes_are_made(rooms: Rooms) -> None:
    [message_id] = post(rooms, 1)
    assert rooms.messages.read_sent([message_id]) == {}
    rooms.messages.seal(message_id, lambda head: b"bytes")
    assert rooms.messages.read_sent([message_id]) == {message_id: Sent(OTHER, CASE, b"bytes")}
    assert rooms.messages.read_sent([MessageId("none")]) == {}
