"""Whose case it is decides who may act on it: its officer, their substitute, or the head."""

from tongban.domain.assignment import Assignment
from tongban.domain.case import commands as c
from tongban.domain.case import examining_commands as xc
from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

_FOR_OTHERS = (xc.RecordExamination,)
"""What a second officer does on purpose in a case that is not theirs (all-2019#34.3)."""


def check_belongs(case: Case, command: c.Command, actor: Actor, deps: Deps) -> None:
    """Raise Refused when an officer or a head may not act on an undecided case.

    Who has declared a conflict never may. An officer may on their own case, on that of somebody they stand in
    for, and on one that is nobody's.
    """
    if actor.kind not in ("officer", "head") or case.decision is not None or not case.version:
        return
    if problem := find_obstacle(case, actor, deps, is_signing=isinstance(command, _FOR_OTHERS)):
        raise Refused(problem)


def find_obstacle(case: Case, actor: Actor, deps: Deps, *, is_signing: bool = False) -> Problem | None:
    """Return why somebody may not act on a case, or None.

    Args:
        is_signing: for the signature of a second officer, which needs no assignment.
    """
    problem = find_other_holder(case.id, case.applicant.id, actor, deps)
    return None if is_signing and problem is not None and problem.code != "desk.conflict" else problem


def find_other_holder(number: CaseId, applicant_id: str, actor: Actor, deps: Deps) -> Problem | None:
    """Return why somebody may not act on a case or sub-case of this number, or None."""
    if actor.id in deps.desk.list_conflicted(number, applicant_id):
        return Problem("desk.conflict", _CONFLICT, next_step=_HEAD_GIVES)
    held = deps.desk.find(number)
    if actor.kind == "head" or held is None or held.officer in ("", actor.id):
        return None
    if held.officer in list_stood_in_for(actor.id, deps):
        return None
    return Problem("desk.not-yours", _NOT_YOURS.fill(name=name_of(held)), next_step=_TAKE_OVER)


def list_stood_in_for(username: str, deps: Deps) -> frozenset[str]:
    """Return whose work an officer does today."""
    today = civil_date(deps.clock.now())
    absences = deps.desk.list_absences(today)
    return frozenset(one.officer for one in absences if one.substitute == username and one.covers(today))


def name_of(held: Assignment) -> str:
    """Return the officer as shown: by name, else by username."""
    return held.officer_name or held.officer


_CONFLICT = Text(
    "您已申报与这个办件或申请人有利益关系，不能在其中作出处理。",
    "You have declared a conflict of interest with this case or its applicant, so you cannot act on it.",
)
_HEAD_GIVES = Text("由负责人转给其他人员。", "The head gives it to somebody else.")
_NOT_YOURS = Text("这个办件由{name}办理。", "This case belongs to {name}.")
_TAKE_OVER = Text(
    "确有需要时写明理由接办，或请负责人改派。",
    "If there is need, take it over and say why, or ask the head to give it to you.",
)
