"""One thing in a browser: nothing keeps people out, and the keyboard alone without a script does."""

from urllib.parse import urlencode

import pytest

from tests.builders import SUZHOU
from tests.web.applicant.test_bundles import BUNDLE, FORM, NAME, SHOP, SITUATION, begin, hand_in
from tests.web.browser import DESKTOP
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults, open_as


@pytest.fixture
def portal(transactional_db, tmp_path, monkeypatch):
    """Suzhou's node; the browser's requests come in other threads, so transactions are real."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    return start_node(SUZHOU, tmp_path, monkeypatch)


@pytest.fixture
def shop(portal, log_in):
    portal.keep(
        "business-licence", SHOP, status="active", name=NAME, legal_representative="演示丙",
        kind="individual", scope=["prepackaged-food-sale"], premises="苏州市虎丘区演示路61号",
        registered_on=portal.clock.now().date(),
    )  # fmt: skip
    return log_in(party_id=SHOP, party_name=NAME, agent_id="", agent_name="")


def test_no_page_of_a_bundle_keeps_anybody_out(portal, shop, live_server, browser):
    form = begin(shop)
    shop.post(form, FORM)
    number = hand_in(shop)
    again = begin(shop)
    addresses = [
        BUNDLE, f"{BUNDLE}plan/?{urlencode(SITUATION)}", f"{BUNDLE}plan/", again, form, f"{form}check/",
        f"/receipts/{number}/", f"/receipts/{number}/withdraw/", f"/receipts/{number}/person/",
        f"/receipts/{number}/done/signboard/",
        "/my/", "/items/",
    ]  # fmt: skip
    assert list_faults(browser, shop, live_server.url, addresses) == []


def test_a_bundle_is_handed_in_with_the_keyboard_alone_and_without_script(portal, shop, live_server, browser):
    page = open_as(browser, shop, live_server.url, DESKTOP, script=False)
    page.goto(f"{live_server.url}{BUNDLE}")
    for name, value in SITUATION.items():
        page.locator(f"[name={name}][value={value}]").press("Space")
    page.get_by_role("button", name="看看要办什么").press("Enter")
    page.get_by_role("link", name="填一张表").press("Enter")
    for name, value in FORM.items():
        for one in value if isinstance(value, list) else [value] if value in ("yes", "no") else []:
            page.locator(f"[name={name}][value={one}]").press("Space")
    page.locator("[name=contact_mobile]").fill("19900000006")
    page.get_by_role("button", name="继续，核对一遍").press("Enter")
    page.locator("[name=truth]").press("Space")
    page.get_by_role("button", name="提交").press("Enter")
    page.get_by_role("heading", name="每件事到了哪一步").wait_for()
    assert page.get_by_text("已办好").first.is_visible()
