"""Whose a case is: competence, presence, declared conflicts, load, and a fair draw among who is left."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tongban.kernel.errors import Problem
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text

DRAWN, GIVEN, TAKEN, MOVED = "drawn", "given", "taken", "moved"
"""How a case came to somebody: by chance, from the head, by taking it over, on after a declared conflict."""

OF_CASE, OF_APPLICANT = "case", "applicant"
"""What a declared conflict is about: one case, or every case of an applicant."""

REASON_CHARS = 500
DRAFT_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Team:
    """A group of officers of a zone, and the items it is competent for."""

    id: str
    title: Text
    items: frozenset[ItemId]


@dataclass(frozen=True, slots=True)
class DeskOfficer:
    """Somebody cases may be given to.

    Args:
        username: as the account is called.
        teams: ids of the groups; who is in none is given nothing.
    """

    username: str
    name: str
    teams: frozenset[str]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whose a case is since when.

    Args:
        officer: a username; empty while the case is nobody's.
        team: the group's id; empty when no group is competent.
        way: one of ``DRAWN``, ``GIVEN``, ``TAKEN``, ``MOVED``.
        by: username of who did it, or the zone's id for the machine.
        reason: the words of whoever gave or took it; empty for a draw.
    """

    case_id: CaseId
    officer: str
    officer_name: str
    team: str
    way: str
    by: str
    by_name: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DeclaredConflict:
    """An officer has said that a case or an applicant touches their own interests; kept for ever.

    Args:
        about: ``OF_CASE`` or ``OF_APPLICANT``.
        subject: the case's number or the applicant's.
        case_id: in which case it was said.
    """

    officer: str
    about: str
    subject: str
    case_id: CaseId
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Absence:
    """An officer's work lies with a substitute from one day to another, both included, and then comes back.

    Args:
        ended_at: when it was ended early; None while it stands.
    """

    id: str
    officer: str
    substitute: str
    from_on: date
    until_on: date
    by: str
    reason: str
    at: datetime
    ended_at: datetime | None = None

    def covers(self, on: date) -> bool:
        """Say whether the officer is away on a day."""
        return self.ended_at is None and self.from_on <= on <= self.until_on


@dataclass(frozen=True, slots=True)
class CaseNote:
    """A note of the zone's own staff on a case; it never leaves the zone and the applicant never sees it."""

    id: str
    case_id: CaseId
    by: str
    by_name: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DeskDraft:
    """An officer's draft of a decision: no part of the case, and nobody's outside the zone.

    Args:
        act: the act it is a draft of, as in the address of its form.
        values: what was typed, by the name of its field.
    """

    case_id: CaseId
    act: str
    by: str
    by_name: str
    values: Mapping[str, str]
    at: datetime


def find_teams(item_id: ItemId, teams: Iterable[Team]) -> tuple[Team, ...]:
    """Return the groups that are competent for an item, in order of id."""
    return tuple(sorted((one for one in teams if item_id in one.items), key=lambda one: one.id))


def is_competent(officer: DeskOfficer, item_id: ItemId, teams: Iterable[Team]) -> bool:
    """Say whether an officer may handle an item at all."""
    return any(team.id in officer.teams for team in find_teams(item_id, teams))


def list_candidates(
    item_id: ItemId,
    teams: Collection[Team],
    officers: Iterable[DeskOfficer],
    out: Collection[str],
) -> tuple[DeskOfficer, ...]:
    """Return who may be given a case of an item, in order of username.

    Args:
        out: usernames of who is away or has declared a conflict.
    """
    fit = (one for one in officers if one.username not in out and is_competent(one, item_id, teams))
    return tuple(sorted(fit, key=lambda one: one.username))


def draw_officer(
    candidates: Sequence[DeskOfficer], loads: Mapping[str, int], draw: Callable[[int], int]
) -> DeskOfficer | None:
    """Return one of the least loaded candidates, each as likely, or None when there is none.

    Args:
        loads: open cases by username; who is not in it has none.
        draw: returns a whole number from 0 up to, not including, its argument.
    """
    if not candidates:
        return None
    least = min(loads.get(one.username, 0) for one in candidates)
    free = [one for one in candidates if loads.get(one.username, 0) == least]
    return free[draw(len(free))]


def check_absence(
    absence: Absence, officers: Iterable[DeskOfficer], standing: Iterable[Absence], today: date
) -> tuple[Problem, ...]:
    """Return everything that is wrong with a hand-over; empty when nothing is.

    Args:
        standing: other hand-overs that last until today or longer.
    """
    by_name = {one.username: one for one in officers}
    away, there = by_name.get(absence.officer), by_name.get(absence.substitute)
    problems = list(check_reason(absence.reason))
    if absence.until_on < absence.from_on:
        problems.append(Problem("leave.ends-before", _ENDS_BEFORE, "until"))
    elif absence.until_on < today:
        problems.append(Problem("leave.over", _OVER, "until"))
    if away is None:
        problems.append(Problem("leave.no-desk", _NO_DESK, "officer"))
    if there is None or absence.substitute == absence.officer:
        problems.append(Problem("leave.no-substitute", _NO_SUBSTITUTE, "substitute"))
    elif away is not None and not away.teams <= there.teams:
        problems.append(Problem("leave.not-competent", _NOT_ALL, "substitute"))
    for one in standing:
        if one.from_on <= absence.until_on and absence.from_on <= one.until_on:
            if one.officer == absence.officer:
                problems.append(Problem("leave.twice", _TWICE, "from"))
            elif one.officer == absence.substitute:
                problems.append(Problem("leave.both-away", _BOTH, "substitute"))
    return tuple(dict.fromkeys(problems))


def check_reason(reason: str) -> tuple[Problem, ...]:
    """Return what is wrong with the reason of somebody who moves a case; empty when nothing is."""
    if not reason.strip():
        return (Problem("desk.no-reason", _NO_REASON, "reason"),)
    if len(reason) > REASON_CHARS:
        return (Problem("desk.long-reason", _LONG_REASON.fill(most=REASON_CHARS), "reason"),)
    return ()


_NO_REASON = Text("请写明理由，它会和办件一起保存。", "Say why; the reason is kept with the case.")
_LONG_REASON = Text("理由最多{most}个字。", "The reason has at most {most} characters.")
_ENDS_BEFORE = Text("结束日期早于开始日期。", "The last day is before the first.")
_OVER = Text("这段日期已经过去。", "These days are over.")
_NO_DESK = Text("这名人员不在审批组中。", "This person is in no group of officers.")
_NO_SUBSTITUTE = Text("请选择另一名审批人员代办。", "Choose another officer as the substitute.")
_NOT_ALL = Text(
    "代办人员须负责请假人员的全部审批组。",
    "The substitute must be in every group of the absent officer.",
)
_TWICE = Text("这段日期已经有交接。", "There is a hand-over in these days already.")
_BOTH = Text("代办人员这段日期也不在岗。", "The substitute is away in these days, too.")
