"""The queue: a number without a name, called once, shown on the board; what ends it ends the client."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.builders import PARENT, branch_answers
from tests.web.window.desk import BRANCH, identity
from tongban.reads.ratings import read_bad


def take(business: str = "firms", priority: str = "", **more) -> str:
    """Take a number at the entrance, without an account."""
    done = Client().post("/hall/", {"business": business, "priority": priority} | more)
    return done["Location"].split("/")[3]


def sit(clerk: Client, window: str = "1") -> Client:
    clerk.post("/window/queue/sit/", {"window": window})
    return clerk


def call(clerk: Client) -> str:
    page = clerk.post("/window/queue/next/", follow=True)
    current = page.context["seen"].current
    return current.label if current else ""


def test_a_number_is_taken_without_a_name_and_says_how_many_are_before(node):
    assert [take(), take(), take("people")] == ["A001", "A002", "C001"]
    page = Client().get("/hall/tickets/A002/").content.decode()
    assert "前面还有 1 人" in page
    assert "sessionid" not in Client().get("/hall/").cookies


def test_no_number_is_given_out_while_the_hall_is_closed(node):
    node.clock.at += timedelta(hours=12)
    refused = Client().post("/hall/", {"business": "firms"})
    assert refused.status_code == 422
    assert "窗口现在不开放" in refused.content.decode()


def test_nobody_gives_themselves_the_priority_of_an_appointment(node):
    assert Client().post("/hall/", {"business": "firms", "priority": "appointment"}).status_code == 422


def test_somebody_old_is_called_before_who_came_a_little_earlier_and_not_before_everybody(node, clerk):
    first = take()
    node.clock.at += timedelta(minutes=25)
    second = take()
    old = take(priority="elderly")
    sit(clerk)
    assert [call(clerk) for _ in range(3)] == [first, old, second]


def test_a_called_number_stands_on_the_board_in_both_languages(node, clerk):
    label = take()
    call(sit(clerk))
    board = Client().get("/hall/board/").content.decode()
    assert label in board
    assert "请到窗口" in board
    assert "Now serving" in board
    assert 'http-equiv="refresh"' in board
    assert 'http-equiv="refresh"' not in Client().get("/hall/board/?still=1").content.decode()
    assert "请到 1 号窗口" in Client().get(f"/hall/tickets/{label}/").content.decode()


def test_calling_next_ends_the_last_client_and_forgets_everything_of_them(node, clerk):
    take(), take()
    sit(clerk)
    assert call(clerk) == "A001"
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    clerk.post("/window/form/", branch_answers(branch_uscc="123"))
    assert call(clerk) == "A002"
    assert "window" not in clerk.session
    assert PARENT not in clerk.get("/window/client/", follow=True).content.decode()
    assert node.deps.hall.tickets.find(node.clock.at.date(), "A001").state == "finished"


@pytest.mark.parametrize("verb", ["finish", "pass", "transfer"])
def test_whatever_ends_a_ticket_ends_the_client(node, clerk, verb):
    label = take()
    call(sit(clerk))
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    clerk.post(f"/window/queue/{label}/{verb}/", {"to": "business:people"})
    assert "window" not in clerk.session
    assert clerk.session["window-place"] == {"window": "1", "ticket": ""}


def test_the_button_for_the_next_client_ends_the_ticket_too(node, clerk):
    label = take()
    call(sit(clerk))
    clerk.post("/window/next-client/")
    assert node.deps.hall.tickets.find(node.clock.at.date(), label).state == "finished"


def test_who_did_not_come_is_called_again_later(node, clerk):
    label = take()
    call(sit(clerk))
    clerk.post(f"/window/queue/{label}/recall/")
    assert clerk.get("/window/queue/").context["seen"].current.calls == 2
    clerk.post(f"/window/queue/{label}/pass/")
    assert call(clerk) == ""
    clerk.post(f"/window/queue/{label}/call/")
    assert clerk.get("/window/queue/").context["seen"].current.label == label


def test_a_client_who_is_sent_on_is_called_there(node, clerk):
    label = take()
    call(sit(clerk))
    clerk.post(f"/window/queue/{label}/transfer/", {"to": "window:3"})
    other = sit(node.log_in("clerk", "虚构窗口乙"), "3")
    assert call(clerk) == ""
    assert call(other) == label


def test_a_window_does_nothing_to_another_windows_number_and_says_why(node, clerk):
    label = take()
    call(sit(clerk))
    other = sit(node.log_in("clerk", "虚构窗口乙"), "2")
    refused = other.post(f"/window/queue/{label}/finish/")
    assert refused.status_code == 422
    assert "1 号窗口办理" in refused.content.decode()


def test_yesterdays_number_is_none_today(node):
    label = take()
    node.clock.at += timedelta(days=1)
    assert Client().get(f"/hall/tickets/{label}/").status_code == 404
    assert take() == "A001"


@pytest.mark.parametrize("to", ["business:nobody", "window:99"])
def test_nobody_is_sent_where_there_is_nothing(node, clerk, to):
    label = take()
    call(sit(clerk))
    assert clerk.post(f"/window/queue/{label}/transfer/", {"to": to}).status_code == 404
    assert clerk.post("/window/queue/sit/", {"window": "99"}).status_code == 404
    assert clerk.get(f"/window/queue/{label}/finish/").status_code == 405


def test_the_pages_ask_as_much_however_many_wait(node, clerk, django_assert_max_num_queries):
    for _ in range(30):
        take()
    call(sit(clerk))
    with django_assert_max_num_queries(12):
        clerk.get("/window/queue/")
    with django_assert_max_num_queries(12):
        Client().get("/hall/board/")


def finished(clerk: Client, visitor: Client) -> str:
    """A visitor takes a number by phone, is called, and is done."""
    label = visitor.post("/hall/", {"business": "firms"})["Location"].split("/")[3]
    assert call(sit(clerk)) == label
    clerk.post(f"/window/queue/{label}/finish/")
    return label


def test_whoever_took_the_number_rates_the_visit_once_when_it_has_ended(node, clerk):
    visitor, level = Client(), {"level": "dissatisfied", "words": "等得太久"}
    waiting = visitor.post("/hall/", {"business": "people"})["Location"]
    assert visitor.post(f"{waiting}rate/", level).status_code == 422
    label = finished(clerk, visitor)
    rate = f"/hall/tickets/{label}/rate/"
    assert rate in visitor.get(f"/hall/tickets/{label}/").content.decode()
    assert visitor.post(rate, {"level": "dissatisfied"}).status_code == 422
    assert visitor.post(rate, level).status_code == 302
    assert "您已经评价" in visitor.get(f"/hall/tickets/{label}/").content.decode()
    assert visitor.post(rate, {"level": "satisfied"})["Location"] == f"/hall/tickets/{label}/"
    head = node.log_in("head", "虚构负责人")
    (line,) = read_bad(node.deps, is_done=False).lines
    page = head.get(f"/officer/ratings/{line.case_id}/visit/").content.decode()
    assert "等得太久" in page
    assert "窗口：企业开办和变更" in page
    assert head.post(f"/officer/ratings/{line.case_id}/visit/", {"words": "加开窗口"}).status_code == 302
    assert read_bad(node.deps, is_done=False).lines == ()


def test_nobody_else_rates_a_visit_neither_a_stranger_nor_the_staff(node, clerk):
    visitor = Client()
    label = finished(clerk, visitor)
    rate = f"/hall/tickets/{label}/rate/"
    for other in (Client(), clerk):
        assert other.post(rate, {"level": "very-satisfied"}).status_code == 404
        assert rate not in other.get(f"/hall/tickets/{label}/").content.decode()
    assert visitor.get(rate).status_code == 200
