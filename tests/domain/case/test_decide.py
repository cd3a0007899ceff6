"""Decide: the regime's arrows first, all reasons given, and never a machine that refuses."""

from dataclasses import replace

import pytest

from tests.builders import AGENT, BRANCH_FILING, CHANGZHOU, SUZHOU, TUESDAY, branch_answers, catalogue
from tests.domain.case.test_state import CASE, HISTORY
from tongban.domain.case import commands as c
from tongban.domain.case import ending as g
from tongban.domain.case import ending_commands as k
from tongban.domain.case import events as e
from tongban.domain.case import examining_commands as xc
from tongban.domain.case.decide import decide
from tongban.domain.case.setting import Setting
from tongban.domain.case.state import Case, fold
from tongban.domain.procedure import ACTOR_KINDS, STAGES
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text

ITEM = catalogue().get_item(BRANCH_FILING, CHANGZHOU)
MACHINE = e.Actor("machine", CHANGZHOU)
OFFICER = e.Actor("officer", "changzhou-officer", "演示审批人员")
REASONS = Text("理由充分", "for good reasons")


def a_setting(actor: e.Actor = MACHINE) -> Setting:
    regime = catalogue().get_regime(ITEM.regime)
    calendar = catalogue().get_calendar(CHANGZHOU)
    return Setting(ITEM, regime, catalogue().kinds, Moment(TUESDAY), actor, CHANGZHOU, calendar)


def a_case(stage: str = "received", **changes: object) -> Case:
    submitted = fold(CASE, HISTORY[:1])
    return replace(submitted, stage=stage, **changes)  # type: ignore[arg-type]


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.problems[0].code


def test_receipt_is_not_acceptance() -> None:
    case = a_case()
    assert case.stage == "received"
    assert case.accepted_on is None


def test_no_machine_may_refuse_in_any_regime_at_any_stage() -> None:
    for regime in catalogue().regimes.values():
        for arrow in regime.arrows:
            if arrow.command in ("Refuse", "Decline"):
                assert set(arrow.who) <= {"officer", "head"}, (regime.id, arrow)


@pytest.mark.parametrize("command", [c.Refuse(REASONS, REASONS), c.Decline(REASONS, REASONS)])
def test_a_machine_that_tries_to_refuse_is_refused(command: c.Command) -> None:
    stage = "assessed" if isinstance(command, c.Refuse) else "received"
    with pytest.raises(Refused) as refused:
        decide(a_case(stage), command, a_setting(MACHINE))
    assert code_of(refused) == "procedure.not-you"


def test_every_arrow_leads_where_the_fold_leads() -> None:
    led_to = {
        c.Accept: e.Accepted, c.DeemAccepted: e.Accepted, c.RequestCorrection: e.CorrectionRequested,
        c.Correct: e.Corrected, c.Decline: e.Declined, c.RecordAssessment: e.Assessed, c.Grant: e.Granted,
        c.Refuse: e.GrantRefused, c.RecordIssue: e.CredentialIssued, c.Withdraw: e.Withdrawn,
        c.Return: e.Returned, c.OpenWait: e.WaitOpened, c.Object: e.ObjectionRaised, c.EndWait: e.Granted,
        c.ForwardToAuthority: e.ApplicationForwarded, c.RecordAnswer: e.Granted,
        c.AnswerCheck: e.CheckAnswered, c.PausePayment: e.PaymentPaused, c.EndBenefit: e.BenefitEnded,
        xc.Approve: e.Granted,
        k.TellNotNeeded: g.NotNeededDeclared, k.TellNotCompetent: g.NotCompetentDeclared,
        k.LapseCorrection: g.CorrectionLapsed, k.DeemRenewed: e.Granted,
    }  # fmt: skip
    stages = {
        e.Accepted: "accepted", e.CorrectionRequested: "correcting", e.Corrected: "received",
        e.Declined: "declined", e.Assessed: "assessed", e.Granted: "granted", e.GrantRefused: "refused",
        e.CredentialIssued: "concluded", e.Withdrawn: "withdrawn", e.Returned: "returned",
        e.WaitOpened: "published", e.ObjectionRaised: "assessed", e.ApplicationForwarded: "elsewhere",
        e.CheckAnswered: "concluded", e.PaymentPaused: "paused", e.BenefitEnded: "ended",
        g.NotNeededDeclared: "unneeded", g.NotCompetentDeclared: "declined", g.CorrectionLapsed: "withdrawn",
    }  # fmt: skip
    names = {command.__name__: stages[event] for command, event in led_to.items()}
    for regime in catalogue().regimes.values():
        for arrow in regime.arrows:
            if arrow.to_stage and arrow.command != "Submit":
                assert names[arrow.command] == arrow.to_stage, (regime.id, arrow)


def test_stages_and_actors_of_the_regimes_are_all_used() -> None:
    used = {
        stage for regime in catalogue().regimes.values() for a in regime.arrows for stage in a.from_stages
    }
    ends = {"concluded", "refused", "declined", "withdrawn", "returned", "ended", "unneeded"}
    assert set(STAGES) - ends <= used
    assert {w for regime in catalogue().regimes.values() for a in regime.arrows for w in a.who} <= set(
        ACTOR_KINDS
    )


def test_everything_missing_is_told_at_once() -> None:
    case = a_case(answers={})
    (event,) = decide(case, c.Accept(), a_setting())
    assert isinstance(event, e.CorrectionRequested)
    pointers = {problem.pointer for problem in event.problems}
    assert {"answers.parent_uscc", "answers.branch_uscc", "answers.scope"} <= pointers
    assert len(event.problems) >= 7


def test_what_is_missing_after_a_correction_goes_to_a_person() -> None:
    case = a_case(times_corrected=1)
    (event,) = decide(case, c.Accept(), a_setting())
    assert isinstance(event, e.Referred)


def test_a_second_correction_notice_is_not_sent_by_the_machine() -> None:
    case = a_case(times_corrected=1)
    events = decide(case, c.Accept(), a_setting())
    assert not any(isinstance(event, e.CorrectionRequested) for event in events)


def test_an_officer_may_accept_what_no_register_holds() -> None:
    assert decide(a_case(), c.Accept(), a_setting(OFFICER)) == (e.Accepted(TUESDAY.date()),)


def test_silence_accepts_from_the_day_of_receipt() -> None:
    (event,) = decide(a_case(), c.DeemAccepted(), a_setting(e.Actor("time", CHANGZHOU)))
    assert event == e.Accepted(HISTORY[0].at.date(), deemed=True)


def test_rules_grant_only_on_a_full_yes() -> None:
    assessed = next(one.event for one in HISTORY if isinstance(one.event, e.Assessed))
    doubtful = replace(assessed, outcome="refer")
    with pytest.raises(Refused) as refused:
        decide(a_case("assessed", assessment=doubtful), c.Grant("rules"), a_setting())
    assert code_of(refused) == "grant.not-all-met"


def test_rules_grant_nothing_once_a_person_was_asked_for() -> None:
    assessed = next(one.event for one in HISTORY if isinstance(one.event, e.Assessed))
    case = a_case("assessed", assessment=assessed, needs_person=True)
    with pytest.raises(Refused) as refused:
        decide(case, c.Grant("rules"), a_setting())
    assert code_of(refused) == "grant.person-asked"


@pytest.mark.parametrize(
    "command", [c.Grant("officer", None), c.Grant("officer", Text(" ", "x")), c.Refuse(Text("", ""), REASONS)]
)
def test_a_person_decides_with_reasons_or_not_at_all(command: c.Command) -> None:
    with pytest.raises(Refused) as refused:
        decide(a_case("assessed"), command, a_setting(OFFICER))
    assert code_of(refused) == "decision.no-reasons"


def test_a_correction_notice_lists_something() -> None:
    with pytest.raises(Refused) as refused:
        decide(a_case(), c.RequestCorrection(()), a_setting(OFFICER))
    assert code_of(refused) == "correction.empty"


def test_only_a_head_tells_a_second_time_and_says_why() -> None:
    case = replace(a_case(), times_corrected=1)
    told = c.RequestCorrection((Problem("x", REASONS, "answers.scope"),), REASONS)
    with pytest.raises(Refused) as refused:
        decide(case, told, a_setting(OFFICER))
    assert code_of(refused) == "correction.only-once"
    head = e.Actor("head", "h", "虚构负责人")
    with pytest.raises(Refused) as refused:
        decide(case, replace(told, again=Text(" ", "")), a_setting(head))
    assert code_of(refused) == "correction.no-reason"
    assert decide(case, told, a_setting(head)) == (e.CorrectionRequested(told.problems, REASONS),)
    first = decide(a_case(), replace(told, again=None), a_setting(OFFICER))
    assert first == (e.CorrectionRequested(told.problems),)


def test_a_concluded_case_cannot_be_withdrawn() -> None:
    with pytest.raises(Refused) as refused:
        decide(a_case("concluded"), c.Withdraw(SUZHOU), a_setting(AGENT))
    assert code_of(refused) == "procedure.not-now"
    assert refused.value.problems[0].next_step is not None


def test_an_item_is_only_handed_in_where_it_is_offered_and_by_whom_it_is_for() -> None:
    person = e.ApplicantRef("person", "x", "演示")
    command = c.Submit(ITEM.id, "nanjing", SUZHOU, person, "online", branch_answers())  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        decide(Case(CASE), command, a_setting(AGENT))
    assert {p.code for p in refused.value.problems} == {"item.not-offered", "applicant.wrong-kind"}


def test_the_same_evidence_twice_is_attached_once() -> None:
    case = fold(CASE, HISTORY)
    evidence = next(iter(case.evidence.values()))
    assert decide(case, c.AttachEvidence(evidence), a_setting()) == ()


def test_a_problem_tells_what_where_and_why() -> None:
    (event,) = decide(a_case(), c.Accept(), a_setting())
    assert isinstance(event, e.CorrectionRequested)
    for problem in event.problems:
        assert isinstance(problem, Problem)
        assert problem.text.zh
        assert problem.text.en
        assert problem.source
