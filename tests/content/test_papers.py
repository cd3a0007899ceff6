"""The written documents: every act that the law wants in writing leaves one, in every procedure."""

import pytest

from tests.builders import catalogue

IN_WRITING = {
    "Refuse": "GrantRefused",
    "Decline": "Declined",
    "Return": "Returned",
    "Extend": "Extended",
    "RequestCorrection": "CorrectionRequested",
    "EndBenefit": "BenefitEnded",
    "Void": "CredentialVoided",
    "StartSpecialProcedure": "SpecialProcedureStarted",
    "TellInterestedParty": "InterestedPartyInformed",
    "TellHearingRight": "HearingRightAnnounced",
    "ScheduleHearing": "HearingScheduled",
    "RecordHearing": "HearingHeld",
    "RecordExamination": "ExaminationRecorded",
}
ADVERSE = {"GrantRefused", "Declined", "Returned", "BenefitEnded", "CredentialVoided"}
PAIRS = sorted(
    {
        (regime.id, IN_WRITING[arrow.command])
        for regime in catalogue().regimes.values()
        for arrow in regime.arrows
        if arrow.command in IN_WRITING
    }
)


@pytest.mark.parametrize(("regime", "event"), PAIRS)
def test_an_act_in_writing_leaves_one_document(regime: str, event: str) -> None:
    kinds = catalogue().papers.kinds_after(event, regime, ("deciding", "receiving"))
    assert len(kinds) == 1
    assert kinds[0].is_adverse == (event in ADVERSE)


@pytest.mark.parametrize("regime", sorted(set(catalogue().regimes) - {"query"}))
def test_a_grant_is_written_down_and_a_receipt_is_given(regime: str) -> None:
    papers = catalogue().papers
    assert len(papers.kinds_after("Granted", regime, ("deciding",))) == 1
    assert len(papers.kinds_after("Submitted", regime, ("receiving",))) == 1


def test_every_zone_has_letters_for_its_numbers() -> None:
    assert set(catalogue().papers.letters) == set(catalogue().zones)


def test_no_two_kinds_share_a_mark() -> None:
    marks = [kind.mark for kind in catalogue().papers.kinds]
    assert len(marks) == len(set(marks))
