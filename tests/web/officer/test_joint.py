"""The officer's pages of joint handling: opened from a case, parts named with who and why, one result."""

import pytest

from tests.builders import AGENT
from tongban.domain.case.events import Actor
from tongban.flows.ask_for_person import ask_for_person
from tongban.flows.joint import get_joint
from tongban.flows.make_decision import grant
from tongban.kernel.errors import Refused
from tongban.kernel.text import Text

CASE = "CZ260303-JOINT001"
PARTS = {"parts": ["wuxi"], "words": "核实总社情况"}


def opened(node, officer) -> str:
    case_id = node.referred(CASE)
    ask_for_person(case_id, AGENT, node.deps)
    answer = officer.post(f"/officer/cases/{case_id}/between/joint/", PARTS)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"].rstrip("/").split("/")[-1]


def test_it_is_opened_from_a_case_and_waits_for_the_part(node, officer):
    number = opened(node, officer)
    assert "联合办理" in officer.get(f"/officer/cases/{CASE}/between/").content.decode()
    assert f"/officer/joint/{number}/" in officer.get("/officer/joint/").content.decode()
    page = officer.get(f"/officer/joint/{number}/").content.decode()
    for words in ("核实总社情况", "已转告，待立子办件", "尚未决定", "决定最迟"):
        assert words in page
    with pytest.raises(Refused) as refused:
        grant(CASE, Text("符合", "fit"), Actor("officer", "o", "演示"), node.deps)
    assert [one.code for one in refused.value.problems] == ["joint.waits"]


def test_everything_wrong_is_told_with_the_form(node, officer):
    case_id = node.referred("CZ260303-JOINT002")
    refused = officer.post(f"/officer/cases/{case_id}/between/joint/", {"words": ""})
    assert refused.status_code == 422
    assert "请选择参加联合办理的其他区" in refused.content.decode()
    assert "请写明各区要办的部分" in refused.content.decode()


def test_a_zone_without_a_part_gives_none_and_only_the_head_lengthens_it(node, officer):
    number = opened(node, officer)
    refused = officer.post(f"/officer/joint/{number}/part/", {"outcome": "agreed", "words": "x"})
    assert refused.status_code == 422
    assert officer.post(f"/officer/joint/{number}/extend/", {"reason": "x"}).status_code == 422
    head = node.log_in("head", "虚构负责人")
    assert head.post(f"/officer/joint/{number}/extend/", {"reason": "情况复杂"}).status_code == 302
    assert get_joint(number, node.deps).extension is not None
    assert "已延长" in head.get(f"/officer/joint/{number}/").content.decode()
    assert head.get(f"/officer/joint/{number}/nothing/").status_code == 404
