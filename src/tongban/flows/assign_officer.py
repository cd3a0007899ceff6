"""Give a case that needs a person to an officer, by chance among who is competent, present, free and idle."""

from dataclasses import dataclass

from tongban.domain.assignment import (
    DRAWN,
    Assignment,
    DeskOfficer,
    draw_officer,
    find_teams,
    list_candidates,
)
from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.liaison.joint import Joint
from tongban.flows.perform import get_case, machine_of
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.moment import civil_date

_APPLICANT = "applicant.id"
"""The fact by which a lead may show whose matter it is; where it does not, only the sub-case is looked at."""


@dataclass(frozen=True, slots=True)
class OnDesk:
    """What belongs to an officer: a case, or a sub-case for another zone, by its own number.

    Args:
        applicant_id: whose matter it is, as far as this zone knows; empty where it does not.
    """

    id: CaseId
    item_id: ItemId
    applicant_id: str


def on_desk(case: Case) -> OnDesk:
    """Return a case as the desk sees it."""
    return OnDesk(case.id, case.item_id, case.applicant.id)


def part_on_desk(joint: Joint, deps: Deps) -> OnDesk | None:
    """Return this zone's sub-case as the desk sees it, or None when it has none."""
    opened, asked = joint.sub_cases.get(deps.zone), joint.asked.get(deps.zone)
    if opened is None:
        return None
    shown = dict(zip(asked.shown[::2], asked.shown[1::2], strict=False)) if asked is not None else {}
    return OnDesk(CaseId(opened.number), joint.opened.item, shown.get(_APPLICANT, ""))


def assign_officer(case_id: CaseId, deps: Deps) -> None:
    """Let a case that needs a person be somebody's; one that is somebody's stays as it is.

    A node without groups assigns nothing. Where nobody is left the case stands with its group, unassigned.

    Follows: a referral, the wish for a person, an objection. Source: random-inspection control of favour.
    """
    case = get_case(case_id, deps)
    if not case.needs_person or case.decision is not None or deps.desk.find(case_id) is not None:
        return
    draw_for(on_desk(case), DRAWN, machine_of(deps), "", deps)


def draw_for(one: OnDesk, way: str, by: Actor, reason: str, deps: Deps) -> Assignment | None:
    """Draw an officer for a case or sub-case and keep it; None when the zone keeps no groups."""
    teams = deps.desk.list_teams()
    if not teams:
        return None
    out = list_out(one, deps)
    candidates = list_candidates(one.item_id, teams, deps.desk.list_officers(), out)
    loads = deps.desk.count_loads([each.username for each in candidates]) if candidates else {}
    drawn = draw_officer(candidates, loads, deps.chance.draw)
    competent = find_teams(one.item_id, teams)
    own = [team for team in competent if drawn is not None and team.id in drawn.teams] or competent
    return keep_assignment(one, drawn, own[0].id if own else "", (way, by, reason), deps)


def keep_assignment(
    one: OnDesk, officer: DeskOfficer | None, team: str, how: tuple[str, Actor, str], deps: Deps
) -> Assignment:
    """Keep whose a case is now.

    Args:
        officer: None for nobody.
        how: the way, who did it, and why.
    """
    way, by, reason = how
    kept = Assignment(
        one.id,
        officer.username if officer else "",
        officer.name if officer else "",
        team,
        way,
        by.id,
        by.name,
        reason,
        deps.clock.now(),
    )
    with deps.unit():
        deps.desk.assign(kept)
    return kept


def list_out(one: OnDesk, deps: Deps) -> frozenset[str]:
    """Return who cannot be given the case today: who is away, and who has declared a conflict."""
    today = civil_date(deps.clock.now())
    away = {leave.officer for leave in deps.desk.list_absences(today) if leave.covers(today)}
    return frozenset(away) | deps.desk.list_conflicted(one.id, one.applicant_id)
