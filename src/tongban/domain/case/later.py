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

    That is the day after the last one on which others may object; the day on which a life check falls due,
    and the day after its reminder ended; the day after a deferred paper was due.
    """
    days = [_wake_of(check, case) for check in case.checks.values() if not check.outcome]
    if case.stage == "published" and case.wait is not None:
        days.append(case.wait.until_on + _ONE_DAY)
    known = [day for day in days if day is not None]
    return min(known) if known else None


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
    """Yield the checks that a case must have by now and has not."""
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
                yield c.ScheduleCheck(name, DEFERRED, count_until(accepted_on, limit, calendar), limit.source)
    if case.stage != "concluded" or case.issued is None:
        return
    decided_on = case.decision.decided_on if case.decision else on
    for pledge in signed:
        name = f"{PROMISE}:{pledge.id}"
        if pledge.kind is PledgeKind.COMMITMENT and name not in case.checks:
            limit = get_in_force(pledge.due, decided_on)
            yield c.ScheduleCheck(name, PROMISE, count_until(decided_on, limit, calendar), limit.source)
    if item.recurs is not None and not _has_open_life_check(case):
        number = 1 + sum(check.kind == LIFE for check in case.checks.values())
        limit = get_in_force(item.recurs.every, on)
        yield c.ScheduleCheck(f"{LIFE}:{number}", LIFE, _without_calendar(on, limit), limit.source)


def _has_open_life_check(case: Case) -> bool:
    return any(check.kind == LIFE and not check.outcome for check in case.checks.values())


def _without_calendar(on: date, limit: TimeLimit) -> date:
    """Return the day of a check that lies years ahead: the day itself, since no calendar is known so far."""
    if limit.unit is Unit.WORKING_DAY:
        raise ValueError("a life check is set in calendar days or months")
    return find_last_day(on, limit, (), NO_CALENDAR, on, ())


NO_CALENDAR = WorkingCalendar("none", date(2000, 1, 1), date(2000, 1, 2), frozenset({5, 6}))
"""Stands in where no working day is counted."""
