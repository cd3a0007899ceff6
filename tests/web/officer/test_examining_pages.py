"""The examination on an officer's pages: what is open is said, each act has a form, no typed word is lost."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.builders import AGENT, CHANGZHOU, TUESDAY
from tests.domain.case.examining_cases import FIRST, SECOND, THIRD, WHY
from tests.web.one_node import OneNode
from tongban.domain.case import commands as c
from tongban.domain.case.events import ApplicantRef, Granted, GrantRefused
from tongban.domain.case.review import MachineReview
from tongban.flows import be_heard, examine, make_decision
from tongban.flows.perform import perform
from tongban.flows.write_papers import write_papers
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text

NUMBER = CaseId("CZ260303-EXAM0001")
TOBACCO, SIMPLE = ItemId("tobacco-retail-licence"), ItemId("publication-licence-change")


def hand_in(node: OneNode, item: ItemId = TOBACCO) -> None:
    """Leave a case with a person, accepted although something is missing."""
    applicant = ApplicantRef("firm", "91320411MB0000007D", "演示公司")
    submitted = c.Submit(item, CHANGZHOU, CHANGZHOU, applicant, "online", {})
    perform(NUMBER, submitted, AGENT, node.deps)
    perform(NUMBER, c.Correct({"note": "再次提交"}, CHANGZHOU), AGENT, node.deps)
    make_decision.accept_by_hand(NUMBER, FIRST, node.deps)


def case_of(node: OneNode):
    case = node.deps.cases.find(NUMBER)
    assert case is not None
    return case


def send(client: Client, node: OneNode, slug: str, **values: str):
    address = f"/officer/cases/{NUMBER}/examine/{slug}/"
    assert client.get(address).status_code == 200
    return client.post(address, {"version": str(case_of(node).version), "step": "act", **values})


def test_the_case_page_says_what_must_still_happen_and_offers_it(node: OneNode, officer: Client) -> None:
    hand_in(node)
    page = officer.get(f"/officer/cases/{NUMBER}/").content.decode()
    assert "审查程序" in page
    assert "需要2名以上工作人员核查实质内容" in page
    assert "直接关系他人重大利益，还没有告知利害关系人" in page
    for slug in ("sign", "special", "party", "party-none", "statement", "hearing-right", "submit"):
        assert f"/examine/{slug}/" in page
    for slug in ("special-end", "hearing-ask", "hearing-waive", "hearing-notice", "chair-decide", "approve"):
        assert f"/examine/{slug}/" not in page


def test_an_item_of_another_procedure_has_no_such_part(node: OneNode, officer: Client) -> None:
    hand_in(node, ItemId("care-home-filing"))
    assert "审查程序" not in officer.get(f"/officer/cases/{NUMBER}/").content.decode()


def test_a_special_procedure_is_begun_and_ended_and_the_clock_says_so(node: OneNode, officer: Client) -> None:
    hand_in(node)
    until_on = (TUESDAY.date() + timedelta(days=9)).isoformat()
    done = send(officer, node, "special", kind="testing", basis="all-2019#55.1", reason="需要检测",
                expected_on=until_on)  # fmt: skip
    assert done.status_code == 302
    assert "期限停止计算" in officer.get(f"/officer/cases/{NUMBER}/").content.decode()
    assert send(officer, node, "special-end", result="合格").status_code == 302
    assert case_of(node).examination.running is None


def test_what_is_refused_is_said_beside_its_question_and_nothing_is_lost(
    node: OneNode, officer: Client
) -> None:
    hand_in(node)
    answer = send(
        officer, node, "special", kind="testing", basis="", reason="需要检测", expected_on="2026-03-01"
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有写明依哪一条需要这个程序" in page
    assert "预计结束的日期不能早于今天" in page
    assert "需要检测" in page
    assert case_of(node).examination.stops == ()


def test_a_day_that_is_none_is_refused(node: OneNode, officer: Client) -> None:
    hand_in(node)
    answer = send(
        officer, node, "special", kind="testing", basis="all-2019#55.1", reason="检测", expected_on="soon"
    )
    assert answer.status_code == 422


def test_two_officers_sign_one_submits_and_the_head_approves(node: OneNode, officer: Client) -> None:
    hand_in(node)
    assert send(officer, node, "party-none", reasons="周边没有同类商户").status_code == 302
    assert send(officer, node, "sign", finding="三月三日现场核查，与申请一致").status_code == 302
    assert "/examine/sign/" not in officer.get(f"/officer/cases/{NUMBER}/").content.decode()
    examine.sign_finding(NUMBER, WHY, SECOND, node.deps)
    silent = send(officer, node, "submit", outcome="grant", reasons="符合条件")
    assert silent.status_code == 422
    assert "请说明是否同意系统的核对结果" in silent.content.decode()
    assert case_of(node).examination.draft is None
    said = {"outcome": "grant", "reasons": "符合条件", "agrees": "no", "differs": "现场核查另有发现"}
    assert send(officer, node, "submit", **said).status_code == 302
    head = node.log_in("head", "虚构负责人")
    assert "符合条件" in head.get(f"/officer/cases/{NUMBER}/examine/approve/").content.decode()
    assert send(head, node, "approve", note="同意").status_code == 302
    decision = case_of(node).decision
    assert decision is not None
    assert decision.actor.kind == "head"
    granted = node.deps.cases.history(NUMBER)
    [review] = [one.event.review for one in granted if isinstance(one.event, Granted)]
    assert review == MachineReview(False, Text("现场核查另有发现", "(in Chinese only) 现场核查另有发现"))
    assert "现场核查另有发现" in officer.get(f"/officer/cases/{NUMBER}/").content.decode()


def test_an_officer_cannot_approve_and_a_stranger_finds_nothing(node: OneNode, officer: Client) -> None:
    hand_in(node)
    examine.note_no_party(NUMBER, WHY, FIRST, node.deps)
    for actor in (FIRST, SECOND):
        examine.sign_finding(NUMBER, WHY, actor, node.deps)
    examine.submit_for_approval(NUMBER, True, WHY, FIRST, node.deps)
    refused = officer.get(f"/officer/cases/{NUMBER}/examine/approve/")
    assert refused.status_code == 422
    assert officer.get(f"/officer/cases/{NUMBER}/examine/nothing/").status_code == 404
    applicant = node.log_in("applicant", "虚构申请人")
    assert applicant.get(f"/officer/cases/{NUMBER}/examine/sign/").status_code in (302, 403, 404)


def test_a_hearing_is_announced_with_a_chair_who_does_not_examine(node: OneNode, officer: Client) -> None:
    hand_in(node, SIMPLE)
    node.log_in("officer", "虚构主持人")
    assert send(officer, node, "hearing-right").status_code == 302
    assert send(officer, node, "hearing-ask", by="applicant").status_code == 302
    form = officer.get(f"/officer/cases/{NUMBER}/examine/hearing-notice/").content.decode()
    assert "最早" in form
    options = form.split('<option value="')
    chair = next(part.split('"')[0] for part in options if "虚构主持人" in part.split("<")[0])
    day = (TUESDAY.date() + timedelta(days=14)).isoformat()
    done = send(
        officer, node, "hearing-notice", held_on=day, at_time="09:30", place="三楼会议室", chair=chair
    )
    assert done.status_code == 302
    assert case_of(node).examination.hearing.scheduled is not None


def test_a_party_is_told_by_name_and_only_officers_read_its_notice(node: OneNode, officer: Client) -> None:
    hand_in(node)
    assert send(officer, node, "party", name="演示邻居", what="拟在隔壁开店").status_code == 302
    while write_papers(node.deps):
        pass
    (notice,) = [
        kept.paper for kept in node.deps.papers.list_of([NUMBER])[NUMBER] if kept.paper.kind == "third-party"
    ]
    assert officer.get(f"/officer/cases/{NUMBER}/papers/{notice.id}/data/").status_code == 200
    assert notice.addressee == "演示邻居"


def test_who_was_slower_loses_no_word(node: OneNode, officer: Client) -> None:
    hand_in(node)
    late = officer.post(f"/officer/cases/{NUMBER}/examine/sign/", {"version": "1", "finding": "现场所见"})
    assert late.status_code == 409
    assert "现场所见" in late.content.decode()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_form_of_an_act_can_be_opened(node: OneNode, officer: Client, language: str) -> None:
    hand_in(node)
    examine.tell_party(NUMBER, "演示邻居", WHY, FIRST, node.deps)
    for slug in ("sign", "special", "party", "party-none", "statement", "hearing-right", "submit"):
        page = officer.get(f"/officer/cases/{NUMBER}/examine/{slug}/?lang={language}")
        assert page.status_code == 200, slug


def check(client: Client, node: OneNode, slug: str, **values: str) -> tuple[int, str]:
    """Ask for the page that asks before."""
    version = str(case_of(node).version)
    answer = client.post(
        f"/officer/cases/{NUMBER}/examine/{slug}/", {"version": version, "step": "check", **values}
    )
    return answer.status_code, answer.content.decode()


def test_every_act_is_confirmed_before_anything_is_recorded(node: OneNode, officer: Client) -> None:
    hand_in(node)
    before = case_of(node).version
    status, page = check(officer, node, "sign", finding="现场核查，与申请一致", finding_en="As stated")
    assert status == 200
    for words in ("确认：签署核查意见", "现场核查，与申请一致", "As stated", "不能删改", 'value="act"'):
        assert words in page
    assert case_of(node).version == before
    back = officer.post(
        f"/officer/cases/{NUMBER}/examine/sign/",
        {"version": str(before), "step": "edit", "finding": "现场核查，与申请一致"},
    )
    assert "现场核查，与申请一致" in back.content.decode()
    assert case_of(node).version == before


def test_what_would_be_refused_is_said_before_it_is_confirmed(node: OneNode, officer: Client) -> None:
    hand_in(node)
    status, page = check(officer, node, "submit", outcome="grant", reasons="符合条件", agrees="yes")
    assert status == 422
    assert "还没有告知利害关系人" in page
    assert "符合条件" in page


def test_words_in_english_are_kept_where_somebody_wrote_them(node: OneNode, officer: Client) -> None:
    hand_in(node)
    said = {"finding": "与申请一致", "finding_en": "As stated in the application"}
    assert send(officer, node, "sign", **said).status_code == 302
    assert case_of(node).examination.findings[0].words == Text("与申请一致", "As stated in the application")


def open_hearing(node: OneNode) -> None:
    """Leave a hearing announced, with an officer who does not examine as its chair."""
    hand_in(node, SIMPLE)
    examine.tell_hearing_right(NUMBER, FIRST, node.deps)
    be_heard.request_hearing(NUMBER, "applicant", FIRST, node.deps)
    held_on = TUESDAY.date() + timedelta(days=14)
    place = Text("三楼会议室", "Room 3")
    examine.schedule_hearing(NUMBER, held_on, "09:30", place, THIRD, FIRST, node.deps)


def test_a_request_for_another_chair_is_recorded_and_decided_by_the_head(
    node: OneNode, officer: Client
) -> None:
    open_hearing(node)
    done = send(officer, node, "chair-challenge", by="applicant", interest="主持人是竞争对手的亲属")
    assert done.status_code == 302
    page = officer.get(f"/officer/cases/{NUMBER}/").content.decode()
    assert "主持人是竞争对手的亲属" in page
    assert "/examine/chair-decide/" not in page
    head = node.log_in("head", "虚构负责人")
    assert "/examine/chair-decide/" in head.get(f"/officer/cases/{NUMBER}/").content.decode()
    status, page = check(head, node, "chair-decide", upheld="", reasons="情况属实")
    assert status == 422
    assert "请选择是否回避" in page
    assert send(head, node, "chair-decide", upheld="yes", reasons="情况属实").status_code == 302
    assert THIRD.id in case_of(node).examination.hearing.barred


def test_a_hearing_that_is_done_without_is_recorded(node: OneNode, officer: Client) -> None:
    open_hearing(node)
    assert send(officer, node, "hearing-waive", by="applicant").status_code == 302
    assert not case_of(node).examination.hearing.is_awaited
    assert "不要求听证" in officer.get(f"/officer/cases/{NUMBER}/").content.decode()


@pytest.mark.parametrize("act", ["grant", "refuse"])
def test_who_decides_after_a_hearing_says_that_it_rests_on_the_record(node: OneNode, act: str) -> None:
    open_hearing(node)
    node.clock.at = TUESDAY + timedelta(days=14)
    examine.record_hearing(NUMBER, WHY, ("演示主持人",), FIRST, node.deps)
    head = node.log_in("head", "虚构负责人")
    address = f"/officer/cases/{NUMBER}/{act}/"
    said = {"version": str(case_of(node).version), "reasons_zh": "根据听证笔录", "agrees": "yes"}
    assert "决定所依据的笔录" in head.get(address).content.decode()
    refused = head.post(address, {**said, "step": "check"})
    assert refused.status_code == 422
    assert "应当根据听证笔录作出决定" in refused.content.decode()
    confirm = head.post(address, {**said, "step": "check", "rests_on": "yes"}).content.decode()
    assert "决定依据听证笔录作出" in confirm
    assert head.post(address, {**said, "step": "act", "rests_on": "yes"}).status_code == 302
    record = case_of(node).examination.hearing.record_version
    [rests_on] = [
        one.event.rests_on
        for one in node.deps.cases.history(NUMBER)
        if isinstance(one.event, Granted | GrantRefused)
    ]
    assert rests_on == record
