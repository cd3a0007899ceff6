"""The whole way of an application through three zones, as the person at the screen walks it."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.branch import fill_in
from tests.browser.portals import Portals, submit_the_form, tick
from tests.patience import ask_until
from tests.web.browser import PHONE


def log_in(page: Page, portals: Portals, login: str) -> None:
    """Log in on the page, in whichever language it stands."""
    page.get_by_label("用户名").or_(page.get_by_label("Username")).fill(login)
    page.get_by_label("密码").or_(page.get_by_label("Password")).fill(portals.visits.password)
    page.get_by_role("main").get_by_role("button").click()


def read_number(page: Page) -> str:
    """The licence number on a case's page."""
    return page.locator(".tb-licence code").first.inner_text().strip()


def check_until_certain(
    page: Page, portals: Portals, words: str, number: str = "", file: object = None
) -> None:
    """Check at Wuxi's public page, again until the ledger has taken the licence in."""
    answer = page.locator(".tb-verdict")

    def check() -> str:
        portals.go(page, "wuxi", "/verify/")
        part = page.locator("form", has=page.locator(f"[name={'number' if number else 'file'}]"))
        if number:
            part.locator("[name=number]").fill(number)
        else:
            part.locator("[name=file]").set_input_files(file)  # type: ignore[arg-type]
        with page.expect_navigation():
            part.locator("button[type=submit]").click()
        # Nothing may come but a verdict; what came instead stands in the report of the failed test.
        assert answer.is_visible(), page.locator("main").inner_text()
        return answer.get_attribute("class") or ""

    ask_until(check, lambda look: "tb-verdict-waiting" not in look)
    expect(answer).to_contain_text(words)


def test_a_branch_is_filed_from_another_zone_and_checked_at_a_third(portals: Portals, tmp_path: Path) -> None:
    page = portals.open("suzhou")
    page.get_by_label("您想办什么事").fill("lvxingshe")
    page.get_by_role("button", name="搜索").click()
    page.get_by_role("main").get_by_role("link", name="旅行社分社备案").click()
    page.get_by_label("选择办理地").get_by_role("link", name="常州高新区").click()
    page.get_by_role("link", name="在常州高新区开始申请").first.click()
    log_in(page, portals, "agent")

    parent = page.get_by_label("总社统一社会信用代码")
    expect(parent).to_have_value("91320214YY9000016H")
    expect(page.get_by_label("联系手机")).to_have_value("19900000903")
    expect(page.get_by_text("来自：您的账号")).to_have_count(2)
    fill_in(page, "zh")
    submit_the_form(page, "继续，核对一遍")
    expect(page.get_by_role("heading", name="请核对一遍再提交")).to_be_visible()
    expect(page.get_by_text("向无锡高新区的“")).to_have_count(2)
    tick(page, "以上内容真实、准确")
    submit_the_form(page, "提交申请")

    expect(page.get_by_role("heading", name="替您询问了谁")).to_be_visible()
    page.get_by_text("已签发", exact=True).wait_for()
    expect(page.locator(".tb-case-state")).to_have_text("已办结")
    findings = page.get_by_role("region", name="逐条核对的结果").locator(".tb-finding")
    expect(findings.filter(has=page.get_by_text("符合", exact=True))).to_have_count(findings.count())
    assert findings.count() > 0
    licence = read_number(page)
    code = page.get_by_alt_text("核验二维码").screenshot(path=tmp_path / "code.png")

    sealed = page.get_by_role("link", name="下载盖章 PDF")
    ask_until(lambda: page.reload() and sealed.is_visible())
    with page.expect_download() as coming:
        sealed.click()
    document = tmp_path / "licence.pdf"
    coming.value.save_as(document)
    assert coming.value.suggested_filename == f"{licence}.pdf"
    assert document.read_bytes().startswith(b"%PDF-")

    check_three_ways(portals, licence, document, code)


def check_three_ways(portals: Portals, licence: str, document: object, code: bytes) -> None:
    """Check at Wuxi by number, by the document and by the QR code."""
    page = portals.open("wuxi")
    check_until_certain(page, portals, "证照有效", number=licence)
    expect(page.get_by_text("凭编号不显示持有人的信息")).to_be_visible()
    check_until_certain(page, portals, "证照有效", file=document)
    check_until_certain(
        page, portals, "证照有效", file={"name": "code.png", "mimeType": "image/png", "buffer": code}
    )


def test_the_same_on_a_phone_in_english_without_script(portals: Portals) -> None:
    page = portals.open("suzhou", size=PHONE, language="en", script=False)
    page.get_by_label("What do you need").fill("travel agency")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("main").get_by_role("link", name="Filing of a travel-agency branch").click()
    page.get_by_label("Choose the deciding zone").get_by_role("link", name="Changzhou").click()
    page.get_by_role("link", name="Apply in Changzhou").first.click()
    log_in(page, portals, "agency")
    fill_in(page, "en")
    submit_the_form(page, "Continue to check")
    tick(page, "What I gave is true and accurate")
    submit_the_form(page, "Hand in")

    issued = page.get_by_text("Issued", exact=True)

    def look_again() -> bool:
        if not issued.is_visible():
            page.get_by_role("link", name="Look again").click()
        return issued.is_visible()

    ask_until(look_again)
    expect(page.locator(".tb-case-state")).to_have_text("Concluded")
    licence = read_number(page)
    page.get_by_role("link", name="Verify it").click()
    check_until_certain(page, portals, "This licence is valid", number=licence)
    expect(page.get_by_text("By number nothing about the holder is shown")).to_be_visible()
