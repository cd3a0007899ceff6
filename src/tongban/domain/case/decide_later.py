"""Whether a command about waits, other authorities and what is due later may become events."""

from datetime import date

from tongban.domain.case import commands as c
from tongban.domain.case import events as e
from tongban.domain.case.due import due_on, running_clocks
from tongban.domain.case.setting import Setting
from tongban.domain.case.state import Case, Check
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text


def decide_later(case: Case, command: c.Command, setting: Setting) -> tuple[e.Event, ...] | None:
    """Return the events, or None for a command that is not of this room."""
    match command:
        case c.Extend(reasons):
            check_reasons(reasons)
            _check_not_overdue(case, setting)
            return (e.Extended(reasons),)
        case c.OpenWait(until_on):
            return (_open_wait(case, until_on, setting),)
        case c.Object(by, reasons):
            check_reasons(reasons)
            return (e.ObjectionRaised(by, reasons),)
        case c.EndWait():
            return (_end_wait(case, setting),)
        case c.ForwardToAuthority():
            return (_forward(setting),)
        case c.RecordAnswer(answered):
            return _record_answer(case, answered)
    return _decide_checks(case, command)


def _decide_checks(case: Case, command: c.Command) -> tuple[e.Event, ...] | None:
    match command:
        case c.ScheduleCheck(name, kind, due_on, source):
            return (e.CheckScheduled(name, kind, due_on, source),)
        case c.RemindOfCheck(name, due_on):
            get_open_check(case, name)
            return (e.CheckReminded(name, due_on),)
        case c.AnswerCheck(name, by, at_zone, answers):
            get_open_check(case, name)
            return (e.CheckAnswered(name, by, at_zone, answers),)
        case c.RecordCheck(name, kept, reasons):
            check_reasons(reasons)
            get_open_check(case, name)
            return (e.CheckRecorded(name, kept, reasons),)
        case c.PausePayment(name):
            return (e.PaymentPaused(get_open_check(case, name).id),)
        case c.EndBenefit(reasons, remedies):
            check_reasons(reasons)
            return (e.BenefitEnded(reasons, remedies),)
        case c.Void(reasons, remedies):
            check_reasons(reasons)
            if not any(check.outcome == "broken" for check in case.checks.values()):
                raise Refused(
                    Problem("void.not-broken", _NOT_BROKEN, source="state-council-office-2020-42#later-check")
                )
            return (e.CredentialVoided(reasons, remedies),)
    return None


def is_done_later(case: Case, command: c.Command) -> bool:
    """Say whether the case already holds what a command of this room would cause."""
    match command:
        case c.Extend():
            return case.extended
        case c.OpenWait():
            return case.wait is not None and case.stage == "published"
        case c.EndWait():
            return case.wait is not None and case.decision is not None
        case c.ForwardToAuthority():
            return case.stage == "elsewhere"
        case c.RecordAnswer():
            return case.answered is not None
        case c.ScheduleCheck(name):
            return name in case.checks
        case c.RemindOfCheck(name):
            return name in case.checks and case.checks[name].reminded
        case c.AnswerCheck(name):
            return name in case.checks and bool(case.checks[name].outcome)
        case c.PausePayment():
            return case.stage == "paused"
        case c.EndBenefit():
            return case.stage == "ended"
        case c.Void():
            return case.licence_state == "03"
    return False


def _check_not_overdue(case: Case, setting: Setting) -> None:
    """Refuse to lengthen a time limit that is over: it is late, and stays so (all-2019#42.1)."""
    clocks = running_clocks(case, setting.item, setting.regime, setting.calendar, setting.moment)
    statutory = next((clock for clock in clocks if clock.name == "statutory"), None)
    if statutory is not None and due_on(statutory.reading) < setting.moment.on:
        raise Refused(Problem("extend.too-late", _TOO_LATE, source=statutory.limit.source))


def _open_wait(case: Case, until_on: date, setting: Setting) -> e.WaitOpened:
    """Open the wait: by rules on a full yes only, like a grant; an officer may in a person's place."""
    wait = setting.item.wait
    if wait is None:
        raise Refused(Problem("wait.none", _NO_WAIT))
    if setting.actor.kind == "machine":
        check_machine_may_grant(case)
    return e.WaitOpened(until_on, wait.told)


def _end_wait(case: Case, setting: Setting) -> e.Granted:
    """Grant because nobody objected; not before the last day is over, and not once a person was asked for."""
    if case.wait is None or setting.moment.on <= case.wait.until_on:
        raise Refused(Problem("wait.runs", _WAIT_RUNS))
    if case.needs_person and case.decision is None and not _person_opened(case):
        raise Refused(Problem("grant.person-asked", PERSON_ASKED, source="pipl-2021#24"))
    return e.Granted("silence", setting.moment.on)


def _person_opened(case: Case) -> bool:
    return case.wait is not None and case.wait.by_person


def _forward(setting: Setting) -> e.ApplicationForwarded:
    if setting.item.elsewhere is None:
        raise Refused(Problem("authority.none", _NO_AUTHORITY))
    return e.ApplicationForwarded(setting.item.elsewhere.authority)


def _record_answer(case: Case, answered: e.AuthorityAnswered) -> tuple[e.Event, ...]:
    """Take the other authority's word as the decision; it alone answers for it."""
    if case.forwarded is None or case.forwarded.authority != answered.authority:
        raise Refused(Problem("authority.not-asked", _NOT_ASKED))
    if answered.granted:
        return (answered, e.Granted("authority", answered.decided_on, answered.reasons))
    return (answered, e.GrantRefused(answered.decided_on, answered.reasons, _ITS_REMEDIES))


def check_machine_may_grant(case: Case) -> None:
    """Refuse when a person was asked for, or when not every criterion is met (pipl-2021#24)."""
    if case.needs_person:
        raise Refused(Problem("grant.person-asked", PERSON_ASKED, source="pipl-2021#24"))
    if case.assessment is None or case.assessment.outcome != "grant":
        raise Refused(Problem("grant.not-all-met", NOT_ALL_MET))


def get_open_check(case: Case, name: str) -> Check:
    """Return a check that an officer has not closed, or raise Refused."""
    check = case.checks.get(name)
    if check is None or check.outcome in ("kept", "broken"):
        raise Refused(Problem("check.not-open", _NO_SUCH_CHECK, "check"))
    return check


def check_reasons(reasons: Text) -> None:
    """Refuse an act without reasons."""
    if not reasons.zh.strip():
        raise Refused(Problem("decision.no-reasons", NO_REASONS, "reasons", "all-2019#38.2"))


PERSON_ASKED = Text(
    "申请人已要求人工办理，系统不再自动决定。", "A person was asked for; the machine no longer decides."
)
NOT_ALL_MET = Text(
    "条件没有全部满足，系统不能自动准予。", "Not every criterion is met; the machine may not grant."
)
NO_REASONS = Text("请写明理由。", "State the reasons.")
_TOO_LATE = Text("期限已经届满，不能再延长。", "The time limit is over and can no longer be lengthened.")
_NO_WAIT = Text("这个事项没有征询异议的环节。", "This item has no time for objections.")
_WAIT_RUNS = Text("征询异议的期限还没有届满。", "The time for objections is not over yet.")
_NO_AUTHORITY = Text("这个事项由本区自己办理。", "This item is decided in the zone itself.")
_NOT_ASKED = Text("没有向这个机关转办过这个办件。", "This authority was not asked about this case.")
_ITS_REMEDIES = Text(
    "对该机关的决定不服的，向该机关的上一级主管部门或者有管辖权的法院寻求救济。",
    "Whoever disagrees turns to the superior of that authority, or to the court that has jurisdiction.",
)
_NOT_BROKEN = Text(
    "没有认定承诺不实的核查记录，不能据此撤销。",
    "No check has found a promise broken; it cannot be undone on that ground.",
)
_NO_SUCH_CHECK = Text(
    "没有这一项待核查，或者已经核查过。", "There is no such check, or it has been recorded."
)
