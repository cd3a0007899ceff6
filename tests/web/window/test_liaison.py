"""The window's pages between zones: an original goes from hand to hand, and whoever looks sees who signed."""

from datetime import timedelta

import pytest

from tests.builders import CHANGZHOU, SUZHOU
from tests.web.one_node import start_node
from tests.web.peers import play_elsewhere, tell
from tests.web.window.desk import take_in
from tongban.domain.liaison.acts import ReceiptConfirmed, ZoneAct
from tongban.domain.liaison.custody import Place, read_custodies
from tongban.flows import keep_time
from tongban.flows.liaison import keep_told
from tongban.kernel.ids import CaseId


@pytest.fixture
def case_id(clerk):
    return take_in(clerk)


def between(case_id, *parts: str) -> str:
    return "/".join((f"/window/cases/{case_id}/between", *parts, ""))


def log_of(node, case_id):
    (log,) = read_custodies(node.deps.liaison.list_of_case(case_id))
    return log


def take(clerk, case_id, **changes: str) -> None:
    given = {"paper": "旅行社业务经营许可证副本", "sheets": "2"} | changes
    answer = clerk.post(between(case_id, "take"), given)
    assert answer.status_code == 302, answer.content.decode()


def test_an_original_is_taken_in_sent_and_shown_with_waybill_and_day(node, clerk, case_id):
    take(clerk, case_id)
    log = log_of(node, case_id)
    assert (log.sheets, log.holder) == (2, "虚构窗口甲")
    sent = clerk.post(
        between(case_id, "send"), {"about": log.id, "carrier": "演示快递", "waybill": "YS-0001"}
    )
    assert sent.status_code == 302
    assert log_of(node, case_id).place is Place.ON_THE_WAY
    page = clerk.get(between(case_id)).content.decode()
    for words in ("在途", "YS-0001", "2026年3月6日", "虚构窗口甲", log.steps[0].by):
        assert words in page
    assert {m.type for m in node.deps.exchange.outgoing(case_id)} >= {"zone.act"}
    slip = clerk.get(between(case_id, "slip", log.id)).content.decode()
    assert "原件交接单" in slip
    assert "YS-0001" in slip


def test_what_is_late_says_so_on_the_case_and_on_the_desk(node, clerk, case_id):
    take(clerk, case_id)
    about = {"about": log_of(node, case_id).id, "carrier": "演示快递", "waybill": "YS-0001"}
    clerk.post(between(case_id, "send"), about)
    node.clock.at = node.clock.at.replace(day=10)
    assert "逾期未到" in clerk.get(between(case_id)).content.decode()
    desk = clerk.get("/window/between/").content.decode()
    assert "tb-light-red" in desk
    assert str(case_id) in desk


def test_everything_wrong_is_told_at_once_and_nothing_typed_is_lost(node, clerk, case_id):
    take(clerk, case_id)
    refused = clerk.post(
        between(case_id, "send"), {"about": log_of(node, case_id).id, "carrier": "", "waybill": ""}
    )
    assert refused.status_code == 422
    assert "请填写承运的快递公司" in refused.content.decode()
    assert "请填写运单号" in refused.content.decode()
    wrong = clerk.post(between(case_id, "take"), {"other": "演示原件", "sheets": "many"})
    assert wrong.status_code == 422
    assert "演示原件" in wrong.content.decode()
    assert clerk.get(between(case_id, "nothing")).status_code == 404
    assert clerk.get(between("SZ260303-NOTHERE")).status_code == 404
    unknown = clerk.post(between(case_id, "give"), {"about": "x\x00", "to": "archive", "name": "某"})
    assert unknown.status_code == 404


def test_it_is_given_back_in_person_and_the_log_ends(node, clerk, case_id):
    take(clerk, case_id)
    log = log_of(node, case_id)
    clerk.post(between(case_id, "give"), {"about": log.id, "to": "applicant", "name": "演示经办人"})
    assert not log_of(node, case_id).is_open
    page = clerk.get(between(case_id)).content.decode()
    assert "已交还申请人" in page
    assert f"give/?about={log.id}" not in page


def test_the_page_names_no_party_and_says_what_is_waited_for(node, clerk, case_id):
    page = clerk.get(between(case_id)).content.decode()
    assert "应在以下日期前确认" in page
    assert "19900000001" not in page
    assert "不是受理" in page
    assert str(case_id) in clerk.get("/window/between/").content.decode()
    node.clock.at = node.clock.at.replace(day=9)
    assert "逾期未确认" in clerk.get(between(case_id)).content.decode()


def test_a_dispute_is_opened_and_stands_on_both_lists(node, clerk, case_id):
    opened = clerk.post(between(case_id, "dispute"), {"kind": "completeness", "words": "材料已经齐全"})
    assert opened.status_code == 302
    page = clerk.get(between(case_id)).content.decode()
    assert "待答复" in page
    assert "按规则以常州" in page
    assert "材料是否齐全" in clerk.get("/window/between/?lang=zh").content.decode()
    refused = clerk.post(between(case_id, "dispute"), {"kind": "", "words": ""})
    assert refused.status_code == 422
    assert "请选择争议类型" in refused.content.decode()


def test_a_clerk_is_offered_no_act_in_anothers_name(clerk, case_id):
    assert "in-name/" not in clerk.get(between(case_id)).content.decode()
    assert clerk.post(between(case_id, "in-name"), {"command": "Accept"}).status_code == 422


def test_the_desk_asks_no_more_for_more_lines(node, clerk, django_assert_max_num_queries):
    for _ in range(3):
        take(clerk, take_in(clerk))
    with django_assert_max_num_queries(16):
        clerk.get("/window/between/")


def test_a_clerk_is_reminded_of_a_hand_over_on_the_last_day_for_its_confirmation(node, clerk, case_id):
    words = "本区代收、办理区还没有确认的：1 件"
    keep_time.catch_up(node.deps)
    assert words not in clerk.get("/window/").content.decode()
    node.clock.at += timedelta(days=1)
    keep_time.catch_up(node.deps)
    assert words in clerk.get("/window/").content.decode()
    keep_told(confirmed_by_changzhou(node, case_id), node.deps)
    assert words not in clerk.get("/window/").content.decode()
    assert str(case_id) not in clerk.get("/window/between/").content.decode()


def test_at_the_deciding_zone_a_clerk_is_reminded_to_confirm_what_only_its_machine_has_looked_at(
    tmp_path, monkeypatch, db
):
    changzhou = start_node(CHANGZHOU, tmp_path, monkeypatch)
    clerk, case = changzhou.log_in("clerk", "虚构窗口乙"), CaseId("SZ260303-BETWEEN1")
    tell(changzhou, play_elsewhere(case, SUZHOU), SUZHOU, "case.submit")
    names = {type(one.event).__name__ for one in changzhou.deps.cases.history(case)}
    assert names == {"Submitted", "EvidenceRequested", "EvidenceNotHeld"}
    changzhou.clock.at += timedelta(days=1)
    keep_time.catch_up(changzhou.deps)
    words = "别处代收、由本区确认收到的：1 件"
    assert words in clerk.get("/window/").content.decode()
    assert clerk.post(f"/window/cases/{case}/between/confirm/", {"words": "齐全"}).status_code == 302
    assert words not in clerk.get("/window/").content.decode()


def confirmed_by_changzhou(node, case_id):
    said = ReceiptConfirmed("齐全")
    return ZoneAct(
        "changzhou-1", "changzhou-1", "", case_id, CHANGZHOU, "o1", "虚构审批员", node.clock.at, said
    )
