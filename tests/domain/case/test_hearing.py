"""A hearing: the right is told, asked for in time or gone, announced, held, signed, and decided on."""

from datetime import date, timedelta

import pytest

from tests.builders import CHANGZHOU, TUESDAY
from tests.domain.case.examining_cases import (
    APPLICANT,
    CALENDAR,
    CLERK,
    FIRST,
    HEAD,
    SECOND,
    SIMPLE,
    THIRD,
    TIME,
    WHY,
    a_setting,
    an_examined_case,
    do,
    do_all,
)
from tests.domain.case.test_examining import REASONS, codes, due_on
from tongban.domain.case import commands as c
from tongban.domain.case import examining_commands as xc
from tongban.domain.case.decide_hearing import list_bounds
from tongban.domain.case.later import find_wake_on
from tongban.domain.case.state import Case
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

ASK = xc.RequestHearing("applicant", CHANGZHOU)
RECORD = xc.RecordHearing(WHY, ("演示主持人", "演示经办人"))
DAY = TUESDAY.date()


def told(item: object = SIMPLE) -> Case:
    return do(an_examined_case(item), xc.TellHearingRight(), FIRST, item=item)


def a_schedule(days: int = 10, chair: str = THIRD.id) -> xc.ScheduleHearing:
    return xc.ScheduleHearing(
        DAY + timedelta(days=days), "09:30", Text("三楼会议室", "Room 3"), chair, "演示主持人"
    )


def held() -> Case:
    return do_all(told(), [(ASK, APPLICANT, 1), (a_schedule(), FIRST, 1), (RECORD, FIRST, 10)], SIMPLE)


def test_the_right_is_told_with_five_working_days_and_holds_the_decision() -> None:
    case = told()
    assert case.examination.hearing.until_on == CALENDAR.add_working_days(DAY, 5) == date(2026, 3, 10)
    assert codes(case, c.Grant("officer", REASONS), FIRST, 7, SIMPLE) == {"hearing.right-open"}
    assert do(case, c.Grant("officer", REASONS), FIRST, 8, SIMPLE).stage == "granted"


def test_a_right_that_nobody_used_is_gone_by_time_itself() -> None:
    case = told()
    assert find_wake_on(case) == date(2026, 3, 11)
    assert codes(case, xc.LapseHearing(), TIME, 7, SIMPLE) == {"hearing.right-open"}
    lapsed = do(case, xc.LapseHearing(), TIME, 8, SIMPLE)
    assert find_wake_on(lapsed) is None
    assert codes(lapsed, ASK, APPLICANT, 8, SIMPLE) == {"hearing.too-late"}


def test_who_asks_a_day_late_is_told_so_even_before_time_has_acted() -> None:
    assert codes(told(), ASK, APPLICANT, 8, SIMPLE) == {"hearing.too-late"}
    assert do(told(), ASK, APPLICANT, 7, SIMPLE).examination.hearing.is_awaited


def test_nobody_asks_who_was_not_told() -> None:
    assert codes(an_examined_case(SIMPLE), ASK, APPLICANT, item=SIMPLE) == {"hearing.not-told"}
    another = xc.RequestHearing("party-1", CHANGZHOU)
    assert codes(told(), another, CLERK, item=SIMPLE) == {"hearing.not-told"}


def test_where_a_party_is_touched_everybody_is_told_of_the_right_before_the_decision() -> None:
    case = do_all(
        an_examined_case(SIMPLE),
        [
            (xc.TellInterestedParty("演示邻居", WHY), FIRST, 0),
            (xc.RecordStatement("party-1", "影响采光", CHANGZHOU), CLERK, 0),
        ],
        SIMPLE,
    )
    assert codes(case, c.Grant("officer", REASONS), FIRST, item=SIMPLE) == {"hearing.not-told"}
    case = do(case, xc.TellHearingRight(), FIRST, item=SIMPLE)
    assert case.examination.hearing.told == ("applicant", "party-1")
    asked = do(case, xc.RequestHearing("party-1", CHANGZHOU), CLERK, 2, SIMPLE)
    assert asked.examination.hearing.asked_by == ("party-1",)


def test_a_party_told_later_has_five_days_of_its_own() -> None:
    case = do(told(), xc.TellInterestedParty("演示邻居", WHY), FIRST, 6, SIMPLE)
    case = do(case, xc.TellHearingRight(), FIRST, 6, SIMPLE)
    assert case.examination.hearing.until_on == CALENDAR.add_working_days(date(2026, 3, 9), 5)


def test_the_time_of_a_hearing_is_not_counted_from_the_request_to_the_record() -> None:
    case, done = told(), held()
    (pause,) = done.examination.list_pauses()
    assert (pause.began_on, pause.ended_on) == (DAY + timedelta(days=1), DAY + timedelta(days=9))
    assert due_on(done) > due_on(case)  # type: ignore[operator]


def test_a_hearing_asked_for_during_a_test_takes_its_time_when_the_test_ends() -> None:
    start = xc.StartSpecialProcedure("testing", LawKey("all-2019#55.1"), WHY, DAY + timedelta(days=3))
    case = do_all(told(), [(start, FIRST, 0), (ASK, APPLICANT, 1)], SIMPLE)
    case = do(case, xc.EndSpecialProcedure("testing", WHY), FIRST, 3, SIMPLE)
    running = case.examination.running
    assert running is not None
    assert (running.kind, running.started_on) == ("hearing", DAY + timedelta(days=3))


def test_notice_comes_seven_working_days_before_and_the_hearing_within_twenty() -> None:
    case = do(told(), ASK, APPLICANT, 1, SIMPLE)
    first_on, last_on = list_bounds(case, a_setting(FIRST, 1, SIMPLE))
    assert first_on == CALENDAR.add_working_days(DAY + timedelta(days=1), 7)
    assert last_on == CALENDAR.add_working_days(DAY + timedelta(days=1), 20)
    early, late = (first_on - DAY).days - 1, (last_on - DAY).days + 1  # type: ignore[operator]
    assert codes(case, a_schedule(early), FIRST, 1, SIMPLE) == {"hearing.notice-too-short"}
    assert codes(case, a_schedule(late), FIRST, 1, SIMPLE) == {"hearing.held-too-late"}
    assert do(case, a_schedule(early + 1), FIRST, 1, SIMPLE).examination.hearing.scheduled is not None


def test_a_hearing_that_was_left_lying_is_held_on_the_first_lawful_day() -> None:
    case = do(told(), ASK, APPLICANT, 1, SIMPLE)
    first_on, last_on = list_bounds(case, a_setting(FIRST, 40, SIMPLE))
    assert first_on == last_on


@pytest.mark.parametrize("why", ["finding", "draft"])
def test_who_examines_does_not_chair(why: str) -> None:
    act = xc.RecordExamination(WHY) if why == "finding" else None
    case = do(told(), act, THIRD, item=SIMPLE) if act else told()
    case = do(case, ASK, APPLICANT, 1, SIMPLE)
    if why == "draft":
        assert codes(case, xc.SubmitForApproval(True, REASONS), THIRD, 1, SIMPLE) == {"hearing.not-held"}
        return
    assert codes(case, a_schedule(), FIRST, 1, SIMPLE) == {"hearing.chair-examines"}
    assert do(case, a_schedule(chair=SECOND.id), FIRST, 1, SIMPLE).examination.hearing.scheduled is not None


def test_who_chairs_neither_examines_nor_decides() -> None:
    case = do_all(told(), [(ASK, APPLICANT, 1), (a_schedule(), FIRST, 1)], SIMPLE)
    assert codes(case, xc.RecordExamination(WHY), THIRD, 1, SIMPLE) == {"hearing.chair-decides"}
    assert "hearing.chair-decides" in codes(case, c.Grant("officer", REASONS), THIRD, 1, SIMPLE)


def test_a_notice_without_day_hour_place_or_chair_is_refused_at_once() -> None:
    case = do(told(), ASK, APPLICANT, 1, SIMPLE)
    empty = xc.ScheduleHearing(DAY + timedelta(days=1), "9 Uhr", Text("", ""), "", "")
    assert codes(case, empty, FIRST, 1, SIMPLE) == {
        "hearing.notice-too-short", "hearing.no-time", "hearing.no-place", "hearing.no-chair",
    }  # fmt: skip


def test_a_record_is_kept_after_the_hearing_and_signed() -> None:
    case = do_all(told(), [(ASK, APPLICANT, 1), (a_schedule(), FIRST, 1)], SIMPLE)
    assert codes(case, RECORD, FIRST, 9, SIMPLE) == {"hearing.not-yet"}
    bare = xc.RecordHearing(Text("", ""), (" ",))
    assert codes(case, bare, FIRST, 10, SIMPLE) == {"hearing.no-record", "hearing.not-signed"}
    assert codes(do(told(), ASK, APPLICANT, 1, SIMPLE), RECORD, FIRST, 10, SIMPLE) == {
        "hearing.not-scheduled"
    }


def test_nothing_is_decided_before_the_hearing_that_was_asked_for() -> None:
    case = do_all(told(), [(ASK, APPLICANT, 1), (a_schedule(), FIRST, 1)], SIMPLE)
    for command in (c.Grant("officer", REASONS), c.Refuse(REASONS, REASONS)):
        assert codes(case, command, HEAD, 10, SIMPLE) == {"hearing.not-held"}


def test_the_decision_after_a_hearing_names_its_record_and_the_head_approves_it() -> None:
    case = held()
    record = case.examination.hearing.record_version
    assert codes(case, c.Grant("officer", REASONS), HEAD, 11, SIMPLE) == {"hearing.record-not-named"}
    assert codes(case, c.Grant("officer", REASONS, record), FIRST, 11, SIMPLE) == {"approval.needed"}
    drafted = do(case, xc.SubmitForApproval(True, REASONS, None, record), FIRST, 11, SIMPLE)
    granted = do(drafted, xc.Approve(Text("", "")), HEAD, 11, SIMPLE)
    assert granted.stage == "granted"


def test_a_hearing_that_the_authority_itself_wants_is_held_too() -> None:
    start = xc.StartSpecialProcedure("hearing", LawKey("all-2019#46"), WHY, DAY + timedelta(days=20))
    case = do(an_examined_case(SIMPLE), start, FIRST, item=SIMPLE)
    assert codes(case, c.Grant("officer", REASONS), HEAD, item=SIMPLE) == {"hearing.not-held"}
    assert codes(case, xc.EndSpecialProcedure("hearing", WHY), FIRST, item=SIMPLE) == {
        "hearing.ends-with-record"
    }
    done = do_all(case, [(a_schedule(), FIRST, 0), (RECORD, FIRST, 10)], SIMPLE)
    assert done.examination.running is None


def test_every_act_of_a_hearing_done_again_changes_nothing() -> None:
    acts = [
        (xc.TellHearingRight(), FIRST, 0), (ASK, APPLICANT, 1), (a_schedule(), FIRST, 1), (RECORD, FIRST, 10),
    ]  # fmt: skip
    case = an_examined_case(SIMPLE)
    for command, actor, days in acts:
        case = do(case, command, actor, days, SIMPLE)
        assert do(case, command, actor, days, SIMPLE) == case
