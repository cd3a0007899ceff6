"""The contract of ``Cases``: histories grow, one writer wins, and reads inside a unit see its writes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.ports.conftest import Rooms
from tests.ports.histories import (
    ACCEPTED,
    APPLICANT,
    ASKED,
    ASSESSED,
    ATTACHED,
    GRANTED,
    ISSUED,
    MACHINE,
    NOON,
    OTHER,
    SUBMITTED,
    add,
    record,
    submitted,
)
from tongban.domain.case import events as e
from tongban.domain.case.state import Case, fold
from tongban.kernel.errors import Conflict, Problem
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


def test_a_case_that_is_not_here_is_none_and_has_no_history(rooms: Rooms) -> None:
    assert rooms.cases.find(CaseId("CZ-none")) is None
    assert rooms.cases.history(CaseId("CZ-none")) == ()


def test_what_was_appended_is_found_folded_and_in_order(rooms: Rooms) -> None:
    case = add(rooms.cases, "CZ-1", SUBMITTED, ASKED)
    case = add(rooms.cases, case, ATTACHED, ACCEPTED, ASSESSED, GRANTED, ISSUED)
    history = rooms.cases.history(case.id)
    assert [one.version for one in history] == [1, 2, 3, 4, 5, 6, 7]
    assert [one.event for one in history] == [SUBMITTED, ASKED, ATTACHED, ACCEPTED, ASSESSED, GRANTED, ISSUED]
    assert history[0].at == NOON
    assert history[0].actor == MACHINE
    assert rooms.cases.find(case.id) == case == fold(case.id, history)


def test_events_with_every_shape_of_field_come_back_as_they_were(rooms: Rooms) -> None:
    problem = Problem(
        "evidence.missing", Text("缺少", "missing"), "evidence.x", "all-2019#32.4", Text("补", "add")
    )
    told = (
        SUBMITTED,
        e.CorrectionRequested((problem,)),
        e.Corrected({"scope": ["inbound"], "nothing": None}, OTHER),
        e.EvidenceNotHeld(ATTACHED.kind, None, "NO_MATCH"),
        e.Referred("why", Text("因为", "because")),
        e.PersonRequested(OTHER),
        e.ZoneNotified(OTHER, "moved", "nurses-2020#9", "m-1"),
        e.Withdrawn(OTHER, "不办了 🙂 \u202e"),
    )
    case = add(rooms.cases, "CZ-1", *told)
    assert tuple(one.event for one in rooms.cases.history(case.id)) == told


def test_whoever_read_an_older_version_gets_a_conflict_and_nothing_is_kept(rooms: Rooms) -> None:
    seen = add(rooms.cases, "CZ-1", SUBMITTED)
    add(rooms.cases, seen, ACCEPTED)
    with pytest.raises(Conflict):
        add(rooms.cases, seen, e.Withdrawn(OTHER))
    assert rooms.cases.find(seen.id).stage == "accepted"


def test_a_case_cannot_be_opened_twice(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED)
    with pytest.raises(Conflict):
        add(rooms.cases, "CZ-1", submitted(channel="online"))
    assert len(rooms.cases.history(CaseId("CZ-1"))) == 1


def test_a_version_from_the_future_is_a_conflict(rooms: Rooms) -> None:
    seen = add(rooms.cases, "CZ-1", SUBMITTED)
    with pytest.raises(Conflict):
        add(rooms.cases, replace(seen, version=5), ACCEPTED)


def test_events_that_do_not_lead_to_the_case_given_are_refused(rooms: Rooms) -> None:
    recorded, after = record(Case(CaseId("CZ-1")), SUBMITTED, ACCEPTED)
    with pytest.raises(ValueError, match="do not lead"):
        rooms.cases.append(Case(CaseId("CZ-1")), recorded[:1], after)


def test_reads_inside_a_unit_see_its_writes(rooms: Rooms) -> None:
    with rooms.unit():
        assert rooms.cases.find(CaseId("CZ-1")) is None
        case = add(rooms.cases, "CZ-1", SUBMITTED)
        assert rooms.cases.find(case.id) == case
        case = add(rooms.cases, case, ACCEPTED)
        assert rooms.cases.find(case.id) == case
        assert [one.version for one in rooms.cases.history(case.id)] == [1, 2]
    assert rooms.cases.find(case.id) == case


def test_a_second_unit_continues_where_the_first_ended(rooms: Rooms) -> None:
    with rooms.unit():
        add(rooms.cases, "CZ-1", SUBMITTED, ASKED)
    with rooms.unit():
        rooms.cases.preload([CaseId("CZ-1"), CaseId("CZ-none")])
        case = rooms.cases.find(CaseId("CZ-1"))
        assert rooms.cases.find(CaseId("CZ-none")) is None
        add(rooms.cases, case, ATTACHED)
    assert rooms.cases.find(CaseId("CZ-1")).version == 3


def test_preload_outside_a_unit_is_harmless(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED)
    rooms.cases.preload([CaseId("CZ-1")])
    assert rooms.cases.find(CaseId("CZ-1")).version == 1


def test_the_machine_is_given_what_waits_for_it_oldest_first(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-late", SUBMITTED, at=NOON + timedelta(hours=2))
    add(rooms.cases, "CZ-accepted", SUBMITTED, ACCEPTED, at=NOON + timedelta(hours=1))
    add(rooms.cases, "CZ-granted", SUBMITTED, ACCEPTED, ASSESSED, GRANTED)
    add(rooms.cases, "CZ-b", SUBMITTED)
    add(rooms.cases, "CZ-asks-a-zone", SUBMITTED, ASKED)
    add(rooms.cases, "CZ-asks-a-person", SUBMITTED, e.PersonRequested(OTHER))
    add(rooms.cases, "CZ-corrects", SUBMITTED, e.CorrectionRequested(()))
    add(rooms.cases, "CZ-assessed", SUBMITTED, ACCEPTED, ASSESSED)
    add(rooms.cases, "CZ-issued", SUBMITTED, ACCEPTED, ASSESSED, GRANTED, ISSUED)
    add(rooms.cases, "CZ-elsewhere", submitted(deciding_zone=OTHER))
    assert rooms.cases.waiting_for_machine(10) == ("CZ-b", "CZ-granted", "CZ-accepted", "CZ-late")
    assert rooms.cases.waiting_for_machine(2) == ("CZ-b", "CZ-granted")


def test_a_case_stops_waiting_for_the_machine_when_it_is_issued(rooms: Rooms) -> None:
    case = add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED, ASSESSED, GRANTED)
    assert rooms.cases.waiting_for_machine(10) == ("CZ-1",)
    with rooms.unit():
        add(rooms.cases, case, ISSUED)
        assert rooms.cases.waiting_for_machine(10) == ()
    assert rooms.cases.waiting_for_machine(10) == ()


def test_applications_that_nobody_answered_are_found_by_their_age(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-old", SUBMITTED, ASKED, at=NOON - timedelta(days=9))
    add(rooms.cases, "CZ-older", SUBMITTED, at=NOON - timedelta(days=10))
    add(rooms.cases, "CZ-answered", SUBMITTED, ACCEPTED, at=NOON - timedelta(days=11))
    add(rooms.cases, "CZ-elsewhere", submitted(deciding_zone=OTHER), at=NOON - timedelta(days=12))
    add(rooms.cases, "CZ-new", SUBMITTED)
    assert rooms.cases.received_before(NOON, 10) == ("CZ-older", "CZ-old")
    assert rooms.cases.received_before(NOON, 1) == ("CZ-older",)
    assert rooms.cases.received_before(NOON - timedelta(days=10), 10) == ()


def test_a_copy_kept_for_another_zone_is_folded_like_any_case(rooms: Rooms) -> None:
    case = add(rooms.cases, "WX-1", submitted(deciding_zone=OTHER, applicant=APPLICANT), ACCEPTED)
    assert rooms.cases.find(case.id).deciding_zone == OTHER
