"""The case page: facts, sources, findings side by side; only the acts that are open; few questions."""

import re
from dataclasses import replace

import pytest

from tests.builders import AGENT, BRANCH, PARENT, SUZHOU, WUXI, a_branch_application
from tests.web.peers import fetch, play_elsewhere, tell
from tongban.crypto.digest import hex_digest
from tongban.domain.evidence.exchange import Trust
from tongban.flows.ask_for_person import ask_for_person
from tongban.kernel.ids import CaseId


def show(client, case_id, language="zh") -> str:
    return client.get(f"/officer/cases/{case_id}/?lang={language}").content.decode()


def test_facts_stand_beside_their_source_and_the_finding(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    page = show(officer, case_id)
    assert "国内旅游业务、入境旅游业务" in page  # what the register says
    assert "无锡高新区 · 旅行社业务经营许可登记 · 演示登记机关" in page
    assert "总社没有获准经营：出境旅游业务" in page
    assert "怎样才会改变" in page
    assert "为何由工作人员处理" in page


def test_the_page_is_complete_in_english(node, officer):
    page = show(officer, node.referred("CZ260303-AAAA2222"), "en")
    for words in (
        "Criteria, one by one",
        "What would change it",
        "Why this date",
        "Shared register",
        "Decide",
    ):
        assert words in page


def test_an_officer_sees_the_smallest_change_that_would_lead_to_a_grant(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    assert "把“分社经营业务”由国内旅游业务、出境旅游业务改为国内旅游业务。" in show(officer, case_id)
    assert "What would lead to a grant" in show(officer, case_id, "en")


def test_only_the_acts_of_this_stage_are_offered(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    page = show(officer, case_id)
    assert f"/officer/cases/{case_id}/grant/" in page
    assert f"/officer/cases/{case_id}/refuse/" in page
    assert f"/officer/cases/{case_id}/accept/" not in page
    assert f"/officer/cases/{case_id}/correction/" not in page


def test_before_acceptance_other_acts_are_open(node, officer):
    case_id = node.hand_in("CZ260303-AAAA2222")  # nobody answers: still received
    page = show(officer, case_id)
    for act in ("accept", "correction", "decline"):
        assert f"/officer/cases/{case_id}/{act}/" in page
    assert f"/officer/cases/{case_id}/grant/" not in page
    assert "预览" in page


def test_a_case_that_was_granted_offers_no_decision_again_only_what_the_law_knows_afterwards(node, officer):
    case_id = node.referred("CZ260303-AAAA2222", scope=("domestic",))
    assert node.find(case_id).stage == "concluded"
    page = show(officer, case_id)
    offered = set(re.findall(rf"/officer/cases/{case_id}/([a-z-]+)/", page))
    assert not offered & {"accept", "correction", "decline", "grant", "refuse", "extend"}
    assert "ending" in offered


def test_an_uploaded_copy_can_be_opened_and_says_that_it_must_be_compared(node, officer):
    digest = node.deps.files.put(b"%PDF-1.7 demo", "application/pdf", "许可证.pdf")
    case_id = node.hand_in("CZ260303-AAAA2222", parent_licence_copy=digest)
    page = show(officer, case_id)
    assert "许可证.pdf" in page
    assert "见上传的副本，请与原件核对" in page
    copy = officer.get(f"/officer/cases/{case_id}/copies/{digest}/")
    assert copy.content == b"%PDF-1.7 demo"
    assert copy["Content-Type"] == "application/pdf"
    assert "sandbox" in copy["Content-Security-Policy"]


def test_a_copy_of_another_kind_is_only_handed_over_as_a_file(node, officer):
    digest = node.deps.files.put(b"<script>alert(1)</script>", "text/html", "x.html")
    case_id = node.hand_in("CZ260303-AAAA2222", parent_licence_copy=digest)
    copy = officer.get(f"/officer/cases/{case_id}/copies/{digest}/")
    assert copy["Content-Type"] == "application/octet-stream"
    assert copy["Content-Disposition"].startswith("attachment")


def test_a_file_of_another_case_is_not_found_through_this_one(node, officer):
    digest = node.deps.files.put(b"other", "application/pdf", "other.pdf")
    case_id = node.hand_in("CZ260303-AAAA2222")
    assert officer.get(f"/officer/cases/{case_id}/copies/{digest}/").status_code == 404


def test_a_copy_handed_in_elsewhere_is_said_to_be_on_its_way_and_opens_once_it_is_here(node, officer):
    case_id = "SZ260303-AAAA2222"
    network = play_elsewhere(case_id, SUZHOU, {"parent_licence_copy": b"%PDF-1.7 made up"})
    digest = hex_digest(b"%PDF-1.7 made up")
    tell(node, network, SUZHOU, "case.submit")
    assert "文件正在从苏州高新区取来，自 " in without_tags(show(officer, case_id))  # not offered yet
    tell(node, network, SUZHOU, "file.offer")
    (wanted,) = node.deps.transfers.claim_due(node.clock.now(), 1)
    node.deps.transfers.record_failure(wanted, "peer.away", node.clock.now(), node.clock.now())
    assert "自 2026年3月3日 10:00:00，已尝试 1 次，系统会一直重试" in without_tags(show(officer, case_id))
    assert "On its way from Suzhou" in show(officer, case_id, "en")
    copy = f"/officer/cases/{case_id}/copies/{digest}/"
    assert officer.get(copy).status_code == 404
    fetch(node, network)
    assert "许可证.pdf" in show(officer, case_id)
    assert officer.get(copy).content == b"%PDF-1.7 made up"


def test_a_file_that_was_not_the_one_named_is_said_not_to_be_kept(node, officer):
    case_id = "SZ260303-AAAA2222"
    network = play_elsewhere(case_id, SUZHOU, {"parent_licence_copy": b"%PDF-1.7 made up"})
    tell(node, network, SUZHOU, "case.submit", "file.offer")
    (wanted,) = node.deps.transfers.claim_due(node.clock.now(), 1)
    node.deps.transfers.record_failure(wanted, "file.wrong-content", node.clock.now(), None)
    assert "取来的文件与办件记载的摘要不符" in show(officer, case_id)


def test_a_copy_that_nobody_has_is_said_not_to_be_here(node, officer):
    case_id = node.hand_in("CZ260303-AAAA2222", parent_licence_copy="ab" * 32)
    assert "这里没有这个文件" in show(officer, case_id)
    assert officer.get(f"/officer/cases/{case_id}/copies/{'ab' * 32}/").status_code == 404


def without_tags(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page)


def test_a_case_that_another_zone_decides_is_not_found_here(node, officer):
    application = replace(a_branch_application(), deciding_zone=WUXI)
    case_id = node.hand_in("CZ260303-AAAA2222", application)
    assert officer.get(f"/officer/cases/{case_id}/").status_code == 404
    assert officer.get("/officer/cases/CZ000000-XXXXXXXX/").status_code == 404
    assert officer.get(f"/officer/cases/{case_id}/refuse/").status_code == 404


def test_what_a_register_says_of_an_uploaded_grade_is_not_relied_on(node, officer):
    node.keep("business-licence", BRANCH, Trust.UPLOADED, status="active", kind="branch", parent_uscc=PARENT)
    case_id = node.hand_in("CZ260303-AAAA2222")
    assert "系统不采信，须由您与原件核对" in show(officer, case_id)


@pytest.mark.parametrize("stage", ["received", "assessed", "concluded"])
def test_the_page_asks_the_database_little(node, officer, stage, django_assert_max_num_queries):
    scope = ("domestic",) if stage == "concluded" else ("domestic", "outbound")
    number = "CZ260303-AAAA2222"
    case_id = node.hand_in(number) if stage == "received" else node.referred(number, scope)
    if stage == "received":
        ask_for_person(case_id, AGENT, node.deps)
    with django_assert_max_num_queries(20):
        assert officer.get(f"/officer/cases/{CaseId(case_id)}/").status_code == 200
