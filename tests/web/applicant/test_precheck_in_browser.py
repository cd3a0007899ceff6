"""The pages of a pre-check in a browser, the applicant's and the officer's: nothing keeps anybody out."""

import pytest

from tests.builders import CHANGZHOU
from tests.web.applicant.test_precheck import START, answer, fill_in, put
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


def test_no_page_of_a_pre_check_keeps_anybody_out(node, log_in, live_server, browser):
    agent, officer = log_in(), node.log_in("officer", "虚构审批员")
    waiting, marked = put(agent), put(agent)
    answer(node, officer, marked, outcome="correct", words="地址太粗。", **{"mark-premises": "请写到门牌号"})
    agent.post(f"/prechecks/{marked}/", {"step": "edit"})
    filled = fill_in(agent)
    own = (f"/prechecks/{waiting}/", f"/prechecks/{marked}/", f"{START}{marked}/", f"{START}{filled}/check/")
    assert list_faults(browser, agent, live_server.url, (*own, "/my/")) == []
    theirs = ("/officer/prechecks/", f"/officer/prechecks/{waiting}/", f"/officer/prechecks/{marked}/")
    assert list_faults(browser, officer, live_server.url, theirs) == []
