"""Another chair asked for and decided on, a hearing done without, and the record that a decision rests on."""

import pytest

from tests.builders import CHANGZHOU
from tests.domain.case.examining_cases import (
    APPLICANT,
    CLERK,
    FIRST,
    HEAD,
    SECOND,
    SIMPLE,
    THIRD,
    TIME,
    WHY,
    an_examined_case,
    do,
    do_all,
)
from tests.domain.case.test_examining import REASONS, codes
from tests.domain.case.test_hearing import ASK, RECORD, a_schedule, held, told
from tongban.domain.case import commands as c
from tongban.domain.case import examining_commands as xc
from tongban.domain.case.events import Actor
from tongban.domain.case.examination import list_closed_of_hearing
from tongban.domain.case.later import find_wake_on
from tongban.domain.case.state import Case
from tongban.kernel.text import Text

CHALLENGE = xc.ChallengeChair("applicant", "主持人是竞争对手的亲属", CHANGZHOU)
UPHOLD, KEEP = xc.DecideChallenge(True, WHY), xc.DecideChallenge(False, WHY)
WAIVE = xc.WaiveHearing("applicant", CHANGZHOU)


def announced() -> Case:
    return do_all(told(), [(ASK, APPLICANT, 1), (a_schedule(), FIRST, 1)], SIMPLE)


def challenged() -> Case:
    return do(announced(), CHALLENGE, APPLICANT, 2, SIMPLE)


def closed(case: Case, days: int = 0) -> frozenset[str]:
    on = case.examination.hearing.until_on
    assert on is not None
    return list_closed_of_hearing(case.examination.hearing, on)


def test_the_hearing_waits_until_the_head_has_decided_on_the_challenge() -> None:
    case = challenged()
    assert codes(case, RECORD, FIRST, 10, SIMPLE) == {"hearing.challenge-open"}
    kept = do(case, KEEP, HEAD, 3, SIMPLE)
    assert do(kept, RECORD, FIRST, 10, SIMPLE).examination.hearing.held is not None


def test_a_challenge_that_is_upheld_bars_the_chair_and_another_keeps_day_and_place() -> None:
    case = do(challenged(), UPHOLD, HEAD, 3, SIMPLE)
    assert codes(case, RECORD, FIRST, 10, SIMPLE) == {"hearing.chair-barred"}
    # Two days before the hearing: day and place were told in time, only the chair is another.
    assert codes(case, a_schedule(), FIRST, 8, SIMPLE) == {"hearing.chair-barred"}
    assert codes(case, a_schedule(days=13, chair=SECOND.id), FIRST, 8, SIMPLE) == {"hearing.notice-too-short"}
    renamed = do(case, a_schedule(chair=SECOND.id), FIRST, 8, SIMPLE)
    assert do(renamed, RECORD, FIRST, 10, SIMPLE).examination.hearing.held is not None


def test_only_the_head_decides_and_not_on_the_own_chair() -> None:
    assert codes(challenged(), UPHOLD, FIRST, 3, SIMPLE) == {"procedure.not-you"}
    promoted = Actor("head", THIRD.id, THIRD.name)
    assert codes(challenged(), KEEP, promoted, 3, SIMPLE) == {"hearing.chair-decides"}
    assert codes(challenged(), xc.DecideChallenge(True, Text("", "")), HEAD, 3, SIMPLE) == {
        "decision.no-reasons"
    }
    assert codes(announced(), UPHOLD, HEAD, 3, SIMPLE) == {"hearing.no-challenge"}


def test_a_challenge_says_why_comes_once_for_a_chair_and_only_while_there_is_one() -> None:
    assert codes(announced(), xc.ChallengeChair("applicant", " ", CHANGZHOU), APPLICANT, 2, SIMPLE) == {
        "hearing.challenge-without-reason"
    }
    asked = do(told(), ASK, APPLICANT, 1, SIMPLE)
    assert codes(asked, CHALLENGE, APPLICANT, 1, SIMPLE) == {"hearing.no-chair-yet"}
    assert codes(held(), CHALLENGE, APPLICANT, 10, SIMPLE) == {"hearing.held"}
    assert do(challenged(), CHALLENGE, APPLICANT, 2, SIMPLE) == challenged()
    kept = do(challenged(), KEEP, HEAD, 3, SIMPLE)
    assert codes(kept, CHALLENGE, APPLICANT, 4, SIMPLE) == {"hearing.challenged-already"}


def test_a_party_asks_for_another_chair_too_and_nobody_for_somebody_else() -> None:
    case = do(announced(), xc.TellInterestedParty("演示邻居", WHY), FIRST, 2, SIMPLE)
    by_party = xc.ChallengeChair("party-1", "有利害关系", CHANGZHOU)
    assert do(case, by_party, CLERK, 2, SIMPLE).examination.hearing.challenge is not None
    assert codes(case, by_party, APPLICANT, 2, SIMPLE) == {"party.unknown"}


def test_another_chair_named_meanwhile_leaves_nothing_to_decide() -> None:
    case = do(challenged(), a_schedule(chair=SECOND.id), FIRST, 3, SIMPLE)
    assert case.examination.hearing.challenge is None


def test_once_everybody_does_without_a_hearing_nothing_waits_for_the_time_to_ask() -> None:
    case = do(told(), WAIVE, APPLICANT, 1, SIMPLE)
    assert do(case, WAIVE, APPLICANT, 1, SIMPLE) == case
    assert find_wake_on(case) is None
    assert codes(case, xc.LapseHearing(), TIME, 1, SIMPLE) == {"hearing.right-open"}
    assert do(case, c.Grant("officer", REASONS), FIRST, 1, SIMPLE).stage == "granted"


def test_a_party_that_was_told_is_waited_for_even_if_the_applicant_does_without() -> None:
    case = do(an_examined_case(SIMPLE), xc.TellInterestedParty("演示邻居", WHY), FIRST, item=SIMPLE)
    case = do(do(case, xc.TellHearingRight(), FIRST, item=SIMPLE), WAIVE, APPLICANT, 1, SIMPLE)
    assert "hearing.right-open" in codes(case, c.Grant("officer", REASONS), FIRST, 1, SIMPLE)
    both = do(case, xc.WaiveHearing("party-1", CHANGZHOU), CLERK, 1, SIMPLE)
    assert "hearing.right-open" not in codes(both, c.Grant("officer", REASONS), FIRST, 1, SIMPLE)


def test_who_did_without_may_still_ask_in_time() -> None:
    case = do(an_examined_case(SIMPLE), xc.TellInterestedParty("演示邻居", WHY), FIRST, item=SIMPLE)
    case = do(do(case, xc.TellHearingRight(), FIRST, item=SIMPLE), WAIVE, APPLICANT, 1, SIMPLE)
    asked = do(case, ASK, APPLICANT, 2, SIMPLE)
    assert asked.examination.hearing.is_awaited
    assert asked.examination.hearing.waived == ()


def test_a_request_that_is_taken_back_lets_the_clock_run_on() -> None:
    case = do(announced(), WAIVE, APPLICANT, 3, SIMPLE)
    assert case.examination.running is None
    assert not case.examination.hearing.is_awaited
    assert case.examination.hearing.scheduled is None
    assert do(case, c.Grant("officer", REASONS), FIRST, 3, SIMPLE).stage == "granted"


def test_the_request_of_another_stands_when_one_is_taken_back() -> None:
    case = do(an_examined_case(SIMPLE), xc.TellInterestedParty("演示邻居", WHY), FIRST, item=SIMPLE)
    case = do(case, xc.TellHearingRight(), FIRST, item=SIMPLE)
    by_party = xc.RequestHearing("party-1", CHANGZHOU)
    case = do_all(case, [(ASK, APPLICANT, 1), (by_party, CLERK, 1), (WAIVE, APPLICANT, 2)], SIMPLE)
    assert case.examination.hearing.is_awaited
    assert case.examination.running is not None


def test_nobody_does_without_what_was_not_told_is_over_or_was_held() -> None:
    assert codes(an_examined_case(SIMPLE), WAIVE, APPLICANT, item=SIMPLE) == {"hearing.not-told"}
    assert codes(told(), WAIVE, APPLICANT, 8, SIMPLE) == {"hearing.nothing-to-waive"}
    assert codes(held(), WAIVE, APPLICANT, 10, SIMPLE) == {"hearing.held"}


@pytest.mark.parametrize("make", [c.Grant, c.Refuse])
def test_a_head_who_decides_directly_names_the_record_too(make: type) -> None:
    case = held()
    record = case.examination.hearing.record_version
    bare = c.Grant("officer", REASONS) if make is c.Grant else c.Refuse(REASONS, WHY)
    assert codes(case, bare, HEAD, 11, SIMPLE) == {"hearing.record-not-named"}
    named = c.Grant("officer", REASONS, record) if make is c.Grant else c.Refuse(REASONS, WHY, record)
    assert do(case, named, HEAD, 11, SIMPLE).decision is not None


def test_what_is_offered_to_the_applicant_follows_the_hearing() -> None:
    assert closed(told()) == {"ChallengeChair"}
    assert closed(announced()) == {"RequestHearing"}
    assert closed(challenged()) == {"RequestHearing", "ChallengeChair"}
    assert closed(held()) == {"RequestHearing", "WaiveHearing", "ChallengeChair"}
