"""The contract of the ports for tickets and appointments."""

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON
from tongban.domain.hall.appointment import CANCELLED, MISSED, USED, Appointment
from tongban.domain.hall.ticket import CALLED, QueueTicket, call, finish, pass_over, transfer
from tongban.kernel.errors import Conflict
from tongban.kernel.moment import civil_date

TODAY = civil_date(NOON)
SLOT = NOON + timedelta(days=1)


def give(rooms: Rooms, business: str = "firms", at: datetime = NOON, on: date = TODAY) -> QueueTicket:
    """Give out one ticket as the flow does."""
    with rooms.unit():
        serial = rooms.hall.tickets.draw_serial(on, business)
        ticket = QueueTicket(on, business, serial, f"{business[0].upper()}{serial:03d}", at, at)
        rooms.hall.tickets.add(ticket)
    return ticket


def call_next(rooms: Rooms, window: str, *businesses: str) -> QueueTicket | None:
    """Call as the flow does."""
    with rooms.unit():
        ticket = rooms.hall.tickets.claim_next(TODAY, businesses or ("firms", "people"), window)
        if ticket:
            rooms.hall.tickets.save(ticket, call(ticket, window, NOON))
    return ticket


def book(rooms: Rooms, code: str, capacity: int = 2, **changes: object) -> bool:
    """Book one place."""
    one = Appointment(code, "firms", SLOT, NOON, f"account:{code}")
    return rooms.hall.appointments.book(replace(one, **changes), capacity, "19900000001")


def test_numbers_count_by_day_and_business(rooms: Rooms) -> None:
    tomorrow = TODAY + timedelta(days=1)
    given = [give(rooms), give(rooms), give(rooms, "people"), give(rooms, on=tomorrow)]
    assert [one.serial for one in given] == [1, 2, 1, 1]


def test_a_unit_that_fails_gives_its_number_back(rooms: Rooms) -> None:
    def fail() -> None:
        with rooms.unit():
            rooms.hall.tickets.draw_serial(TODAY, "firms")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()
    assert give(rooms).serial == 1


def test_a_ticket_comes_back_as_it_was_given(rooms: Rooms) -> None:
    ticket = give(rooms)
    assert rooms.hall.tickets.find(TODAY, ticket.label) == ticket
    assert rooms.hall.tickets.find(TODAY - timedelta(days=1), ticket.label) is None
    with pytest.raises(Conflict):
        rooms.hall.tickets.add(ticket)


def test_the_first_in_order_is_called_and_only_of_the_windows_business(rooms: Rooms) -> None:
    late = give(rooms, at=NOON + timedelta(minutes=2))
    early = give(rooms, at=NOON)
    give(rooms, "people", at=NOON - timedelta(minutes=5))
    called = [call_next(rooms, window, "firms") for window in "123"]
    assert called == [early, late, None]


def test_a_client_sent_to_a_window_is_called_there_first_and_nowhere_else(rooms: Rooms) -> None:
    sent, other = give(rooms), give(rooms, at=NOON - timedelta(minutes=5))
    with rooms.unit():
        rooms.hall.tickets.save(sent, call(sent, "1", NOON))
    at_window = rooms.hall.tickets.find(TODAY, sent.label)
    with rooms.unit():
        rooms.hall.tickets.save(at_window, transfer(at_window, "1", "firms", "2"))
    assert call_next(rooms, "3", "firms").label == other.label
    assert call_next(rooms, "3", "firms") is None
    assert call_next(rooms, "2", "people").label == sent.label


def test_a_ticket_that_changed_meanwhile_is_not_changed_again(rooms: Rooms) -> None:
    ticket = give(rooms)
    with rooms.unit():
        rooms.hall.tickets.save(ticket, call(ticket, "1", NOON))
    with pytest.raises(Conflict), rooms.unit():
        rooms.hall.tickets.save(ticket, call(ticket, "2", NOON))
    assert rooms.hall.tickets.find(TODAY, ticket.label).window == "1"


def test_a_window_has_one_ticket_at_a_time(rooms: Rooms) -> None:
    give(rooms)
    give(rooms)
    call_next(rooms, "1")
    with pytest.raises(Conflict):
        call_next(rooms, "1")
    assert rooms.hall.tickets.find_current(TODAY, "1").label == "F001"
    assert rooms.hall.tickets.count_waiting(TODAY) == {"firms": 1}


def test_lists_say_who_is_where(rooms: Rooms) -> None:
    first, second, third = give(rooms), give(rooms), give(rooms, at=NOON + timedelta(minutes=1))
    call_next(rooms, "1")
    called = rooms.hall.tickets.find(TODAY, first.label)
    with rooms.unit():
        rooms.hall.tickets.save(called, pass_over(called, "1", NOON))
    call_next(rooms, "1")
    assert [one.label for one in rooms.hall.tickets.list_called(TODAY, 5)] == [second.label]
    assert [one.label for one in rooms.hall.tickets.list_passed(TODAY, "1", 5)] == [first.label]
    assert rooms.hall.tickets.list_passed(TODAY, "2", 5) == ()
    give(rooms, at=NOON)
    assert rooms.hall.tickets.count_before(third) == 1
    current = rooms.hall.tickets.find_current(TODAY, "1")
    with rooms.unit():
        rooms.hall.tickets.save(current, finish(current, "1", NOON))
    assert rooms.hall.tickets.list_called(TODAY, 5) == ()


def test_a_slot_is_never_booked_over_its_capacity(rooms: Rooms) -> None:
    assert [book(rooms, code) for code in "ABC"] == [True, True, False]
    assert rooms.hall.appointments.find("C") is None
    assert rooms.hall.appointments.count_booked("firms", civil_date(SLOT), civil_date(SLOT)) == {SLOT: 2}
    assert rooms.hall.appointments.count_booked("firms", TODAY, TODAY) == {}


def test_a_cancelled_place_is_free_again_and_a_used_one_is_not(rooms: Rooms) -> None:
    book(rooms, "A")
    book(rooms, "B")
    rooms.hall.appointments.end("A", CANCELLED)
    assert book(rooms, "C")
    rooms.hall.appointments.end("B", USED)
    assert not book(rooms, "D")
    with pytest.raises(Conflict):
        rooms.hall.appointments.end("A", CANCELLED)


def test_somebody_has_one_place_a_day_with_a_business(rooms: Rooms) -> None:
    book(rooms, "A", holder="account:x")
    with pytest.raises(Conflict):
        book(rooms, "B", holder="account:x", starts_at=SLOT + timedelta(minutes=30))
    assert rooms.hall.appointments.count_booked("firms", civil_date(SLOT), civil_date(SLOT)) == {SLOT: 1}
    rooms.hall.appointments.end("A", CANCELLED)
    assert book(rooms, "B", holder="account:x")
    assert [one.code for one in rooms.hall.appointments.list_of_holder("account:x", 5)] == ["B", "A"]


def test_a_number_is_kept_until_the_appointment_ends_and_no_longer(rooms: Rooms) -> None:
    book(rooms, "A")
    assert rooms.hall.appointments.find_mobile("A") == "19900000001"
    rooms.hall.appointments.end("A", USED)
    assert rooms.hall.appointments.find_mobile("A") == ""
    mark = rooms.hall.appointments.mark_mobile("19900000001")
    assert mark == rooms.hall.appointments.mark_mobile("19900000001")
    assert "19900000001" not in mark


def test_each_reminder_is_handed_on_once(rooms: Rooms) -> None:
    book(rooms, "A")
    book(rooms, "B", starts_at=SLOT + timedelta(days=3))
    soon = SLOT + timedelta(hours=1)
    assert [one.code for one in rooms.hall.appointments.claim_reminders(soon, NOON, 9)] == ["A"]
    assert rooms.hall.appointments.claim_reminders(soon, NOON, 9) == ()


def test_who_did_not_come_is_forgotten(rooms: Rooms) -> None:
    book(rooms, "A")
    assert rooms.hall.appointments.forget_past(civil_date(SLOT), 9) == 0
    assert rooms.hall.appointments.forget_past(civil_date(SLOT) + timedelta(days=1), 9) == 1
    assert rooms.hall.appointments.find("A").state == MISSED
    assert rooms.hall.appointments.find_mobile("A") == ""


def test_windows_that_call_at_one_instant_never_call_the_same_ticket(rooms: Rooms) -> None:
    if not rooms.is_store:
        pytest.skip("memory knows no two at once")
    for _ in range(40):
        give(rooms)
    begin, called = threading.Barrier(8), []

    def work(window: str) -> None:
        begin.wait()
        for _ in range(5):
            ticket = call_next(rooms, window)
            called.append(ticket.label if ticket else None)
            current = rooms.hall.tickets.find_current(TODAY, window)
            with rooms.unit():
                rooms.hall.tickets.save(current, finish(current, window, NOON))
        connection.close()

    at_once([lambda window=window: work(window) for window in "12345678"])
    assert sorted(called) == [f"F{serial:03d}" for serial in range(1, 41)]


def test_numbers_drawn_at_one_instant_have_no_double_and_no_gap(rooms: Rooms) -> None:
    if not rooms.is_store:
        pytest.skip("memory knows no two at once")
    begin, given = threading.Barrier(6), []

    def work() -> None:
        begin.wait()
        given.extend(give(rooms).serial for _ in range(10))
        connection.close()

    at_once([work] * 6)
    assert sorted(given) == list(range(1, 61))


def test_a_slot_booked_at_one_instant_by_many_is_not_overbooked(rooms: Rooms) -> None:
    if not rooms.is_store:
        pytest.skip("memory knows no two at once")
    begin, booked = threading.Barrier(12), []

    def work(code: str) -> None:
        begin.wait()
        booked.append(book(rooms, code, 5))
        connection.close()

    at_once([lambda code=f"P{number}": work(code) for number in range(12)])
    assert sum(booked) == 5
    assert rooms.hall.appointments.count_booked("firms", civil_date(SLOT), civil_date(SLOT)) == {SLOT: 5}


def at_once(works: list) -> None:
    """Do several things in threads of their own; what one raises is raised here."""
    failed: list[BaseException] = []

    def run(work) -> None:
        try:
            work()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_the_state_of_a_called_ticket_is_called(rooms: Rooms) -> None:
    give(rooms)
    label = call_next(rooms, "1").label
    assert rooms.hall.tickets.find(TODAY, label).state == CALLED
