"""The pages of the examination in a browser: nothing on them keeps anybody out."""

import pytest

from tests.builders import CHANGZHOU
from tests.domain.case.examining_cases import FIRST, SECOND, WHY
from tests.web.officer.test_examining_pages import NUMBER, hand_in
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults
from tongban.flows import be_heard, examine


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


def test_no_page_of_the_examination_keeps_anybody_out(node, live_server, browser):
    officer = node.log_in("officer", "虚构审批员")
    hand_in(node)
    examine.tell_party(NUMBER, "演示邻居", WHY, FIRST, node.deps)
    examine.tell_hearing_right(NUMBER, FIRST, node.deps)
    be_heard.request_hearing(NUMBER, "party-1", FIRST, node.deps)
    for signer in (FIRST, SECOND):
        examine.sign_finding(NUMBER, WHY, signer, node.deps)
    acts = ("sign", "special", "party", "statement", "hearing-notice", "submit")
    addresses = [f"/officer/cases/{NUMBER}/", *(f"/officer/cases/{NUMBER}/examine/{act}/" for act in acts)]
    assert list_faults(browser, officer, live_server.url, addresses) == []
