"""Pages of a role's room in the real browser: in both languages and sizes, with and without script."""

from collections.abc import Callable

from django.test import Client
from playwright.sync_api import Browser, Page

from tests.web.browser import DESKTOP, PHONE, list_barriers, list_too_small, list_too_wide

SIZES = {"desktop": DESKTOP, "phone": PHONE}


def open_as(
    browser: Browser, client: Client, server: str, size: tuple[int, int], *, script: bool = True
) -> Page:
    """A page in which the client's account is logged in."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=script, bypass_csp=script
    )
    context.add_cookies([{"name": c.key, "value": c.value, "url": server} for c in client.cookies.values()])
    return context.new_page()


def list_faults(
    browser: Browser, client: Client, server: str, address: str, act: Callable[[Page], None] | None = None
) -> list[str]:
    """What keeps people out of a page, in both languages and sizes; ``act`` does something to it first."""
    faults = []
    for name, size in SIZES.items():
        for language in ("zh", "en"):
            page = open_as(browser, client, server, size)
            page.goto(f"{server}{address}{'&' if '?' in address else '?'}lang={language}")
            if act is not None:
                act(page)
            found = [*list_barriers(page), *list_too_wide(page), *list_too_small(page)]
            faults += [f"{address} {name} {language}: {one}" for one in found]
            page.context.close()
    return faults
