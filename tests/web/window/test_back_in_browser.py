"""After the next client is called, the browser's back button shows nothing of the last one."""

import pytest

from tests.builders import PARENT, SUZHOU
from tests.web.browser import DESKTOP
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import open_as
from tests.web.window.desk import AGENT_NUMBER, BRANCH, identity, take_in
from tests.web.window.test_queue import sit, take

TRACES = (PARENT, AGENT_NUMBER, "演示经办人", "19900000001")


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Suzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(SUZHOU, tmp_path, monkeypatch)


@pytest.mark.parametrize("button", ["下一位客户", "办结，叫下一位"])
def test_going_back_after_the_next_client_shows_nothing_of_the_last(node, live_server, browser, button):
    clerk = sit(node.log_in("clerk", "虚构窗口甲"))
    take()
    clerk.post("/window/queue/next/")
    case_id = take_in(clerk)
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    page = open_as(browser, clerk, live_server.url, DESKTOP)
    for address in ("/window/client/", f"/window/cases/{case_id}/", f"/window/cases/{case_id}/receipt/"):
        page.goto(f"{live_server.url}{address}")
        assert any(trace in page.content() for trace in TRACES), address
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/window/**")
    for _ in range(3):
        page.go_back()
        assert [trace for trace in TRACES if trace in page.content()] == []
    page.context.close()


def test_no_page_of_the_room_is_kept_by_the_browser_or_a_proxy(node, live_server):
    clerk = sit(node.log_in("clerk", "虚构窗口甲"))
    case_id = take_in(clerk)
    addresses = (
        "", "queue/", "client/", "form/", "check/", "cases/", f"cases/{case_id}/",
        f"cases/{case_id}/receipt/", "missing/", "pickups/", "provisional/", "keys/", "offline/state/",
    )  # fmt: skip
    kept = [one for one in addresses if "no-store" not in clerk.get(f"/window/{one}")["Cache-Control"]]
    assert kept == []
    assert "no-store" in clerk.post("/window/scan/", {"scan": AGENT_NUMBER})["Cache-Control"]
