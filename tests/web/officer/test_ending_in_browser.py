"""The pages of a licence's end in a browser: nothing keeps people out, at both widths."""

import pytest

from tests.builders import CHANGZHOU
from tests.web.officer.test_ending_pages import CASE, permit
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults

BASE = f"/officer/cases/{CASE}/"


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


def test_no_page_of_the_end_keeps_anybody_out(node, live_server, browser):
    permit(node)
    officer = node.log_in("officer", "虚构审批员")
    addresses = (
        BASE,
        *(f"{BASE}ending/{act}/" for act in ("deliver", "propose", "revoke-licence", "cancel-licence")),
    )
    assert list_faults(browser, officer, live_server.url, addresses) == []
