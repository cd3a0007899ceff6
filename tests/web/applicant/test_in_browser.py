"""The applicant's pages in a browser: nothing keeps people out; keyboard alone and no script do."""

import pytest
from django.test import Client

from tests.builders import CHANGZHOU, branch_answers
from tests.web.browser import DESKTOP, PHONE
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults, open_as
from tongban.domain.case.events import Actor
from tongban.flows.make_decision import refuse
from tongban.kernel.text import Text

ITEM = "travel-agency-branch-filing"


@pytest.fixture
def node(transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


@pytest.fixture
def agent(node, log_in):
    return log_in()


def test_no_page_that_is_open_to_everybody_keeps_anybody_out(node, live_server, browser):
    addresses = ("/", "/items/", "/items/?q=zzz", f"/items/{ITEM}/", "/verify/", "/verify/?number=1.2.156")
    assert list_faults(browser, Client(), live_server.url, addresses) == []


def test_no_page_of_an_application_keeps_anybody_out(node, agent, live_server, browser):
    form = agent.get(f"/apply/{ITEM}/changzhou/")["Location"]
    agent.post(form, branch_answers())
    waiting = node.hand_in("CZ260303-WAAA2222")
    to_correct = node.hand_in("CZ260303-CAAA2222", parent_uscc="91320205MB0000009K")
    referred = node.referred("CZ260303-RAAA2222")
    granted = node.referred("CZ260303-GAAA2222", scope=("domestic",))
    refused = node.referred("CZ260303-XAAA2222")
    refuse(refused, Text("超出总社的许可范围。", ""), Actor("officer", "o1", "虚构审批员"), node.deps)
    addresses = [
        form, f"{form}check/", "/my/", "/my/corrections/",
        "/my/corrections/?number=CZ260303-AAAA2222&deciding_zone=suzhou&item=hygiene-licence-new",
        *(f"/cases/{number}/" for number in (waiting, to_correct, referred, granted, refused)),
        f"/cases/{to_correct}/correct/", f"/cases/{to_correct}/withdraw/", f"/cases/{waiting}/person/",
        f"/cases/{granted}/rate/deciding/", "/ratings/",
    ]  # fmt: skip
    assert list_faults(browser, agent, live_server.url, addresses) == []


def test_an_application_is_made_with_the_keyboard_alone_and_without_script(node, agent, live_server, browser):
    node.keep_branch()
    page = open_as(browser, agent, live_server.url, DESKTOP, script=False)
    page.goto(f"{live_server.url}/items/{ITEM}/?zone=changzhou")
    page.get_by_role("link", name="在常州高新区开始申请").first.press("Enter")
    page.get_by_role("button", name="继续，核对一遍").press("Enter")
    assert page.locator("#error-summary li").count() == 5
    for name, value in branch_answers().items():
        if isinstance(value, str):
            page.locator(f"[name={name}]").fill(value)
    page.locator("[name=scope][value=domestic]").press("Space")
    page.get_by_role("button", name="继续，核对一遍").press("Enter")
    page.locator("[name=truth]").press("Space")
    page.get_by_role("button", name="提交申请").press("Enter")
    page.get_by_role("heading", name="正在等无锡高新区答复").first.wait_for()
    assert page.get_by_role("link", name="刷新").is_visible()
    page.context.close()


def test_the_page_changes_by_itself_when_the_case_has_moved(node, agent, live_server, browser):
    node.keep_branch()
    case_id = node.hand_in("CZ260303-AAAA2222")
    page = open_as(browser, agent, live_server.url, PHONE)
    page.goto(f"{live_server.url}/cases/{case_id}/")
    assert page.locator("#progress[hx-get]").count() == 1
    node.answer(case_id, "travel-agency-licence", status="active", licence_number="L-1", scope=["domestic"])
    node.answer(case_id, "deposit-proof", paid=True, amount_fen=20_000_000)
    page.get_by_text("旅行社分社备案登记证明").wait_for()
    page.context.close()


def test_a_question_that_is_not_called_for_is_hidden_with_script_and_told_without(
    node, log_in, live_server, browser
):
    shop = log_in(party_id="91320411MB00000158", party_name="演示食品店", agent_id="", agent_name="")
    for script in (True, False):
        page = open_as(browser, shop, live_server.url, DESKTOP, script=script)
        page.goto(f"{live_server.url}/apply/prepackaged-food-filing/changzhou/")
        conditional = page.locator("[data-shown-when]")
        assert conditional.count() > 0
        assert conditional.first.is_visible() is not script
        page.context.close()
