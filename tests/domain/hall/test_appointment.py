"""Appointments: the slots of a day, why one cannot be booked, the place one gives."""

import copy
from datetime import date, datetime, timedelta

import pytest

from tests.builders import CHANGZHOU, SUZHOU, TUESDAY, WUXI, catalogue
from tests.domain.hall.test_ticket import BOOK, RAW
from tongban.domain.hall.appointment import (
    Appointment,
    check_arrival,
    check_booking,
    list_slots,
    place_on_arrival,
)
from tongban.domain.hall.parse import parse_hall
from tongban.domain.hall.ticket import rank
from tongban.kernel.moment import CHINA_STANDARD_TIME, civil_date

CALENDAR = catalogue().get_calendar(CHANGZHOU)
TODAY = civil_date(TUESDAY)


def at(day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=CHINA_STANDARD_TIME)


NOW = at(TODAY, "08:00")
SLOT = at(TODAY, "14:00")


def codes(starts_at: datetime, business: str = "firms") -> list[str]:
    return [one.code for one in check_booking(business, starts_at, NOW, BOOK, CALENDAR)]


def test_the_slots_of_a_working_day_fill_its_hours_and_no_more() -> None:
    slots = list_slots(TODAY, BOOK, CALENDAR)
    assert (slots[0], slots[-1]) == (at(TODAY, "09:00"), at(TODAY, "16:30"))
    assert at(TODAY, "12:00") not in slots
    assert len(slots) == 13


def test_a_slot_of_the_day_can_be_booked() -> None:
    assert codes(SLOT) == []


@pytest.mark.parametrize(
    ("starts_at", "code"),
    [
        (at(TODAY, "07:30"), "appointment.past"),
        (at(TODAY - timedelta(days=1), "10:00"), "appointment.past"),
        (at(TODAY, "12:30"), "appointment.no-slot"),
        (at(TODAY, "14:07"), "appointment.no-slot"),
        (at(TODAY + timedelta(days=5), "10:00"), "appointment.closed"),
        (at(TODAY + timedelta(days=60), "10:00"), "appointment.too-far"),
    ],
)
def test_what_cannot_be_booked_says_why(starts_at: datetime, code: str) -> None:
    assert codes(starts_at) == [code]


def test_a_business_without_capacity_takes_no_appointments() -> None:
    assert codes(SLOT, "collect") == ["appointment.not-offered"]


def test_a_day_that_no_calendar_knows_has_no_slots() -> None:
    assert list_slots(CALENDAR.last_on + timedelta(days=1), BOOK, CALENDAR) == ()


def an_appointment(**changes: object) -> Appointment:
    return Appointment(
        **{"code": "A", "business": "firms", "starts_at": SLOT, "booked_at": NOW, "holder": "x"} | changes
    )


def test_who_comes_early_stands_where_the_slot_begins() -> None:
    assert place_on_arrival(an_appointment(), NOW, BOOK) == ("appointment", rank(SLOT, "appointment", BOOK))


def test_who_comes_in_time_leads_who_came_in_the_lead() -> None:
    priority, place = place_on_arrival(an_appointment(), SLOT, BOOK)
    assert priority == "appointment"
    assert place < SLOT


def test_who_comes_after_the_time_of_grace_stands_as_if_without() -> None:
    late = SLOT + timedelta(minutes=51)
    assert place_on_arrival(an_appointment(), late, BOOK) == ("", late)


def test_an_appointment_of_another_day_or_used_gives_no_ticket() -> None:
    assert check_arrival(an_appointment(), NOW) == ()
    tomorrow = NOW + timedelta(days=1)
    assert [one.code for one in check_arrival(an_appointment(), tomorrow)] == ["appointment.other-day"]
    assert [one.code for one in check_arrival(an_appointment(state="used"), NOW)] == ["appointment.ended"]


def test_a_hall_with_hours_and_numbers_of_its_own_goes_by_them_and_the_others_by_what_is_common() -> None:
    raw = copy.deepcopy(RAW)
    raw["zones"]["suzhou"]["capacity"] = {"people": 9}
    book = parse_hall(raw, "hall.yaml")
    wuxi, suzhou, changzhou = (book.of(zone) for zone in (WUXI, SUZHOU, CHANGZHOU))
    noon = at(TODAY, "12:30")
    assert [one.is_open(noon, CALENDAR) for one in (wuxi, suzhou, changzhou)] == [True, False, False]
    assert noon in list_slots(TODAY, wuxi, CALENDAR)
    assert check_booking("firms", noon, NOW, wuxi, CALENDAR) == ()
    assert (suzhou.slots.capacity, wuxi.slots.capacity) == ({"people": 9}, book.slots.capacity)
    assert [one.code for one in check_booking("firms", SLOT, NOW, suzhou, CALENDAR)] == [
        "appointment.not-offered"
    ]
    assert changzhou.hours == book.hours
