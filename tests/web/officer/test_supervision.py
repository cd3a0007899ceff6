"""The board of supervision: what is found by itself, down to the case, and answered by the head."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import AGENT, CHANGZHOU, PARENT, TUESDAY, WUXI
from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.supervision.alert import SupervisionAlert as Found
from tongban.flows import examine, make_decision
from tongban.flows.keep_time import catch_up
from tongban.flows.perform import perform
from tongban.flows.seal_port import SealRefusal
from tongban.flows.supervise import GROUP, supervise
from tongban.kernel.errors import Problem
from tongban.kernel.ids import CaseId, ItemId, LawKey
from tongban.kernel.text import Text
from tongban.store.models import SupervisionAlert, SupervisionHandling

CASE = "CZ260303-AAAA2222"
OFFICER = Actor("officer", "o-1", "虚构审批员")
HEAD = Actor("head", "h-1", "虚构负责人")
BOARD = "/officer/supervision/"
LATE = BOARD + "rules/late/"
SAID = {"answer": "explained", "words": "等待外单位答复，已催办。"}


@pytest.fixture
def head(node):
    return node.log_in("head", "虚构负责人")


@pytest.fixture
def late(node):
    """A case that ran out of time, and supervision that has been by."""
    node.referred(CASE)
    node.clock.at += timedelta(days=40)
    catch_up(node.deps)
    assert 0 < supervise(node.deps) < GROUP
    return SupervisionAlert.objects.get(rule="late")


def keep(node, count: int, rule: str = "sealed-late", handle_by: date | None = None) -> None:
    day = date(2026, 3, 3)
    rows = [Found(rule, CaseId(f"CZ-{n:04d}"), "3", day, node.clock.now(), handle_by) for n in range(count)]
    assert node.deps.supervision.keep(rows) == count


def test_the_board_leads_from_the_rule_to_the_alert_and_to_the_case(late, head):
    board = head.get(BOARD).content.decode()
    assert LATE in board
    assert "红色预警" in board
    assert f"{BOARD}{late.number}/" in head.get(LATE).content.decode()
    page = head.get(f"{BOARD}{late.number}/").content.decode()
    assert f"/officer/cases/{CASE}/" in page
    assert "已超期，上报负责人" in page
    assert "Late by the law" in head.get(f"{LATE}?lang=en").content.decode()


def test_looking_again_raises_nothing_and_waiting_takes_nothing_away(node, late):
    before = set(SupervisionAlert.objects.values_list("number", flat=True))
    node.clock.at += timedelta(hours=2)
    supervise(node.deps)
    assert set(SupervisionAlert.objects.values_list("number", flat=True)) == before
    node.clock.at += timedelta(days=400)
    supervise(node.deps)
    assert before <= set(SupervisionAlert.objects.values_list("number", flat=True))


def test_an_answer_is_shown_before_it_is_kept_and_then_stands_for_ever(late, head):
    address = f"{BOARD}{late.number}/"
    assert head.post(address, {"answer": "", "words": ""}).status_code == 422
    shown = head.post(address, SAID | {"step": "show"}).content.decode()
    assert "确认并记录" in shown
    assert not SupervisionHandling.objects.exists()
    assert SAID["words"] in head.post(address, SAID | {"step": "edit"}).content.decode()
    assert head.post(address, SAID | {"step": "act", "seen": "0"}).status_code == 302
    assert head.post(address, SAID | {"step": "act", "seen": "0"}).status_code == 409
    assert SAID["words"] in head.get(address).content.decode()
    assert address not in head.get(LATE).content.decode()
    assert address in head.get(LATE + "?show=done").content.decode()
    more = {"answer": "put-right", "words": "已经办结。", "step": "act", "seen": "1"}
    assert head.post(address, more).status_code == 302
    assert SupervisionHandling.objects.count() == 2


def test_a_yellow_alert_that_nobody_answered_in_time_counts_as_red(node, head):
    keep(node, 2, handle_by=date(2026, 3, 2))
    board = head.get(BOARD).content.decode()
    assert '<strong class="tb-tag tb-tag-red">2</strong>' in board
    assert "tb-tag-yellow" not in board
    assert "红色预警：逾期未处理" in head.get(BOARD + "rules/sealed-late/").content.decode()


def test_pages_ask_few_questions_however_many_alerts_there_are_and_lead_on(node, head):
    keep(node, 60)
    seen, address = set(), BOARD + "rules/sealed-late/"
    for page in (BOARD, address):
        with CaptureQueriesContext(connection) as asked:
            assert head.get(page).status_code == 200
        assert len(asked) < 20
    after = ""
    for _ in range(3):
        found = head.get(address + after)
        seen |= {line.number for line, _ in found.context["rows"]}
        after = found.context["next_url"]
    assert (len(seen), after) == (60, "")


def test_without_alerts_the_pages_say_so_and_nobody_but_the_head_comes_in(head, officer):
    assert "没有预警" in head.get(LATE).content.decode()
    assert head.get(LATE + "?after=%00x").status_code == 200
    assert head.get(BOARD + "rules/nothing/").status_code == 404
    assert head.get(BOARD + "99999999999999999999/").status_code == 404
    assert officer.get(BOARD).status_code == 403
    assert BOARD in head.get("/officer/").content.decode()


def test_every_rules_question_finds_its_index(node):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for rows, where, index in (
            (
                "firedentry",
                "kind = ANY('{overdue}') AND fired_at >= now() AND fired_at <= now()",
                "fired_of_kind",
            ),
            (
                "caseevent",
                "name = 'CorrectionRequested' AND zone = 'x' AND at >= now()",
                "correction_by_time",
            ),
            ("caseevent", "name = 'Granted' AND zone = 'x' AND at >= now()", "grant_by_time"),
            ("outgoingmessage", "queued_at >= now()", "outgoing_by_time"),
            ("supervisionalert", "rule = 'late' AND number > 1 AND handled_at IS NULL", "alert_open"),
        ):
            cursor.execute(f"EXPLAIN SELECT * FROM store_{rows} WHERE {where}")
            assert index in "\n".join(row[0] for row in cursor.fetchall()), rows


def test_each_of_the_others_and_the_seals_raises_an_alert_from_the_real_store(node, head):
    stopped, asked = CaseId("CZ260303-STOP0001"), CaseId("CZ260303-TWICE001")
    sealed = node.referred(CASE, scope=("domestic",))  # granted, and never sealed
    firm = ApplicantRef("firm", PARENT, "演示公司")
    for case_id, item in ((stopped, "tobacco-retail-licence"), (asked, "publication-licence-change")):
        submitted = c.Submit(ItemId(item), CHANGZHOU, CHANGZHOU, firm, "window", {})
        perform(case_id, submitted, AGENT, node.deps)
        perform(case_id, c.Correct({"note": "再次提交"}, CHANGZHOU), AGENT, node.deps)
    make_decision.accept_by_hand(stopped, OFFICER, node.deps)
    until_on = TUESDAY.date() + timedelta(days=9)
    basis, why = LawKey("all-2019#55.1"), Text("送检", "to be tested")
    examine.start_special_procedure(stopped, "testing", basis, why, until_on, OFFICER, node.deps)
    missing = Problem("evidence.missing", Text("缺一份材料", "One document is missing"), "answers.note")
    again = Text("第一次没有告知的新情况", "New since the first time")
    perform(asked, c.RequestCorrection((missing,), again), HEAD, node.deps)
    node.deps.exchange.post(WUXI, "case.report", {"a": 1}, asked)
    with node.deps.unit():
        for code, case_id in (("seal.wrong-digest", sealed), ("seal.wrong-secret", CaseId(""))):
            node.deps.seals.refuse(
                SealRefusal("licence", "L-1", case_id, 3, code, why, "", TUESDAY, TUESDAY, is_waiting=False)
            )
    node.clock.at += timedelta(days=40)
    catch_up(node.deps)
    supervise(node.deps)
    raised = {(one.rule, one.case_id) for one in SupervisionAlert.objects.all()}
    assert {
        ("stopped-without-basis", stopped), ("corrected-twice", asked), ("no-receipt", asked),
        ("sealed-late", sealed), ("seal-refused", sealed), ("seal-secret", ""),
    } <= raised  # fmt: skip
    board = head.get(BOARD).content.decode()
    for alert in SupervisionAlert.objects.exclude(rule="late"):
        assert f"{BOARD}rules/{alert.rule}/" in board
        address = f"{BOARD}{alert.number}/"
        assert head.get(address).status_code == 200
        assert head.post(address, SAID | {"step": "act", "seen": "0"}).status_code == 302
        assert SAID["words"] in head.get(address).content.decode()
