"""The fold: a history read event by event is the history read at once, and a gap is never passed over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    AGENT,
    CHANGZHOU,
    SUZHOU,
    TUESDAY,
    a_branch_application,
    a_network,
    keep_branch_records,
)
from tongban.domain.case import ending as g
from tongban.domain.case import events as e
from tongban.domain.case import examining as x
from tongban.domain.case.examination import Examination, Stop
from tongban.domain.case.state import Case, Check, apply, fold
from tongban.domain.case.talk import ApplicantAnswered, OfficerWrote
from tongban.domain.evidence.exchange import Trust
from tongban.flows.post_office import settle
from tongban.flows.submit import submit
from tongban.kernel.ids import CaseId, CredentialId
from tongban.kernel.text import Text

CASE = CaseId("SZ260303-FOLD0001")
ON = TUESDAY.date()
WORDS = Text("理由", "reason")
EXAMINING: dict[type, e.Event] = {
    type(one): one
    for one in (
        x.SpecialProcedureStarted("testing", "all-2019#55.1", WORDS, ON, ON),  # type: ignore[arg-type]
        x.SpecialProcedureEnded("testing", ON, WORDS),
        x.InterestedPartyInformed("party-1", "演示邻居", WORDS, ON),
        x.NoPartyNoted(WORDS),
        x.StatementRecorded("party-1", "我有意见", SUZHOU),
        x.HearingRightAnnounced((x.APPLICANT, "party-1"), ON),
        x.HearingRequested(x.APPLICANT, SUZHOU, ON),
        x.HearingWaived(x.APPLICANT, SUZHOU),
        x.HearingLapsed(),
        x.HearingScheduled(ON, "09:30", WORDS, "chair", "演示主持人"),
        x.ChairChallenged("party-1", "有利害关系", SUZHOU),
        x.ChallengeDecided(True, WORDS),
        x.HearingHeld(ON, WORDS, ("演示主持人",)),
        x.ExaminationRecorded(WORDS),
        x.ApprovalRequested(True, WORDS),
        x.DecisionApproved(WORDS),
        x.DraftReturned(WORDS),
        OfficerWrote("请说明", "需要核对"),
        ApplicantAnswered("已说明", SUZHOU),
    )
}
"""One of every event of the examination."""


def a_history() -> tuple[e.Recorded, ...]:
    network = a_network()
    keep_branch_records(network)
    submit(CASE, a_branch_application(), AGENT, network[SUZHOU])
    settle(network)
    return network[CHANGZHOU].cases.history(CASE)


HISTORY = a_history()


@given(st.integers(0, len(HISTORY)))
def test_folding_in_two_parts_is_folding_at_once(cut: int) -> None:
    case = fold(CASE, HISTORY[:cut])
    for recorded in HISTORY[cut:]:
        case = apply(case, recorded)
    assert case == fold(CASE, HISTORY)


@given(st.integers(0, len(HISTORY) - 1))
def test_a_gap_in_the_history_is_a_fault_and_not_a_guess(missing: int) -> None:
    history = HISTORY[:missing] + HISTORY[missing + 1 :]
    if missing == len(HISTORY) - 1:
        assert fold(CASE, history).version == missing
        return
    with pytest.raises(ValueError, match="after"):
        fold(CASE, history)


def test_every_event_type_is_read_by_the_fold() -> None:
    for kind in e.Event.__args__:
        recorded = e.Recorded(CASE, 1, HISTORY[0].at, CHANGZHOU, AGENT, _sample(kind))
        before = Case(
            CASE,
            checks={"life:1": Check("life:1", "life", HISTORY[0].at.date(), "all-2019#44")},
            examination=Examination(stops=(Stop("testing", "all-2019#55.1", ON, ON),)),
        )
        assert apply(before, recorded).version == 1


def test_an_answered_question_is_no_longer_pending_and_keeps_its_grade() -> None:
    case = fold(CASE, HISTORY)
    assert case.pending == {}
    assert {evidence.trust for evidence in case.evidence.values()} == {Trust.SHARED_DATA}


def test_the_decision_remembers_that_rules_made_it() -> None:
    case = fold(CASE, HISTORY)
    assert case.decision is not None
    assert (case.decision.by, case.decision.actor.kind) == ("rules", "machine")


def test_a_case_that_asked_for_a_person_never_forgets_it() -> None:
    case = apply(
        fold(CASE, HISTORY[:1]), e.Recorded(CASE, 2, HISTORY[0].at, SUZHOU, AGENT, e.PersonRequested(SUZHOU))
    )
    for number, recorded in enumerate(HISTORY[1:], start=3):
        case = apply(
            case, e.Recorded(CASE, number, recorded.at, recorded.zone, recorded.actor, recorded.event)
        )
        assert case.needs_person


def ending_samples(words: Text) -> tuple[g.EndingEvent, ...]:
    day, act = HISTORY[0].at.date(), ("abuse", "all-2019#69.1", words, words, "damages")
    return (
        g.NotNeededDeclared(words, words),
        g.NotCompetentDeclared(words, words, words),
        g.ErrorCorrected("x", {"a": 1}, SUZHOU),
        g.CorrectionLapsed(day, "x"),
        g.DeadlineFixed("renewal", day, "x"),
        g.Delivered("post", "x", day, SUZHOU),
        g.RenewalDeemed(day, "x"),
        g.EndingProposed("a", "b", words, day),
        g.ProposalAnswered("x", SUZHOU),
        g.ProposalDropped(words),
        g.LicenceWithdrawn(*act),
        g.LicenceVoided(*act),
        g.LicenceCancelled(*act),
        g.LicenceRevoked(*act, "x", "y"),
        g.LicenceRestored("VoidLicence", words),
        g.LicenceReplaced(CredentialId("1"), "renewal"),
        g.CaseArchived("a", "b", 1, None, "x"),
    )


def _sample(kind: type) -> e.Event:
    """Return an event of a type: from the history if it is there, else the plainest one."""
    found = next((one.event for one in HISTORY if isinstance(one.event, kind)), None)
    if found is not None:
        return found
    words = e.Text("理由", "reason")
    plain: dict[type, e.Event] = {
        e.EvidenceNotHeld: e.EvidenceNotHeld("x", None, "NO_MATCH"),  # type: ignore[arg-type]
        e.CorrectionRequested: e.CorrectionRequested(()),
        e.Corrected: e.Corrected({}, SUZHOU),
        e.Declined: e.Declined(words),
        e.Referred: e.Referred("why", words),
        e.PersonRequested: e.PersonRequested(SUZHOU),
        e.GrantRefused: e.GrantRefused(HISTORY[0].at.date(), words, words),
        e.ZoneNotified: e.ZoneNotified(SUZHOU, "n", "nurses-2020#9", "m"),
        e.Withdrawn: e.Withdrawn(SUZHOU),
        e.Returned: e.Returned(()),
        e.Extended: e.Extended(words),
        e.WaitOpened: e.WaitOpened(HISTORY[0].at.date(), words),
        e.ObjectionRaised: e.ObjectionRaised("税务", words),
        e.ApplicationForwarded: e.ApplicationForwarded("centre"),
        e.AuthorityAnswered: e.AuthorityAnswered("centre", True, "1", HISTORY[0].at.date(), words),
        e.CheckScheduled: e.CheckScheduled("life:1", "life", HISTORY[0].at.date(), "all-2019#44"),
        e.CheckReminded: e.CheckReminded("life:1", HISTORY[0].at.date()),
        e.CheckAnswered: e.CheckAnswered("life:1", "register", SUZHOU, {}),
        e.CheckRecorded: e.CheckRecorded("life:1", True, words),
        e.PaymentPaused: e.PaymentPaused("life:1"),
        e.BenefitEnded: e.BenefitEnded(words, words),
        e.CredentialVoided: e.CredentialVoided(words, words),
        **{type(event): event for event in ending_samples(words)},
    }
    return plain.get(kind) or EXAMINING[kind]
