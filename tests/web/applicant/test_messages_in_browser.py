"""My messages and how I am told, in a browser: nothing keeps anybody out."""

import pytest

from tests.builders import CHANGZHOU
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults
from tongban.domain.notification import EMAIL, SMS
from tongban.notify.simulated import SimulatedCarrier


@pytest.fixture
def node(transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


def test_no_page_of_messages_keeps_anybody_out(node, log_in, live_server, browser):
    agent = log_in()
    for channel in (EMAIL, SMS):
        node.deps.carriers[channel] = SimulatedCarrier()
    agent.post("/my/channels/e-mail/address/", {"address-e-mail": "demo@example.cn"})
    node.referred("CZ260303-RAAA2222")
    node.referred("CZ260303-GAAA2222", scope=("domestic",))
    addresses = ["/my/messages/", "/my/channels/", "/cases/CZ260303-GAAA2222/"]
    assert list_faults(browser, agent, live_server.url, addresses) == []
