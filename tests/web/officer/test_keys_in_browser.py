"""The desk by single letters, in a browser."""

import pytest

from tests.builders import CHANGZHOU
from tests.web.browser import DESKTOP
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import open_as


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


def test_letters_move_open_and_lead_to_lists_and_can_be_turned_off(node, live_server, browser):
    officer = node.log_in("officer", "虚构审批员")
    case_ids = [node.referred(f"CZ260303-AAAA222{place}") for place in range(2)]
    page = open_as(browser, officer, live_server.url, DESKTOP)
    page.goto(f"{live_server.url}/officer/")
    second = page.locator(".officer-open").nth(1).inner_text()
    assert second in case_ids
    for key in ("j", "j", "j", "k", "j", "o"):
        page.keyboard.press(key)
    page.wait_for_url(f"**/officer/cases/{second}/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("o")
    page.wait_for_url("**#acts")
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/officer/leave/")
    page.goto(f"{live_server.url}/officer/")
    page.get_by_label("按编号打开").press_sequentially("gjo?")
    assert page.get_by_label("按编号打开").input_value() == "gjo?"
    page.locator("h1").click()
    page.keyboard.press("?")
    page.wait_for_url("**/officer/keys/")
    page.get_by_role("button", name="关闭单字母快捷键").click()
    page.get_by_role("button", name="开启单字母快捷键").wait_for()
    page.goto(f"{live_server.url}/officer/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.context.close()
