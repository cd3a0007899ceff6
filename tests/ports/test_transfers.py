"""The contract of the port through which files go between zones."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON, OTHER
from tongban.flows.file_transfers import OfferedFile, WantedFile
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId

CASE = CaseId("CZ-1")
OFFERED = OfferedFile("b" * 64, CASE, "d" * 64, OTHER, bytes(range(32)))
WANTED = WantedFile(CASE, "d" * 64, OTHER, "b" * 64, bytes(range(32)), 5, "许可证.pdf", NOON)
MINUTE = timedelta(minutes=1)


def wish(number: int, **changes: object) -> WantedFile:
    one = replace(WANTED, digest=f"{number:064}", blob=f"{number + 100:064}")
    return replace(one, **changes)  # type: ignore[arg-type]


def test_an_offer_is_found_by_its_case_and_by_its_blob(rooms: Rooms) -> None:
    with rooms.unit():
        rooms.transfers.offer(OFFERED)
        assert rooms.transfers.find_offered(OFFERED.blob) == OFFERED
    assert rooms.transfers.offered(CASE) == (OFFERED,)
    assert rooms.transfers.find_offered(OFFERED.blob) == OFFERED
    assert rooms.transfers.find_offered("0" * 64) is None
    assert rooms.transfers.offered(CaseId("CZ-2")) == ()


def test_a_file_of_a_case_is_offered_once(rooms: Rooms) -> None:
    rooms.transfers.offer(OFFERED)
    with pytest.raises(Conflict):
        offer_and_tell(rooms)
    assert rooms.transfers.offered(CASE) == (OFFERED,)
    assert rooms.exchange.outgoing(CASE) == ()


def offer_and_tell(rooms: Rooms) -> None:
    with rooms.unit():
        rooms.transfers.offer(replace(OFFERED, blob="c" * 64))
        rooms.exchange.post(OTHER, "file.offer", {}, CASE)


def test_the_same_file_of_two_cases_is_offered_as_two_blobs(rooms: Rooms) -> None:
    rooms.transfers.offer(OFFERED)
    rooms.transfers.offer(replace(OFFERED, case_id=CaseId("CZ-2"), blob="c" * 64))
    assert rooms.transfers.find_offered("c" * 64).case_id == "CZ-2"


def test_a_wanted_file_is_due_at_once_and_given_to_one_worker(rooms: Rooms) -> None:
    rooms.transfers.want(WANTED)
    assert rooms.transfers.wanted(CASE) == (WANTED,)
    assert rooms.transfers.claim_due(NOON, 10) == (WANTED,)
    assert rooms.transfers.claim_due(NOON, 10) == ()
    assert rooms.transfers.claim_due(NOON + MINUTE, 10) == (WANTED,)


def test_what_is_due_is_given_oldest_first_as_many_as_were_asked_for(rooms: Rooms) -> None:
    for number in (3, 1, 2):
        rooms.transfers.want(wish(number, wanted_at=NOON + number * MINUTE))
    claimed = rooms.transfers.claim_due(NOON + 5 * MINUTE, 2)
    assert [one.digest for one in claimed] == [wish(1).digest, wish(2).digest]


def test_wanting_a_file_twice_is_wanting_it_once(rooms: Rooms) -> None:
    rooms.transfers.want(WANTED)
    rooms.transfers.record_failure(WANTED, "peer.away", NOON, NOON + MINUTE)
    rooms.transfers.want(replace(WANTED, wanted_at=NOON + MINUTE))
    (one,) = rooms.transfers.wanted(CASE)
    assert (one.wanted_at, one.attempts) == (NOON, 1)


def test_another_blob_takes_the_place_of_one_that_has_not_arrived(rooms: Rooms) -> None:
    rooms.transfers.want(WANTED)
    rooms.transfers.record_failure(WANTED, "file.wrong-content", NOON, None)
    anew = replace(WANTED, blob="c" * 64, key=bytes(32), wanted_at=NOON + MINUTE)
    rooms.transfers.want(anew)
    assert rooms.transfers.wanted(CASE) == (anew,)
    assert rooms.transfers.claim_due(NOON + MINUTE, 1) == (anew,)


def test_a_file_that_is_here_is_asked_for_no_more_and_its_key_is_gone(rooms: Rooms) -> None:
    rooms.transfers.want(WANTED)
    rooms.transfers.record_failure(WANTED, "peer.away", NOON, NOON + MINUTE)
    rooms.transfers.record_arrival(WANTED, NOON + 2 * MINUTE)
    rooms.transfers.want(replace(WANTED, blob="c" * 64))
    (one,) = rooms.transfers.wanted(CASE)
    assert (one.arrived_at, one.key, one.last_fault, one.blob) == (NOON + 2 * MINUTE, b"", "", "b" * 64)
    assert rooms.transfers.claim_due(NOON + timedelta(days=1), 10) == ()


def test_a_file_that_was_here_already_is_not_asked_for(rooms: Rooms) -> None:
    rooms.transfers.want(replace(WANTED, arrived_at=NOON))
    (one,) = rooms.transfers.wanted(CASE)
    assert (one.arrived_at, one.key) == (NOON, b"")
    assert rooms.transfers.claim_due(NOON, 10) == ()


def test_an_attempt_in_vain_is_counted_and_made_again_at_its_hour(rooms: Rooms) -> None:
    rooms.transfers.want(WANTED)
    for attempt in (1, 2):
        rooms.transfers.record_failure(WANTED, "peer.away", NOON, NOON + MINUTE)
        (one,) = rooms.transfers.wanted(CASE)
        assert (one.attempts, one.last_fault, one.given_up_at) == (attempt, "peer.away", None)
    assert rooms.transfers.claim_due(NOON, 10) == ()
    assert len(rooms.transfers.claim_due(NOON + MINUTE, 10)) == 1


def test_what_is_given_up_is_asked_for_no_more(rooms: Rooms) -> None:
    rooms.transfers.want(WANTED)
    rooms.transfers.record_failure(WANTED, "file.wrong-content", NOON, None)
    (one,) = rooms.transfers.wanted(CASE)
    assert one.given_up_at == NOON
    assert rooms.transfers.claim_due(NOON + timedelta(days=1), 10) == ()


def test_a_blob_grows_by_pieces_and_each_keeps_the_claim(rooms: Rooms) -> None:
    rooms.transfers.want(WANTED)
    rooms.transfers.claim_due(NOON, 1)
    assert rooms.transfers.read_part(WANTED) == b""
    rooms.transfers.keep_part(WANTED, 0, b"abc", NOON)
    rooms.transfers.keep_part(WANTED, 3, b"de", NOON + MINUTE)
    assert rooms.transfers.read_part(WANTED) == b"abcde"
    assert rooms.transfers.claim_due(NOON + MINUTE, 1) == ()
    rooms.transfers.keep_part(WANTED, 2, b"C", NOON + MINUTE)
    assert rooms.transfers.read_part(WANTED) == b"abC"
    rooms.transfers.drop_part(WANTED)
    rooms.transfers.drop_part(WANTED)
    assert rooms.transfers.read_part(WANTED) == b""


def test_a_failure_throws_away_what_has_come_only_when_told_so(rooms: Rooms) -> None:
    rooms.transfers.want(WANTED)
    rooms.transfers.keep_part(WANTED, 0, b"abc", NOON)
    rooms.transfers.record_failure(WANTED, "peer.away", NOON, NOON + MINUTE)
    assert rooms.transfers.read_part(WANTED) == b"abc"
    rooms.transfers.record_failure(WANTED, "file.wrong-blob", NOON, NOON + MINUTE, keep=False)
    assert rooms.transfers.read_part(WANTED) == b""


def test_what_comes_late_for_another_blob_changes_nothing(rooms: Rooms) -> None:
    rooms.transfers.want(WANTED)
    anew = replace(WANTED, blob="c" * 64)
    rooms.transfers.want(anew)
    rooms.transfers.record_arrival(WANTED, NOON)
    rooms.transfers.record_failure(WANTED, "peer.away", NOON, None)
    assert rooms.transfers.wanted(CASE) == (anew,)


def test_what_a_unit_wanted_is_gone_when_it_fails(rooms: Rooms) -> None:
    with pytest.raises(ValueError, match="no"):
        want_and_fail(rooms)
    assert rooms.transfers.wanted(CASE) == ()


def want_and_fail(rooms: Rooms) -> None:
    with rooms.unit():
        rooms.transfers.want(WANTED)
        assert rooms.transfers.wanted(CASE) == (WANTED,)
        raise ValueError("no")


def test_a_file_keeps_the_name_it_was_given_first(rooms: Rooms) -> None:
    with rooms.unit():
        digest = rooms.files.put(b"%PDF-x", "application/pdf", "甲.pdf")
        assert rooms.files.find_name(digest) == "甲.pdf"
    rooms.files.put(b"%PDF-x", "application/pdf", "乙.pdf")
    assert rooms.files.find_name(digest) == "甲.pdf"
    assert rooms.files.find_name("0" * 64) == ""
