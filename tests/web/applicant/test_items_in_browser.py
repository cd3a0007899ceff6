"""Guide and form of every item in a browser: nothing in them keeps people out, whatever a pack says."""

import pytest

from tests.builders import CHANGZHOU, catalogue
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults

ITEMS = {item.id: item for item in catalogue().list_items(CHANGZHOU)}
PARTS = 4


@pytest.fixture
def node(transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_guide_and_no_form_keeps_anybody_out(part, node, log_in, live_server, browser):
    firm = log_in()
    person = log_in(
        party_kind="person",
        party_id="320411199202030002",
        party_name="演示辛（示例）",
        agent_id="",
        agent_name="",
    )
    for item in sorted(ITEMS)[part::PARTS]:
        client = firm if "firm" in ITEMS[item].objects else person
        form = client.get(f"/apply/{item}/changzhou/").get("Location", "")
        addresses = [f"/items/{item}/?zone=changzhou", *([form] if form else [])]
        assert list_faults(browser, client, live_server.url, addresses) == [], item
