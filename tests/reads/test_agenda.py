"""What was told stands until it is settled; what is foreseen is what then happens."""

from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import SUZHOU, TUESDAY, a_branch_application
from tongban.commands.management.commands.rehearse import _TO
from tongban.domain.agenda import RECIPIENTS
from tongban.domain.case.events import Actor
from tongban.flows import make_decision
from tongban.flows.keep_time import catch_up
from tongban.kernel.text import Text
from tongban.reads.agenda import read_escalations, read_standing, rehearse
from tongban.store.models import FiredEntry

DAY = timedelta(days=1)
CASES = ("CZ260303-AAAA2222", "CZ260303-BBBB3333")
OFFICER, WORDS = Actor("officer", "o1", "虚构审批员"), Text("演示。", "Demonstration.")


def pass_days(node, days: int, *, step: int = 1) -> None:
    until = node.clock.at + days * DAY
    while node.clock.at < until:
        node.clock.at = min(until, node.clock.at + step * DAY)
        catch_up(node.deps)


def fired() -> set[tuple[date, str, str]]:
    return set(FiredEntry.objects.values_list("fires_on", "kind", "case_id"))


@pytest.mark.parametrize("step", [1, 10, 35])
def test_a_rehearsal_tells_what_then_fires_day_by_day_and_after_a_stop(node, step):
    node.referred(CASES[0])
    node.hand_in(CASES[1])
    first, last = node.clock.at.date(), (node.clock.at + 35 * DAY).date()
    rows = rehearse(first, last, node.deps).rows
    foreseen = {(row.on, row.kind.id, case) for row in rows for case in row.case_ids}
    assert fired() == set()
    pass_days(node, 35, step=step)
    assert {one for one in fired() if one[2] == CASES[0]} == {one for one in foreseen if one[2] == CASES[0]}
    # The second case was accepted by silence: what that brought on in its turn was not foreseen.
    until = min(on for on, kind, case in foreseen if kind == "silence-accepts")
    assert {one for one in foreseen if one[0] <= until} <= fired()


def test_what_is_due_already_is_foreseen_for_today(node):
    node.referred(CASES[0])
    node.clock.at += 60 * DAY
    today = node.clock.at.date()
    rows = rehearse(today, today, node.deps).rows
    assert {row.kind.id for row in rows} >= {"due-soon", "overdue"}
    assert {row.on for row in rows} == {today}


def test_an_escalation_stands_until_the_case_is_settled(node):
    case_id = node.referred(CASES[0])
    pass_days(node, 40, step=40)
    page = read_escalations("", node.deps)
    told = [(row.case_id, row.kind.id) for row in page.rows]
    assert told == [(case_id, "promise-missed"), (case_id, "overdue")]
    assert page.rows[0].item.en
    assert set(read_standing([case_id], ("officer", "head"), node.deps)) == {case_id}
    make_decision.refuse(case_id, WORDS, OFFICER, node.deps)
    assert read_escalations("", node.deps).rows == ()
    assert read_standing([case_id], ("officer", "head"), node.deps) == {}
    assert any(kind == "overdue" for _, kind, _ in fired())


def test_pages_of_escalations_fit_together(node):
    for case_id in CASES:
        node.referred(case_id)
    pass_days(node, 40, step=40)
    whole = read_escalations("", node.deps)
    walked, page = [], read_escalations("", node.deps, size=1)
    walked.extend(page.rows)
    while page.next:
        page = read_escalations(page.next, node.deps, size=1)
        walked.extend(page.rows)
    assert (tuple(walked), len(walked), whole.next) == (whole.rows, 4, "")
    for garbage in ("x", "2026-13-01~a~b", "~~", "2026-03-03"):
        assert len(read_escalations(garbage, node.deps).rows) == 4


def test_the_number_of_questions_does_not_grow_with_the_list(node):
    node.referred(CASES[0])
    pass_days(node, 40, step=40)

    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            read_escalations("", node.deps)
        return len(asked)

    few = ask()
    node.clock.at = TUESDAY
    node.referred(CASES[1])
    pass_days(node, 40, step=40)
    assert ask() == few <= 2


def rehearsal(*arguments: str) -> str:
    out = StringIO()
    call_command("rehearse", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_both_languages_and_writes_nothing(node):
    node.referred(CASES[0])
    told = rehearsal("--from", "2026-03-03", "--to", "2026-04-30")
    assert "即将到期 Due soon · 1 · 审批人员 officer" in told
    assert CASES[0] in told
    assert "Wednesday 1 April 2026" in told or "April 2026" in told
    assert fired() == set()


def test_the_command_has_words_for_whomever_something_reaches(node):
    handed_on = replace(a_branch_application(), deciding_zone=SUZHOU)
    node.hand_in(CASES[0], handed_on)
    node.referred(CASES[1])
    told = rehearsal("--from", "2026-03-03", "--to", "2026-04-30")
    assert "A receipt is to be confirmed · 1 · 窗口人员 clerk" in told
    assert "Hand-over is late · 1 · 负责人 head" in told
    assert set(_TO) == set(RECIPIENTS)


def test_days_past_the_calendar_say_so(node):
    node.referred(CASES[0])
    told = rehearsal("--on", "2027-01-15")
    assert "nothing falls due" in told
    assert "The loaded calendar ends on" in told
    assert "The loaded calendar" not in rehearsal("--on", "2026-03-10")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--on", "15 January"),
        ("--on", "2026-03-03", "--from", "2026-03-03", "--to", "2026-03-04"),
        ("--from", "2026-03-05", "--to", "2026-03-04"),
        ("--from", "2026-01-01", "--to", "2029-01-01"),
        ("--from", "2026-01-01"),
    ],
)
def test_days_that_make_no_sense_are_refused(node, arguments):
    with pytest.raises(CommandError):
        rehearsal(*arguments)
