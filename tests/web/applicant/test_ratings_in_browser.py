"""Ratings in a browser: given without script and by keyboard, and the pages keep nobody out."""

import pytest

from tests.builders import CHANGZHOU
from tests.web.applicant.test_case import NUMBER, PAGE, granted
from tests.web.applicant.test_ratings import RATE, rated
from tests.web.browser import PHONE
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults, open_as


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


def test_no_page_about_a_bad_rating_keeps_anybody_out(node, agent, live_server, browser):
    granted(node)
    rated(agent, details=["too-slow"], words="等了三天")
    addresses = ["/ratings/", "/officer/ratings/", f"/officer/ratings/{NUMBER}/deciding/"]
    assert list_faults(browser, node.log_in("head"), live_server.url, addresses) == []


def test_an_applicant_rates_by_keyboard_alone_and_without_script_and_loses_nothing_on_the_way(
    node, agent, live_server, browser
):
    granted(node)
    assert list_faults(browser, agent, live_server.url, [RATE]) == []
    page = open_as(browser, agent, live_server.url, PHONE, script=False)
    page.goto(f"{live_server.url}{PAGE}")
    page.locator(f"a[href='{RATE}']").press("Enter")
    page.get_by_label("不满意", exact=True).press("Space")
    page.get_by_label("想说的话").fill("   ")
    page.get_by_role("button", name="提交评价").press("Enter")
    page.get_by_text("请勾选或者写明不满意的地方").first.wait_for()
    assert page.get_by_label("不满意", exact=True).is_checked()
    page.get_by_label("想说的话").fill("等了三天")
    page.get_by_role("button", name="提交评价").press("Enter")
    page.wait_for_url(f"**{PAGE}**")
    assert page.get_by_text("不满意").first.is_visible()
    assert page.locator(f"a[href='{RATE}']").count() == 0
    page.context.close()
