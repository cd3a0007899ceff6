"""The officer's pages between zones in a browser: nothing keeps people out."""

from datetime import date

import pytest

from tests.builders import AGENT, BRANCH_FILING, CHANGZHOU, SUZHOU, WUXI
from tests.web.one_node import start_node
from tests.web.peers import play_elsewhere, tell
from tests.web.rooms_in_browser import list_faults
from tongban.domain.case.events import Actor
from tongban.domain.liaison.acts import DelegationProposed
from tongban.flows.ask_for_person import ask_for_person
from tongban.flows.delegations import propose_delegation
from tongban.flows.joint import open_joint
from tongban.kernel.ids import CaseId

HEAD = Actor("head", "head-0", "虚构负责人")


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


def test_no_page_between_zones_keeps_anybody_out(node, live_server, browser):
    head, case_id = node.log_in("head", "虚构负责人"), "SZ260303-DDDD2222"
    network = play_elsewhere(case_id, SUZHOU, {"parent_licence_copy": b"%PDF-1.7 made up"})
    tell(node, network, SUZHOU, "case.submit", "file.offer")
    days = date(2026, 3, 1), date(2026, 6, 30)
    proposed = DelegationProposed(SUZHOU, (BRANCH_FILING,), ("Accept", "Grant"), *days, "演示公告")
    number = propose_delegation(proposed, HEAD, node.deps)
    ask_for_person(CaseId(case_id), AGENT, node.deps)
    joint = open_joint(CaseId(case_id), (WUXI,), "核实总社情况", HEAD, node.deps)
    addresses = (
        "/officer/between/",
        f"/officer/cases/{case_id}/between/",
        f"/officer/cases/{case_id}/between/confirm/",
        "/officer/joint/",
        f"/officer/joint/{joint}/",
        f"/officer/joint/{joint}/extend/",
        f"/officer/joint/{joint}/declare/",
        f"/officer/cases/{case_id}/between/joint/",
        "/officer/delegations/",
        "/officer/delegations/propose/",
        f"/officer/delegations/{number}/",
        f"/officer/delegations/{number}/publish/",
    )
    assert list_faults(browser, head, live_server.url, addresses) == []
