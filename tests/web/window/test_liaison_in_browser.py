"""The window's pages between zones in a browser: nothing keeps people out, and they work without script."""

import pytest

from tests.builders import SUZHOU
from tests.web.browser import DESKTOP
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults, open_as
from tests.web.window.desk import take_in
from tongban.domain.case.events import Actor
from tongban.domain.liaison.custody import read_custodies
from tongban.flows import keep_time
from tongban.flows.disputes import Claim, open_dispute
from tongban.flows.originals import send_original, take_original

CLERK = Actor("clerk", "clerk-0", "虚构窗口甲")


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Suzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(SUZHOU, tmp_path, monkeypatch)


def test_no_page_between_zones_keeps_anybody_out(node, live_server, browser):
    clerk = node.log_in("clerk", "虚构窗口甲")
    case_id = take_in(clerk)
    take_original(case_id, "旅行社业务经营许可证副本（演示）", 2, CLERK, node.deps)
    original = take_original(case_id, "营业执照副本（演示）", 1, CLERK, node.deps)
    send_original(case_id, original, "演示快递", "YS-0001-2026-000000017", CLERK, node.deps)
    open_dispute(case_id, Claim("lost-post", "运单显示已寄出，至今未到。", about=original), CLERK, node.deps)
    node.clock.at = node.clock.at.replace(day=10)
    keep_time.catch_up(node.deps)
    assert "代收件的确认到期了" in clerk.get("/window/").content.decode()
    addresses = (
        "/window/",
        "/window/between/",
        f"/window/cases/{case_id}/between/",
        f"/window/cases/{case_id}/between/slip/{original}/",
        *(f"/window/cases/{case_id}/between/{deed}/" for deed in ("take", "send", "dispute")),
    )
    assert list_faults(browser, clerk, live_server.url, addresses) == []


def test_an_original_is_taken_in_with_the_keyboard_alone_and_without_script(node, live_server, browser):
    clerk = node.log_in("clerk", "虚构窗口甲")
    case_id = take_in(clerk)
    page = open_as(browser, clerk, live_server.url, DESKTOP, script=False)
    page.goto(f"{live_server.url}/window/cases/{case_id}/between/")
    page.get_by_role("link", name="收下原件").press("Enter")
    page.get_by_label("材料清单中的哪一份").select_option(index=2)
    page.get_by_label("页数").fill("3")
    page.get_by_role("button", name="收下原件").press("Enter")
    page.get_by_text("已登记并通报另一区").wait_for()
    page.context.close()
    (log,) = read_custodies(node.deps.liaison.list_of_case(case_id))
    assert (log.sheets, log.steps[0].name) == (3, "虚构窗口甲")
