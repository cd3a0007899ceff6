"""The correction notice: one complete list, ticked and worded; what is wrong with it keeps every word."""

import pytest

from tests.builders import AGENT, branch_answers
from tongban.domain.case.events import CorrectionRequested
from tongban.flows.correct import correct


@pytest.fixture
def case_id(node):
    """A received case: its branch is registered, another zone has not answered."""
    node.keep_branch()
    return node.hand_in("CZ260303-AAAA2222")


def send(client, node, case_id, step, **words):
    data = {"version": node.find(case_id).version, "step": step, **words}
    return client.post(f"/officer/cases/{case_id}/correction/", data)


def words(name: str, zh: str, en: str = "") -> dict[str, str]:
    return {f"tick.{name}": "yes", f"zh.{name}": zh, f"en.{name}": en}


def test_everything_ticked_goes_out_as_one_list_after_it_was_shown(node, officer, case_id):
    chosen = words("branch_name", "分社名称与执照不一致，请改正。") | words(
        "evidence-travel-agency-licence", "请上传总社许可证。", "Upload the parent's licence."
    )
    shown = send(officer, node, case_id, "check", **chosen).content.decode()
    assert "补正通知，共 2 项" in shown
    assert node.find(case_id).stage == "received"
    send(officer, node, case_id, "act", **chosen)
    (told,) = [
        one.event for one in node.deps.cases.history(case_id) if isinstance(one.event, CorrectionRequested)
    ]
    assert [problem.pointer for problem in told.problems] == [
        "answers.branch_name",
        "answers.parent_licence_copy",
    ]
    assert told.problems[0].text.zh == "分社名称：分社名称与执照不一致，请改正。"
    assert "(in Chinese only)" in told.problems[0].text.en
    assert told.problems[1].text.en.endswith("Upload the parent's licence.")
    assert {problem.source for problem in told.problems} == {"all-2019#32.4"}
    assert node.find(case_id).stage == "correcting"


def test_a_list_without_anything_ticked_is_refused(node, officer, case_id):
    response = send(officer, node, case_id, "act")
    assert response.status_code == 422
    assert "至少勾选一项" in response.content.decode()
    assert node.find(case_id).stage == "received"


def test_all_that_is_wrong_with_a_list_is_told_at_once_and_every_word_is_kept(node, officer, case_id):
    response = send(
        officer, node, case_id, "check",
        **words("branch_name", ""), **{"zh.branch_head": "忘了勾选"}, **words("scope", "字" * 501),
    )  # fmt: skip
    page = response.content.decode()
    assert response.status_code == 422
    assert "有 3 处" in page
    assert "忘了勾选" in page
    assert "字" * 501 in page
    for anchor in ("field-zh-branch-name", "field-tick-branch-head", "field-zh-scope"):
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page


def test_what_the_machine_found_is_ticked_already(node, officer):
    case_id = node.hand_in("CZ260303-AAAA2222")  # the branch is in no register
    page = officer.get(f"/officer/cases/{case_id}/correction/").content.decode()
    before, after = page.split('name="tick.evidence-business-licence"')
    assert "checked" in after[:160]
    assert "没有查到" in after


@pytest.fixture
def corrected(node, officer, case_id):
    """A case whose one notice has been answered."""
    send(officer, node, case_id, "act", **words("branch_name", "请改正。"))
    correct(case_id, branch_answers(branch_name="另一个名称（演示）"), AGENT, node.deps)
    return case_id


def test_an_officer_may_not_tell_a_second_time(node, officer, corrected):
    response = officer.get(f"/officer/cases/{corrected}/correction/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "只能由审批负责人写明理由后作出" in page
    assert 'name="tick.branch_name"' not in page
    again = {"again_zh": "我也可以。"}
    assert send(officer, node, corrected, "act", **again, **words("scope", "请改。")).status_code == 422
    assert node.find(corrected).stage == "received"


def test_a_head_may_tell_a_second_time_and_says_why(node, corrected):
    head = node.log_in("head", "虚构负责人")
    assert "为什么要再次告知" in head.get(f"/officer/cases/{corrected}/correction/").content.decode()
    silent = send(head, node, corrected, "act", **words("scope", "请改。"))
    assert silent.status_code == 422
    assert 'href="#field-again-zh"' in silent.content.decode()
    why = {"again_zh": "申请人补正后出现了新的矛盾。"}
    shown = send(head, node, corrected, "check", **why, **words("scope", "请改。")).content.decode()
    assert "申请人补正后出现了新的矛盾。" in shown
    send(head, node, corrected, "act", **why, **words("scope", "请改。"))
    event = node.deps.cases.history(corrected)[-1].event
    assert isinstance(event, CorrectionRequested)
    assert event.again.zh == "申请人补正后出现了新的矛盾。"
    page = head.get(f"/officer/cases/{corrected}/").content.decode()
    assert "再次告知的理由" in page


def test_a_list_for_a_case_that_has_moved_on_is_not_sent(node, officer, case_id):
    response = officer.post(
        f"/officer/cases/{case_id}/correction/",
        {"version": 1, "step": "act", **words("branch_name", "请改正。")},
    )
    assert response.status_code == 409
    assert "分社名称：请改正。" in response.content.decode()
