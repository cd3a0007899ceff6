"""For journeys through the three nodes in a real browser; the browser itself is that of the pages' tests."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.database import CHECKOUT
from tests.web.conftest import browser, open_page  # noqa: F401  fixtures

SCREENS = CHECKOUT / "docs" / "screens"


@pytest.fixture
def keep_screen() -> Callable[[Page, str], Path | None]:
    """Keep a picture of the page under docs/screens when ``KEEP_SCREENS`` is set (make screens)."""

    def keep(page: Page, name: str) -> Path | None:
        if not os.environ.get("KEEP_SCREENS"):
            return None
        SCREENS.mkdir(parents=True, exist_ok=True)
        path = SCREENS / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return keep
