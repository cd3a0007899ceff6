"""Move a case from officer to officer: the head gives, an officer takes over or declares a conflict."""

from tongban.domain.assignment import (
    GIVEN,
    MOVED,
    OF_APPLICANT,
    TAKEN,
    Assignment,
    DeclaredConflict,
    DeskOfficer,
    check_reason,
    find_teams,
    is_competent,
)
from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.liaison.joint import read_joints
from tongban.flows.assign_officer import (
    OnDesk,
    draw_for,
    keep_assignment,
    list_out,
    on_desk,
    part_on_desk,
)
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

_MOVED_AT_MOST = 200
"""Cases of one applicant that move on at once; an officer with more asks the head."""


def give_case(case_id: CaseId, username: str, reason: str, actor: Actor, deps: Deps) -> Assignment:
    """Give an undecided case to an officer; only the head does, and says why.

    Raises:
        Refused: every problem at once: no reason, not the head, not competent, away, a declared conflict.
    """
    case = _get_open(case_id, deps)
    problems = list(check_reason(reason))
    if actor.kind != "head":
        problems.append(Problem("desk.not-head", NOT_HEAD, next_step=ASK_HEAD))
    return move(on_desk(case), username, (GIVEN, actor, reason.strip()), tuple(problems), deps)


def take_over(case_id: CaseId, reason: str, actor: Actor, deps: Deps) -> Assignment:
    """Take an undecided case over from whoever has it, saying why. Raises Refused as ``give_case`` does."""
    case = _get_open(case_id, deps)
    return move(on_desk(case), actor.id, (TAKEN, actor, reason.strip()), check_reason(reason), deps)


def declare_conflict(case_id: CaseId, about: str, reason: str, actor: Actor, deps: Deps) -> None:
    """Keep that an officer's own interests are touched, and move on what is theirs of it.

    Args:
        about: ``OF_CASE`` or ``OF_APPLICANT``; the latter moves the applicant's sub-cases too.

    Raises:
        Refused: no reason.
    """
    keep_conflict(on_desk(get_own(case_id, deps)), about, reason, actor, deps)


def keep_conflict(one: OnDesk, about: str, reason: str, actor: Actor, deps: Deps) -> None:
    """Keep a conflict that was declared in a case or sub-case, and move on what is the officer's of it.

    Raises:
        Refused: no reason.
    """
    if problems := check_reason(reason):
        raise Refused(*problems)
    is_of_applicant, why = about == OF_APPLICANT, reason.strip()
    subject = one.applicant_id if is_of_applicant else one.id
    with deps.unit():
        deps.desk.declare(DeclaredConflict(actor.id, about, subject, one.id, why, deps.clock.now()))
        moving = {one.id: one} | (
            _find_of_applicant(actor.id, one.applicant_id, deps) if is_of_applicant else {}
        )
        for _, each in sorted(moving.items()):
            held = deps.desk.find(each.id)
            if held is not None and held.officer == actor.id:
                draw_for(each, MOVED, actor, why, deps)


def _find_of_applicant(officer: str, applicant_id: str, deps: Deps) -> dict[CaseId, OnDesk]:
    """Return an officer's cases of an applicant, and sub-cases whose lead shows that they are theirs."""
    cases = deps.desk.list_of_applicant(officer, applicant_id, _MOVED_AT_MOST)
    found = [on_desk(get_case(case_id, deps)) for case_id in cases]
    for number in deps.desk.list_parts(officer, _MOVED_AT_MOST):
        for joint in read_joints(deps.liaison.list_about(number)):
            part = part_on_desk(joint, deps)
            if part is not None and part.applicant_id == applicant_id:
                found.append(part)
    return {one.id: one for one in found}


def get_own(case_id: CaseId, deps: Deps) -> Case:
    """Return a case that this zone decides, or raise NotFound."""
    case = get_case(case_id, deps)
    if case.deciding_zone != deps.zone:
        raise NotFound(case_id)
    return case


def _get_open(case_id: CaseId, deps: Deps) -> Case:
    case = get_own(case_id, deps)
    if case.decision is not None or not case.is_open:
        raise Refused(Problem("desk.decided", _DECIDED))
    return case


def move(
    one: OnDesk, username: str, how: tuple[str, Actor, str], problems: tuple[Problem, ...], deps: Deps
) -> Assignment:
    """Let a case or sub-case be an officer's who is competent and free to have it.

    Args:
        how: the way, who did it, and why.
        problems: what is wrong already; told together with the rest.
    """
    teams = deps.desk.list_teams()
    found: DeskOfficer | None = next(
        (each for each in deps.desk.list_officers() if each.username == username), None
    )
    if found is None or not is_competent(found, one.item_id, teams):
        problems = (*problems, Problem("desk.not-competent", _NOT_COMPETENT, "officer"))
    elif username in list_out(one, deps):
        problems = (*problems, Problem("desk.out", _OUT, "officer"))
    if problems or found is None:
        raise Refused(*problems)
    team = next(each.id for each in find_teams(one.item_id, teams) if each.id in found.teams)
    return keep_assignment(one, found, team, how, deps)


NOT_HEAD = Text("只有负责人可以改派。", "Only the head gives a case to somebody else.")
ASK_HEAD = Text("请负责人改派，或写明理由接办。", "Ask the head, or take it over and say why.")
_DECIDED = Text("办件已经决定，不再改派。", "The case has been decided; nobody is given it any more.")
_NOT_COMPETENT = Text("这名人员不负责这个事项。", "This officer is not competent for the item.")
_OUT = Text(
    "这名人员今天不在岗，或已申报利益关系。",
    "This officer is away today, or has declared a conflict of interest.",
)
