"""Notes stay inside; similar cases are shown with their reasons; leave hands work over and back."""

from datetime import timedelta

import pytest

from tests.builders import BRANCH_FILING
from tests.web.officer.test_acts import send
from tongban.domain.assignment import DeskOfficer, Team
from tongban.kernel.text import Text


@pytest.fixture
def desk(node):
    """Two officers of one group; a case is drawn for one of them."""
    with node.deps.unit():
        node.deps.desk.keep_team(Team("culture", Text("文旅组", "Culture"), frozenset({BRANCH_FILING})))
        for username, name, team in (
            ("officer-0", "虚构审批员", "culture"),
            ("mate", "虚构同事", "culture"),
            ("other", "虚构他组", "other"),
        ):
            node.deps.desk.keep_officer(DeskOfficer(username, name, frozenset({team})))
    return node


def test_a_note_is_kept_for_the_staff_and_never_changed_or_shown_to_the_applicant(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    version = node.find(case_id).version
    address = f"/officer/cases/{case_id}/notes/"
    assert officer.post(address, {"words": " "}).status_code == 422
    assert officer.post(address, {"words": "字" * 501}).status_code == 422
    assert officer.post(address, {"words": "已电话核对总社许可范围。"}).status_code == 302
    page = officer.get(f"/officer/cases/{case_id}/").content.decode()
    assert "已电话核对总社许可范围。" in page
    assert "虚构审批员" in page
    assert node.find(case_id).version == version
    events = [repr(one.event) for one in node.deps.cases.history(case_id)]
    assert not any("已电话核对" in event for event in events)


def test_notes_are_unreadable_once_the_case_is_erased(node, officer):
    from tongban.store.case_data import CaseErased

    case_id = node.referred("CZ260303-AAAA2222")
    officer.post(f"/officer/cases/{case_id}/notes/", {"words": "演示备注"})
    node.store.erase(case_id)
    with pytest.raises(CaseErased):
        node.deps.desk.list_notes(case_id, 5)


def test_similar_cases_are_those_with_the_same_criteria_in_the_way_with_their_reasons(node, officer):
    refused, granted, mine = (node.referred(f"CZ260303-AAAA222{number}") for number in range(3))
    page = officer.get(f"/officer/cases/{mine}/").content.decode()
    assert "同类办件" not in page
    send(officer, node, refused, "refuse", "act", reasons_zh="超出总社许可范围。")
    send(officer, node, granted, "grant", "act", reasons_zh="总社已经增项。")
    page = officer.get(f"/officer/cases/{mine}/").content.decode()
    assert "同类办件" in page
    for words in (refused, granted, "超出总社许可范围。", "总社已经增项。"):
        assert words in page


def words_of(node, substitute: str, first: int, last: int, **more: str) -> dict[str, str]:
    words = {"substitute": substitute, "reason": "年休假", **more}
    for name, days in (("from", first), ("until", last)):
        on = node.clock.now().date() + timedelta(days=days)
        words |= {f"{name}-year": str(on.year), f"{name}-month": str(on.month), f"{name}-day": str(on.day)}
    return words


def test_work_is_handed_over_for_some_days_and_comes_back_by_itself(desk, officer):
    assert officer.post("/officer/leave/", words_of(desk, "mate", 0, 2)).status_code == 302
    assert "虚构同事" in officer.get("/officer/leave/").content.decode()
    case_id = desk.referred("CZ260303-AAAA2222")
    assert desk.deps.desk.find(case_id).officer == "mate"
    desk.clock.at += timedelta(days=3)
    assert "现在没有交接" in officer.get("/officer/leave/").content.decode()


def test_everything_wrong_with_a_hand_over_is_told_at_once_and_kept(desk, officer):
    sent = officer.post("/officer/leave/", words_of(desk, "other", 2, 1, reason=""))
    page = sent.content.decode()
    assert sent.status_code == 422
    for words in ("结束日期早于开始日期", "代办人员须负责请假人员的全部审批组", "请写明理由"):
        assert words in page
    assert desk.deps.desk.list_absences(desk.clock.now().date()) == ()


def test_the_head_hands_over_for_somebody_absent_and_ends_it(desk, officer):
    head = desk.log_in("head", "虚构负责人")
    assert head.post("/officer/leave/", words_of(desk, "mate", 0, 2, officer="officer-0")).status_code == 302
    (one,) = desk.deps.desk.list_absences(desk.clock.now().date())
    assert (one.officer, one.by) == ("officer-0", "head-1")
    mate = desk.log_in("officer", "虚构同事")
    assert mate.post("/officer/leave/", {"end": one.id}).status_code == 404
    assert officer.post("/officer/leave/", {"end": one.id}).status_code == 302
    assert desk.deps.desk.list_absences(desk.clock.now().date()) == ()
