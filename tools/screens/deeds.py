"""What is done through the pages on the way, so that there is something to look at."""

import secrets

from playwright.sync_api import Browser, Page

from tools.screens.shot import CHANGZHOU, ITEM, SUZHOU, choose, log_in, send

FIRM = {"firm_name": "无锡云帆旅行社有限公司", "firm_id": "91320214YY9000016H", "mobile": "19900000903"}
_SITUATION = {"has_licence": "no", "food": "packed", "is_mall": "no", "tobacco": "no"}
_SHOP = {
    "registration__operator_form": "personal",
    "registration__scope": "prepackaged-food-sale",
    "registration__right_of_use": "leased",
    "packed_food__activities": "prepackaged",
    "packed_food__sale_modes": "retail",
    "packed_food__outlets": "shop",
    "packed_food__stores_elsewhere": "no",
    "packed_food__sells_labelled_only": "yes",
}


def fill_branch(page: Page, **changes: object) -> None:
    """Fill the branch filing's form in with the story's answers."""
    from tests.browser.branch import answers  # the story's answers, kept once

    for name, value in {**answers(), **changes}.items():
        if isinstance(value, list):
            for one in value:
                choose(page, name, one)
        elif page.locator(f"[name='{name}']").is_editable():
            page.fill(f"[name='{name}']", str(value))


def hand_in(browser: Browser, **changes: object) -> str:
    """Hand the branch filing in at Suzhou through its pages; return the case number."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = log_in(context.new_page(), SUZHOU, "agency")
    page.goto(f"{SUZHOU}/apply/{ITEM}/changzhou/?lang=zh")
    fill_branch(page, **changes)
    send(page)
    page.locator("label[for=field-truth]").click()
    send(page)
    page.wait_for_url("**/cases/**")
    number = page.url.split("/cases/")[1].split("/")[0]
    context.close()
    return number


def refuse(browser: Browser, number: str) -> None:
    """Let an officer of Changzhou refuse a case, with reasons."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = log_in(context.new_page(), CHANGZHOU, "changzhou-officer")
    page.goto(f"{CHANGZHOU}/officer/cases/{number}/?lang=zh")
    page.get_by_role("link", name="不予", exact=True).click()
    choose(page, "agrees", "yes")
    page.fill("[name=reasons_zh]", "总社未获准经营出境旅游业务。")
    for words in ("继续，先看后果", "确认不予"):
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button", name=words, exact=True).click()
    context.close()


def wait_for_licence(browser: Browser, number: str) -> str:
    """Return the licence number of a case once it is issued."""
    context = browser.new_context()
    page = log_in(context.new_page(), CHANGZHOU, "agency")
    page.goto(f"{CHANGZHOU}/cases/{number}/?lang=zh")
    page.get_by_text("下载盖章 PDF").first.wait_for()
    licence = next(word for word in page.inner_text("main").split() if word.startswith("1.2.156."))
    context.close()
    return licence


def found_a_shop(browser: Browser) -> tuple[str, str]:
    """Open a convenience store in one thing and join its licences; return the receipt's and their number."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = log_in(context.new_page(), SUZHOU, "jobless")
    page.goto(f"{SUZHOU}/bundles/open-convenience-store/?lang=zh")
    for name, value in _SITUATION.items():
        choose(page, name, value)
    send(page)
    page.get_by_role("link", name="填一张表").click()
    page.fill("[name=registration__trade_name]", f"苏州虎丘归棠{secrets.token_hex(2)}便利店（演示）")
    page.fill("[name=registration__staff_count]", "2")
    for name, value in _SHOP.items():
        choose(page, name, value)
    send(page)
    page.get_by_role("main").locator("label", has_text="以上内容真实、准确").click()
    send(page)
    page.locator("#member-packed-food").get_by_text("已办好").wait_for()
    receipt = page.url.split("/receipts/")[1].split("/")[0]
    page.goto(f"{SUZHOU}/receipts/{receipt}/")
    with page.expect_navigation():
        page.get_by_role("button", name="合成：").first.click()
    number = page.url.split("/composites/")[1].split("/")[0]
    context.close()
    return receipt, number


def find_item_at_window(page: Page) -> None:
    """Clear the window of whoever was there, and begin with the branch filing."""
    base = page.url.split("/window/")[0]
    clear = page.locator("form[action$='/next-client/'] button")
    if clear.count():
        with page.expect_navigation():
            clear.first.click()
    page.goto(f"{base}/window/take-in/{ITEM}/changzhou/")


def say_who_came(page: Page) -> None:
    """Fill the identity step in for the firm's representative."""
    find_item_at_window(page)
    for name, value in FIRM.items():
        page.fill(f"[name={name}]", value)
    page.locator("[name=comes]").first.check(force=True)
    for one in ("identity", "complete", "consent"):
        choose(page, "checks", one)


def come_to_the_form(page: Page) -> None:
    """Go on to the form, and fill it in."""
    say_who_came(page)
    send(page)
    fill_branch(page)


def come_to_the_check(page: Page) -> None:
    """Go on to the last look before the receipt."""
    come_to_the_form(page)
    send(page)


def take_in(page: Page) -> None:
    """Take the client in, up to the receipt."""
    come_to_the_check(page)
    choose(page, "read_through", "yes")
    send(page)


def call_somebody(page: Page) -> None:
    """Take a number in the hall, sit down at a window, and call whoever is next."""
    base = page.url.split("/window/")[0]
    page.goto(f"{base}/hall/")
    take = page.locator("button[name=business]").first
    if take.is_enabled():  # outside the hall's hours nobody can take a number
        with page.expect_navigation():
            take.click()
    page.goto(f"{base}/window/queue/")
    if page.locator("button[name=window]").count():
        with page.expect_navigation():
            page.locator("button[name=window]").first.click()
    if not page.locator(".window-called").count():
        with page.expect_navigation():
            page.locator("main form[action$='/queue/next/'] button").last.click()
    page.goto(f"{base}/window/queue/")
