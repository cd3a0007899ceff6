"""Whose this zone's sub-case is, and what somebody may do about that."""

from dataclasses import dataclass

from tongban.domain.assignment import DeskOfficer, list_candidates
from tongban.domain.case.events import Actor
from tongban.domain.liaison.joint import Joint
from tongban.flows.assign_officer import list_out, part_on_desk
from tongban.flows.belonging import name_of
from tongban.flows.part_desk import find_part_obstacle
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem


@dataclass(frozen=True, slots=True)
class PartBelonging:
    """Whose a sub-case is.

    Args:
        holder: the officer's name; empty when it is nobody's, or this zone has no sub-case.
        obstacle: why the reader may not give the part; None when they may.
        may: ``take``, ``give`` and ``declare`` (a conflict), as far as they are open to the reader.
    """

    holder: str
    obstacle: Problem | None
    may: frozenset[str]


def read_part_belonging(joint: Joint, actor: Actor, deps: Deps) -> PartBelonging:
    """Return whose this zone's sub-case is, to somebody who looks at it."""
    one = part_on_desk(joint, deps)
    held = deps.desk.find(one.id) if one is not None else None
    obstacle = find_part_obstacle(joint, actor, deps)
    if one is None:
        return PartBelonging("", obstacle, frozenset())
    may = {"declare"} if obstacle is None or obstacle.code != "desk.conflict" else set()
    if held is None:
        return PartBelonging("", obstacle, frozenset(may))
    candidates = list_part_candidates(joint, deps)
    if actor.kind == "head" and candidates:
        may.add("give")
    if held.officer != actor.id and any(each.username == actor.id for each in candidates):
        may.add("take")
    return PartBelonging(name_of(held), obstacle, frozenset(may))


def list_part_candidates(joint: Joint, deps: Deps) -> tuple[DeskOfficer, ...]:
    """Return who may be given this zone's sub-case today."""
    one = part_on_desk(joint, deps)
    if one is None:
        return ()
    return list_candidates(
        one.item_id, deps.desk.list_teams(), deps.desk.list_officers(), list_out(one, deps)
    )
