"""The fold: a history read event by event is the history read at once, and a gap is never passed over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import AGENT, CHANGZHOU, SUZHOU, a_branch_application, a_network, keep_branch_records
from tongban.domain.case import events as e
from tongban.domain.case.state import Case, Check, apply, fold
from tongban.domain.evidence.exchange import Trust
from tongban.flows.post_office import settle
from tongban.flows.submit import submit
from tongban.kernel.ids import CaseId

CASE = CaseId("SZ260303-FOLD0001")


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
        before = Case(CASE, checks={"life:1": Check("life:1", "life", HISTORY[0].at.date(), "all-2019#44")})
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
    }
    return plain[kind]
