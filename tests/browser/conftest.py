"""For journeys through the three nodes in a real browser; the browser itself is that of the pages' tests."""

import re
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser

from tests.browser import branch
from tests.browser.portals import Portals, Visits
from tests.web.conftest import browser  # noqa: F401  fixture
from tongban.hosting.nodes import Node


@pytest.fixture(scope="session")
def visits(browser: Browser, zones: Mapping[str, Node]) -> Visits:  # noqa: F811
    """Who is logged in where; asked after the browser, so that without one no node is started."""
    return Visits(zones)


@pytest.fixture
def portals(browser: Browser, visits: Visits) -> Iterator[Portals]:  # noqa: F811
    """The three nodes in the browser; the test fails on what the browser complains about."""
    portals = Portals(browser, visits)
    yield portals
    portals.close()
    assert portals.complaints == []


@pytest.fixture(scope="session")
def granted(visits: Visits) -> tuple[str, str]:
    """A case that has gone all its way from Suzhou to Changzhou: its number, and the licence's."""
    number = visits.hand_in("suzhou", "agency", branch.ITEM, "changzhou", branch.answers())
    html = visits.wait_for("changzhou", "agency", f"/cases/{number}/", "下载盖章 PDF")
    licence = re.search(r"1\.2\.156\.[\w.]+", html)
    assert licence, html
    return number, licence.group()
