"""An applicant speaks before the decision: a statement at any time, a hearing while its time runs."""

from datetime import timedelta
from typing import cast

from tests.builders import AGENT, CHANGZHOU, PARENT, TUESDAY
from tests.domain.case.examining_cases import FIRST, THIRD, WHY
from tongban.domain.case import commands as c
from tongban.domain.case.events import ApplicantRef
from tongban.flows import be_heard, examine, make_decision
from tongban.flows.memory import MemoryClock
from tongban.flows.perform import perform
from tongban.flows.write_papers import write_papers
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text

NUMBER = CaseId("CZ260303-HEAR0009")


def hand_in(node) -> None:
    """Leave the agency's application for a licence with a person."""
    applicant = ApplicantRef("firm", PARENT, "无锡示例旅行社有限公司（演示）", "", "agent", "演示经办人")
    item = ItemId("publication-licence-change")
    perform(NUMBER, c.Submit(item, CHANGZHOU, CHANGZHOU, applicant, "online", {}), AGENT, node.deps)
    perform(NUMBER, c.Correct({"note": "再次提交"}, CHANGZHOU), AGENT, node.deps)
    make_decision.accept_by_hand(NUMBER, FIRST, node.deps)


def set_hearing(node) -> None:
    """Let the applicant ask for a hearing, and the officer set it two weeks from now with a chair."""
    examine.tell_hearing_right(NUMBER, FIRST, node.deps)
    be_heard.request_hearing(NUMBER, "applicant", AGENT, node.deps)
    held_on = TUESDAY.date() + timedelta(days=14)
    place = Text("三楼会议室", "Room 3")
    examine.schedule_hearing(NUMBER, held_on, "09:30", place, THIRD, FIRST, node.deps)


def test_a_statement_is_handed_in_and_stands_on_the_timeline(node, agent):
    hand_in(node)
    page = agent.get(f"/cases/{NUMBER}/").content.decode()
    assert f"/cases/{NUMBER}/statement/" in page
    assert f"/cases/{NUMBER}/hearing/" not in page
    done = agent.post(f"/cases/{NUMBER}/statement/", {"words": "请考虑周边居民的需要"}, follow=True)
    assert "请考虑周边居民的需要" in done.content.decode()


def test_an_empty_or_endless_statement_is_refused_and_kept_on_the_page(node, agent):
    hand_in(node)
    assert agent.post(f"/cases/{NUMBER}/statement/", {"words": "  "}).status_code == 422
    endless = agent.post(f"/cases/{NUMBER}/statement/", {"words": "很" * 2_001})
    assert endless.status_code == 422
    assert "很很很" in endless.content.decode()
    assert node.deps.cases.find(NUMBER).examination.statements == ()


def test_a_hearing_is_asked_for_while_its_time_runs_and_then_no_more(node, agent):
    hand_in(node)
    examine.tell_hearing_right(NUMBER, FIRST, node.deps)
    assert f"/cases/{NUMBER}/hearing/" in agent.get(f"/cases/{NUMBER}/").content.decode()
    assert "2026年3月10日" in agent.get(f"/cases/{NUMBER}/hearing/").content.decode()
    assert agent.post(f"/cases/{NUMBER}/hearing/").status_code == 302
    assert node.deps.cases.find(NUMBER).examination.hearing.asked_by == ("applicant",)
    assert agent.get(f"/cases/{NUMBER}/hearing/").status_code == 302


def test_a_hearing_is_done_without_and_a_request_taken_back(node, agent):
    hand_in(node)
    assert f"/cases/{NUMBER}/hearing/waive/" not in agent.get(f"/cases/{NUMBER}/").content.decode()
    assert agent.get(f"/cases/{NUMBER}/hearing/waive/").status_code == 302
    examine.tell_hearing_right(NUMBER, FIRST, node.deps)
    assert f"/cases/{NUMBER}/hearing/waive/" in agent.get(f"/cases/{NUMBER}/").content.decode()
    agent.post(f"/cases/{NUMBER}/hearing/")
    asks = agent.get(f"/cases/{NUMBER}/hearing/waive/").content.decode()
    assert "撤回听证申请？" in asks
    done = agent.post(f"/cases/{NUMBER}/hearing/waive/", follow=True).content.decode()
    assert "您不要求听证" in done
    hearing = node.deps.cases.find(NUMBER).examination.hearing
    assert (hearing.waived, hearing.asked_by) == (("applicant",), ())
    assert f"/cases/{NUMBER}/hearing/waive/" not in done


def test_another_chair_is_asked_for_with_a_reason_and_once(node, agent):
    hand_in(node)
    set_hearing(node)
    assert f"/cases/{NUMBER}/hearing/chair/" in agent.get(f"/cases/{NUMBER}/").content.decode()
    assert "演示审批人员三" in agent.get(f"/cases/{NUMBER}/hearing/chair/").content.decode()
    assert agent.post(f"/cases/{NUMBER}/hearing/chair/", {"words": " "}).status_code == 422
    done = agent.post(f"/cases/{NUMBER}/hearing/chair/", {"words": "主持人是我的债主"}, follow=True)
    assert "回避申请已收到" in done.content.decode()
    assert node.deps.cases.find(NUMBER).examination.hearing.challenge is not None
    assert f"/cases/{NUMBER}/hearing/chair/" not in done.content.decode()


def test_who_comes_too_late_is_not_offered_it(node, agent):
    hand_in(node)
    examine.tell_hearing_right(NUMBER, FIRST, node.deps)
    cast(MemoryClock, node.deps.clock).at = TUESDAY + timedelta(days=30)
    assert f"/cases/{NUMBER}/hearing/" not in agent.get(f"/cases/{NUMBER}/").content.decode()
    assert agent.post(f"/cases/{NUMBER}/hearing/").status_code == 302
    assert node.deps.cases.find(NUMBER).examination.hearing.asked_by == ()


def test_nobody_speaks_in_the_case_of_another(node, log_in):
    hand_in(node)
    stranger = log_in(party_id="91320214MB0000099X", party_name="别人")
    for page in ("statement", "hearing"):
        assert stranger.post(f"/cases/{NUMBER}/{page}/", {"words": "我也说"}).status_code == 404


def test_the_notice_to_a_neighbour_is_not_the_applicants_to_read(node, agent):
    hand_in(node)
    examine.tell_party(NUMBER, "欧阳邻居", WHY, FIRST, node.deps)
    while write_papers(node.deps):
        pass
    (notice,) = [
        kept.paper for kept in node.deps.papers.list_of([NUMBER])[NUMBER] if kept.paper.kind == "third-party"
    ]
    page = agent.get(f"/cases/{NUMBER}/").content.decode()
    assert notice.id not in page
    assert "欧阳邻居" not in page
    for end in ("", "data/"):
        assert agent.get(f"/cases/{NUMBER}/papers/{notice.id}/{end}").status_code == 404
