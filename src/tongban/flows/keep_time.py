"""The clock works by itself: whatever is due fires, once, whenever somebody comes by, after days away too."""

from datetime import date, timedelta

from tongban.flows.agenda_store import AgendaLine
from tongban.flows.ports import Deps
from tongban.flows.watch_clocks import GROUP, deem, wake
from tongban.kernel.errors import Conflict, Fault, NotFound, Refused
from tongban.kernel.moment import Moment

BATCH = 10_000
"""Reminders, escalations and notices fired in one statement; they are inserts and need no case."""
TRY_AGAIN_AFTER = timedelta(hours=1)
"""An act that could not be done, e.g. because a calendar is not loaded, is tried again after this."""


def keep_time(deps: Deps, batch: int = BATCH, group: int = GROUP) -> int:
    """Take one step of what is due by today: the oldest day first; return how many things were in hand.

    Days are gone through in order, and on each day what is only told comes before what time itself does. So
    a worker that was away for a week leaves behind what daily ones would have: the reminder that was due
    before silence accepted, and not the one that came to nothing because it did.

    Causes: a row among what fired, for each; word to the outside is sent by whoever reads those rows
        (``Agenda.claim_untold``). For acts, by kind, see ``watch_clocks.deem`` and ``watch_clocks.wake``.
    Twice:  nothing; case, kind and day are unique among what fired, and an act that was done has changed its
        case. Several workers may take steps at once.
    """
    now = deps.clock.now()
    on = deps.agenda.find_first_due(Moment(now).on, now)
    if on is None:
        return 0
    return deps.agenda.fire(on, now, batch) or _act_group(on, group, deps)


def catch_up(deps: Deps) -> int:
    """Take steps until nothing is due; return how many things that were."""
    count = 0
    while in_hand := keep_time(deps):
        count += in_hand
    return count


def _act_group(on: date, limit: int, deps: Deps) -> int:
    """Do one group of acts of time in one transaction; return how many were in hand.

    When one of them fails, the group is taken apart and each goes by itself, as in ``flows.advance``.
    """
    lines: tuple[AgendaLine, ...] = ()
    try:
        with deps.unit():
            lines = deps.agenda.claim_acts(on, deps.clock.now(), limit)
            deps.cases.preload([line.case_id for line in lines])
            _act(lines, deps)
    except _FAILURES:
        for line in lines:
            _act_alone(line, deps)
    return len(lines)


def _act(lines: tuple[AgendaLine, ...], deps: Deps) -> None:
    """Do these acts; one whose day has not come after all (a calendar changed) is looked at again later."""
    now = deps.clock.now()
    done = []
    for line in lines:
        act = deem if line.kind == "silence-accepts" else wake
        if act(line.case_id, deps):
            done.append(line)
        else:
            deps.agenda.put_off(line, now + TRY_AGAIN_AFTER)
    if done:
        deps.agenda.mark_done(done, now)


def _act_alone(line: AgendaLine, deps: Deps) -> None:
    try:
        with deps.unit():
            _act((line,), deps)
    except _FAILURES:
        deps.agenda.put_off(line, deps.clock.now() + TRY_AGAIN_AFTER)


_FAILURES = (Refused, Conflict, Fault, NotFound)
