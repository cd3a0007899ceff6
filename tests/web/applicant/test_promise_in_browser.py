"""A form that waits for other zones' answers about promises changes by itself, in a real browser."""

import pytest

from tests.builders import AGENT, SUZHOU
from tests.web.applicant.test_bundle_promises import FORM, IDENTITY, NAME, SHOP, SITUATION, fill_in, number_in
from tests.web.applicant.test_promise import ANSWERS, ITEM
from tests.web.browser import DESKTOP, PHONE
from tests.web.one_node import OneNode, start_node
from tests.web.peers import answer_lists
from tests.web.rooms_in_browser import list_faults, open_as
from tongban.flows.lead_bundle import ask_person_for_bundle
from tongban.kernel.ids import BundleNumber

SIGN = "我已阅读全文并作出承诺"


@pytest.fixture
def node(transactional_db, tmp_path, monkeypatch) -> OneNode:
    """Suzhou's node; the browser's requests come in other threads, so transactions are real."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    node = start_node(SUZHOU, tmp_path, monkeypatch)
    node.keep("business-licence", SHOP, status="active", kind="individual", scope=["hairdressing"],
              name=NAME, premises="演示路1号")  # fmt: skip
    return node


@pytest.fixture
def shop(node, log_in):
    return log_in(party_id=SHOP, party_name=NAME, agent_id="", agent_name="")


def test_the_form_of_an_item_offers_the_promise_once_every_zone_has_answered(
    node, shop, live_server, browser
):
    form = shop.get(f"/apply/{ITEM}/suzhou/")["Location"]
    check = shop.post(form, ANSWERS)["Location"]
    page = open_as(browser, shop, live_server.url, PHONE)
    page.goto(f"{live_server.url}{check}")
    page.get_by_role("heading", name="能不能承诺，还在问").wait_for()
    assert list_faults(browser, shop, live_server.url, [check]) == []
    answer_lists(node, check.rstrip("/").split("/")[-2])
    page.get_by_label(SIGN).first.wait_for()
    assert page.locator("#promises[hx-get]").count() == 0
    page.context.close()
    assert list_faults(browser, shop, live_server.url, [check]) == []


def test_the_one_form_of_a_bundle_does_so_too(node, shop, live_server, browser):
    check = fill_in(shop)
    page = open_as(browser, shop, live_server.url, DESKTOP)
    page.goto(f"{live_server.url}{check}")
    page.get_by_role("heading", name="能不能承诺，还在问").wait_for()
    answer_lists(node, number_in(check))
    page.get_by_label(SIGN).first.wait_for()
    page.context.close()


def test_so_does_the_window_and_its_receipt_follows_by_itself(node, live_server, browser):
    clerk = node.log_in("clerk")
    clerk.get("/window/bundles/open-hairdresser-or-hotel/", SITUATION)
    clerk.post("/window/bundle/client/", {"kind": "firm", **IDENTITY})
    clerk.post("/window/bundle/form/", FORM)
    page = open_as(browser, clerk, live_server.url, DESKTOP)
    page.goto(f"{live_server.url}/window/bundle/check/")
    page.get_by_role("heading", name="能不能承诺，还在问").wait_for()
    answer_lists(node, clerk.session["window_bundle"]["number"])
    page.get_by_label("来人已阅读全文并作出承诺").first.wait_for()
    page.context.close()
    pages = ["/window/bundle/client/", "/window/bundle/form/", "/window/bundle/check/"]
    assert list_faults(browser, clerk, live_server.url, pages) == []
    number = clerk.post("/window/bundle/check/", {"read_through": "yes"})["Location"].split("/")[-2]
    page = open_as(browser, clerk, live_server.url, DESKTOP)
    page.goto(f"{live_server.url}/window/receipts/{number}/")
    assert page.locator("#progress[hx-get]").count() == 1
    assert list_faults(browser, clerk, live_server.url, [f"/window/receipts/{number}/"]) == []
    page.evaluate("window.isThePageOfBefore = true")
    ask_person_for_bundle(BundleNumber(number), (), AGENT, node.deps)
    page.wait_for_function("() => !window.isThePageOfBefore")
    page.context.close()
