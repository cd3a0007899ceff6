"""Hand own work over for some days; the head may do it for somebody who is absent."""

from dataclasses import replace
from datetime import date

from tongban.domain.assignment import Absence, check_absence
from tongban.domain.case.events import Actor
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

_ID_CHARS = 16
_NOBODY = Absence("", "", "", date.min, date.min, "", "", None)  # type: ignore[arg-type]


def hand_over_leave(
    officer: str, substitute: str, days: tuple[date, date], reason: str, actor: Actor, deps: Deps
) -> Absence:
    """Let a substitute do an officer's work from the first to the last of ``days``; then it is back.

    Raises:
        Refused: every problem at once; among them that somebody else than the head hands over for another.
    """
    now = deps.clock.now()
    absence = replace(
        _NOBODY,
        id=deps.chance.token(_ID_CHARS),
        officer=officer,
        substitute=substitute,
        from_on=days[0],
        until_on=days[1],
        by=actor.id,
        reason=reason.strip(),
        at=now,
    )
    today = civil_date(now)
    standing = deps.desk.list_absences(today)
    problems = check_absence(absence, deps.desk.list_officers(), standing, today)
    if officer != actor.id and actor.kind != "head":
        problems = (*problems, Problem("leave.not-you", _NOT_YOU, "officer"))
    if problems:
        raise Refused(*problems)
    with deps.unit():
        deps.desk.keep_absence(absence)
    return absence


def end_leave(absence_id: str, actor: Actor, deps: Deps) -> None:
    """End a hand-over early, for whoever is away or the head.

    Raises:
        NotFound: there is none that this person may end.
    """
    standing = deps.desk.list_absences(civil_date(deps.clock.now()))
    found = next((one for one in standing if one.id == absence_id), None)
    if found is None or (actor.kind != "head" and actor.id != found.officer):
        raise NotFound(absence_id)
    with deps.unit():
        deps.desk.end_absence(absence_id, deps.clock.now())


_NOT_YOU = Text(
    "只能交接自己的工作；替别人交接由负责人办理。",
    "You hand over your own work only; for somebody else the head does it.",
)
