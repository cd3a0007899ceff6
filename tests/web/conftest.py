"""For browser tests: one Chromium for all, and a node that needs no database."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.patience import ask_until
from tests.web import browser as chromium
from tongban.hosting import ports

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def browser() -> Browser:
    """The browser; tests that ask for it are skipped by name when there is none."""
    path = chromium.find_chromium()
    # Playwright's loop runs in this thread until the end, and Django would take every later query for async.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    return _launch(path)


@cache
def _launch(path: str) -> Browser:
    """Start it once for a process: two of Playwright's loops in one process get in each other's way."""
    return sync_playwright().start().chromium.launch(executable_path=path, args=chromium.ARGUMENTS)


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
        context.set_default_timeout(chromium.PATIENCE_MS)
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
def bare_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a node whose database is away: enough for pages that ask nobody."""
    port, state = ports.find_free_port(), tmp_path_factory.mktemp("bare-node")
    address = f"http://127.0.0.1:{port}"
    environment = _bare_environment(address, state)
    # A node without keys does not start; its own command makes them, and needs no database for that.
    subprocess.run([sys.executable, "manage.py", "createkeys"], env=environment, cwd=PROJECT, check=True)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    server = subprocess.Popen(
        [*command, "--port", str(port), "--no-ws", "tongban.site.wsgi:application"],
        env=environment,
        cwd=PROJECT,
    )
    try:
        ask_until(lambda: server.poll() is not None or _is_there(f"{address}/styleguide/"))
        assert server.poll() is None, "the node did not start"
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _is_there(address: str) -> bool:
    try:
        httpx.get(address, timeout=5)
    except httpx.TransportError:
        return False
    return True


def _bare_environment(address: str, state: Path) -> dict[str, str]:
    (state / "passphrase").write_text("a passphrase for tests")
    return os.environ | {
        "TONGBAN_KEYS_FOLDER": str(state / "keys"),
        "TONGBAN_KEYS_PASSPHRASE_FILE": str(state / "passphrase"),
        "TONGBAN_DIRECTORY_FOLDER": str(state / "directory"),
        "TONGBAN_FILES_FOLDER": str(state / "files"),
        "DJANGO_SETTINGS_MODULE": "tongban.site.settings.test",
        "PYTHONPATH": str(PROJECT / "src"),
        "TONGBAN_PUBLIC_URL": address,
        "TONGBAN_LOG_LEVEL": "ERROR",
    }
