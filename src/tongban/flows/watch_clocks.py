"""What time itself does: silence accepts, and what was left lying is taken up again."""

from datetime import date, datetime, time, timedelta

from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor
from tongban.domain.case.examining_commands import LapseHearing
from tongban.domain.case.facts import answer_facts
from tongban.domain.case.later import LIFE, count_until, find_wake_on, hearing_lapses_on, wakes_by
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import Recurrence, ServiceItem
from tongban.domain.clock.statute import DatedLimit, TimeLimit, Unit, get_in_force
from tongban.flows.act_on_deadlines import act_on_deadlines
from tongban.flows.advance import advance_waiting
from tongban.flows.archive_case import archive_case
from tongban.flows.ask_authority import ask_authority
from tongban.flows.keep_in_bounds import choose_for_check, hand_over_if_stopped
from tongban.flows.perform import perform
from tongban.flows.ports import Deps
from tongban.kernel.errors import Conflict, Fault, Refused
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.moment import CHINA_STANDARD_TIME, Moment, civil_date
from tongban.kernel.text import Text

GROUP = 100
"""Most cases taken along in one transaction."""

ARCHIVE_GROUP = 20
"""Most files sealed at once: each is drawn, packed and written."""
_CALENDAR_DAYS_PER_WORKING_DAY = 1
"""No working day is shorter than a calendar day, so this bounds the search from below."""


def deem_accepted(deps: Deps, limit: int = GROUP) -> int:
    """Record acceptance by silence for applications that nobody answered in time.

    Causes: ``Accepted(deemed=True)`` from the day of receipt, for each; returns how many.
    Twice:  nothing; an accepted case is no longer silent.

    Source of law: all-2019#32.4.
    """
    today = Moment(deps.clock.now()).on
    deemed = 0
    oldest_first = deps.cases.received_before(
        _start_of(today - timedelta(_CALENDAR_DAYS_PER_WORKING_DAY)), limit
    )
    for case_id in oldest_first:
        try:
            deemed += deem(case_id, deps)
        except (Refused, Conflict):
            # A calendar that is not loaded, or an officer who was quicker: looked at again next time.
            continue
    return deemed


def deem(case_id: CaseId, deps: Deps) -> bool:
    """Record acceptance by silence when the time to answer has passed; return whether it had.

    Causes: ``Accepted(deemed=True)`` from the day of receipt.
    Twice:  nothing.

    Source of law: all-2019#32.4.
    """
    case = deps.cases.find(case_id)
    if case is None or case.received_at is None or case.stage != "received":
        return False
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    silence = deps.catalogue.get_regime(item.regime).limits.get("correction-notice")
    if silence is None:
        return False
    calendar = deps.catalogue.get_calendar(case.deciding_zone)
    last_on = calendar.add_working_days(civil_date(case.received_at), silence.amount)
    if Moment(deps.clock.now()).on <= last_on:
        return False
    perform(case_id, c.DeemAccepted(), Actor("time", deps.zone), deps)
    return True


def wake_due(deps: Deps, limit: int = GROUP) -> int:
    """Do what the day itself does to cases: end waits, remind, pause; returns how many were woken.

    Causes: by kind of what is due, see ``wake``.
    Twice:  nothing; what was done moves the day on which the case wakes next. A worker that was away for
        long catches up: each case is woken as often as its days have passed.
    """
    today = Moment(deps.clock.now()).on
    woken = 0
    for case_id in deps.cases.waking_by(today, limit):
        try:
            woken += wake(case_id, deps)
        except (Refused, Conflict):
            # A calendar that is not loaded, or somebody who was quicker: looked at again next time.
            continue
    return woken


def wake(case_id: CaseId, deps: Deps) -> bool:
    """Do everything that is due in a case today; return whether anything was.

    Causes: ``Granted`` by silence when nobody objected in time, or a referral where a person was asked for;
        ``CheckAnswered`` by the register, ``CheckReminded`` or ``PaymentPaused`` for a life check;
        ``CheckReminded`` for a deferred paper, after which an officer looks; ``HearingLapsed`` when nobody
        asked for a hearing in time; what ``act_on_deadlines`` does.
    """
    today = Moment(deps.clock.now()).on
    did = False
    while (case := deps.cases.find(case_id)) is not None:
        wake_on = find_wake_on(case)
        if wake_on is None or wake_on > today:
            return did
        with deps.unit():
            _act_of_time(case, today, deps)
        did = True
    return did


def _act_of_time(case: Case, today: date, deps: Deps) -> None:
    who = Actor("time", deps.zone)
    if case.stage == "published" and case.wait is not None and case.wait.until_on < today:
        if case.needs_person and not case.wait.by_person:
            perform(case.id, c.Refer("wait-over", _WAIT_OVER), who, deps)
        else:
            _grant_by_silence(case, who, deps)
        return
    lapses_on = hearing_lapses_on(case)
    if lapses_on is not None and lapses_on <= today:
        perform(case.id, LapseHearing(), who, deps)
        return
    if act_on_deadlines(case, today, deps):
        return
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    check = next(one for one in case.checks.values() if wakes_by(one, case, today))
    if check.kind == LIFE and check.reminded:
        perform(case.id, c.PausePayment(check.id), who, deps)
    elif check.kind == LIFE and item.recurs is not None and _is_confirmed(case, item.recurs, deps):
        answer = c.AnswerCheck(check.id, "register", deps.zone, {})
        perform(case.id, answer, Actor("machine", deps.zone), deps)
    else:
        dated = item.recurs.answer if check.kind == LIFE and item.recurs else _remind_of(check.id, item)
        # From today: who was not reminded in time keeps the whole time to answer.
        due_on = count_until(today, get_in_force(dated, today), deps.catalogue.get_calendar(deps.zone))
        perform(case.id, c.RemindOfCheck(check.id, due_on), who, deps)


def _grant_by_silence(case: Case, who: Actor, deps: Deps) -> None:
    """Grant because nobody objected. What the machine opened is held by its rails to the end."""
    if case.wait is not None and not case.wait.by_person:
        if hand_over_if_stopped(case, who, deps):
            return
        if case.assessment is not None:
            choose_for_check(case, case.assessment.rules_hash, deps)
    perform(case.id, c.EndWait(), who, deps)


def _remind_of(check: str, item: ServiceItem) -> tuple[DatedLimit, ...]:
    return next(one.remind for one in item.pledges if check.endswith(f":{one.id}"))


def _is_confirmed(case: Case, recurs: Recurrence, deps: Deps) -> bool:
    """Say whether the zone's own register confirms the life that a benefit rests on."""
    subject = str(answer_facts(case).get(recurs.subject, ""))
    record = deps.registers.find(recurs.kind, subject)
    return record is not None and record.trust.machine_may_rely and record.facts.get(recurs.fact) is True


def archive_due(deps: Deps, limit: int = ARCHIVE_GROUP) -> int:
    """Seal the files of cases that have been closed long enough; returns how many.

    Twice:  nothing; an archived case is not found again. After days away every file is sealed once.

    Source of law: order-716-2019#12; how long is the regime's.
    """
    today, sealed = Moment(deps.clock.now()).on, 0
    items: dict[TimeLimit, list[ItemId]] = {}
    for item in deps.catalogue.list_items(deps.zone):
        after = deps.catalogue.get_regime(item.regime).limits.get("archive")
        if after is not None and after.unit is Unit.CALENDAR_DAY:
            items.setdefault(after, []).append(item.id)
    for after, item_ids in items.items():
        for case_id in deps.cases.closed_by(today - timedelta(after.amount), item_ids, limit):
            try:
                archive_case(case_id, Actor("time", deps.zone), deps)
                sealed += 1
            except (Refused, Conflict, Fault):
                # Something is still to be done, or the press is away: looked at again next time.
                continue
    return sealed


def ask_again(deps: Deps, limit: int = GROUP) -> int:
    """Ask authorities again about cases that lie with them; returns how many were asked."""
    case_ids = deps.cases.waiting_for_authority(limit)
    for case_id in case_ids:
        try:
            ask_authority(case_id, deps)
        except (Refused, Conflict):
            continue
    return len(case_ids)


def take_up(deps: Deps, limit: int = GROUP) -> int:
    """Advance cases that wait for the machine, in one group; returns how many were taken along.

    Several workers may do so at once: each is given other cases.
    """
    return advance_waiting(limit, deps)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA_STANDARD_TIME)


_WAIT_OVER = Text(
    "征询异议期满，申请人要求人工办理，由工作人员决定。",
    "The time for objections is over; a person was asked for and decides.",
)
