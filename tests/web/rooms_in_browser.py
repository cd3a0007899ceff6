"""Pages of a role's room in the real browser: in both languages and sizes, with and without script."""

from collections.abc import Callable, Iterable

from django.test import Client
from playwright.sync_api import Browser, Page

from tests.web.browser import DESKTOP, PATIENCE_MS, PHONE, list_barriers, list_too_small, list_too_wide

WAYS = (("zh", DESKTOP), ("en", PHONE))
"""Each language once and each size once; all four together are looked at in the pictures (make screens)."""


def open_as(
    browser: Browser, client: Client, server: str, size: tuple[int, int], *, script: bool = True
) -> Page:
    """A page in which the client's account is logged in."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=script, bypass_csp=script
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": c.key, "value": c.value, "url": server} for c in client.cookies.values()])
    return context.new_page()


def list_faults(
    browser: Browser,
    client: Client,
    server: str,
    addresses: Iterable[str],
    act: Callable[[Page], None] | None = None,
) -> list[str]:
    """What keeps people out of pages, in both languages and sizes; ``act`` does something to each first."""
    faults, addresses = [], list(addresses)
    for language, size in WAYS:
        page = open_as(browser, client, server, size)
        for address in addresses:
            page.goto(f"{server}{address}{'&' if '?' in address else '?'}lang={language}")
            if act is not None:
                act(page)
            found = [*list_barriers(page), *list_too_wide(page), *list_too_small(page)]
            faults += [f"{address} {language} {size}: {one}" for one in found]
        page.context.close()
    return faults
