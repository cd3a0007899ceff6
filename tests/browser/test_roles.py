"""What clerk and officer see and do in the browser, with a case that goes between the zones."""

import re

from playwright.sync_api import Page, expect

from tests.browser import branch
from tests.browser.portals import Portals, submit_the_form
from tests.patience import ask_until
from tests.web.browser import choose

FIRM, USCC = "无锡云帆旅行社有限公司", "91320214YY9000016H"
BEYOND = ["domestic", "outbound"]
"""More than the parent may do: no machine grants it, and none refuses it."""
WHY_NOT = "总社未获准经营出境旅游业务。"


def take_in_at_the_window(page: Page) -> None:
    """Take the agency's branch in for the firm's representative, who stands at the window."""
    page.get_by_label("企业名称").fill(FIRM)
    page.get_by_label("统一社会信用代码").fill(USCC)
    page.get_by_label("联系手机").fill("19900000903")
    page.get_by_label("本人，或企业的法定代表人").press("Space")
    for label in ("身份：", "材料：", "告知同意："):
        page.get_by_label(label).press("Space")
    submit_the_form(page, "继续，填写申请")
    branch.fill_in(page, "zh")
    submit_the_form(page, "继续，核对一遍")
    page.get_by_label("来人已逐项核对").press("Space")
    submit_the_form(page, "提交，出具收件凭证")


def test_a_clerk_of_a_third_zone_takes_in_prints_the_receipt_and_follows(portals: Portals) -> None:
    page = portals.open("wuxi", "/window/?q=旅行社", login="wuxi-clerk")
    page.get_by_role("link", name="常州高新区").first.click()
    take_in_at_the_window(page)

    expect(page.get_by_role("heading", name="收件凭证")).to_be_visible()
    expect(page.get_by_text("本凭证只证明已收到申请材料，不是受理决定。")).to_be_visible()
    expect(page.get_by_text("异地代收：收件地不作受理和决定")).to_be_visible()
    expect(page.get_by_role("button", name="打印凭证")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="打印凭证")).to_be_hidden()
    expect(page.locator(".window-receipt")).to_be_visible()
    page.emulate_media(media="screen")

    number = page.locator(".window-number code").inner_text()
    page.get_by_role("link", name="看这件办件").click()
    follow_until(page, number, "已办结")


def follow_until(page: Page, number: str, words: str) -> None:
    """Look at a case's page again until it says so; whoever looks does nothing else."""
    expect(page.get_by_text(number).first).to_be_visible()
    state = page.locator(".tb-case-state")

    def look_again() -> str:
        page.reload()
        return state.inner_text()

    ask_until(look_again, lambda said: said == words)


def hand_in_what_goes_to_a_person(portals: Portals) -> str:
    """Hand in at Suzhou what no machine may grant; return the number once Changzhou's officers have it."""
    answers = branch.answers(scope=BEYOND)
    number = portals.visits.hand_in("suzhou", "agency", branch.ITEM, "changzhou", answers)
    portals.visits.wait_for(
        "changzhou", "changzhou-officer", f"/officer/cases/{number}/", "为何由工作人员处理"
    )
    return number


def open_in_the_worklist(portals: Portals, number: str) -> Page:
    """Open the case as an officer does, and look at what there is to weigh."""
    page = portals.open("changzhou", "/officer/", login="changzhou-officer")
    page.get_by_role("link", name=number).click()
    expect(page.get_by_text("为何由工作人员处理")).to_be_visible()
    table = page.locator(".officer-criteria")
    unmet = table.locator(".officer-mark-unmet")
    expect(unmet.first).to_be_visible()
    expect(unmet.locator(".officer-value").first).to_be_visible()
    expect(unmet.locator(".officer-source").first).to_contain_text(re.compile("无锡|常州|申请"))
    expect(table.locator(".officer-mark-met").first).to_be_visible()
    expect(page.locator(".officer-evidence")).to_contain_text("无锡")
    return page


def decide(page: Page, act: str, reasons: str, confirm: str) -> None:
    """Give reasons, read what follows, confirm."""
    page.get_by_role("link", name=act, exact=True).click()
    choose(page, "agrees", "yes")
    page.locator("[name=reasons_zh]").fill(reasons)
    submit_the_form(page, "继续，先看后果")
    expect(page.locator(".officer-reasons").first).to_have_text(reasons)
    submit_the_form(page, confirm)


def test_an_officer_refuses_and_the_applicant_reads_why_and_what_to_do(portals: Portals) -> None:
    number = hand_in_what_goes_to_a_person(portals)
    page = open_in_the_worklist(portals, number)
    decide(page, "不予", WHY_NOT, "确认不予")
    expect(page.get_by_text("已作出不予决定")).to_be_visible()

    # The remedies are named on the page before the decision too, in the words of the law.
    portals.visits.wait_for("suzhou", "agency", f"/cases/{number}/", WHY_NOT)
    told = portals.open("suzhou", f"/cases/{number}/", login="agency")
    expect(told.get_by_text(WHY_NOT).first).to_be_visible()
    expect(told.get_by_role("heading", name="行政复议")).to_be_visible()
    expect(told.get_by_role("heading", name="行政诉讼")).to_be_visible()


def test_an_officer_grants_and_the_licence_is_issued(portals: Portals) -> None:
    number = hand_in_what_goes_to_a_person(portals)
    page = open_in_the_worklist(portals, number)
    decide(page, "准予", "经核实，总社已取得出境旅游资质（演示）。", "确认准予")
    portals.visits.wait_for("suzhou", "agency", f"/cases/{number}/", "已签发")
    told = portals.open("suzhou", f"/cases/{number}/", login="agency", language="en")
    expect(told.locator(".tb-case-state")).to_have_text("Concluded")
