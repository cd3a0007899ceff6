"""Whose a case is, how it came to them, and to whom it could be given."""

from collections.abc import Sequence
from dataclasses import dataclass

from tongban.domain.assignment import (
    DRAWN,
    GIVEN,
    MOVED,
    TAKEN,
    Assignment,
    DeskOfficer,
    list_candidates,
)
from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.flows.assign_officer import list_out, on_desk
from tongban.flows.belonging import find_obstacle, name_of
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Belonging:
    """Whose a case is.

    Args:
        held: the last assignment; None when it was never assigned.
        holder: the officer's name; empty when it is nobody's.
        team: the group's title; None when no group is competent.
        is_mine: whether it is the reader's.
        obstacle: why the reader may not act on it; None when they may.
        may_move: whether it can still be given to somebody.
    """

    held: Assignment | None
    holder: str
    team: Text | None
    is_mine: bool
    obstacle: Problem | None
    may_move: bool


def read_belonging(case: Case, actor: Actor, deps: Deps) -> Belonging:
    """Return whose a case is, to somebody who looks at it."""
    held = deps.desk.find(case.id)
    teams = {one.id: one.title for one in deps.desk.list_teams()} if held else {}
    is_undecided = case.decision is None and case.is_open
    return Belonging(
        held=held,
        holder=name_of(held) if held else "",
        team=teams.get(held.team) if held else None,
        is_mine=held is not None and held.officer == actor.id,
        obstacle=find_obstacle(case, actor, deps) if is_undecided else None,
        may_move=is_undecided and held is not None,
    )


def read_moves(case: Case, deps: Deps) -> Sequence[tuple[Assignment, Text]]:
    """Return every assignment of a case, the newest first, each with the words of how it came."""
    return [(one, WAYS[one.way]) for one in reversed(deps.desk.history(case.id))]


def read_candidates(case: Case, deps: Deps) -> tuple[DeskOfficer, ...]:
    """Return who may be given the case today."""
    return list_candidates(
        case.item_id, deps.desk.list_teams(), deps.desk.list_officers(), list_out(on_desk(case), deps)
    )


WAYS = {
    DRAWN: Text("随机分派", "Drawn by chance"),
    GIVEN: Text("负责人改派", "Given by the head"),
    TAKEN: Text("接办", "Taken over"),
    MOVED: Text("申报利益关系后随机改派", "Drawn anew after a declared conflict of interest"),
}
