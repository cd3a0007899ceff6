"""A clerk's whole client by keyboard alone: call, scan, find, identity, form, check, receipt, next."""

import pytest

from tests.builders import PARENT, SUZHOU
from tests.web.browser import DESKTOP
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import open_as
from tests.web.window.test_queue import sit, take

MOST_TABS = 60
ALT = 1
ANSWERS = {
    "branch_uscc": "91320411MB0000007D",
    "branch_name": "新北分社（演示）",
    "branch_address": "常州市新北区演示路1号",
    "branch_head": "演示甲",
}
_IS_AT = "selector => document.activeElement.matches(selector)"


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Suzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(SUZHOU, tmp_path, monkeypatch)


@pytest.fixture
def page(node, live_server, browser):
    """A clerk at a window with one client waiting, who never touches the mouse."""
    clerk = sit(node.log_in("clerk", "虚构窗口甲"))
    page = open_as(browser, clerk, live_server.url, DESKTOP)
    page.goto(f"{live_server.url}/window/queue/")
    yield page
    page.context.close()


def tab_to(page, selector):
    """Press Tab until something is reached, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(_IS_AT, selector):
            return
    raise AssertionError(f"{MOST_TABS} times Tab does not lead to {selector}")


def jump(page, letter):
    """Hold Alt and press a letter. The browser heeds the character, which Playwright's own Alt leaves out."""
    session = page.context.new_cdp_session(page)
    key = {"key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
    for kind in ("rawKeyDown", "char", "keyUp"):
        words = {"text": letter, "unmodifiedText": letter} if kind == "char" else {}
        session.send("Input.dispatchKeyEvent", {"type": kind, "modifiers": ALT, **key, **words})


def press(page, selector, key="Space"):
    """Go to something by Tab and press a key on it."""
    tab_to(page, selector)
    page.keyboard.press(key)


def scan(page, words):
    """Jump to the scan field by its key, type, and send with enter."""
    jump(page, "s")
    assert page.evaluate(_IS_AT, "[name=scan]")
    page.keyboard.type(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def send(page, selector="main form button[type=submit].btn-primary"):
    """Go to the button of the page's own form and press enter on it."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_client_is_called_taken_in_and_followed_by_the_next_with_keys_alone(page):
    first, second = take(), take()
    with page.expect_navigation():
        jump(page, "n")
    assert page.locator(".window-called strong").inner_text() == first

    scan(page, "旅行社")
    send(page, "a[href*='/take-in/travel-agency-branch-filing/changzhou/']")
    for name, words in (
        ("firm_name", "无锡示例旅行社有限公司（演示）"),
        ("firm_id", PARENT),
        ("mobile", "19900000001"),
    ):
        tab_to(page, f"[name={name}]")
        page.keyboard.type(words)
    press(page, "[name=comes]")
    for one in ("identity", "complete", "consent"):
        press(page, f"[name=checks][value={one}]")
    send(page)

    for name, words in ANSWERS.items():
        tab_to(page, f"[name={name}]")
        page.keyboard.type(words)
    press(page, "[name=scope][value=domestic]")
    send(page)
    press(page, "[name=read_through]")
    send(page)
    page.get_by_role("heading", name="收件凭证").wait_for()

    with page.expect_navigation():
        jump(page, "n")
    page.goto(page.url.split("/window/")[0] + "/window/queue/")
    assert page.locator(".window-called strong").inner_text() == second
    assert PARENT not in page.content()


def test_call_again_pass_over_and_finish_have_keys_of_their_own(page):
    take()
    with page.expect_navigation():
        jump(page, "n")
    with page.expect_navigation():
        jump(page, "r")
    assert "第 2 次叫号" in page.content()
    with page.expect_navigation():
        jump(page, "p")
    assert page.locator(".window-passed li").count() == 1
    scan(page, "")
    assert page.url.endswith("/window/")


def test_the_page_of_keys_tells_what_the_page_s_own_keys_are(page, live_server):
    said = {one.lower() for one in _keys_told(page, live_server)}
    page.goto(f"{live_server.url}/window/queue/")
    take()
    with page.expect_navigation():
        jump(page, "n")
    on_page = page.evaluate("() => [...document.querySelectorAll('main [accesskey]')].map(e => e.accessKey)")
    assert on_page
    assert set(on_page) <= said


def _keys_told(page, live_server):
    page.goto(f"{live_server.url}/window/keys/")
    return page.locator("main kbd").all_inner_texts()
