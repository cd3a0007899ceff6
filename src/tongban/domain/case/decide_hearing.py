"""Whether a command about a hearing may become events (all-2019#46 to all-2019#48)."""

import re
from datetime import date

from tongban.domain.case import commands as c
from tongban.domain.case import events as e
from tongban.domain.case import examining as x
from tongban.domain.case import examining_commands as xc
from tongban.domain.case.decide_chair import (
    CHAIR_BARRED,
    NAME_ANOTHER,
    decide_chair,
    is_done_about_chair,
    list_about_chair,
)
from tongban.domain.case.later import count_until
from tongban.domain.case.setting import Setting
from tongban.domain.case.state import Case
from tongban.domain.scrutiny import HEARING
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import LawKey, ZoneId
from tongban.kernel.text import Text

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
NAMES_MAX = 100
"""Most names under one record."""


def decide_hearing(case: Case, command: c.Command, setting: Setting) -> tuple[e.Event, ...] | None:
    """Return the events, or None for a command that is not of this room."""
    match command:
        case xc.TellHearingRight():
            limit = setting.regime.limits["ask-for-hearing"]
            until_on = count_until(setting.moment.on, limit, setting.calendar)
            return (x.HearingRightAnnounced((x.APPLICANT, *case.examination.parties), until_on),)
        case xc.RequestHearing(by, at_zone):
            return _request(case, by, at_zone, setting)
        case xc.WaiveHearing(by, at_zone):
            return _waive(case, by, at_zone, setting)
        case xc.LapseHearing():
            return (_lapse(case, setting),)
        case xc.ScheduleHearing():
            return (_schedule(case, command, setting),)
        case xc.RecordHearing(record, signed_by):
            return _record(case, record, signed_by, setting)
    return decide_chair(case, command, setting)


def is_done_in_hearing(case: Case, command: c.Command) -> bool:
    """Say whether the case already holds what a command of this room would cause."""
    hearing = case.examination.hearing
    match command:
        case xc.TellHearingRight():
            return bool(hearing.told) and not case.examination.list_untold()
        case xc.RequestHearing(by):
            return by in hearing.asked_by
        case xc.WaiveHearing(by):
            return by in hearing.waived
        case xc.LapseHearing():
            return hearing.is_lapsed
        case xc.ScheduleHearing(held_on, at_time, place, chair_id):
            known = hearing.scheduled
            if known is None or not hearing.has_chair:
                return False
            return (known.held_on, known.at_time, known.place, known.chair_id) == (
                held_on, at_time, place, chair_id,
            )  # fmt: skip
        case xc.RecordHearing():
            return hearing.held is not None
    return is_done_about_chair(case, command)


def open_hearing_time(hold_by_on: date | None, setting: Setting) -> x.SpecialProcedureStarted:
    """Stop the clock for a hearing that somebody asked for; its time is not counted (all-2019#45)."""
    today = setting.moment.on
    return x.SpecialProcedureStarted(
        HEARING, LawKey("all-2019#47.1"), _ASKED_FOR, today, max(hold_by_on or today, today)
    )


def list_bounds(case: Case, setting: Setting) -> tuple[date, date | None]:
    """Return the first day on which the hearing may be held, and the last; None where no article sets it.

    Where the last day has passed because nobody scheduled it in time, the first lawful day is the last.
    """
    first_on = count_until(setting.moment.on, setting.regime.limits["hearing-notice"], setting.calendar)
    hold_by_on = case.examination.hearing.hold_by_on
    return first_on, None if hold_by_on is None else max(first_on, hold_by_on)


def _request(case: Case, by: str, at_zone: ZoneId, setting: Setting) -> tuple[e.Event, ...]:
    hearing, today = case.examination.hearing, setting.moment.on
    if by not in hearing.told or (setting.actor.kind == "applicant" and by != x.APPLICANT):
        raise Refused(Problem("hearing.not-told", _NOT_TOLD, "by", "all-2019#47.1"))
    if hearing.held is not None:
        raise Refused(Problem("hearing.held", _HELD, source="all-2019#48.5"))
    if hearing.until_on is None or today > hearing.until_on or hearing.is_lapsed:
        raise Refused(Problem("hearing.too-late", _TOO_LATE, source="all-2019#47.1"))
    hold_by_on = count_until(today, setting.regime.limits["hold-hearing"], setting.calendar)
    requested = x.HearingRequested(by, at_zone, hold_by_on)
    if case.examination.running is not None:
        return (requested,)
    return (requested, open_hearing_time(hold_by_on, setting))


def _waive(case: Case, by: str, at_zone: ZoneId, setting: Setting) -> tuple[e.Event, ...]:
    """Do without a hearing; where nobody is left who wants one, the clock runs on."""
    hearing, today = case.examination.hearing, setting.moment.on
    if by not in hearing.told or (setting.actor.kind == "applicant" and by != x.APPLICANT):
        raise Refused(Problem("hearing.not-told", _NOT_TOLD, "by", "all-2019#47.1"))
    if hearing.held is not None:
        raise Refused(Problem("hearing.held", _HELD, source="all-2019#48.5"))
    if by not in hearing.asked_by and not hearing.may_be_asked_for(today):
        raise Refused(Problem("hearing.nothing-to-waive", _NOTHING_TO_WAIVE, source="all-2019#47.1"))
    waived, running = x.HearingWaived(by, at_zone), case.examination.running
    if hearing.asked_by != (by,) or running is None or running.kind != HEARING:
        return (waived,)
    return (waived, x.SpecialProcedureEnded(HEARING, today, _TAKEN_BACK))


def _lapse(case: Case, setting: Setting) -> x.HearingLapsed:
    hearing = case.examination.hearing
    if hearing.until_on is None or hearing.asked_by or setting.moment.on <= hearing.until_on:
        raise Refused(Problem("hearing.right-open", _RIGHT_OPEN, source="all-2019#47.1"))
    return x.HearingLapsed()


def _schedule(case: Case, command: xc.ScheduleHearing, setting: Setting) -> x.HearingScheduled:
    """Set day, place and chair: told at least seven working days before, held in time, by no examiner."""
    examination = case.examination
    if not examination.hearing.is_awaited:
        raise Refused(Problem("hearing.not-asked-for", _NOT_ASKED, source="all-2019#47.1"))
    first_on, last_on = list_bounds(case, setting)
    known = examination.hearing.scheduled
    # Time and place were told in time; only another chair is named (all-2019#48.1, all-2019#48.3).
    is_told = known is not None and (known.held_on, known.at_time, known.place) == (
        command.held_on, command.at_time, command.place,
    )  # fmt: skip
    problems = []
    if command.held_on < first_on and not is_told:
        words = _TOO_SOON.fill(first=first_on.isoformat())
        problems.append(Problem("hearing.notice-too-short", words, "held_on", "all-2019#48.1"))
    if last_on is not None and command.held_on > last_on:
        words = _TOO_FAR.fill(last=last_on.isoformat())
        problems.append(Problem("hearing.held-too-late", words, "held_on", "all-2019#47.1"))
    if not setting.calendar.is_working_day(command.held_on):
        problems.append(Problem("hearing.rest-day", _REST_DAY, "held_on", "all-2019#82"))
    if not _TIME.fullmatch(command.at_time):
        problems.append(Problem("hearing.no-time", _NO_TIME, "at_time", "all-2019#48.1"))
    if not command.place.zh.strip():
        problems.append(Problem("hearing.no-place", _NO_PLACE, "place", "all-2019#48.1"))
    if not command.chair_id.strip() or not command.chair_name.strip():
        problems.append(Problem("hearing.no-chair", _NO_CHAIR, "chair", "all-2019#48.3"))
    elif command.chair_id in examination.examiners:
        problems.append(Problem("hearing.chair-examines", _CHAIR_EXAMINES, "chair", "all-2019#48.3"))
    elif command.chair_id in examination.hearing.barred:
        problems.append(Problem("hearing.chair-barred", CHAIR_BARRED, "chair", "all-2019#48.3", NAME_ANOTHER))
    if problems:
        raise Refused(*problems)
    return x.HearingScheduled(
        command.held_on, command.at_time, command.place, command.chair_id, command.chair_name.strip()
    )


def _record(case: Case, record: Text, signed_by: tuple[str, ...], setting: Setting) -> tuple[e.Event, ...]:
    """Keep the record, and let the clock run on."""
    examination, today = case.examination, setting.moment.on
    scheduled = examination.hearing.scheduled
    if scheduled is None or not examination.hearing.is_awaited:
        raise Refused(Problem("hearing.not-scheduled", _NOT_SCHEDULED, source="all-2019#48.1"))
    problems = list_about_chair(examination.hearing)
    if today < scheduled.held_on:
        words = _NOT_YET.fill(on=scheduled.held_on.isoformat())
        problems.append(Problem("hearing.not-yet", words, source="all-2019#48.1"))
    if not record.zh.strip():
        problems.append(Problem("hearing.no-record", _NO_RECORD, "record", "all-2019#48.5"))
    names = tuple(dict.fromkeys(name.strip() for name in signed_by if name.strip()))
    if not names or len(names) > NAMES_MAX:
        problems.append(Problem("hearing.not-signed", _NOT_SIGNED, "signed_by", "all-2019#48.5"))
    if problems:
        raise Refused(*problems)
    held = x.HearingHeld(scheduled.held_on, record, names)
    if examination.running is None or examination.running.kind != HEARING:
        return (held,)
    return (held, x.SpecialProcedureEnded(HEARING, today, _RECORD_KEPT))


_ASKED_FOR = Text("依申请组织听证。", "A hearing was asked for.")
_RECORD_KEPT = Text("听证已经举行，笔录已经签署。", "The hearing was held and its record signed.")
_TAKEN_BACK = Text(
    "听证申请已撤回，不再举行听证。", "The request for a hearing was taken back; none is held."
)
_NOTHING_TO_WAIVE = Text(
    "申请听证的期限已过，没有可以放弃的听证。",
    "The time to ask for a hearing is over; there is none to do without.",
)
_NOT_TOLD = Text(
    "还没有告知听证权利，或者不是被告知的人。", "The right to a hearing was not told, or not to this person."
)
_HELD = Text("听证已经举行过。", "The hearing has been held.")
_TOO_LATE = Text(
    "申请听证的期限已过。您仍然可以陈述和申辩。",
    "The time to ask for a hearing is over. You may still make a statement.",
)
_RIGHT_OPEN = Text("申请听证的期限还没有届满。", "The time to ask for a hearing is not over.")
_NOT_ASKED = Text("没有待举行的听证。", "No hearing is awaited.")
_TOO_SOON = Text(
    "听证须提前通知，最早可在{first}举行。", "Notice must come first; the earliest day is {first}."
)
_TOO_FAR = Text("听证最迟在{last}举行。", "The hearing must be held by {last}.")
_REST_DAY = Text("听证应当在工作日举行。", "A hearing is held on a working day.")
_NO_TIME = Text("请写明时间，例如 09:30。", "Give the time, e.g. 09:30.")
_NO_PLACE = Text("请写明地点。", "Say where.")
_NO_CHAIR = Text("请指定听证主持人。", "Name who chairs it.")
_CHAIR_EXAMINES = Text(
    "听证主持人须是审查这个办件的工作人员以外的人。",
    "The chair must be somebody who does not examine the case.",
)
_NOT_SCHEDULED = Text("听证还没有通知。", "No hearing is scheduled.")
_NOT_YET = Text("听证定于{on}举行，现在还不能登记笔录。", "The hearing is on {on}; it has no record yet.")
_NO_RECORD = Text("请写明听证笔录。", "Write the record.")
_NOT_SIGNED = Text(
    "听证笔录须由参加人签字，请写明签字的人。", "Those who took part sign the record; name them."
)
