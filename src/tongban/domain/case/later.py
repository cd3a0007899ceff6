"""What is due after acceptance or decision, when time itself acts, and what an officer must look at."""

from collections.abc import Iterator
from datetime import date, timedelta

from tongban.domain.case import commands as c
from tongban.domain.case.state import Case, Check
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.reading import find_last_day
from tongban.domain.clock.statute import TimeLimit, Unit, get_in_force
from tongban.domain.pledge import Pledge, PledgeKind
from tongban.domain.procedure import Regime
from tongban.kernel.errors import Refused
from tongban.kernel.text import Text

PROMISE, DEFERRED, LIFE = "promise", "deferred", "life"
"""Kinds of checks (``events.CheckScheduled``)."""
_ONE_DAY = timedelta(days=1)


def count_until(on: date, limit: TimeLimit, calendar: WorkingCalendar) -> date:
    """Return the last day of a limit in days or months that runs from a day, which is not counted itself.

    A last day on a rest day moves to the next working day (civil-code-2020#203).

    Raises:
        Refused: ``calendar.not-loaded`` when a working day past the calendar would be needed.
    """
    last_on = find_last_day(on, limit, (), calendar, on, ())
    return last_on if limit.unit is Unit.WORKING_DAY else calendar.roll_forward(last_on)


def find_wake_on(case: Case) -> date | None:
    """Return the first day on which time itself acts on the case, or None.

    That is the day after the last one on which others may object, or a hearing may be asked for; the day
    on which a life check falls due, and the day after its reminder ended; the day after a deferred paper was
    due.
    """
    days = [_wake_of(check, case) for check in case.checks.values() if not check.outcome]
    if case.stage == "published" and case.wait is not None:
        days.append(case.wait.until_on + _ONE_DAY)
    if hearing_lapses_on(case) is not None:
        days.append(hearing_lapses_on(case))
    days += [find_act_on(name, case) for name in case.ending.deadlines]
    known = [day for day in days if day is not None]
    return min(known) if known else None


def hearing_lapses_on(case: Case) -> date | None:
    """Return the day on which the right to a hearing is gone by itself, or None where it does not run."""
    until_on = case.examination.hearing.until_on
    runs = case.stage in ("accepted", "assessed") and until_on is not None
    if not runs or until_on is None or not case.examination.hearing.may_be_asked_for(until_on):
        return None
    return until_on + _ONE_DAY


def find_act_on(name: str, case: Case) -> date | None:
    """Return the day on which time itself acts on one of the case's deadlines, or None.

    It is the day after the last one to correct, or to decide on a renewal.
    """
    kind, _, number = name.partition(":")
    until_on = case.ending.deadlines[name].until_on
    if kind == "correction" and case.stage == "correcting" and number == str(case.times_corrected + 1):
        return until_on + _ONE_DAY
    if kind == "renewal" and case.is_open and case.decision is None and case.accepted_on is not None:
        return until_on + _ONE_DAY
    return None


def _has_open_check(case: Case) -> bool:
    if case.licence_state not in ("01", "02"):
        return False
    return any(
        not check.outcome or (check.kind == DEFERRED and check.outcome == "answered")
        for check in case.checks.values()
    )


def is_done_with(case: Case) -> bool:
    """Say whether a case is closed, with nothing left but to serve its licence and to seal its file."""
    is_closed = not case.is_open and case.stage != "paused" and case.ending.archived is None
    return is_closed and not _has_open_check(case) and case.ending.proposal is None


def list_open_duties(case: Case, regime: Regime) -> tuple[Text, ...]:
    """Return, in words, what is left to do before the file can be closed for good."""
    duties = []
    if case.is_open or case.stage == "paused":
        duties.append(_STILL_OPEN)
    is_due = case.stage == "concluded" and case.licence_state in ("01", "02") and "deliver" in regime.limits
    if is_due and case.ending.delivered is None:
        duties.append(_NOT_DELIVERED)
    if _has_open_check(case):
        duties.append(_CHECKS_OPEN)
    if case.ending.proposal is not None:
        duties.append(_PROPOSAL_OPEN)
    return tuple(duties)


def _wake_of(check: Check, case: Case) -> date | None:
    if check.kind == LIFE and case.stage == "concluded":
        return check.due_on + _ONE_DAY if check.reminded else check.due_on
    if check.kind == DEFERRED and not check.reminded:
        return check.due_on + _ONE_DAY
    return None


def wakes_by(check: Check, case: Case, on: date) -> bool:
    """Say whether an open check is one on which time acts by a day."""
    wake_on = None if check.outcome else _wake_of(check, case)
    return wake_on is not None and wake_on <= on


def list_officer_checks(case: Case) -> tuple[Check, ...]:
    """Return the checks that wait for an officer's word, soonest first.

    A promise from the day of the decision; a deferred paper once it came, or once it was reminded of; a life
    check once it was reminded of. None of a case that was not granted, or whose licence is undone.
    """
    if case.licence_state not in ("", "01", "02") or case.stage in ("refused", "declined", "withdrawn"):
        return ()
    waiting = [
        check
        for check in case.checks.values()
        if (check.kind == PROMISE and not check.outcome)
        or (
            check.kind == DEFERRED and (check.outcome == "answered" or (check.reminded and not check.outcome))
        )
        or (check.kind == LIFE and check.reminded and not check.outcome)
    ]
    return tuple(sorted(waiting, key=lambda check: (check.due_on, check.id)))


def find_check_due_on(case: Case) -> date | None:
    """Return by when an officer must look at a check next, or None when none waits."""
    checks = list_officer_checks(case)
    return checks[0].due_on if checks else None


def list_applicant_checks(case: Case) -> tuple[Check, ...]:
    """Return what the applicant may hand in or confirm now."""
    return tuple(
        check
        for check in case.checks.values()
        if not check.outcome and (check.kind == DEFERRED or (check.kind == LIFE and check.reminded))
    )


def compose_schedule(
    case: Case, item: ServiceItem, signed: tuple[Pledge, ...], on: date, calendar: WorkingCalendar
) -> Iterator[c.ScheduleCheck]:
    """Yield the checks that a case must have by now and has not.

    One whose day cannot be known yet, as it is counted in working days of a year that is not published, is
    left out; asked again once that calendar is loaded (``manage.py rebuildindex``), it is there.
    """
    accepted_on = case.accepted_on
    if accepted_on is not None and case.stage in (
        "accepted",
        "assessed",
        "granted",
        "concluded",
        "elsewhere",
    ):
        for pledge in signed:
            name = f"{DEFERRED}:{pledge.id}"
            lacking = any(kind not in case.evidence for kind in pledge.spares)
            if pledge.kind is PledgeKind.DEFERRED and lacking and name not in case.checks:
                limit = get_in_force(pledge.due, accepted_on)
                due_on = _find_due(accepted_on, limit, calendar)
                if due_on is not None:
                    yield c.ScheduleCheck(name, DEFERRED, due_on, limit.source)
    if case.stage != "concluded" or case.issued is None:
        return
    decided_on = case.decision.decided_on if case.decision else on
    for pledge in signed:
        name = f"{PROMISE}:{pledge.id}"
        if pledge.kind is PledgeKind.COMMITMENT and name not in case.checks:
            limit = get_in_force(pledge.due, decided_on)
            due_on = _find_due(decided_on, limit, calendar)
            if due_on is not None:
                yield c.ScheduleCheck(name, PROMISE, due_on, limit.source)
    if item.recurs is not None and not _has_open_life_check(case):
        number = 1 + sum(check.kind == LIFE for check in case.checks.values())
        limit = get_in_force(item.recurs.every, on)
        due_on = _without_calendar(on, limit)
        # A benefit that ends by itself before then is not asked about any more.
        if case.issued.valid_until is None or due_on <= case.issued.valid_until:
            yield c.ScheduleCheck(f"{LIFE}:{number}", LIFE, due_on, limit.source)


def _find_due(on: date, limit: TimeLimit, calendar: WorkingCalendar) -> date | None:
    """Return the day of a check; None when it needs working days of a year that is not published.

    A limit in days or months past the calendar ends on its own last day: whether that is a rest day is not
    known yet, and a case is not held up by it.
    """
    try:
        return count_until(on, limit, calendar)
    except Refused:
        return None if limit.unit is Unit.WORKING_DAY else _without_calendar(on, limit)


def _has_open_life_check(case: Case) -> bool:
    return any(check.kind == LIFE and not check.outcome for check in case.checks.values())


def _without_calendar(on: date, limit: TimeLimit) -> date:
    """Return the day of a check that lies years ahead: the day itself, since no calendar is known so far."""
    if limit.unit is Unit.WORKING_DAY:
        raise ValueError("a life check is set in calendar days or months")
    return find_last_day(on, limit, (), NO_CALENDAR, on, ())


_STILL_OPEN = Text("办件还没有办结。", "The case is not closed yet.")
_NOT_DELIVERED = Text("证照还没有送达。", "The licence has not been delivered yet.")
_CHECKS_OPEN = Text("还有约定的核查没有完成。", "A check that was agreed on is still open.")
_PROPOSAL_OPEN = Text("还有拟作出的决定没有处理。", "A proposed act waits to be decided.")
NO_CALENDAR = WorkingCalendar("none", date(2000, 1, 1), date(2000, 1, 2), frozenset({5, 6}))
"""Stands in where no working day is counted."""
