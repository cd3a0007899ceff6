"""A draft decision is kept for the zone's officers, and is thrown away or signed; the case knows nothing."""

import pytest

from tests.web.officer.test_notes_and_leave import desk as desk
from tongban.store.case_data import CaseErased

TYPED = {"reasons_zh": "超出总社许可范围，不予备案。", "reasons_en": "", "agrees": "no", "differs": "第三条"}


def post(browser, node, case_id, act, step, **typed):
    version = node.find(case_id).version
    return browser.post(
        f"/officer/cases/{case_id}/{act}/", {"version": version, "step": step, **TYPED, **typed}
    )


def test_a_draft_is_kept_shown_again_and_changes_nothing_of_the_case(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    before = node.find(case_id)
    assert post(officer, node, case_id, "refuse", "save").status_code == 302
    assert node.find(case_id) == before
    assert f"/officer/cases/{case_id}/refuse/" in officer.get("/officer/").content.decode()
    assert "决定草稿" in officer.get(f"/officer/cases/{case_id}/").content.decode()
    mate = node.log_in("officer", "虚构同事")
    form = mate.get(f"/officer/cases/{case_id}/refuse/").content.decode()
    for words in (TYPED["reasons_zh"], TYPED["differs"], "虚构审批员", "丢弃草稿"):
        assert words in form
    assert "您的草稿" not in mate.get("/officer/").content.decode()
    assert TYPED["reasons_zh"] not in mate.get(f"/officer/cases/{case_id}/grant/").content.decode()


def test_a_draft_is_thrown_away(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    post(officer, node, case_id, "refuse", "save")
    assert post(officer, node, case_id, "refuse", "discard").status_code == 302
    assert node.deps.desk.find_draft(case_id) is None
    assert TYPED["reasons_zh"] not in officer.get(f"/officer/cases/{case_id}/refuse/").content.decode()


def test_a_draft_that_is_signed_is_the_decision_and_a_draft_no_more(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    post(officer, node, case_id, "refuse", "save")
    assert post(officer, node, case_id, "refuse", "check").status_code == 200
    assert post(officer, node, case_id, "refuse", "act").status_code == 302
    assert node.find(case_id).stage == "refused"
    assert node.deps.desk.find_draft(case_id) is None


def test_a_draft_too_long_is_refused_and_whose_case_it_is_not_keeps_none(desk, officer):
    case_id = desk.referred("CZ260303-AAAA2222")
    if desk.deps.desk.find(case_id).officer != "officer-0":
        assert post(officer, desk, case_id, "refuse", "save").status_code == 422
        address = f"/officer/cases/{case_id}/desk/"
        assert officer.post(address, {"do": "take", "reason": "协助"}).status_code == 302
    assert post(officer, desk, case_id, "refuse", "save", reasons_zh="长" * 2001).status_code == 422
    assert desk.deps.desk.find_draft(case_id) is None
    mate = desk.log_in("officer", "虚构同事")
    assert post(mate, desk, case_id, "refuse", "save").status_code == 422


def test_a_draft_is_unreadable_once_the_case_is_erased(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    post(officer, node, case_id, "refuse", "save")
    node.store.erase(case_id)
    with pytest.raises(CaseErased):
        node.deps.desk.find_draft(case_id)
