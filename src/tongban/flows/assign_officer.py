"""Give a case that needs a person to an officer, by chance among who is competent, present, free and idle."""

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
from tongban.flows.perform import get_case, machine_of
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import civil_date


def assign_officer(case_id: CaseId, deps: Deps) -> None:
    """Let a case that needs a person be somebody's; one that is somebody's stays as it is.

    A node without groups assigns nothing. Where nobody is left the case stands with its group, unassigned.

    Follows: a referral, the wish for a person, an objection. Source: random-inspection control of favour.
    """
    case = get_case(case_id, deps)
    if not case.needs_person or case.decision is not None or deps.desk.find(case_id) is not None:
        return
    draw_for(case, DRAWN, machine_of(deps), "", deps)


def draw_for(case: Case, way: str, by: Actor, reason: str, deps: Deps) -> Assignment | None:
    """Draw an officer for a case and keep it; None when the zone keeps no groups."""
    teams = deps.desk.list_teams()
    if not teams:
        return None
    out = list_out(case, deps)
    candidates = list_candidates(case.item_id, teams, deps.desk.list_officers(), out)
    loads = deps.desk.count_loads([one.username for one in candidates]) if candidates else {}
    drawn = draw_officer(candidates, loads, deps.chance.draw)
    competent = find_teams(case.item_id, teams)
    own = [team for team in competent if drawn is not None and team.id in drawn.teams] or competent
    return keep_assignment(case, drawn, own[0].id if own else "", (way, by, reason), deps)


def keep_assignment(
    case: Case, officer: DeskOfficer | None, team: str, how: tuple[str, Actor, str], deps: Deps
) -> Assignment:
    """Keep whose a case is now.

    Args:
        officer: None for nobody.
        how: the way, who did it, and why.
    """
    way, by, reason = how
    kept = Assignment(
        case.id,
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


def list_out(case: Case, deps: Deps) -> frozenset[str]:
    """Return who cannot be given the case today: who is away, and who has declared a conflict."""
    today = civil_date(deps.clock.now())
    away = {one.officer for one in deps.desk.list_absences(today) if one.covers(today)}
    return frozenset(away) | deps.desk.list_conflicted(case.id, case.applicant.id)
