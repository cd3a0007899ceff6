"""Checks after the decision, and several cases at once, in a browser: nothing keeps people out."""

import pytest

from tests.builders import CHANGZHOU
from tests.web.officer.test_batch import cases
from tests.web.officer.test_due_checks import NAME, permit
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults

__all__ = ["cases", "permit"]


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


def test_no_page_of_a_check_keeps_anybody_out(node, officer, permit, live_server, browser):
    addresses = (
        "/officer/promises/",
        "/officer/checks/",
        f"/officer/cases/{permit}/",
        f"/officer/cases/{permit}/checks/",
        f"/officer/cases/{permit}/checks/{NAME}/",
    )
    assert list_faults(browser, officer, live_server.url, addresses) == []


def take_over_both(page):
    """Choose every case of the list, and come to the page that asks before anything is done."""
    for box in page.locator("[name=case]").all():
        box.check()
    page.locator("#batch button[value=take]").click()
    page.wait_for_url("**/officer/batch/")


def test_the_page_that_asks_before_several_are_taken_keeps_nobody_out(officer, cases, live_server, browser):
    addresses = ["/officer/"]
    assert list_faults(browser, officer, live_server.url, addresses, take_over_both) == []
