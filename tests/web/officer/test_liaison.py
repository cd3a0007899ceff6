"""The officer's pages between zones: receipt confirmed, delegations moved by heads, nothing without one."""

from dataclasses import replace

import pytest

from tests.builders import BRANCH_FILING, CHANGZHOU, SUZHOU, a_branch_application
from tests.web.peers import play_elsewhere, tell
from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor
from tongban.domain.liaison.delegation import DelegationState
from tongban.flows.delegations import list_delegations
from tongban.flows.perform import perform
from tongban.kernel.ids import CaseId

CASE = CaseId("SZ260303-BETWEEN1")
FORM = {
    "delegate": "suzhou", "items": [BRANCH_FILING], "commands": ["Accept"], "from_on": "2026-03-01",
    "until_on": "2026-06-30", "words": "演示公告",
}  # fmt: skip


@pytest.fixture
def head(node):
    return node.log_in("head", "虚构负责人")


@pytest.fixture
def received(node):
    """A case that Suzhou took in and Changzhou has not taken up: Wuxi has not answered."""
    tell(node, play_elsewhere(CASE, SUZHOU), SUZHOU, "case.submit")
    return CASE


def test_what_suzhou_took_in_stands_on_the_desk_until_it_is_confirmed(node, officer, received):
    address = f"/officer/cases/{received}/between/"
    assert address in officer.get("/officer/between/").content.decode()
    assert officer.post(f"{address}confirm/", {"words": "齐全"}).status_code == 302
    page = officer.get(address).content.decode()
    assert "虚构审批员" in page
    assert "confirm/" not in page
    assert address not in officer.get("/officer/between/").content.decode()
    assert [m.to_zone for m in node.deps.exchange.outgoing(received) if m.type == "zone.act"] == [SUZHOU]


def test_going_on_in_a_case_shows_that_it_is_there(node, officer, received):
    perform(received, c.Accept(), Actor("officer", "o", "虚构审批员"), node.deps)
    assert "视为已经收到" in officer.get(f"/officer/cases/{received}/between/").content.decode()


def test_without_a_delegation_an_officer_of_the_receiving_zone_is_told_why_not(node, officer):
    case_id = node.hand_in("CZ260303-COPY0001", replace(a_branch_application(), deciding_zone=SUZHOU))
    address = f"/officer/cases/{case_id}/between/"
    assert "in-name/" in officer.get(address).content.decode()
    refused = officer.post(f"{address}in-name/", {"command": "Accept", "words": ""})
    assert refused.status_code == 422
    for words in ("本区只是收件地，不能受理或者决定", "没有有权的区给本区的委托", "由办理区受理和决定"):
        assert words in refused.content.decode()
    assert node.find(case_id).stage == "received"


def test_a_head_proposes_publishes_and_ends_a_delegation(node, head):
    answer = head.post("/officer/delegations/propose/", FORM)
    assert answer.status_code == 302, answer.content.decode()
    address = answer["Location"]
    assert "待公告" in head.get("/officer/delegations/").content.decode()
    assert "还没有公告，不生效" in head.get(address).content.decode()
    assert head.post(f"{address}publish/", {"notice": "演示公告〔2026〕1号"}).status_code == 302
    page = head.get(address).content.decode()
    assert "演示公告〔2026〕1号" in page
    assert f"{address}publish/" not in page
    refused = head.post(f"{address}end/", {"reason": ""})
    assert refused.status_code == 422
    assert head.post(f"{address}end/", {"reason": "收回"}).status_code == 302
    (one,) = list_delegations(node.deps)
    assert one.state_on(one.proposed.from_on) is DelegationState.ENDED
    assert one.zone == CHANGZHOU


def test_everything_that_is_wrong_with_a_proposal_is_told_with_the_form(head):
    refused = head.post("/officer/delegations/propose/", FORM | {"until_on": "soon", "from_on": ""})
    assert refused.status_code == 422
    assert "请填写日期" in refused.content.decode()
    empty = head.post("/officer/delegations/propose/", {"from_on": "2026-03-01", "until_on": "2026-02-01"})
    for words in ("请选择委托的事项", "请选择委托的行为", "截止日应在", "请写明公告的内容"):
        assert words in empty.content.decode()


def test_officers_browse_the_register_and_do_not_move_it(officer):
    assert "没有委托" in officer.get("/officer/delegations/").content.decode()
    assert officer.get("/officer/delegations/propose/").status_code == 403
    assert officer.get("/officer/delegations/none/").status_code == 404
