"""Three real nodes ask each other's lists before a promise is offered, and the page follows by itself."""

from playwright.sync_api import Page, expect

from tests.browser.portals import Portals, submit_the_form, tick
from tests.nodes.conftest import fiction
from tests.web.browser import choose


def premises_of(firm: str) -> str:
    subject = fiction().story[firm]
    found = (one for one in fiction().records if (one.kind, one.subject) == ("business-licence", subject))
    return str(next(found).facts["premises"])


def sign_all(page: Page) -> None:
    """Tick and sign every promise that is offered."""
    for row in page.locator(".tb-pledge").all():
        row.locator("label", has_text="我已阅读全文并作出承诺").click()
        row.get_by_label("署名").fill("夏知禾（示例）")


def test_a_promise_is_offered_once_all_three_zones_have_answered(portals: Portals) -> None:
    page = portals.open("suzhou", "/apply/hairdresser-hygiene-permit/suzhou/", login="barber")
    page.locator("[name=premises]").fill(premises_of("barber"))
    page.locator("[name=area_m2]").fill("40")
    page.locator("[name=staff_count]").fill("3")
    page.get_by_role("main").get_by_role("button", name="继续，核对一遍").click()
    # Whether the zones have answered by now or not: nobody presses anything until the promise stands there.
    expect(page.get_by_label("我已阅读全文并作出承诺").first).to_be_visible()
    sign_all(page)
    tick(page, "以上内容真实、准确")
    submit_the_form(page, "提交申请")
    page.wait_for_url("**/cases/**")
    expect(page.get_by_role("main")).to_contain_text("承诺")


def test_a_bundle_asks_them_too_and_its_receipt_ends_by_itself(portals: Portals) -> None:
    page = portals.open("suzhou", "/bundles/open-hairdresser-or-hotel/", login="barber")
    for name, value in {"kind": "hairdresser", "has_licence": "yes", "sells_snacks": "no"}.items():
        choose(page, name, value)
    submit_the_form(page, "看看要办什么")
    page.get_by_role("link", name="填一张表").click()
    page.locator("[name=premises]").fill(premises_of("barber"))
    page.locator("[name=hygiene_hairdresser__area_m2]").fill("40")
    page.locator("[name=staff]").fill("3")
    page.get_by_role("main").get_by_role("button", name="继续，核对一遍").click()
    expect(page.get_by_label("我已阅读全文并作出承诺").first).to_be_visible()
    sign_all(page)
    tick(page, "以上内容真实、准确")
    submit_the_form(page, "提交")
    expect(page.locator("#progress[hx-get]")).to_have_count(0)
    expect(page.locator("#member-hygiene-hairdresser")).to_contain_text("已办好")


def test_who_has_no_licence_yet_walks_through_the_whole_bundle(portals: Portals) -> None:
    page = portals.open("suzhou", "/bundles/open-convenience-store/", login="jobless")
    for name, value in {"has_licence": "no", "food": "packed", "is_mall": "no", "tobacco": "no"}.items():
        choose(page, name, value)
    submit_the_form(page, "看看要办什么")
    expect(page.get_by_text("由谁提交：个人")).to_be_visible()
    page.get_by_role("link", name="填一张表").click()
    expect(page.locator("[name=licence_copy]")).to_have_count(0)
    for name, value in {
        "registration__trade_name": "苏州虎丘归棠便利店（演示）",
        "registration__staff_count": "2",
    }.items():
        page.locator(f"[name={name}]").fill(value)
    for name, value in {
        "registration__operator_form": "personal", "registration__scope": "prepackaged-food-sale",
        "registration__right_of_use": "leased", "packed_food__activities": "prepackaged",
        "packed_food__sale_modes": "retail", "packed_food__outlets": "shop",
        "packed_food__stores_elsewhere": "no", "packed_food__sells_labelled_only": "yes",
    }.items():  # fmt: skip
        choose(page, name, value)
    page.get_by_role("main").get_by_role("button", name="继续，核对一遍").click()
    tick(page, "以上内容真实、准确")
    submit_the_form(page, "提交")
    # The registration asks the ban lists of all zones; the page follows by itself, and the shop goes on.
    expect(page.locator("#member-registration")).to_contain_text("已办好")
    expect(page.locator("#member-packed-food")).to_contain_text("已办好")
    page.locator("#member-packed-food a").first.click()
    expect(page.get_by_text("苏州虎丘归棠便利店（演示）").first).to_be_visible()
