"""What only the store's outbox must stand: workers and sealers side by side, long faults, erasure."""

import json
from datetime import timedelta

import pytest

from tests.ports.histories import APPLICANT, NOON, OTHER, SUBMITTED, add
from tests.store.threads import run_together
from tongban.flows.message_store import ChannelHead, DueMessage
from tongban.kernel.ids import CaseId, MessageId, ZoneId
from tongban.store.models import OutgoingMessage
from tongban.store.store import Store

CASE, THIRD = CaseId("CZ-1"), ZoneId("suzhou")


def sealed_as(text: str) -> bytes:
    return f"sealed:{text}".encode()


def post(store: Store, count: int, to_zone: ZoneId = OTHER) -> list[MessageId]:
    with store.unit():
        return [store.exchange.post(to_zone, "case.update", {"n": n}, CASE) for n in range(count)]


def claimed(store: Store, at: timedelta = timedelta(0), **filters: object) -> list[DueMessage]:
    return list(store.messages.claim_due(NOON + at, 100, **filters))


def test_workers_that_claim_together_never_get_the_same_message(store: Store) -> None:
    posted = post(store, 40)
    results = run_together([lambda: [m.message_id for m in store.messages.claim_due(NOON, 9)]] * 6)
    given = [message_id for part in results for message_id in part]
    assert sorted(given) == sorted(set(given))
    assert set(given) <= set(posted)
    assert given


def test_sealing_together_leaves_no_gap_and_no_number_twice(store: Store) -> None:
    posted = post(store, 12)
    run_together(
        [lambda m=message_id: store.messages.seal(m, lambda head: sealed_as(m)) for message_id in posted]
    )
    seqs = OutgoingMessage.objects.values_list("seq", flat=True)
    assert sorted(seqs) == list(range(1, 13))


def test_a_seal_that_fails_takes_no_number(store: Store) -> None:
    first, second = post(store, 2)

    def fail(head: ChannelHead) -> bytes:
        raise OSError("the key is away")

    with pytest.raises(OSError, match="away"):
        store.messages.seal(first, fail)
    store.messages.seal(second, lambda head: b"x")
    assert OutgoingMessage.objects.get(message_id=second).seq == 1


def test_what_is_given_up_is_kept_but_never_sent(store: Store) -> None:
    [message_id] = post(store, 1)
    store.messages.record_failure(message_id, "message.unknown-type", NOON, None, "refusal")
    assert claimed(store, timedelta(days=365)) == []
    row = OutgoingMessage.objects.get(message_id=message_id)
    assert (row.given_up_at, row.receipt) == (NOON, "refusal")


def test_posting_wakes_the_delivery_once_a_peer_and_unit(store: Store) -> None:
    with store.unit():
        for to_zone in (OTHER, OTHER, THIRD):
            store.exchange.post(to_zone, "zone.notice", {}, CASE)
    jobs = store.session.read("SELECT queue_name, task_name, args::text FROM procrastinate_jobs ORDER BY id")
    assert [(queue, task, json.loads(args)) for queue, task, args in jobs] == [
        ("delivery", "run_flow", {"flow": "deliver_messages", "to_zone": OTHER}),
        ("delivery", "run_flow", {"flow": "deliver_messages", "to_zone": THIRD}),
    ]


def test_erasing_a_case_empties_its_messages_and_stops_them(store: Store) -> None:
    add(store.cases, CASE, SUBMITTED)
    with store.unit():
        message_id = store.exchange.post(OTHER, "case.update", {"name": APPLICANT.name}, CASE)
        store.messages.seal(message_id, lambda head: APPLICANT.name.encode())
    store.erase(CASE)
    row = OutgoingMessage.objects.get(message_id=message_id)
    assert (bytes(row.body), bytes(row.sealed)) == (b"", b"")
    assert claimed(store, timedelta(days=9)) == []


def test_a_long_fault_is_cut_to_what_the_table_takes(store: Store) -> None:
    [message_id] = post(store, 1)
    store.messages.record_failure(message_id, "peer.away " + "长" * 500, NOON, NOON)
    [shown] = store.exchange.outgoing(CASE)
    assert len(shown.last_fault) == 200
