"""A zone whose node is down: the applicant sees whom we wait for and since when; then it comes back."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import expect

from tests.browser import branch
from tests.browser.portals import Portals
from tongban.hosting.nodes import Node, start_node, wait_until_healthy
from tongban.hosting.processes import Family


@pytest.fixture
def wuxi_comes_back(zones: Mapping[str, Node], zone_family: Family) -> Iterator[Callable[[], None]]:
    """Wuxi's node is ended like in a power cut; the test starts it again, or the end of the test does."""
    for child in [child for child in zone_family.children if child.name.startswith("wuxi")]:
        zone_family.kill(child)
    is_back = False

    def start() -> None:
        nonlocal is_back
        start_node(zone_family, zones["wuxi"])
        wait_until_healthy(zone_family, [zones["wuxi"]])
        is_back = True

    yield start
    if not is_back:
        start()


def test_the_applicant_sees_whom_the_case_waits_for_and_it_ends_when_the_zone_is_back(
    portals: Portals, wuxi_comes_back: Callable[[], None]
) -> None:
    number = portals.visits.hand_in("suzhou", "agency", branch.ITEM, "changzhou", branch.answers())
    portals.visits.wait_for("suzhou", "agency", f"/cases/{number}/", "替您询问了谁")
    page = portals.open("suzhou", f"/cases/{number}/", login="agency")

    asked = page.locator(".tb-asked").filter(has_text="无锡")
    expect(asked).to_have_count(2)
    expect(asked.first).to_contain_text("询问时间")
    expect(page.get_by_role("heading", name="正在等无锡高新区答复").first).to_be_visible()
    expect(page.locator(".tb-case-state")).not_to_have_text("已办结")

    there = portals.open("changzhou", f"/cases/{number}/", login="agency")
    expect(there.locator(".tb-asked-waiting")).to_have_count(2)
    expect(there.locator(".tb-asked-waiting").first).to_contain_text("对方暂时没有回应，系统会一直重试")

    wuxi_comes_back()
    # Nobody touches the page: it looks by itself until the case has moved.
    expect(page.locator(".tb-case-state")).to_have_text("已办结")
    expect(page.get_by_text("已签发", exact=True)).to_be_visible()
