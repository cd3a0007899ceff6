"""The contracts of the agenda: written with the event, fired once, standing until the case moves on."""

import contextlib
from datetime import date, timedelta

from tests.ports.conftest import Rooms
from tests.ports.histories import ACCEPTED, GRANTED, NOON, OTHER, SUBMITTED, add, submitted
from tongban.domain.case import events as e
from tongban.domain.liaison.acts import ReceiptConfirmed, ZoneAct
from tongban.flows.agenda_store import AgendaLine
from tongban.kernel.ids import CaseId

BEGUN = date(2026, 3, 3)
DAY = timedelta(days=1)


def line(days: int, kind: str, case_id: str = "CZ-1") -> AgendaLine:
    return AgendaLine(BEGUN + days * DAY, CaseId(case_id), kind, BEGUN)


ACT = line(3, "time-acts")


def fired(rooms: Rooms) -> list[AgendaLine]:
    """What reaches somebody, as whoever passes it on is given it."""
    return [one.line for one in rooms.agenda.claim_untold(99)]


def test_what_an_event_brings_lies_ahead_with_it_and_not_before(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED)
    assert rooms.agenda.list_ahead(date(2027, 1, 1), 9) == ()
    add(rooms.cases, "CZ-2", SUBMITTED, ACCEPTED)
    ahead = rooms.agenda.list_ahead(BEGUN + 4 * DAY, 9)
    assert ahead == (line(2, "due-soon", "CZ-2"), line(3, "time-acts", "CZ-2"), line(4, "overdue", "CZ-2"))
    assert rooms.agenda.list_ahead(BEGUN + 3 * DAY, 9) == ahead[:2]


def test_what_is_due_fires_and_nothing_before_its_day(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    assert rooms.agenda.fire(BEGUN + DAY, NOON, 9) == 0
    assert rooms.agenda.fire(BEGUN + 2 * DAY, NOON, 9) == 1
    assert fired(rooms) == [line(2, "due-soon")]


def test_firing_twice_is_firing_once_even_if_days_were_missed(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    assert rooms.agenda.fire(BEGUN + 30 * DAY, NOON, 9) == 2
    assert rooms.agenda.fire(BEGUN + 30 * DAY, NOON, 9) == 0
    assert fired(rooms) == [line(2, "due-soon"), line(4, "overdue")]


def test_a_batch_takes_the_oldest_and_leaves_the_rest_for_the_next(rooms: Rooms) -> None:
    for number in (1, 2, 3):
        add(rooms.cases, f"CZ-{number}", SUBMITTED, ACCEPTED)
    assert rooms.agenda.fire(BEGUN + 9 * DAY, NOON, 4) == 4
    assert [one.kind for one in fired(rooms)] == ["due-soon"] * 3 + ["overdue"]
    assert rooms.agenda.fire(BEGUN + 9 * DAY, NOON, 4) == 2


def test_what_a_case_no_longer_gives_rise_to_does_not_fire(rooms: Rooms) -> None:
    case = add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    add(rooms.cases, case, e.Assessed("grant", {}, "a" * 64, "b" * 64), GRANTED)
    assert rooms.agenda.list_ahead(date(2027, 1, 1), 9) == ()
    assert rooms.agenda.fire(date(2027, 1, 1), NOON, 9) == 0


def confirm(rooms: Rooms, case_id: CaseId) -> None:
    """Keep the deciding zone's word that it has a case, as the flows do."""
    said = ReceiptConfirmed("齐全")
    with rooms.unit():
        rooms.liaison.keep(
            ZoneAct("wuxi-1", "wuxi-1", "", case_id, OTHER, "o1", "虚构审批员", NOON, said), "receipt"
        )
        rooms.agenda.settle_receipt(case_id)


def test_what_waited_for_a_confirmation_does_not_fire_once_it_is_there_and_the_rest_does(
    rooms: Rooms,
) -> None:
    case = add(rooms.cases, "CZ-1", submitted(channel="kiosk"))
    add(rooms.cases, "CZ-2", submitted(channel="kiosk"))
    waiting = {line(1, "confirm-due"), line(2, "step-late")}
    with contextlib.suppress(KeyError), rooms.unit():
        confirm(rooms, case.id)
        raise KeyError
    assert waiting <= set(rooms.agenda.list_ahead(BEGUN + 9 * DAY, 9))
    confirm(rooms, case.id)
    assert rooms.agenda.fire(BEGUN + 9 * DAY, NOON, 9) == 2
    assert set(fired(rooms)) == {line(1, "confirm-due", "CZ-2"), line(2, "step-late", "CZ-2")}


def test_no_event_brings_back_what_was_confirmed(rooms: Rooms) -> None:
    case = add(rooms.cases, "CZ-1", submitted(channel="kiosk"))
    confirm(rooms, case.id)
    add(rooms.cases, case, e.PersonRequested(OTHER))
    assert rooms.agenda.list_ahead(BEGUN + 9 * DAY, 9) == ()


def test_an_event_that_changes_nothing_of_it_leaves_what_fired_fired(rooms: Rooms) -> None:
    case = add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    rooms.agenda.fire(BEGUN + 2 * DAY, NOON, 9)
    add(rooms.cases, case, e.PersonRequested(OTHER))
    assert rooms.agenda.fire(BEGUN + 2 * DAY, NOON, 9) == 0
    assert len(rooms.agenda.list_ahead(BEGUN + 9 * DAY, 9)) == 2


def test_acts_are_claimed_and_done_and_never_fired_as_notices(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    assert rooms.agenda.claim_acts(BEGUN + 2 * DAY, NOON, 9) == ()
    with rooms.unit():
        assert rooms.agenda.claim_acts(BEGUN + 3 * DAY, NOON, 9) == (ACT,)
        rooms.agenda.mark_done([ACT], NOON)
    assert rooms.agenda.claim_acts(BEGUN + 3 * DAY, NOON, 9) == ()
    rooms.agenda.mark_done([ACT], NOON)
    assert fired(rooms) == []


def test_an_act_of_a_unit_that_fails_is_still_due(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    with contextlib.suppress(KeyError), rooms.unit():
        rooms.agenda.mark_done([ACT], NOON)
        raise KeyError
    assert rooms.agenda.claim_acts(BEGUN + 3 * DAY, NOON, 9) == (ACT,)


def test_an_act_put_off_waits_and_lets_others_pass(rooms: Rooms) -> None:
    for number in (1, 2):
        add(rooms.cases, f"CZ-{number}", SUBMITTED, ACCEPTED)
    rooms.agenda.put_off(ACT, NOON + timedelta(hours=1))
    assert rooms.agenda.claim_acts(BEGUN + 3 * DAY, NOON, 1) == (line(3, "time-acts", "CZ-2"),)
    assert rooms.agenda.claim_acts(BEGUN + 3 * DAY, NOON + timedelta(hours=1), 1) == (ACT,)


def test_the_oldest_day_with_anything_due_is_found_and_an_act_put_off_is_not_due(rooms: Rooms) -> None:
    assert rooms.agenda.find_first_due(date(2027, 1, 1), NOON) is None
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    assert rooms.agenda.find_first_due(BEGUN + DAY, NOON) is None
    assert rooms.agenda.find_first_due(BEGUN + 9 * DAY, NOON) == BEGUN + 2 * DAY
    rooms.agenda.fire(BEGUN + 2 * DAY, NOON, 9)
    assert rooms.agenda.find_first_due(BEGUN + 9 * DAY, NOON) == BEGUN + 3 * DAY
    rooms.agenda.put_off(ACT, NOON + timedelta(hours=1))
    assert rooms.agenda.find_first_due(BEGUN + 9 * DAY, NOON) == BEGUN + 4 * DAY


def test_looking_ahead_counts_everything_and_names_only_so_many(rooms: Rooms) -> None:
    for number in (1, 2, 3):
        add(rooms.cases, f"CZ-{number}", SUBMITTED, ACCEPTED)
    until = BEGUN + 3 * DAY
    assert rooms.agenda.count_ahead(until) == {
        (BEGUN + 2 * DAY, "due-soon"): 3,
        (until, "time-acts"): 3,
    }
    named = rooms.agenda.list_ahead(until, 2)
    assert [(one.kind, one.case_id) for one in named] == [
        ("due-soon", "CZ-1"), ("due-soon", "CZ-2"), ("time-acts", "CZ-1"), ("time-acts", "CZ-2"),
    ]  # fmt: skip


def test_a_copy_of_another_zones_case_is_shown_here_and_word_is_sent_from_there(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", submitted(deciding_zone=OTHER), ACCEPTED)
    assert rooms.agenda.fire(BEGUN + 9 * DAY, NOON, 9) == 2
    assert fired(rooms) == []


def test_what_was_passed_on_is_not_given_out_again(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    rooms.agenda.fire(BEGUN + 9 * DAY, NOON, 9)
    with rooms.unit():
        first = rooms.agenda.claim_untold(1)
        assert (first[0].to, first[0].tells, first[0].fired_at) == ("officer", True, NOON)
        rooms.agenda.mark_told([first[0].number], NOON)
    assert fired(rooms) == [line(4, "overdue")]


def test_firing_inside_a_unit_that_fails_never_was(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    with contextlib.suppress(KeyError), rooms.unit():
        rooms.agenda.fire(BEGUN + 9 * DAY, NOON, 9)
        raise KeyError
    assert fired(rooms) == []
    assert rooms.agenda.fire(BEGUN + 9 * DAY, NOON, 9) == 2
