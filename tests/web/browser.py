"""A real browser for the tests: Debian's Chromium, and axe-core to find what keeps people out."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.patience import PATIENCE_SECONDS

PROJECT = Path(__file__).parents[2]
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]
PHONE, DESKTOP, SMALLEST, WIDEST = (390, 844), (1280, 900), (360, 640), (1440, 900)
PATIENCE_MS = PATIENCE_SECONDS * 1000
"""How long a page may take to come or to change."""
expect.set_options(timeout=PATIENCE_MS)
_TOO_WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".visually-hidden, thead"))
    .map((e) => e.tagName + "." + e.className).slice(0, 5)"""
_TOO_SMALL = """() => [...document.querySelectorAll("button, .btn, input, select, .tb-header nav a")]
    .filter((e) => e.checkVisibility() && !e.closest(".tb-choice"))
    .filter((e) => e.getBoundingClientRect().height < 43.5)
    .map((e) => e.outerHTML.slice(0, 90))"""


def find_chromium() -> str:
    """The browser, or a skip that names what is missing."""
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("browser test: no Chromium here (Debian: apt-get install chromium-headless-shell)")


def choose(page: Page, name: str, value: str) -> None:
    """Choose one of several answers by pressing its words, as people do: the box may still be moving."""
    box = page.locator(f"[name='{name}'][value='{value}']")
    page.locator(f"label[for='{box.get_attribute('id')}']").click()
    expect(box).to_be_checked()


def list_barriers(page: Page) -> list[str]:
    """What axe-core finds wrong with a page, one line each; empty when nothing is."""
    if not AXE.exists():
        pytest.skip("browser test: axe-core is not installed (npm ci)")
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [f"{v['id']}: {[node['target'] for node in v['nodes'][:3]]}" for v in found["violations"]]


def list_too_wide(page: Page) -> list[str]:
    """Elements that stick out to the right of the window."""
    return page.evaluate(_TOO_WIDE)


def list_too_small(page: Page) -> list[str]:
    """Things to press that are lower than 44 pixels."""
    return page.evaluate(_TOO_SMALL)
