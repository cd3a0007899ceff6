"""A case as one row of the index, so that lists need no history."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from tongban.domain.agenda import DUE_SOON, Entry
from tongban.domain.case.later import find_check_due_on, find_wake_on, is_done_with
from tongban.domain.case.state import Case
from tongban.domain.case.waiting import read_waiting
from tongban.domain.clock.statute import Pause
from tongban.kernel.ids import LawKey
from tongban.kernel.moment import civil_date

DueOn = Callable[[Case], date | None]
"""The day by which the deciding zone must answer, or None while no clock runs."""

Plan = Callable[[Case], Sequence[Entry]]
"""What falls due in a case as it stands."""


def plan_nothing(_: Case) -> tuple[Entry, ...]:
    """Return an empty agenda: for stores that are opened without a catalogue."""
    return ()


NEVER = date.max
"""A lamp that will not turn by itself: no clock runs, it stands still, or its end is not known yet."""


def index_row(
    case: Case, updated_at: datetime, due_on: DueOn, planned: Sequence[Entry]
) -> tuple[object, ...]:
    """Return the row in the order of ``writes.CASE_INDEX``.

    Args:
        planned: what falls due in the case; the day of its reminder is the one on which its lamp turns.

    Raises:
        ValueError: the case was never received.
    """
    if case.received_at is None:
        raise ValueError(f"{case.id} was never received")
    due = due_on(case)
    return (
        case.id,
        case.item_id,
        case.stage,
        case.deciding_zone,
        case.receiving_zone,
        case.applicant.kind,
        case.applicant.id,
        case.applicant.name,
        case.applicant.agent_id,
        case.taken_in_by,
        case.channel,
        case.received_at,
        case.accepted_on,
        due,
        due or civil_date(case.received_at),
        case.decision.decided_on if case.decision else None,
        case.needs_person,
        read_waiting(case).value,
        find_wake_on(case),
        find_check_due_on(case),
        civil_date(updated_at) if is_done_with(case) and (case.stage != "concluded" or due is None) else None,
        case.credential_id or "",
        case.version,
        updated_at,
        _stopped_on(case, due),
        write_pauses(case.examination.list_pauses()),
        case.extended,
        _warn_on(case, planned),
        case.wish.way if case.wish else "",
    )


def _warn_on(case: Case, planned: Sequence[Entry]) -> date:
    """Return the first day on which the lamp is no longer green; a pause keeps it green to its last day."""
    reminders = [one.fires_on for one in planned if one.kind == DUE_SOON]
    if not reminders:
        return NEVER
    ended = [one.ended_on for one in case.examination.list_pauses() if one.ended_on is not None]
    return max([min(reminders), *(day + timedelta(days=1) for day in ended)])


def _stopped_on(case: Case, due: date | None) -> date | None:
    """Return since when the clock stands still; a stop after the last day no longer stops anything."""
    running = case.examination.running
    if running is None or (due is not None and running.started_on > due):
        return None
    return running.started_on


def write_pauses(pauses: Iterable[Pause]) -> str:
    """Return pauses in a line: first and last day of each, and its article; an open one has no last day."""
    return " ".join(f"{one.began_on}/{one.ended_on or ''}/{one.source}" for one in pauses)


def read_pauses(line: str) -> tuple[Pause, ...]:
    """Return the pauses that ``write_pauses`` wrote."""
    pauses = []
    for part in line.split():
        began_on, ended_on, source = part.split("/")
        ended = date.fromisoformat(ended_on) if ended_on else None
        pauses.append(Pause(date.fromisoformat(began_on), ended, LawKey(source)))
    return tuple(pauses)
