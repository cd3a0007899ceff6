"""Between acceptance and decision: what stops the clock, who signs, who is heard, who approves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import CHANGZHOU, TUESDAY
from tests.domain.case.examining_cases import (
    APPLICANT,
    CALENDAR,
    CLERK,
    FIRST,
    HEAD,
    LICENSING,
    MACHINE,
    SECOND,
    SIMPLE,
    TOBACCO,
    WHY,
    a_setting,
    an_examined_case,
    do,
    do_all,
)
from tests.domain.case.test_state import HISTORY
from tongban.domain.case import commands as c
from tongban.domain.case import events as e
from tongban.domain.case import examining as x
from tongban.domain.case import examining_commands as xc
from tongban.domain.case.decide import decide
from tongban.domain.case.due import find_due_on, find_limit, running_clocks
from tongban.domain.case.plain import event_from_plain
from tongban.domain.case.review import MachineReview
from tongban.domain.case.state import Case, apply
from tongban.kernel.errors import Refused
from tongban.kernel.ids import LawKey
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text

TESTS = LawKey("all-2019#55.1")
IN_A_WEEK = TUESDAY.date() + timedelta(days=7)
A_TEST = xc.StartSpecialProcedure("testing", TESTS, WHY, IN_A_WEEK)
REASONS = Text("符合条件", "the conditions are met")
SIGNED = (
    (xc.NoteNoParty(WHY), FIRST, 0),
    (xc.RecordExamination(WHY), FIRST, 0),
    (xc.RecordExamination(WHY), SECOND, 0),
)


def codes(case: Case, command: c.Command, actor: e.Actor, days: int = 0, item: object = TOBACCO) -> set[str]:
    """Return why a command is refused; every problem cites an article."""
    with pytest.raises(Refused) as refused:
        decide(case, command, a_setting(actor, days, item))
    assert all(
        problem.source for problem in refused.value.problems if not problem.code.startswith("approval")
    )
    return {problem.code for problem in refused.value.problems}


def due_on(case: Case, item: object = SIMPLE) -> date | None:
    return find_due_on(case, item, LICENSING, CALENDAR)  # type: ignore[arg-type]


def test_only_what_article_45_lists_stops_the_clock() -> None:
    assert set(LICENSING.scrutiny.special) == {
        "hearing", "bidding", "auction", "inspection", "testing", "quarantine", "appraisal", "expert-review",
    }  # fmt: skip
    assert {kind.source for kind in LICENSING.scrutiny.special.values()} == {"all-2019#45"}
    visit = replace(A_TEST, kind="site-visit")
    assert codes(an_examined_case(), visit, FIRST) == {"special.unknown-kind"}


def test_a_stop_without_basis_reason_or_end_is_refused_with_everything_at_once() -> None:
    bare = xc.StartSpecialProcedure(
        "testing", LawKey("all-2019#33"), Text("", ""), TUESDAY.date() - timedelta(days=1)
    )
    assert codes(an_examined_case(), bare, FIRST) == {
        "special.no-basis", "special.no-reason", "special.ends-before",
    }  # fmt: skip


def test_two_stops_at_once_and_ending_twice_are_refused() -> None:
    case = do(an_examined_case(), A_TEST, FIRST)
    assert codes(case, replace(A_TEST, kind="inspection"), FIRST) == {"special.overlaps"}
    case = do(case, xc.EndSpecialProcedure("testing", WHY), FIRST, 7)
    assert codes(case, xc.EndSpecialProcedure("testing", WHY), FIRST, 7) == {"special.not-running"}


def test_what_runs_is_ended_by_its_own_name_and_with_a_result() -> None:
    case = do(an_examined_case(), A_TEST, FIRST)
    assert codes(case, xc.EndSpecialProcedure("inspection", WHY), FIRST) == {"special.not-running"}
    assert codes(case, xc.EndSpecialProcedure("testing", Text("", "")), FIRST) == {"special.no-result"}


def test_the_time_of_a_test_is_not_counted_by_either_clock() -> None:
    before = an_examined_case()
    after = do_all(before, [(A_TEST, FIRST, 1), (xc.EndSpecialProcedure("testing", WHY), FIRST, 7)])
    now = Moment(TUESDAY + timedelta(days=8))
    stood, moved = (
        {clock.name: clock.reading for clock in running_clocks(case, TOBACCO, LICENSING, CALENDAR, now)}
        for case in (before, after)
    )
    assert {"statutory", "promised"} == set(stood)
    for name, reading in stood.items():
        # From Wednesday 4 to Monday 9 March: four working days; Tuesday, the day of the result, counts again.
        assert reading.used - moved[name].used == 4, name  # type: ignore[union-attr]
        assert CALENDAR.count_working_days(reading.due_on, moved[name].due_on) == 4, name  # type: ignore[arg-type]


def test_a_procedure_that_ends_when_it_began_moves_nothing() -> None:
    case = an_examined_case()
    stopped = do_all(case, [(A_TEST, FIRST, 0), (xc.EndSpecialProcedure("testing", WHY), FIRST, 0)])
    assert due_on(stopped) == due_on(case)


def test_a_stop_that_runs_is_listed_by_the_day_on_which_it_should_end() -> None:
    case, stopped = an_examined_case(SIMPLE), do(an_examined_case(SIMPLE), A_TEST, FIRST, 1, SIMPLE)
    assert CALENDAR.count_working_days(due_on(case), due_on(stopped)) == 4  # type: ignore[arg-type]


def test_what_comes_in_after_acceptance_does_not_stop_the_clock() -> None:
    case = an_examined_case()
    came = next(one.event for one in HISTORY if isinstance(one.event, e.EvidenceAttached))
    later = apply(case, e.Recorded(case.id, case.version + 1, TUESDAY, CHANGZHOU, MACHINE, came))
    heard = do(later, xc.RecordStatement("applicant", "补充说明", CHANGZHOU), APPLICANT, 2)
    assert due_on(heard) == due_on(case)


def test_nothing_is_decided_while_a_test_runs() -> None:
    case = do(an_examined_case(SIMPLE), A_TEST, FIRST, item=SIMPLE)
    assert "special.running" in codes(case, c.Grant("officer", REASONS), FIRST, item=SIMPLE)
    assert "special.running" in codes(case, c.Refuse(REASONS, REASONS), FIRST, item=SIMPLE)


def test_a_machine_grants_nothing_while_a_party_is_unheard_nor_afterwards() -> None:
    assessed = next(one.event for one in HISTORY if isinstance(one.event, e.Assessed))
    case = an_examined_case(SIMPLE, assessment=assessed)
    case = do(case, xc.TellInterestedParty("演示邻居", WHY), FIRST, item=SIMPLE)
    assert "party.unheard" in codes(case, c.Grant("rules"), MACHINE, item=SIMPLE)
    case = do(case, xc.RecordStatement("party-1", "影响采光", CHANGZHOU), CLERK, 1, SIMPLE)
    assert "hearing.not-told" in codes(case, c.Grant("rules"), MACHINE, item=SIMPLE)
    assert codes(an_examined_case(SIMPLE, assessment=assessed), c.Grant("rules"), MACHINE, item=SIMPLE) == {
        "grant.person-asked"
    }


def test_a_party_is_heard_or_its_time_is_over_before_anybody_decides() -> None:
    case = do(an_examined_case(SIMPLE), xc.TellInterestedParty("演示邻居", WHY), FIRST, item=SIMPLE)
    party = case.examination.parties["party-1"]
    assert party.until_on == CALENDAR.add_working_days(TUESDAY.date(), 5)
    assert "party.unheard" in codes(case, c.Grant("officer", REASONS), FIRST, 7, SIMPLE)
    assert "party.unheard" not in codes(case, c.Grant("officer", REASONS), FIRST, 8, SIMPLE)


def test_nobody_is_told_without_a_name_and_nobody_twice() -> None:
    case = an_examined_case()
    assert codes(case, xc.TellInterestedParty(" ", Text("", "")), FIRST) == {
        "party.no-name", "party.nothing-told",
    }  # fmt: skip
    told = do(case, xc.TellInterestedParty("演示邻居", WHY), FIRST)
    assert do(told, xc.TellInterestedParty("演示邻居", WHY), FIRST) == told
    assert codes(told, xc.TellInterestedParty("演示邻居", REASONS), FIRST) == {"party.told-already"}


def test_an_applicant_speaks_for_nobody_else() -> None:
    case = do(an_examined_case(), xc.TellInterestedParty("演示邻居", WHY), FIRST)
    for_another = xc.RecordStatement("party-1", "我同意", CHANGZHOU)
    assert codes(case, for_another, APPLICANT) == {"party.unknown"}
    assert codes(case, xc.RecordStatement("party-9", "我同意", CHANGZHOU), CLERK) == {"party.unknown"}
    assert codes(case, xc.RecordStatement("applicant", "  ", CHANGZHOU), APPLICANT) == {"statement.empty"}


def test_substance_is_signed_by_two_officers_and_by_neither_twice() -> None:
    case = do(do(an_examined_case(), xc.NoteNoParty(WHY), FIRST), xc.RecordExamination(WHY), FIRST)
    assert codes(case, xc.RecordExamination(REASONS), FIRST) == {"examination.same-officer"}
    assert "examination.needs-two" in codes(case, c.Grant("officer", REASONS), FIRST)
    case = do(case, xc.RecordExamination(WHY), SECOND)
    assert codes(case, c.Grant("officer", REASONS), FIRST) == {"approval.needed"}


def test_an_item_whose_form_alone_is_examined_asks_for_no_second_officer() -> None:
    case = an_examined_case(SIMPLE)
    assert do(case, c.Grant("officer", REASONS), FIRST, item=SIMPLE).stage == "granted"


@pytest.mark.parametrize("granted", [True, False])
def test_a_decision_on_verified_substance_takes_effect_when_the_head_approves(granted: bool) -> None:
    case = do_all(an_examined_case(), SIGNED)
    submit = xc.SubmitForApproval(granted, REASONS, None if granted else WHY)
    drafted = do(case, submit, FIRST)
    assert (drafted.stage, drafted.decision) == ("assessed", None)
    decided = do(drafted, xc.Approve(Text("", "")), HEAD)
    assert decided.stage == ("granted" if granted else "refused")
    assert decided.decision is not None
    assert decided.decision.actor == HEAD


def test_a_draft_that_is_sent_back_decides_nothing_and_may_come_again() -> None:
    case = do_all(an_examined_case(), [*SIGNED, (xc.SubmitForApproval(True, REASONS), FIRST, 0)])
    back = do(case, xc.SendBack(WHY), HEAD)
    assert back.examination.draft is None
    assert back.examination.sent_back == WHY
    assert codes(back, xc.Approve(Text("", "")), HEAD) == {"approval.no-draft"}
    again = do(back, xc.SubmitForApproval(True, WHY), FIRST)
    assert do(again, xc.Approve(Text("", "")), HEAD).stage == "granted"


def test_nobody_approves_their_own_draft() -> None:
    promoted = e.Actor("head", FIRST.id, FIRST.name)
    case = do_all(an_examined_case(), [*SIGNED, (xc.SubmitForApproval(True, REASONS), FIRST, 0)])
    assert codes(case, xc.Approve(Text("", "")), promoted) == {"approval.own-draft"}


def test_what_came_in_between_stands_before_the_approval_too() -> None:
    case = do_all(an_examined_case(), [*SIGNED, (xc.SubmitForApproval(True, REASONS), FIRST, 0)])
    case = do(case, A_TEST, FIRST)
    assert codes(case, xc.Approve(Text("", "")), HEAD) == {"special.running"}


def test_a_time_limit_that_is_over_cannot_be_lengthened() -> None:
    case = an_examined_case(SIMPLE)
    assert codes(case, c.Extend(WHY), HEAD, 60, SIMPLE) == {"extend.too-late"}
    assert do(case, c.Extend(WHY), HEAD, 3, SIMPLE).extended


def test_joint_handling_is_lengthened_by_the_days_of_its_own_paragraph() -> None:
    alone, jointly = SIMPLE.get_statutory_limit(TUESDAY.date()), LICENSING.limits["decide-jointly"]
    assert find_limit(jointly, LICENSING, extended=True).amount == jointly.amount + 15
    assert find_limit(alone, LICENSING, extended=True).amount == alone.amount + 10
    assert find_limit(jointly, LICENSING, extended=False) == jointly


@pytest.mark.parametrize("granted", [True, False])
def test_what_was_said_of_the_machine_in_a_draft_goes_into_the_decision(granted: bool) -> None:
    review = MachineReview(agrees=False, differs=WHY)
    submit = xc.SubmitForApproval(granted, REASONS, None if granted else WHY, 0, review)
    drafted = do_all(an_examined_case(), [*SIGNED, (submit, FIRST, 0)])
    assert drafted.examination.draft is not None
    assert drafted.examination.draft.review == review
    told = decide(drafted, xc.Approve(Text("", "")), a_setting(HEAD))
    assert told[-1].review == review  # type: ignore[union-attr]
    silent = xc.SubmitForApproval(granted, REASONS, WHY, 0, MachineReview(agrees=False))
    with pytest.raises(Refused) as refused:
        do(do_all(an_examined_case(), SIGNED), silent, FIRST)
    assert [one.code for one in refused.value.problems] == ["review.no-reason"]


def test_a_draft_of_before_it_was_asked_still_folds() -> None:
    told = event_from_plain("ApprovalRequested", {"granted": True, "reasons": {"zh": "好", "en": "good"}})
    assert told == x.ApprovalRequested(True, Text("好", "good"))
