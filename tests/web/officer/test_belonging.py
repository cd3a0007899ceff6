"""Whose a case is, on its page: others are told, take it over with a reason, or say that they must not."""

import pytest

from tests.builders import BRANCH_FILING
from tongban.domain.assignment import DeskOfficer, Team
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


@pytest.fixture
def team(node):
    """A group in which only a colleague is."""
    with node.deps.unit():
        node.deps.desk.keep_team(Team("culture", Text("文旅组", "Culture"), frozenset({BRANCH_FILING})))
        node.deps.desk.keep_officer(DeskOfficer("colleague", "虚构同事", frozenset({"culture"})))
    return node


def join(node) -> None:
    """Let the officer who is logged in be competent from now on; a case drawn before is the colleague's."""
    with node.deps.unit():
        node.deps.desk.keep_officer(DeskOfficer("officer-0", "虚构审批员", frozenset({"culture"})))


def holder(node, case_id: CaseId) -> str:
    return node.deps.desk.find(case_id).officer


def test_who_does_not_have_a_case_is_told_whose_it_is_and_cannot_act(team, officer):
    case_id = team.referred("CZ260303-AAAA2222")
    page = officer.get(f"/officer/cases/{case_id}/").content.decode()
    assert "由虚构同事承办" in page
    assert "接办、改派、申报利益关系" in page
    assert f"/officer/cases/{case_id}/grant/" not in page
    version = team.find(case_id).version
    sent = officer.post(
        f"/officer/cases/{case_id}/grant/", {"version": version, "step": "act", "reasons_zh": "好。"}
    )
    assert sent.status_code == 422
    assert "这个办件由虚构同事办理" in sent.content.decode()
    assert team.find(case_id).version == version


def test_it_is_taken_over_with_a_reason_and_then_acted_on(team, officer):
    case_id = team.referred("CZ260303-AAAA2222")
    join(team)
    address = f"/officer/cases/{case_id}/desk/"
    empty = officer.post(address, {"do": "take", "reason": " "})
    assert empty.status_code == 422
    assert "请写明理由" in empty.content.decode()
    assert officer.post(address, {"do": "take", "reason": "同事请我协助"}).status_code == 302
    page = officer.get(f"/officer/cases/{case_id}/").content.decode()
    assert "由您承办" in page
    assert f"/officer/cases/{case_id}/grant/" in page
    history = officer.get(address).content.decode()
    assert "同事请我协助" in history
    assert "随机分派" in history


def test_the_head_gives_and_an_officer_cannot(team, officer):
    case_id = team.referred("CZ260303-AAAA2222")
    join(team)
    address, words = (
        f"/officer/cases/{case_id}/desk/",
        {"do": "give", "officer": "officer-0", "reason": "均衡"},
    )
    assert 'value="give"' not in officer.get(address).content.decode()
    assert officer.post(address, words).status_code == 422
    head = team.log_in("head", "虚构负责人")
    assert 'value="give"' in head.get(address).content.decode()
    assert head.post(address, words).status_code == 302
    assert holder(team, case_id) == "officer-0"


def test_a_declared_conflict_is_kept_and_the_officer_cannot_act_any_more(team, officer):
    case_id = team.referred("CZ260303-AAAA2222")
    join(team)
    address = f"/officer/cases/{case_id}/desk/"
    officer.post(address, {"do": "take", "reason": "同事请我协助"})
    assert officer.post(address, {"do": "declare", "about": "applicant", "reason": "持股"}).status_code == 302
    assert holder(team, case_id) == "colleague"
    page = officer.get(f"/officer/cases/{case_id}/").content.decode()
    assert "您已申报与这个办件或申请人有利益关系" in page
    assert 'value="declare"' not in officer.get(address).content.decode()


def test_a_rebuilt_index_still_knows_whose_a_case_is(team):
    case_id = team.referred("CZ260303-AAAA2222")
    before = team.deps.desk.count_loads(["colleague"])
    team.store.rebuild()
    assert team.deps.desk.count_loads(["colleague"]) == before == {"colleague": 1}
    assert holder(team, case_id) == "colleague"
