"""The contracts of what wakes later: cases by the day on which time acts, and the state of a licence."""

from dataclasses import replace
from datetime import date, timedelta

from tests.ports.conftest import Rooms
from tests.ports.histories import ACCEPTED, ASSESSED, GRANTED, ISSUED, NOON, OTHER, SUBMITTED, add, submitted
from tongban.domain.case import events as e
from tongban.domain.case.ending import CaseArchived
from tongban.flows.ports import Issued
from tongban.kernel.ids import CaseId, CredentialId, ItemId
from tongban.kernel.text import Text

WORDS = Text("税务等部门", "tax and others")
UNTIL = date(2026, 3, 13)
OPEN_WAIT = (SUBMITTED, ACCEPTED, ASSESSED, e.WaitOpened(UNTIL, WORDS))


def test_a_case_wakes_on_the_day_after_the_last_one_for_objections(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", *OPEN_WAIT)
    assert rooms.cases.waking_by(UNTIL, 9) == ()
    assert rooms.cases.waking_by(UNTIL + timedelta(days=1), 9) == ("CZ-1",)


def test_what_slept_longest_wakes_first_and_only_as_many_as_were_asked_for(rooms: Rooms) -> None:
    for number, day in ((1, 13), (2, 11), (3, 12)):
        add(rooms.cases, f"CZ-{number}", *OPEN_WAIT[:3], e.WaitOpened(date(2026, 3, day), WORDS))
    assert rooms.cases.waking_by(date(2026, 4, 1), 2) == ("CZ-2", "CZ-3")


def test_a_case_that_another_zone_decides_does_not_wake_here(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", submitted(deciding_zone=OTHER), *OPEN_WAIT[1:])
    assert rooms.cases.waking_by(date(2027, 1, 1), 9) == ()


def test_a_life_check_wakes_when_it_is_due_and_again_after_its_reminder(rooms: Rooms) -> None:
    due = date(2027, 3, 3)
    case = add(
        rooms.cases, "CZ-1", SUBMITTED, ACCEPTED, ASSESSED, GRANTED, ISSUED,
        e.CheckScheduled("life:1", "life", due, "demonstration-rules-2025#life-check"),
    )  # fmt: skip
    assert rooms.cases.waking_by(due - timedelta(days=1), 9) == ()
    assert rooms.cases.waking_by(due, 9) == ("CZ-1",)
    case = add(rooms.cases, case, e.CheckReminded("life:1", due + timedelta(days=30)))
    assert rooms.cases.waking_by(due + timedelta(days=30), 9) == ()
    assert rooms.cases.waking_by(due + timedelta(days=31), 9) == ("CZ-1",)
    add(rooms.cases, case, e.PaymentPaused("life:1"))
    assert rooms.cases.waking_by(date(2030, 1, 1), 9) == ()


def test_cases_with_another_authority_are_found_oldest_first(rooms: Rooms) -> None:
    forwarded = (ACCEPTED, ASSESSED, e.ApplicationForwarded("medical-insurance-centre"))
    add(rooms.cases, "CZ-2", SUBMITTED, *forwarded, at=NOON + timedelta(hours=1))
    add(rooms.cases, "CZ-1", SUBMITTED, *forwarded)
    assert rooms.cases.waiting_for_authority(9) == ("CZ-1", "CZ-2")
    assert rooms.cases.waiting_for_machine(9) == ()


def test_a_licence_has_the_state_that_was_set_last_inside_the_unit_and_after_it(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED)
    number = CredentialId("1.2.156.3005.2.demo")
    with rooms.unit():
        rooms.credentials.save(Issued(number, CaseId("CZ-1"), "a.b.c~d~", "credential:demo", "01"))
        rooms.credentials.set_state(number, "02")
        assert rooms.credentials.find(number).state == "02"
    rooms.credentials.set_state(number, "03")
    assert rooms.credentials.find(number).state == "03"


def test_an_applicants_concluded_cases_of_some_items_are_found_oldest_first(rooms: Rooms) -> None:
    for name, number in (("CZ-2", "1.2"), ("CZ-1", "1.1")):
        issued = replace(ISSUED, credential_id=CredentialId(number))
        add(rooms.cases, name, SUBMITTED, ACCEPTED, ASSESSED, GRANTED, issued)
    add(rooms.cases, "CZ-3", SUBMITTED, ACCEPTED)
    asked = (SUBMITTED.applicant.id, (SUBMITTED.item_id,))
    assert rooms.cases.of_applicant(*asked) == ("CZ-1", "CZ-2")
    assert rooms.cases.of_applicant(asked[0], (ItemId("another-item"),)) == ()
    assert rooms.cases.of_applicant("91320214MB0000099X", asked[1]) == ()


def test_closed_cases_are_found_by_the_day_of_their_last_event_until_they_are_archived(rooms: Rooms) -> None:
    day, items = NOON.date(), (SUBMITTED.item_id,)
    case = add(rooms.cases, "CZ-1", SUBMITTED, e.Declined(WORDS, WORDS))
    add(rooms.cases, "CZ-2", SUBMITTED)
    assert rooms.cases.closed_by(day - timedelta(days=1), items, 9) == ()
    assert rooms.cases.closed_by(day, items, 9) == ("CZ-1",)
    assert rooms.cases.closed_by(day, (ItemId("another-item"),), 9) == ()
    add(rooms.cases, case, CaseArchived("a" * 64, "b" * 64, 1, None, "archives-2020#37.1"))
    assert rooms.cases.closed_by(day, items, 9) == ()


def test_the_act_behind_a_licences_state_is_kept_with_it(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED, ASSESSED, GRANTED, ISSUED)
    number = CredentialId("1.2.156.3005.2.act")
    with rooms.unit():
        rooms.credentials.save(Issued(number, CaseId("CZ-1"), "a.b.c~d~", "credential:act", "01"))
        rooms.credentials.set_state(number, "03", "VoidLicence", "all-2019#69.1")
    rooms.credentials.set_document(number, "c" * 64)
    kept = rooms.credentials.find(number)
    assert kept is not None
    assert (kept.state, kept.act, kept.ground) == ("03", "VoidLicence", "all-2019#69.1")
    rooms.credentials.set_state(number, "01")
    again = rooms.credentials.find(number)
    assert again is not None
    assert (again.state, again.act, again.ground, again.document_digest) == ("01", "", "", "c" * 64)
