"""Disputes between zones: opened from a case, answered in time, taken further, closed by rule."""

from dataclasses import dataclass

from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.liaison.acts import (
    Act,
    DisputeAnswered,
    DisputeClosed,
    DisputeEscalated,
    DisputeOpened,
    ZoneAct,
)
from tongban.domain.liaison.custody import Custody, read_custodies
from tongban.domain.liaison.dispute import (
    ESCALATES_TO,
    Dispute,
    DisputeKind,
    check_next,
    check_opening,
    read_disputes,
)
from tongban.domain.standard.acts import TicketOpened
from tongban.domain.standard.ticket import read_tickets
from tongban.flows.liaison import check_length, find_matter_day, get_rule, tell_zone_act, zones_of
from tongban.flows.originals import STAFF
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.flows.tell_alliance import keep_and_tell
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.text import Text

RULES = {
    DisputeKind.COMPLETENESS: "demonstration-rules-2025#dispute-completeness",
    DisputeKind.COMPETENCE: "demonstration-rules-2025#dispute-competence",
    DisputeKind.LOST_POST: "demonstration-rules-2025#dispute-lost-post",
    DisputeKind.DATA: "demonstration-rules-2025#dispute-data",
}
"""Where the days of each kind stand, and whose view prevails."""
RECURS = "completeness"
"""The feature of an item under which disputes about completeness that recur come to the table."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a zone brings forward when it opens a dispute.

    Args:
        cites: the published standard on which it rests.
        about: the number of the original in question.
    """

    kind: str
    words: str
    cites: str = ""
    about: str = ""


def open_dispute(case_id: CaseId, claim: Claim, actor: Actor, deps: Deps) -> str:
    """Open a dispute with the other zone of a case; return its number.

    Causes: a signed message; and, when an item has seen as many about completeness as the rule says, a ticket
        at the alliance's table, unless one is open.

    Raises:
        Refused: everything that is wrong with it at once.
    """
    case = get_case(case_id, deps)
    against = next(iter(zones_of(case) - {deps.zone}), deps.zone)
    is_kind = claim.kind in set(DisputeKind)
    rule = RULES[DisputeKind(claim.kind) if is_kind else DisputeKind.DATA]
    answer_by = find_matter_day(rule, "answer", against, deps)
    opened = DisputeOpened(
        claim.kind, against, case.item_id, answer_by, claim.words.strip(), claim.cites, claim.about
    )
    problems = [
        *_check_staff(actor),
        *check_opening(opened, deps.zone, case.deciding_zone),
        *check_length(claim.words, "words"),
        *_check_cited(case, claim.cites, deps),
        *_check_about(case, claim.about, deps),
    ]
    if problems:
        raise Refused(*problems)
    with deps.unit():
        told = tell_zone_act(opened, None, case_id, zones_of(case), actor, deps)
        if claim.kind == DisputeKind.COMPLETENESS:
            _bring_to_table(case, told, deps)
    return told.subject


def answer_dispute(case_id: CaseId, number: str, words: str, cites: str, actor: Actor, deps: Deps) -> None:
    """Answer a dispute that the other zone opened; the deciding zone's list cites its published standard."""
    case = get_case(case_id, deps)
    problems = _check_cited(case, cites, deps)
    _go_on(case, number, DisputeAnswered(words.strip(), cites), actor, deps, problems)


def escalate_dispute(case_id: CaseId, number: str, words: str, actor: Actor, deps: Deps) -> None:
    """Take a dispute to the alliance's table, or to the common superior, as its kind says."""
    case, dispute = get_case(case_id, deps), get_dispute(case_id, number, deps)
    decide_by = find_matter_day(RULES[dispute.kind], "decide", deps.zone, deps)
    _go_on(case, number, DisputeEscalated(ESCALATES_TO[dispute.kind], decide_by, words.strip()), actor, deps)


def close_dispute(
    case_id: CaseId, number: str, prevails: ZoneId, words: str, actor: Actor, deps: Deps
) -> None:
    """Close a dispute, saying whose view stands and why."""
    _go_on(get_case(case_id, deps), number, DisputeClosed(prevails, words.strip()), actor, deps)


def _go_on(
    case: Case, number: str, act: Act, actor: Actor, deps: Deps, problems: tuple[Problem, ...] = ()
) -> None:
    dispute = get_dispute(case.id, number, deps)
    words = getattr(act, "words", "")
    found = (
        *_check_staff(actor),
        *check_next(dispute, act, deps.zone, case.deciding_zone),
        *check_length(words, "words"),
        *problems,
    )
    if found:
        raise Refused(*found)
    tell_zone_act(act, dispute.history[0], case.id, dispute.zones, actor, deps)


def get_dispute(case_id: CaseId, number: str, deps: Deps) -> Dispute:
    """Return one dispute of a case; raises NotFound."""
    for one in read_disputes(deps.liaison.list_about(number)):
        if one.case_id == case_id:
            return one
    raise NotFound(number)


def list_standards(case: Case, deps: Deps) -> dict[str, Text]:
    """Return what the item's published list asks for: what a list of the deciding zone may rest on, by id."""
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    return {f"{item.id}@{item.version}:{one.id}": one.label for one in item.form.questions}


def name_prevailing(dispute: Dispute, case: Case, custodies: tuple[Custody, ...]) -> ZoneId | None:
    """Return the zone whose view stands by rule; None where a superior or the source of the data says so.

    Completeness: the deciding zone. Lost post: who did not have it in hand, as waybill and log show; the zone
    that sent it answers until the other one has signed.
    """
    if dispute.kind is DisputeKind.COMPLETENESS:
        return case.deciding_zone
    if dispute.kind is DisputeKind.LOST_POST:
        log = next((one for one in custodies if one.id == dispute.opened.about), None)
        if log is not None:
            return next((zone for zone in dispute.zones if zone != log.zone), None)
    return None


def _bring_to_table(case: Case, told: ZoneAct, deps: Deps) -> None:
    """Make a ticket of what recurs; the deciding zone, whose standard it is, owns it."""
    rule = get_rule(RULES[DisputeKind.COMPLETENESS], deps)
    count = deps.liaison.count_matters("dispute", DisputeKind.COMPLETENESS, case.item_id)
    if count < rule.limits["recurrent"].amount:
        return
    about = (one.opened for one in read_tickets(deps.alliance.list_acts()) if one.closing is None)
    if any((one.item, one.feature) == (case.item_id, RECURS) for one in about):
        return
    due_on = find_matter_day(RULES[DisputeKind.COMPLETENESS], "settle", deps.zone, deps)
    words = _RECURS.fill(count=count, number=told.subject)
    seen = {str(zone): (_SEEN.zh, _SEEN.en) for zone in sorted(zones_of(case))}
    ticket = TicketOpened(case.item_id, RECURS, seen, case.deciding_zone, due_on, f"{words.zh} {words.en}")
    keep_and_tell(ticket, "", told.name, deps)


def _check_staff(actor: Actor) -> tuple[Problem, ...]:
    return () if actor.kind in STAFF else (Problem("liaison.wrong-role", _WRONG_ROLE),)


def _check_cited(case: Case, cites: str, deps: Deps) -> tuple[Problem, ...]:
    if cites and cites not in list_standards(case, deps):
        return (Problem("dispute.unpublished", _UNPUBLISHED, "cites", "business-environment-2019#35"),)
    return ()


def _check_about(case: Case, about: str, deps: Deps) -> tuple[Problem, ...]:
    known = {one.id for one in read_custodies(deps.liaison.list_of_case(case.id))}
    return (Problem("dispute.no-original", _NO_ORIGINAL, "about"),) if about and about not in known else ()


_WRONG_ROLE = Text(
    "只有窗口人员、审批人员和负责人可以这样做。", "Only clerks, officers and heads may do this."
)
_UNPUBLISHED = Text("事项已公布的清单中没有这一项。", "The item's published list holds no such entry.")
_NO_ORIGINAL = Text("交接记录中没有这份原件。", "The custody log holds no such original.")
_RECURS = Text(
    "同一事项关于材料是否齐全的争议已有 {count} 件，最近一件 {number}。",
    "{count} disputes about completeness of this item so far; the last is {number}.",
)
_SEEN = Text("两区对材料是否齐全看法不一", "the two zones disagree about completeness")
