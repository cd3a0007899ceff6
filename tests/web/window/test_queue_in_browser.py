"""The hall's open pages and the window's queue in a browser: nothing on them keeps anybody out."""

import pytest
from django.test import Client

from tests.builders import SUZHOU
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults
from tests.web.window.test_appointments import book, code_of
from tests.web.window.test_queue import call, sit, take


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Suzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(SUZHOU, tmp_path, monkeypatch)


def test_no_page_of_the_hall_and_its_queue_keeps_anybody_out(node, live_server, browser):
    clerk = sit(node.log_in("clerk", "虚构窗口甲"))
    assert list_faults(browser, clerk, live_server.url, ["/window/queue/"]) == []
    called, waiting, code = take(), take(priority="elderly"), code_of(book())
    assert call(clerk) in (called, waiting)
    passed = take("people")
    addresses = [
        "/hall/",
        # Still: a page that loads itself anew is the one thing axe finds, and this is the way around it.
        "/hall/board/?still=1",
        f"/hall/tickets/{waiting}/?still=1",
        f"/hall/tickets/{passed}/?still=1",
        "/hall/appointments/",
        "/hall/appointments/?business=firms",
        f"/hall/appointments/{code}/",
    ]
    visitor = Client()
    mine = visitor.post("/hall/", {"business": "people"})["Location"]
    faults = list_faults(browser, Client(), live_server.url, addresses)
    faults += list_faults(browser, visitor, live_server.url, [f"/hall/tickets/{mine.split('/')[3]}/rate/"])
    assert faults + list_faults(browser, clerk, live_server.url, ["/window/queue/"]) == []


def scan(page):
    """Scan a number, and come to what the window shows of it."""
    page.locator("[name=scan]").fill("11010519491231002X")
    page.locator("[name=scan]").press("Enter")
    page.wait_for_url("**/window/scan/")


def test_what_a_scan_shows_keeps_nobody_out(node, live_server, browser):
    clerk = node.log_in("clerk", "虚构窗口甲")
    assert list_faults(browser, clerk, live_server.url, ["/window/"], scan) == []
