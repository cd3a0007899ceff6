"""The window's pages in a browser: nothing keeps people out, and somebody is taken in without script."""

import pytest

from tests.builders import BRANCH_FILING, PARENT, SUZHOU, branch_answers
from tests.web.browser import DESKTOP
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults, open_as
from tests.web.window.desk import BRANCH, identity, take_in


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Suzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(SUZHOU, tmp_path, monkeypatch)


def send_it_empty(page):
    """Send the identity form as it is, so that all its problems show."""
    page.get_by_role("button", name="填写申请").or_(
        page.get_by_role("button", name="Continue to the form")
    ).click()
    page.locator("#error-summary").wait_for()


def test_no_page_keeps_anybody_out(node, live_server, browser):
    clerk = node.log_in("clerk", "虚构窗口甲")
    clerk.get(BRANCH)
    faults = list_faults(browser, clerk, live_server.url, ["/window/client/"], send_it_empty)
    clerk.post("/window/client/", identity())
    clerk.post("/window/form/", branch_answers())
    addresses = ["/window/", "/window/form/", "/window/check/"]
    faults += list_faults(browser, clerk, live_server.url, addresses)
    case_id = take_in(clerk)
    addresses = [
        "/window/deliveries/",
        "/window/deliveries/elsewhere/",
        "/window/corrections/",
        f"/window/corrections/?number=CZ260303-AAAA2222&deciding_zone=changzhou&item={BRANCH_FILING}",
        "/window/pickups/",
        "/window/missing/",
    ]
    faults += list_faults(browser, clerk, live_server.url, addresses)
    addresses = ["/window/cases/", f"/window/cases/{case_id}/", f"/window/cases/{case_id}/receipt/"]
    addresses += [f"/window/cases/{case_id}/{act}/" for act in ("person", "withdraw")]
    faults += list_faults(browser, clerk, live_server.url, addresses)
    taken_down = clerk.post("/window/voices/question/", {"words": "几点下班？", "read_back": "yes"})[
        "Location"
    ]
    addresses = ["/window/voices/question/", "/window/voices/complaint/", taken_down]
    faults += list_faults(browser, clerk, live_server.url, addresses)
    clerk.post("/window/next-client/")
    faults += list_faults(browser, clerk, live_server.url, [f"/window/cases/{case_id}/"])
    assert faults == []


def test_somebody_is_taken_in_without_script(node, live_server, browser):
    page = open_as(browser, node.log_in("clerk", "虚构窗口甲"), live_server.url, DESKTOP, script=False)
    page.goto(f"{live_server.url}/window/?q=旅行社")
    page.get_by_role("link", name="常州高新区").click()
    page.get_by_label("企业名称").fill("无锡示例旅行社有限公司（演示）")
    page.get_by_label("统一社会信用代码").fill(PARENT)
    page.get_by_label("联系手机").fill("19900000001")
    page.get_by_label("本人，或企业的法定代表人").press("Space")
    for label in ("身份：", "材料：", "告知同意："):
        page.get_by_label(label).press("Space")
    page.get_by_role("button", name="继续，填写申请").click()
    for label, words in {
        "分社统一社会信用代码": "91320411MB0000007D",
        "分社名称": "新北分社（演示）",
        "分社经营场所": "常州市新北区演示路1号",
        "分社负责人姓名": "演示甲",
    }.items():
        page.get_by_label(label).fill(words)
    page.get_by_label("国内旅游业务").press("Space")
    page.get_by_role("button", name="继续，核对一遍").click()
    page.get_by_label("来人已逐项核对").press("Space")
    page.get_by_role("button", name="提交，出具收件凭证").click()
    page.get_by_role("heading", name="收件凭证").wait_for()
    assert "不是受理决定" in page.content()
    page.get_by_role("button", name="下一位客户").click()
    page.get_by_text("上一位客户的资料已从本窗口清除").wait_for()
    page.context.close()
