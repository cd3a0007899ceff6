"""Cases at the window: listed, opened by a party's number only, corrected, withdrawn, given to a person."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import AGENT, CHANGZHOU, PARENT, SUZHOU, a_branch_application, branch_answers
from tests.web.peers import fetch, play_elsewhere, tell
from tests.web.window.desk import AGENT_NUMBER, open_case, take_in
from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor, ApplicantRef, Corrected, PersonRequested, Withdrawn
from tongban.domain.case.examining_commands import TellHearingRight
from tongban.flows.perform import perform
from tongban.kernel.errors import Problem
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text


@pytest.fixture
def own_case(node):
    """A case that Suzhou itself decides, handed in online."""
    return node.hand_in("SZ260303-OWNCASE2", replace(a_branch_application(), deciding_zone=SUZHOU))


def ask_correction(node, case_id):
    problem = Problem("x", Text("分社名称有误", "The name is wrong"), "answers.branch_name", "all-2019#32.4")
    perform(case_id, c.RequestCorrection((problem,)), Actor("officer", "o", "虚构审批员"), node.deps)


def events_of(node, case_id, kind):
    return [one for one in node.deps.cases.history(case_id) if isinstance(one.event, kind)]


def test_my_list_shows_what_i_took_in_and_the_zones_list_what_anybody_did(node, clerk, own_case):
    mine = take_in(clerk)
    others = take_in(node.log_in("clerk", "虚构窗口乙"))
    page = clerk.get("/window/cases/").content.decode()
    assert mine in page
    assert others not in page
    everybody = clerk.get("/window/cases/?whose=all").content.decode()
    assert mine in everybody
    assert others in everybody
    assert own_case not in everybody  # handed in online


def test_the_newest_stand_first_and_pages_fit_together(node, clerk, monkeypatch):
    monkeypatch.setattr("tongban.reads.desk.read_taken_in.__defaults__", (2,))
    numbers = []
    for hour in range(5):
        node.clock.at = node.clock.at.replace(hour=hour + 1)
        numbers.append(take_in(clerk))
    seen, address = [], "/window/cases/"
    while address:
        page = clerk.get(address).content.decode()
        seen += [number for number in reversed(numbers) if f"/window/cases/{number}/" in page]
        place = page.split('rel="next" href="')[1].split('"')[0] if 'rel="next"' in page else ""
        address = f"/window/cases/{place.replace('&amp;', '&')}" if place else ""
    assert seen == numbers[::-1]
    assert 'rel="prev"' in page


def test_the_list_asks_as_often_for_many_as_for_few(clerk):
    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            clerk.get("/window/cases/")
        return len(asked)

    take_in(clerk)
    few = ask()
    for _ in range(4):
        take_in(clerk)
    assert ask() == few <= 4


def test_an_unknown_number_is_not_found_here_and_kept(clerk):
    response = clerk.get("/window/cases/", {"number": "sz000000-nowhere"})
    assert response.status_code == 404
    assert "这里没有这个编号的办件" in response.content.decode()
    assert 'value="SZ000000-NOWHERE"' in response.content.decode()
    assert clerk.get("/window/cases/SZ000000-NOWHERE/").status_code == 404


@pytest.mark.parametrize(
    "garbage", ["?after=x", "?after=2026-03-03T00:00:00~a", "?before=%00~%00", "?whose=none"]
)
def test_an_address_that_makes_no_sense_shows_the_list(clerk, garbage):
    assert clerk.get(f"/window/cases/{garbage}").status_code == 200


def test_a_case_is_shown_only_once_a_partys_number_was_given(node, clerk, own_case):
    page = clerk.get("/window/cases/", {"number": own_case.lower()}, follow=True).content.decode()
    assert "打开办件" in page
    assert "演示路1号" not in page
    assert "无锡示例" not in page
    assert open_case(clerk, own_case, f" {PARENT.lower()} ").status_code == 302
    assert "演示路1号" in clerk.get(f"/window/cases/{own_case}/").content.decode()


def test_a_wrong_number_and_a_missing_tick_are_told_together(clerk, own_case):
    response = clerk.post(f"/window/cases/{own_case}/", {"party_number": AGENT_NUMBER})
    page = response.content.decode()
    assert response.status_code == 422
    assert "不是本办件的申请人或代理人" in page
    assert "请先核对来人的证件原件" in page
    assert "演示路1号" not in page


def test_a_correction_is_handed_in_for_the_client(node, clerk, own_case):
    ask_correction(node, own_case)
    open_case(clerk, own_case)
    page = clerk.get(f"/window/cases/{own_case}/correct/").content.decode()
    assert "分社名称有误" in page
    done = clerk.post(
        f"/window/cases/{own_case}/correct/", branch_answers(branch_name="改正后的名称（演示）")
    )
    assert done["Location"] == f"/window/cases/{own_case}/"
    (corrected,) = events_of(node, own_case, Corrected)
    assert corrected.actor.kind == "clerk"
    assert corrected.event.answers == {"branch_name": "改正后的名称（演示）"}


def test_a_correction_that_will_not_do_comes_back_with_the_answers(node, clerk, own_case):
    ask_correction(node, own_case)
    open_case(clerk, own_case)
    response = clerk.post(
        f"/window/cases/{own_case}/correct/", branch_answers(branch_name="", branch_head="改了")
    )
    assert response.status_code == 422
    assert 'value="改了"' in response.content.decode()
    assert events_of(node, own_case, Corrected) == []


def test_asking_for_a_person_and_withdrawing_are_confirmed_first(node, clerk, own_case):
    open_case(clerk, own_case)
    for act in ("person", "withdraw"):
        assert "确认之后" in clerk.get(f"/window/cases/{own_case}/{act}/").content.decode()
    assert len(node.deps.cases.history(own_case)) == node.find(own_case).version
    clerk.post(f"/window/cases/{own_case}/person/")
    (asked,) = events_of(node, own_case, PersonRequested)
    assert asked.actor.kind == "clerk"
    clerk.post(f"/window/cases/{own_case}/withdraw/", {"reason": "改在别处办。"})
    (withdrawn,) = events_of(node, own_case, Withdrawn)
    assert withdrawn.event.reason == "改在别处办。"


def test_acts_on_a_case_of_another_zone_travel_there(node, clerk):
    case_id = take_in(clerk)
    page = clerk.post(f"/window/cases/{case_id}/withdraw/", {"reason": ""}, follow=True).content.decode()
    assert "已送往常州高新区" in page
    assert [m.type for m in node.deps.exchange.outgoing(case_id)] == ["case.submit", "case.act"]


def test_the_clerk_sees_where_an_act_is_and_why_it_came_to_nothing(node, clerk):
    case_id = take_in(clerk)
    clerk.post(f"/window/cases/{case_id}/withdraw/", {"reason": ""})
    page = clerk.get(f"/window/cases/{case_id}/").content.decode()
    assert "刚才的操作正在送往常州高新区" in page
    assert f"/window/cases/{case_id}/withdraw/" not in page
    act = node.deps.exchange.outgoing(case_id)[-1]
    node.store.messages.record_failure(act.message_id, "message.not-here", node.clock.now(), None, "receipt")
    page = clerk.get(f"/window/cases/{case_id}/").content.decode()
    assert "没有生效：撤回申请" in page
    assert "对方没有收到过这件申请" in page
    assert f"/window/cases/{case_id}/withdraw/" in page


def test_only_what_is_open_now_is_offered(node, clerk, own_case):
    open_case(clerk, own_case)
    page = clerk.get(f"/window/cases/{own_case}/").content.decode()
    assert f"/window/cases/{own_case}/correct/" not in page
    assert f"/window/cases/{own_case}/withdraw/" in page
    assert clerk.get(f"/window/cases/{own_case}/correct/").status_code == 302
    perform(own_case, c.Withdraw(SUZHOU), AGENT, node.deps)
    assert "/withdraw/" not in clerk.get(f"/window/cases/{own_case}/").content.decode()


def test_the_case_page_asks_the_database_little(clerk, own_case, django_assert_max_num_queries):
    open_case(clerk, own_case)
    with django_assert_max_num_queries(20):
        assert clerk.get(f"/window/cases/{own_case}/").status_code == 200


def test_an_officer_is_not_let_in(node):
    assert node.log_in("officer").get("/window/").status_code == 403


def test_the_sealed_document_of_another_zone_is_printed_here_once_it_has_come(node, clerk):
    number = take_in(clerk)
    network = play_elsewhere(number, SUZHOU)
    tell(node, network, CHANGZHOU, "case.update", "file.offer")
    address = f"/window/cases/{number}/"
    page = clerk.get(address).content.decode()
    assert "盖章 PDF 正在从常州高新区取来" in page
    assert "打开盖章 PDF 打印" not in page
    assert clerk.get(address + "document/").status_code == 404
    fetch(node, network)
    assert "打开盖章 PDF 打印" in clerk.get(address).content.decode()
    assert clerk.get(address + "document/").content == network[CHANGZHOU].files.find(
        node.find(number).document_digest
    )


def test_a_client_speaks_and_asks_for_a_hearing_at_the_window(node, clerk):
    case_id = CaseId("SZ260303-HEAR0007")
    applicant = ApplicantRef("firm", PARENT, "无锡示例旅行社有限公司（演示）")
    item, officer = ItemId("publication-licence-change"), Actor("officer", "o", "虚构审批员")
    perform(case_id, c.Submit(item, SUZHOU, SUZHOU, applicant, "online", {}), AGENT, node.deps)
    perform(case_id, c.Correct({"note": "再次提交"}, SUZHOU), AGENT, node.deps)
    perform(case_id, c.Accept(), officer, node.deps)
    perform(case_id, TellHearingRight(), officer, node.deps)
    open_case(clerk, case_id)
    page = clerk.get(f"/window/cases/{case_id}/").content.decode()
    assert f"/window/cases/{case_id}/hearing/" in page
    for act in ("statement", "hearing", "person", "withdraw"):
        shown = clerk.get(f"/window/cases/{case_id}/{act}/")
        if shown.status_code == 200:  # on each page that asks, the client stands on top
            assert "window-bar" in shown.content.decode(), act
    assert clerk.post(f"/window/cases/{case_id}/statement/", {"words": "当面陈述"}).status_code == 302
    assert clerk.post(f"/window/cases/{case_id}/hearing/").status_code == 302
    examination = node.deps.cases.find(case_id).examination
    assert [said.words for said in examination.statements] == ["当面陈述"]
    assert examination.hearing.asked_by == ("applicant",)
    assert (
        f"/window/cases/{case_id}/hearing/waive/" in clerk.get(f"/window/cases/{case_id}/").content.decode()
    )
    assert clerk.post(f"/window/cases/{case_id}/hearing/waive/").status_code == 302
    assert node.deps.cases.find(case_id).examination.hearing.waived == ("applicant",)
    assert clerk.get(f"/window/cases/{case_id}/hearing/chair/").status_code == 302  # no chair is named
