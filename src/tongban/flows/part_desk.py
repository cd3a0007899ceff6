"""Whose a sub-case for another zone is: drawn, moved and held to like a case of one's own."""

from tongban.domain.assignment import DRAWN, GIVEN, OF_APPLICANT, TAKEN, Assignment, check_reason
from tongban.domain.case.events import Actor
from tongban.domain.liaison.joint import Joint
from tongban.flows.assign_officer import OnDesk, draw_for, part_on_desk
from tongban.flows.belonging import find_other_holder
from tongban.flows.move_case import ASK_HEAD, NOT_HEAD, keep_conflict, move
from tongban.flows.perform import machine_of
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.text import Text


def assign_part(joint: Joint, deps: Deps) -> None:
    """Let a sub-case that was just opened be somebody's; a zone without groups assigns nothing.

    Twice:  nothing; one that is somebody's stays as it is.
    """
    one = part_on_desk(joint, deps)
    if one is not None and deps.desk.find(one.id) is None:
        draw_for(one, DRAWN, machine_of(deps), "", deps)


def find_part_obstacle(joint: Joint, actor: Actor, deps: Deps) -> Problem | None:
    """Return why somebody may not give this zone's part, or None."""
    one = part_on_desk(joint, deps)
    return find_other_holder(one.id, one.applicant_id, actor, deps) if one is not None else None


def move_part(joint: Joint, username: str, reason: str, actor: Actor, deps: Deps) -> Assignment:
    """Let an open sub-case be another officer's: the head gives it, an officer takes it over; both say why.

    Raises:
        NotFound: this zone has no sub-case of it.
        Refused: every problem at once: given or closed, no reason, not the head, not competent, away, a
            declared conflict.
    """
    one = _get_open_part(joint, deps)
    problems = check_reason(reason)
    is_taken = username == actor.id
    if not is_taken and actor.kind != "head":
        problems = (*problems, Problem("desk.not-head", NOT_HEAD, next_step=ASK_HEAD))
    return move(one, username, (TAKEN if is_taken else GIVEN, actor, reason.strip()), problems, deps)


def declare_part_conflict(joint: Joint, about: str, reason: str, actor: Actor, deps: Deps) -> None:
    """Keep that an officer's own interests are touched by an open sub-case; if it is theirs it moves on.

    Args:
        about: ``OF_CASE`` or ``OF_APPLICANT``; the latter moves what is theirs of the applicant too.

    Raises:
        NotFound: this zone has no sub-case of it.
        Refused: given or closed, no reason, or the lead does not show whose matter it is.
    """
    one = _get_open_part(joint, deps)
    if about == OF_APPLICANT and not one.applicant_id:
        raise Refused(*check_reason(reason), Problem("desk.applicant-not-shown", _NOT_SHOWN, "about"))
    keep_conflict(one, about, reason, actor, deps)


def _get_open_part(joint: Joint, deps: Deps) -> OnDesk:
    one = part_on_desk(joint, deps)
    if one is None:
        raise NotFound(joint.id)
    if deps.zone in joint.given or joint.closing is not None:
        raise Refused(Problem("desk.decided", _GIVEN))
    return one


_NOT_SHOWN = Text(
    "牵头区没有提供申请人，只能就这个子办件申报。",
    "The lead does not show whose matter it is: only this sub-case can be named.",
)
_GIVEN = Text(
    "本区意见已经提出，或者牵头区已经办结，不再改派。",
    "The part has been given, or the lead has closed the case; nobody is given it any more.",
)
