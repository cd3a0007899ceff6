"""Appointments: booked with a number or an account, never twice, and turned into a place in the queue."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.web.window.test_queue import call, sit, take
from tongban.flows.book_appointment import forget_past, remind

SLOT = "2026-03-03T14:00:00+08:00"
MOBILE = "19900000001"


def book(client: Client | None = None, slot: str = SLOT, mobile: str = MOBILE, business: str = "firms"):
    return (client or Client()).post(
        "/hall/appointments/book/", {"business": business, "slot": slot, "mobile": mobile}
    )


def code_of(response) -> str:
    assert response.status_code == 302, response.content.decode()
    return response["Location"].split("/")[3]


def test_somebody_without_an_account_books_with_a_number_that_no_page_shows(node):
    code = code_of(book(mobile="199 0000 0001"))
    page = Client().get(f"/hall/appointments/{code}/").content.decode()
    assert code in page
    assert MOBILE not in page
    assert node.deps.hall.appointments.find_mobile(code) == MOBILE


def test_an_applicant_books_without_a_number_and_finds_it_again(node):
    applicant = node.log_in("applicant", "虚构申请人")
    code = code_of(book(applicant, mobile=""))
    assert code in applicant.get("/hall/appointments/").content.decode()
    assert code not in Client().get("/hall/appointments/").content.decode()


@pytest.mark.parametrize(
    ("slot", "words"),
    [
        ("2026-03-02T10:00:00+08:00", "这个时间已经过去"),
        ("2026-03-07T10:00:00+08:00", "这一天窗口不开放"),
        ("2026-03-03T12:30:00+08:00", "没有这个时段"),
        ("2026-06-03T10:00:00+08:00", "只能预约"),
        ("tomorrow", "请选择一个时段"),
        ("2026-03-03T14:00:00", "请选择一个时段"),
    ],
)
def test_what_cannot_be_booked_says_why_and_keeps_what_was_typed(node, slot, words):
    refused = book(slot=slot)
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert MOBILE in refused.content.decode()


@pytest.mark.parametrize("mobile", ["", "123", "29900000001", "1990000000x"])
def test_a_number_that_is_none_is_asked_for_again(node, mobile):
    assert "11 位手机号码" in book(mobile=mobile).content.decode()


def test_a_full_slot_is_shown_and_refused(node):
    for last in range(4):
        code_of(book(mobile=f"1990000000{last}"))
    assert "已经约满" in book(mobile="19900000009").content.decode()
    slots = Client().get("/hall/appointments/?business=firms").context["slots"]
    assert [one.free for one in slots if one.starts_at.isoformat() == SLOT] == [0]


def test_a_second_place_on_the_day_is_refused_until_the_first_is_cancelled(node):
    code = code_of(book())
    other = "2026-03-03T15:00:00+08:00"
    assert "已经有这项业务的预约" in book(slot=other).content.decode()
    Client().post(f"/hall/appointments/{code}/cancel/")
    assert "已取消" in Client().get(f"/hall/appointments/{code}/").content.decode()
    assert node.deps.hall.appointments.find_mobile(code) == ""
    code_of(book(slot=other))


def test_an_appointment_becomes_a_number_once_and_leads_in_its_time(node, clerk):
    code = code_of(book())
    node.clock.at += timedelta(hours=4)
    ordinary = take()
    written = f" {code[:4].lower()}-{code[4:8]} {code[8:]} "
    led = Client().post("/hall/check-in/", {"code": written})["Location"].split("/")[3]
    again = Client().post("/hall/check-in/", {"code": code})
    assert again.status_code == 422
    assert "已经用过" in again.content.decode()
    sit(clerk)
    assert [call(clerk), call(clerk)] == [led, ordinary]


def test_an_appointment_of_another_day_gives_no_number(node):
    code = code_of(book(slot="2026-03-04T14:00:00+08:00"))
    assert "不是今天的" in Client().post("/hall/check-in/", {"code": code}).content.decode()


@pytest.mark.parametrize("code", ["", "x", "ABCDEFGHJKLM", "A" * 500, "\x00"])
def test_a_code_that_is_none_is_refused(node, code):
    refused = Client().post("/hall/check-in/", {"code": code})
    assert refused.status_code == 422
    assert "没有这个预约码" in refused.content.decode()
    assert Client().get("/hall/appointments/ABCDEFGHJKLM/").status_code == 404


def test_a_reminder_is_handed_on_once_with_the_number(node):
    code = code_of(book())
    told = []
    assert remind(lambda one, mobile: told.append((one.code, mobile)), node.deps) == 1
    assert remind(lambda one, mobile: told.append((one.code, mobile)), node.deps) == 0
    assert told == [(code, MOBILE)]


def test_a_reminder_that_could_not_be_handed_on_is_handed_on_later(node):
    code_of(book())

    def fail(*_) -> None:
        raise ValueError("no channel")

    with pytest.raises(ValueError, match="no channel"):
        remind(fail, node.deps)
    assert remind(lambda *_: None, node.deps) == 1


def test_who_did_not_come_is_forgotten_the_day_after(node):
    code = code_of(book())
    node.clock.at += timedelta(days=1)
    assert forget_past(node.deps) == 1
    assert "未到" in Client().get(f"/hall/appointments/{code}/").content.decode()
