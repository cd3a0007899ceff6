"""The pages of supervision in a browser: nothing keeps the head out, and an answer needs no script."""

from datetime import timedelta

import pytest

from tests.builders import CHANGZHOU
from tests.web.browser import DESKTOP
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults, open_as
from tongban.flows.keep_time import catch_up
from tongban.flows.supervise import supervise
from tongban.store.models import SupervisionAlert


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node with a case that ran out of time; requests come in other threads."""
    node = start_node(CHANGZHOU, tmp_path, monkeypatch)
    node.referred("CZ260303-AAAA2222")
    node.clock.at += timedelta(days=40)
    catch_up(node.deps)
    supervise(node.deps)
    return node


def test_no_page_keeps_anybody_out_and_an_answer_is_given_without_script(node, live_server, browser):
    head = node.log_in("head", "虚构负责人")
    number = SupervisionAlert.objects.get(rule="late").number
    address = f"/officer/supervision/{number}/"
    addresses = ["/officer/supervision/", "/officer/supervision/rules/late/", address]
    assert list_faults(browser, head, live_server.url, addresses) == []
    page = open_as(browser, head, live_server.url, DESKTOP, script=False)
    page.goto(f"{live_server.url}/officer/supervision/")
    page.get_by_role("link", name="超过法定期限", exact=True).press("Enter")
    page.get_by_role("link", name="CZ260303-AAAA2222").press("Enter")
    page.get_by_label("情况属实，已经纠正", exact=True).press("Space")
    page.get_by_label("理由：查到什么，做了什么", exact=True).press_sequentially("已经办结。")
    page.get_by_role("button", name="继续，先核对").press("Enter")
    page.get_by_role("button", name="确认并记录").press("Enter")
    page.get_by_text("处理结果已记录。").wait_for()
    page.context.close()
    assert list_faults(browser, head, live_server.url, [address]) == []
