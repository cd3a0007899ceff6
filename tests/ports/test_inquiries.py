"""The contract of the port for questions before a promise: kept, answered once, replaced, forgotten."""

from dataclasses import replace
from datetime import timedelta

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON, OTHER
from tongban.domain.inquiry import Inquiry
from tongban.kernel.ids import ItemId, ZoneId

NUMBER = "YJS-CZ260303-7K3M9QXD"
ITEMS = (ItemId("hairdresser-hygiene-permit"), ItemId("gathering-place-fire-commitment"))
ASKED = Inquiry(NUMBER, OTHER, "TOKEN-1", "91320505YY9901017H", ITEMS, NOON)
LATER = NOON + timedelta(seconds=2)


def test_a_question_comes_back_as_it_was_put(rooms: Rooms) -> None:
    third = replace(ASKED, zone=ZoneId("a-third"))
    rooms.inquiries.keep(ASKED)
    rooms.inquiries.keep(third)
    assert rooms.inquiries.list_of(NUMBER) == (third, ASKED)
    assert rooms.inquiries.list_of("CZ-2") == ()


def test_an_answer_is_noted_once_and_only_with_the_question_it_names(rooms: Rooms) -> None:
    rooms.inquiries.keep(ASKED)
    assert not rooms.inquiries.note(NUMBER, OTHER, "TOKEN-2", LATER, is_listed=False)
    assert not rooms.inquiries.note(NUMBER, ZoneId("a-third"), "TOKEN-1", LATER, is_listed=False)
    assert rooms.inquiries.note(NUMBER, OTHER, "TOKEN-1", LATER, is_listed=True)
    assert not rooms.inquiries.note(NUMBER, OTHER, "TOKEN-1", LATER, is_listed=False)
    assert rooms.inquiries.list_of(NUMBER) == (replace(ASKED, answered_at=LATER, is_listed=True),)


def test_that_no_answer_will_come_is_noted_and_is_no_answer(rooms: Rooms) -> None:
    rooms.inquiries.keep(ASKED)
    assert rooms.inquiries.note(NUMBER, OTHER, "TOKEN-1", LATER, None, "UNREACHABLE")
    assert rooms.inquiries.list_of(NUMBER) == (replace(ASKED, fault="UNREACHABLE"),)


def test_a_new_question_takes_the_place_of_the_one_before(rooms: Rooms) -> None:
    rooms.inquiries.keep(replace(ASKED, answered_at=NOON, is_listed=False))
    again = replace(ASKED, token="TOKEN-2", subject="91320505YY9900014X", items=ITEMS[:1], asked_at=LATER)
    rooms.inquiries.keep(again)
    assert rooms.inquiries.list_of(NUMBER) == (again,)


def test_old_questions_are_forgotten(rooms: Rooms) -> None:
    rooms.inquiries.keep(ASKED)
    young = replace(ASKED, number="CZ-2", asked_at=LATER)
    rooms.inquiries.keep(young)
    assert rooms.inquiries.forget_before(LATER) == 1
    assert rooms.inquiries.list_of(NUMBER) == ()
    assert rooms.inquiries.list_of("CZ-2") == (young,)


def test_a_unit_that_fails_keeps_no_question(rooms: Rooms) -> None:
    try:
        with rooms.unit():
            rooms.inquiries.keep(ASKED)
            raise KeyError
    except KeyError:
        pass
    assert rooms.inquiries.list_of(NUMBER) == ()
