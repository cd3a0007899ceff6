"""The form by people who type what nobody expects, and by people who have no mouse."""

from playwright.sync_api import Page, expect

from tests.browser import branch
from tests.browser.portals import Portals
from tests.web.browser import list_barriers

FORM = f"/apply/{branch.ITEM}/changzhou/?fresh=1"
TURNED, SMILING = "林\u202e若溪\u200f（示例）", "常州市新北区演示路901号 🏮👩‍👩‍👧"
MEGABYTE = 1024 * 1024
MOST_TABS = 120


def put(page: Page, name: str, value: str) -> None:
    """Put a value into a field as a paste does, past what the browser would stop at."""
    page.locator(f"[name={name}]").evaluate("(field, value) => { field.value = value }", value)


def test_everything_that_is_wrong_is_told_at_once_and_the_answers_are_kept(portals: Portals) -> None:
    page = portals.open("suzhou", FORM, login="agency")
    put(page, "branch_name", "演" + "x" * (10 * MEGABYTE))
    put(page, "branch_uscc", "91320411YY9000024C")
    put(page, "branch_address", SMILING)
    put(page, "branch_head", TURNED)
    put(page, "contact_mobile", "12-not-a-number")
    page.get_by_role("button", name="继续，核对一遍").click()

    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    wrong = {link.get_attribute("href") for link in summary.get_by_role("link").all()}
    names = ("branch-name", "branch-uscc", "branch-address", "branch-head", "contact-mobile", "scope")
    expected = {f"#field-{name}" for name in names}
    assert expected <= wrong
    for name in ("branch_name", "branch_uscc", "contact_mobile"):
        field = page.locator(f"[name={name}]")
        expect(field).to_have_attribute("aria-invalid", "true")
        assert field.get_attribute("aria-describedby")
    expect(page.locator("[name=branch_uscc]")).to_have_value("91320411YY9000024C")
    expect(page.locator("[name=branch_address]")).to_have_value(SMILING)
    expect(page.locator("[name=contact_mobile]")).to_have_value("12-not-a-number")
    assert page.locator("[name=branch_head]").input_value().startswith("林")
    assert 0 < len(page.locator("[name=branch_name]").input_value()) < MEGABYTE

    page.locator("#error-summary a[href='#field-branch-uscc']").click()
    expect(page.locator("[name=branch_uscc]")).to_be_focused()


def test_a_form_with_problems_keeps_nobody_out_in_either_language(portals: Portals) -> None:
    for language in ("zh", "en"):
        page = portals.open("suzhou", FORM, login="agency", language=language, csp=False)
        page.get_by_role("main").locator("form button[type=submit]").first.click()
        page.locator("#error-summary").wait_for()
        assert list_barriers(page) == []


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something is reached, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{MOST_TABS} times Tab does not lead to {selector}")


def test_an_application_is_handed_in_with_keys_alone(portals: Portals) -> None:
    page = portals.open("suzhou", FORM, login="agency")
    answers = branch.answers()
    for name in branch.LABELS["zh"]:
        tab_to(page, f"[name={name}]")
        page.keyboard.type(str(answers[name]))
    tab_to(page, "[name=scope][value=domestic]")
    page.keyboard.press("Space")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="请核对一遍再提交")).to_be_visible()
    tab_to(page, "[name=truth]")
    page.keyboard.press("Space")
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator(".tb-case-state")).to_be_visible()
    assert "/cases/" in page.url
