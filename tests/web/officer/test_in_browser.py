"""The officer's pages in a browser: nothing keeps people out, and a decision is made without script."""

import pytest

from tests.builders import CHANGZHOU, SUZHOU
from tests.web import peers
from tests.web.browser import DESKTOP, choose
from tests.web.officer.test_notices import CERTIFICATE, NURSE, tell
from tests.web.one_node import start_node
from tests.web.peers import play_elsewhere
from tests.web.rooms_in_browser import list_faults, open_as
from tongban.domain.case.events import Actor
from tongban.flows.talk import write_to_applicant
from tongban.store.models import Notice

OFFICER = Actor("officer", "officer-1", "虚构审批员")


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


def test_no_page_keeps_anybody_out(node, live_server, browser):
    officer = node.log_in("officer", "虚构审批员")
    case_id = node.referred("CZ260303-AAAA2222")
    received = node.hand_in("CZ260303-BBBB2222")
    write_to_applicant(case_id, "门牌是几号？", "核对场所", OFFICER, node.deps)
    node.keep(CERTIFICATE, NURSE, status="active", name="演示丁（示例）", certificate_number="示例1")
    tell(node)
    network = play_elsewhere("SZ260303-DDDD2222", SUZHOU, {"parent_licence_copy": b"%PDF-1.7 made up"})
    peers.tell(node, network, SUZHOU, "case.submit", "file.offer")
    told = Notice.objects.values_list("number", flat=True)[0]
    addresses = (
        "/officer/",
        f"/officer/cases/{case_id}/",
        *(f"/officer/cases/{case_id}/{act}/" for act in ("grant", "refuse")),
        *(f"/officer/cases/{received}/{act}/" for act in ("accept", "decline")),
        f"/officer/cases/{received}/correction/",
        f"/officer/cases/{case_id}/messages/",
        "/officer/cases/SZ260303-DDDD2222/",
        *(f"/officer/cases/{case_id}/{page}/" for page in ("desk", "notes")),
        "/officer/leave/",
        "/officer/keys/",
        "/officer/find/?number=NOWHERE",
        "/officer/notices/",
        "/officer/deliveries/",
        "/officer/escalations/",
        f"/officer/notices/{told}/",
    )
    faults = list_faults(browser, officer, live_server.url, addresses)
    refusal = [f"/officer/cases/{case_id}/refuse/"]
    assert faults + list_faults(browser, officer, live_server.url, refusal, ask_what_follows) == []


def ask_what_follows(page):
    """Give a reason and go on to the page that asks before it is done."""
    choose(page, "agrees", "yes")
    page.locator("[name=reasons_zh]").fill("超出总社的许可范围。")
    page.locator("main form button[type=submit]").first.click()
    page.locator(".officer-reasons").first.wait_for()


def test_a_refusal_is_made_without_script_and_with_the_keyboard_alone(node, live_server, browser):
    officer = node.log_in("officer", "虚构审批员")
    case_id = node.referred("CZ260303-AAAA2222")
    page = open_as(browser, officer, live_server.url, DESKTOP, script=False)
    page.goto(f"{live_server.url}/officer/")
    page.get_by_role("link", name=case_id).press("Enter")
    page.get_by_role("link", name="不予", exact=True).press("Enter")
    page.get_by_label("同意", exact=True).press("Space")
    page.get_by_label("理由", exact=True).press_sequentially("超出总社的许可范围。")
    page.get_by_role("button", name="继续，先看后果").press("Enter")
    page.get_by_role("button", name="确认不予").press("Enter")
    page.get_by_text("已作出不予决定").wait_for()
    page.context.close()
    assert node.find(case_id).stage == "refused"
