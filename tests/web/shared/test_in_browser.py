"""The shared pages in a real browser: nothing keeps people out; keyboard alone and no script do."""

import pytest

from tests.web.browser import DESKTOP, PHONE, SMALLEST, WIDEST, list_barriers, list_too_small, list_too_wide
from tongban.web.shared.error_words import WORDS

PAGES = ["/", "/login/", "/styleguide/", "/styleguide/confirm/", "/styleguide/422/", "/nowhere/"]


@pytest.mark.parametrize(
    ("size", "look"), [(PHONE, "lang=zh"), (DESKTOP, "lang=en"), (PHONE, "lang=en&type=large")]
)
@pytest.mark.parametrize("address", PAGES)
def test_nothing_keeps_people_out(open_page, bare_node, address, size, look):
    page = open_page(f"{bare_node}{address}?{look}", size)
    assert list_barriers(page) == []
    assert list_too_wide(page) == []
    assert list_too_small(page) == []
    assert page.locator("html").get_attribute("lang") == ("en" if "lang=en" in look else "zh-CN")


@pytest.mark.parametrize("size", [SMALLEST, WIDEST])
@pytest.mark.parametrize("look", ["lang=en&type=large", "lang=zh"])
def test_nothing_sticks_out_on_the_smallest_and_the_widest_screen(open_page, bare_node, size, look):
    assert list_too_wide(open_page(f"{bare_node}/styleguide/?{look}", size)) == []


def test_the_policy_lets_our_own_scripts_run_and_breaks_nothing(open_page, bare_node):
    page = open_page(f"{bare_node}/styleguide/", csp=True)
    assert page.locator(".tb-copy").first.is_visible()


def test_the_first_tab_leads_to_the_text(open_page, bare_node):
    page = open_page(f"{bare_node}/login/", csp=True)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "tb-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_list_of_problems_is_read_first_and_leads_to_the_field(open_page, bare_node):
    page = open_page(f"{bare_node}/login/", csp=True)
    page.get_by_role("main").get_by_role("button").click()
    assert page.evaluate("document.activeElement.id") == "error-summary"
    assert page.title().startswith("有错误")
    page.locator("#error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "field-username"


def test_all_of_it_works_without_script(open_page, bare_node):
    page = open_page(f"{bare_node}/login/?lang=en", script=False)
    page.get_by_role("main").get_by_role("button").click()
    assert page.locator("#error-summary li").count() == 2
    page.goto(f"{bare_node}/styleguide/")
    assert page.locator(".tb-copy:visible").count() == 0
    page.locator("details.tb-law summary").first.click()
    assert page.locator("details.tb-law blockquote").first.is_visible()


def test_the_switch_changes_the_language_and_keeps_the_page(open_page, bare_node):
    page = open_page(f"{bare_node}/styleguide/", csp=True)
    page.get_by_role("link", name="English").click()
    assert "/styleguide/" in page.url
    assert page.locator("h1").first.inner_text() == "Style guide"
    page.goto(f"{bare_node}/login/")
    assert page.locator("h1").inner_text() == "Log in"


@pytest.mark.parametrize("status", sorted(WORDS))
def test_every_error_page_can_be_read_by_everybody(open_page, bare_node, status):
    page = open_page(f"{bare_node}/styleguide/{status}/?lang=en", PHONE)
    assert list_barriers(page) == []
    assert list_too_wide(page) == []


def test_a_page_on_paper_hides_what_cannot_be_pressed_there(open_page, bare_node):
    page = open_page(f"{bare_node}/styleguide/", csp=True)
    page.emulate_media(media="print")
    assert not page.locator(".tb-tools").is_visible()
    assert page.locator("h1").first.is_visible()
