"""The contract of the seal's register: acts and uses are added, refusals counted, what waits is found."""

import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON
from tongban.domain.seal.events import ActivationProposed, Custodian, SealAct, SealActivated, SealSuspended
from tongban.flows.seal_port import SealRefusal, SealUse
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

A, B = Custodian("custodian-1", "保管员甲"), Custodian("custodian-2", "保管员乙")
WHY = Text("演示", "demonstration")
LATER = NOON + timedelta(hours=4)
HOUR = NOON.replace(minute=0, second=0)
USE = SealUse(
    "licence", "L-1", "L-1", CaseId("CZ-1"), 4, "CredentialIssued", "a" * 64, 1000, 2, A, B, NOON, "salt" * 5
)
REFUSAL = SealRefusal(
    "licence", "L-1", CaseId("CZ-1"), 4, "seal.not-active", WHY, "x-1#1", NOON, NOON, is_waiting=True
)


def record(rooms: Rooms, *events: object) -> None:
    for place, event in enumerate(events):
        with rooms.unit():
            rooms.seals.take()
            rooms.seals.record(SealAct(event, NOON + timedelta(minutes=place)))


def add(rooms: Rooms, use: SealUse = USE) -> SealUse:
    with rooms.unit():
        rooms.seals.take()
        return rooms.seals.add_use(use, HOUR)


class Stop(Exception):
    """Something that goes wrong in the middle."""


def test_a_seal_that_nobody_touched_rests(rooms: Rooms) -> None:
    assert not rooms.seals.read().is_active(NOON)
    assert list(rooms.seals.acts(10)) == []
    assert rooms.seals.count_hour(HOUR) == 0


def test_acts_are_kept_in_order_and_told_newest_first(rooms: Rooms) -> None:
    events = [
        ActivationProposed(A, NOON, LATER),
        SealActivated(A, B, NOON, LATER),
        SealSuspended(B, WHY),
        ActivationProposed(B, NOON, LATER),
    ]
    record(rooms, *events[:2])
    assert rooms.seals.read().find_shift(NOON) == events[1]
    assert rooms.seals.read().is_under(rooms.seals.acts(1)[0].number)
    record(rooms, *events[2:])
    seal = rooms.seals.read()
    assert (seal.suspended.event, seal.proposed.event) == (events[2], events[3])
    assert [act.event for act in rooms.seals.acts(3)] == events[:0:-1]


def test_an_act_of_a_unit_that_fails_never_was(rooms: Rooms) -> None:
    with contextlib.suppress(Stop), rooms.unit():
        rooms.seals.take()
        rooms.seals.record(SealAct(SealActivated(A, B, NOON, LATER), NOON))
        raise Stop
    assert rooms.seals.read().activated is None


def test_a_use_is_kept_with_its_number_and_counted_in_its_hour(rooms: Rooms) -> None:
    first = add(rooms)
    second = add(rooms, replace(USE, document_id="L-2"))
    assert first.number < second.number
    assert rooms.seals.find_use("licence", "L-1") == first
    assert rooms.seals.find_use("paper", "L-1") is None
    assert rooms.seals.count_hour(HOUR) == 2
    assert rooms.seals.count_hour(HOUR + timedelta(hours=1)) == 0


def test_the_newest_use_of_a_document_is_found(rooms: Rooms) -> None:
    add(rooms)
    again = add(rooms, replace(USE, drawn_digest="b" * 64))
    assert rooms.seals.find_use("licence", "L-1") == again


def test_a_use_is_finished_once(rooms: Rooms) -> None:
    use = add(rooms)
    for _ in range(2):
        rooms.seals.finish_use(use.number, "c" * 64)
        assert rooms.seals.find_use("licence", "L-1").sealed_digest == "c" * 64
    with pytest.raises(Conflict):
        rooms.seals.finish_use(use.number, "d" * 64)
    with pytest.raises(Conflict):
        rooms.seals.finish_use(use.number + 100, "d" * 64)


def test_the_same_refusal_is_counted_and_not_listed_again(rooms: Rooms) -> None:
    for minutes in range(3):
        rooms.seals.refuse(replace(REFUSAL, at=NOON + timedelta(minutes=minutes)))
    found = rooms.seals.find_waiting(CaseId("CZ-1"))
    assert (found.times, found.first_at, found.at) == (3, NOON, NOON + timedelta(minutes=2))
    assert rooms.seals.find_waiting(CaseId("CZ-2")) is None


def test_the_newest_reason_is_told_and_a_refusal_for_good_waits_for_nothing(rooms: Rooms) -> None:
    rooms.seals.refuse(REFUSAL)
    rooms.seals.refuse(replace(REFUSAL, code="seal.limit", at=NOON + timedelta(minutes=1)))
    rooms.seals.refuse(replace(REFUSAL, case_id=CaseId("CZ-2"), document_id="L-2", is_waiting=False))
    assert rooms.seals.find_waiting(CaseId("CZ-1")).code == "seal.limit"
    assert rooms.seals.find_waiting(CaseId("CZ-2")) is None


def test_what_waits_is_given_out_once_the_longest_first(rooms: Rooms) -> None:
    for number in (3, 1, 2):
        at = NOON + timedelta(minutes=number)
        rooms.seals.refuse(replace(REFUSAL, document_id=f"L-{number}", first_at=at, at=at))
    now = NOON + timedelta(hours=1)
    first = rooms.seals.claim_waiting(now, now, 2)
    assert sorted(one.document_id for one in first) == ["L-1", "L-2"]
    assert {one.at for one in first} == {now}
    assert [one.document_id for one in rooms.seals.claim_waiting(now, now, 9)] == ["L-3"]
    assert list(rooms.seals.claim_waiting(now, now, 9)) == []


def test_a_document_that_is_sealed_waits_no_more(rooms: Rooms) -> None:
    rooms.seals.refuse(REFUSAL)
    rooms.seals.finish_use(add(rooms).number, "c" * 64)
    assert rooms.seals.find_waiting(CaseId("CZ-1")) is None
    assert list(rooms.seals.claim_waiting(LATER, LATER, 9)) == []
