"""What a failed test tells besides: the pages open in its browser, and the end of its nodes' logs."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page

from tongban.hosting.nodes import Node
from tongban.hosting.processes import read_last_lines

_READING_MS = 3_000
_CHARACTERS = 4_000


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    """Add to the report of a failed test what its fixtures ``browser`` and ``zones`` have to say."""
    report = yield
    if report.failed and call.when == "call":
        known: Mapping[str, Any] = getattr(item, "funcargs", {})
        report.sections += [*_pages(known.get("browser")), *_logs(known.get("zones"))]
    return report


def _pages(browser: Browser | None) -> list[tuple[str, str]]:
    pages = [page for window in browser.contexts for page in window.pages] if browser else []
    return [(f"page {page.url}", _read(page)) for page in pages]


def _read(page: Page) -> str:
    try:
        return page.locator("body").inner_text(timeout=_READING_MS)[:_CHARACTERS]
    except Error as error:
        return f"(cannot be read: {error})"


def _logs(zones: Mapping[str, Node] | None) -> list[tuple[str, str]]:
    nodes = [node for node in (zones or {}).values() if hasattr(node, "log")]
    logs = [node.log(part) for node in nodes for part in ("web", "worker")]
    return [(f"log {log.name}", read_last_lines(log)) for log in logs]
