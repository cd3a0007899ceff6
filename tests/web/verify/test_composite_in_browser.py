"""A composite licence in a browser: its holder's page and the verifier's keep nobody out."""

from tests.web.rooms_in_browser import list_faults
from tests.web.verify.test_composite import agent, entry_of, join, joined

__all__ = ["agent", "joined"]


def test_no_page_of_a_composite_keeps_anybody_out(browser, live_server, joined, agent, anybody):
    number = join(agent).split("/")[-2]
    joined.place_in_ledger()
    assert list_faults(browser, agent, live_server.url, [f"/composites/{number}/", "/my/"]) == []
    entry = entry_of(joined).credential_id
    assert list_faults(browser, anybody, live_server.url, [f"/v/{number}", f"/v/{entry}"]) == []
    joined.set_state("07")
    assert list_faults(browser, agent, live_server.url, [f"/composites/{number}/"]) == []
