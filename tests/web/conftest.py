"""For browser tests: one Chromium for all, and a node that needs no database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.web import browser as chromium
from tongban.hosting import ports

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; tests that ask for it are skipped by name when there is none."""
    path = chromium.find_chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page of a size; the test fails on what the browser complains about, error statuses aside."""
    contexts, complaints = [], []

    def open_it(
        address: str, size: tuple[int, int] = chromium.DESKTOP, *, script: bool = True, csp: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, java_script_enabled=script, bypass_csp=not csp
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(address)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert [said for said in complaints if "the server responded with a status of" not in said] == []


@pytest.fixture(scope="session")
def bare_node() -> Iterator[str]:
    """The address of a node whose database is away: enough for pages that ask nobody."""
    port = ports.find_free_port()
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tongban.site.settings.test",
        "PYTHONPATH": str(PROJECT / "src"),
        "TONGBAN_PUBLIC_URL": address,
        "TONGBAN_LOG_LEVEL": "ERROR",
    }
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    server = subprocess.Popen(
        [*command, "--no-ws", "tongban.site.wsgi:application"], env=environment, cwd=PROJECT
    )
    try:
        for _ in range(200):
            if server.poll() is not None:
                pytest.fail("the node did not start")
            try:
                httpx.get(f"{address}/styleguide/", timeout=5)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
