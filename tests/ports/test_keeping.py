"""The contracts of the ports that keep: registers, serials, ledger, licences, files, jobs, messages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.ports.conftest import Rooms
from tests.ports.histories import APPLICANT, ISSUED, KIND, NOON, OTHER, SUBMITTED, add
from tongban.domain.evidence.exchange import DatedChange, HeldRecord, Trust
from tongban.flows.ports import Issued
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, CredentialId
from tongban.kernel.text import Text

CASE = CaseId("CZ-1")
RECORD = HeldRecord(
    KIND,
    APPLICANT.id,
    {"status": "active", "registered_on": date(2026, 3, 2), "scope": ["domestic"], "paid": True, "fen": 5},
    NOON,
    Text("演示登记", "demonstration register"),
    Trust.ISSUED,
)


def issued(**changes: str) -> Issued:
    plain = {"token": "a.b.c~d~", "leaf_key": "credential:demo", "state": "01", **changes}
    return Issued(CredentialId(ISSUED.credential_id), CASE, **plain)


def test_a_register_gives_back_what_was_kept_and_none_for_the_rest(rooms: Rooms) -> None:
    rooms.registers.keep(RECORD)
    assert rooms.registers.find(KIND, APPLICANT.id) == RECORD
    assert rooms.registers.find(KIND, "nobody") is None
    with rooms.unit():
        rooms.registers.preload([(KIND, APPLICANT.id), (KIND, "nobody")])
        assert rooms.registers.find(KIND, APPLICANT.id) == RECORD
        assert rooms.registers.find(KIND, "nobody") is None


def test_a_newer_record_replaces_the_older(rooms: Rooms) -> None:
    rooms.registers.keep(RECORD)
    newer = HeldRecord(KIND, APPLICANT.id, {"status": "revoked"}, NOON, RECORD.authority)
    with rooms.unit():
        assert rooms.registers.find(KIND, APPLICANT.id) == RECORD
        rooms.registers.keep(newer)
        assert rooms.registers.find(KIND, APPLICANT.id) == newer
    assert rooms.registers.find(KIND, APPLICANT.id) == newer


def test_a_row_keeps_who_wrote_it_and_what_it_says_later(rooms: Rooms) -> None:
    written = replace(
        RECORD,
        cause=CASE,
        later=(DatedChange(date(2026, 5, 3), {"paid": False}),),
        attested_as="1.2.156.3005",
    )
    rooms.registers.keep(written)
    kept = rooms.registers.find(KIND, APPLICANT.id)
    assert kept == written
    assert kept.on(date(2026, 5, 3)).facts["paid"] is True
    assert kept.on(date(2026, 5, 4)).facts == {**RECORD.facts, "paid": False}


def test_a_row_that_somebody_wrote_since_it_was_read_is_not_written_over(rooms: Rooms) -> None:
    rooms.registers.keep(RECORD)
    seen = rooms.registers.find(KIND, APPLICANT.id)
    rooms.registers.keep(replace(seen, facts={"status": "moved"}))
    with pytest.raises(Conflict), rooms.unit():
        rooms.registers.keep(replace(seen, facts={"status": "active"}))
    assert rooms.registers.find(KIND, APPLICANT.id).facts == {"status": "moved"}


def test_of_two_who_found_no_row_one_begins_it(rooms: Rooms) -> None:
    rooms.registers.keep(replace(RECORD, revision=0))
    with pytest.raises(Conflict):
        rooms.registers.keep(replace(RECORD, facts={}, revision=0))
    rooms.registers.keep(replace(RECORD, facts={"status": "revoked"}))
    assert rooms.registers.find(KIND, APPLICANT.id).facts == {"status": "revoked"}


def test_a_row_may_be_written_twice_in_a_unit(rooms: Rooms) -> None:
    rooms.registers.keep(RECORD)
    with rooms.unit():
        seen = rooms.registers.find(KIND, APPLICANT.id)
        rooms.registers.keep(replace(seen, facts={"status": "moved"}))
        again = rooms.registers.find(KIND, APPLICANT.id)
        rooms.registers.keep(replace(again, facts={**again.facts, "paid": False}))
    assert rooms.registers.find(KIND, APPLICANT.id).facts == {"status": "moved", "paid": False}


@pytest.mark.parametrize(("cause", "attested_as"), [("CZ-1", ""), ("", "1.2.156.3005")])
def test_loading_again_renews_what_was_loaded_and_leaves_what_a_case_wrote(
    rooms: Rooms, cause: str, attested_as: str
) -> None:
    rooms.registers.load(RECORD)
    newer = replace(RECORD, facts={**RECORD.facts, "registered_on": date(2026, 3, 9)})
    rooms.registers.load(newer)
    assert rooms.registers.find(KIND, APPLICANT.id) == newer
    seen = rooms.registers.find(KIND, APPLICANT.id)
    moved = replace(seen, facts={"status": "moved"}, cause=cause, attested_as=attested_as)
    rooms.registers.keep(moved)
    rooms.registers.load(RECORD)
    assert rooms.registers.find(KIND, APPLICANT.id) == moved


def test_a_serial_is_never_drawn_twice(rooms: Rooms) -> None:
    drawn = [rooms.serials.next() for _ in range(120)]
    assert len(set(drawn)) == 120
    assert drawn == sorted(drawn)
    assert drawn[0] >= 1


def test_a_leaf_is_kept_once_a_key_in_the_order_of_filing(rooms: Rooms) -> None:
    with rooms.unit():
        rooms.ledger.append("b", {"n": 1})
        rooms.ledger.append("b", {"n": 2})
        rooms.ledger.append("a", {"n": 3})
    rooms.ledger.append("b", {"n": 4})
    assert rooms.leaves() == ["b", "a"]


def test_a_leaf_must_have_a_canonical_form(rooms: Rooms) -> None:
    with pytest.raises(TypeError):
        rooms.ledger.append("a", {"n": 0.5})
    assert rooms.leaves() == []


def test_a_licence_is_found_inside_its_unit_and_after(rooms: Rooms) -> None:
    with rooms.unit():
        add(rooms.cases, CASE, SUBMITTED)
        rooms.credentials.save(issued())
        assert rooms.credentials.find(issued().credential_id) == issued()
    assert rooms.credentials.find(issued().credential_id) == issued()
    assert rooms.credentials.find(CredentialId("none")) is None


def test_a_licence_number_is_given_once(rooms: Rooms) -> None:
    add(rooms.cases, CASE, SUBMITTED)
    rooms.credentials.save(issued())
    rooms.credentials.save(issued(token="x.y.z~"))
    with rooms.unit():
        rooms.credentials.save(issued(token="x.y.z~"))
    assert rooms.credentials.find(issued().credential_id) == issued()


@pytest.mark.parametrize("is_one_unit", [True, False], ids=["in the same unit", "later"])
def test_a_licence_gets_its_document(rooms: Rooms, is_one_unit: bool) -> None:
    with rooms.unit():
        add(rooms.cases, CASE, SUBMITTED)
        rooms.credentials.save(issued())
        if is_one_unit:
            rooms.credentials.set_document(issued().credential_id, "d" * 64)
    with rooms.unit():
        if not is_one_unit:
            rooms.credentials.set_document(issued().credential_id, "d" * 64)
        assert rooms.credentials.find(issued().credential_id).document_digest == "d" * 64
    assert rooms.credentials.find(issued().credential_id) == issued(document_digest="d" * 64)


def test_a_file_is_found_by_its_digest_and_kept_once(rooms: Rooms) -> None:
    digest = rooms.files.put(b"%PDF demo", "application/pdf", "licence.pdf")
    assert rooms.files.put(b"%PDF demo", "application/pdf", "other-name.pdf") == digest
    assert rooms.files.find(digest) == b"%PDF demo"


@pytest.mark.parametrize("digest", ["0" * 64, "", "../../etc/passwd", "ABC", "0" * 64 + "\n"])
def test_a_file_that_is_not_here_is_none(rooms: Rooms, digest: str) -> None:
    assert rooms.files.find(digest) is None


def test_the_same_wake_up_is_kept_once_a_unit(rooms: Rooms) -> None:
    with rooms.unit():
        rooms.jobs.defer("report_progress", case_id="CZ-1")
        rooms.jobs.defer("seal_document", case_id="CZ-1")
        rooms.jobs.defer("report_progress", case_id="CZ-1")
        rooms.jobs.defer("report_progress", case_id="CZ-2")
    assert sorted((job["flow"], job["case_id"]) for job in rooms.jobs_waiting()) == [
        ("report_progress", "CZ-1"),
        ("report_progress", "CZ-2"),
        ("seal_document", "CZ-1"),
    ]


def test_messages_about_a_case_are_listed_oldest_first(rooms: Rooms) -> None:
    with rooms.unit():
        posted = [rooms.exchange.post(OTHER, "case.update", {"n": n}, CASE, n) for n in (1, 2, 3)]
        rooms.exchange.post(OTHER, "case.update", {"n": 9}, CaseId("CZ-2"), 9)
        assert [one.message_id for one in rooms.exchange.outgoing(CASE)] == posted
        assert rooms.exchange.reported_version(CASE) == 3
    rooms.clock.at += timedelta(minutes=1)
    posted.append(rooms.exchange.post(OTHER, "zone.notice", {}, CASE))
    outgoing = rooms.exchange.outgoing(CASE)
    assert [one.message_id for one in outgoing] == posted
    assert len(set(posted)) == 4
    assert rooms.exchange.reported_version(CASE) == 3
    assert rooms.exchange.reported_version(CaseId("CZ-none")) == 0
    last = outgoing[-1]
    assert (last.to_zone, last.type, last.queued_at) == (OTHER, "zone.notice", NOON + timedelta(minutes=1))
    assert (last.attempts, last.last_fault, last.delivered_at) == (0, "", None)


def test_a_message_must_have_a_canonical_form(rooms: Rooms) -> None:
    with pytest.raises(TypeError):
        rooms.exchange.post(OTHER, "zone.notice", {"weight": 0.5}, CASE)
    assert rooms.exchange.outgoing(CASE) == ()


def test_a_case_lists_every_credential_kept_with_it_in_order_of_number(rooms: Rooms) -> None:
    with rooms.unit():
        add(rooms.cases, CASE, SUBMITTED)
        for number in ("1.2.156.B", "1.2.156.A"):
            rooms.credentials.save(replace(issued(), credential_id=CredentialId(number)))
        listed = rooms.credentials.list_of_case(CASE)
        assert [one.credential_id for one in listed] == ["1.2.156.A", "1.2.156.B"]
    assert len(rooms.credentials.list_of_case(CASE)) == 2
    assert rooms.credentials.list_of_case(CaseId("CZ-9")) == ()
