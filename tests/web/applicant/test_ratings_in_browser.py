"""What is done about a bad rating, in a browser: the head's pages keep nobody out."""

import pytest

from tests.builders import CHANGZHOU
from tests.web.applicant.test_case import NUMBER, granted
from tests.web.applicant.test_ratings import rated
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


def test_no_page_about_a_bad_rating_keeps_anybody_out(node, agent, live_server, browser):
    granted(node)
    rated(agent, details=["too-slow"], words="等了三天")
    addresses = ["/ratings/", "/officer/ratings/", f"/officer/ratings/{NUMBER}/deciding/"]
    assert list_faults(browser, node.log_in("head"), live_server.url, addresses) == []
