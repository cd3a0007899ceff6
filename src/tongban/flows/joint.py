"""Handle a case jointly: the lead asks other zones for their parts, they open sub-cases and give them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.joint_parts import JointPart
from tongban.domain.clock.statute import Unit, get_in_force
from tongban.domain.liaison.acts import (
    Act,
    JointExtended,
    JointOpened,
    PartAsked,
    PartGiven,
    PartOpened,
    ZoneAct,
)
from tongban.domain.liaison.joint import (
    Joint,
    check_joint_opening,
    check_joint_step,
    read_joints,
)
from tongban.domain.liaison.plain import NAME_CHARS
from tongban.flows.liaison import check_length, find_matter_day, get_rule, tell_zone_act, zones_of
from tongban.flows.part_desk import assign_part, find_part_obstacle
from tongban.flows.perform import get_case, machine_of
from tongban.flows.ports import Deps
from tongban.flows.submit import new_case_id
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

PARTS, TIME = "demonstration-rules-2025#joint-parts", "all-2019#42.2"


@dataclass(frozen=True, slots=True)
class Asked:
    """What one zone is asked: what its part is, and what it is shown for that."""

    does: str
    shown: tuple[str, ...] = ()


def open_joint(case_id: CaseId, parts: Sequence[ZoneId], words: str, actor: Actor, deps: Deps) -> str:
    """Handle a case jointly that this zone decides and a person has in hand; return its number.

    Causes: what ``begin_joint`` does.

    Raises:
        Refused: everything that is wrong at once.

    Source of law: all-2019#26.2; all-2019#42.2 (45 working days, counted from acceptance or today).
    """
    case = get_case(case_id, deps)
    opened = compose_joint(case, tuple(dict.fromkeys(parts)), words, deps)
    problems = [
        *_check_officer(actor),
        *check_joint_opening(opened, deps.zone, deps.catalogue.zones),
        *check_length(words, "words"),
    ]
    if case.deciding_zone != deps.zone or not case.is_open:
        problems.append(Problem("joint.not-ours", _NOT_OURS))
    elif not case.needs_person:
        problems.append(Problem("joint.machine", _MACHINE, "", "pipl-2021#24.3", _ASK_PERSON))
    if find_joint(case, deps) is not None:
        problems.append(Problem("joint.opened", _OPENED))
    if problems:
        raise Refused(*problems)
    shown = ("applicant.name", case.applicant.name[:NAME_CHARS])
    return begin_joint(case, opened, {zone: Asked(opened.words, shown) for zone in opened.parts}, actor, deps)


def compose_joint(case: Case, parts: tuple[ZoneId, ...], words: str, deps: Deps) -> JointOpened:
    """Return how a case is opened to other zones today, with the days of house and law."""
    limit = get_rule(TIME, deps).limits["decide_jointly"].amount
    calendar = deps.catalogue.get_calendar(deps.zone)
    decide_by = (
        calendar.plan_working_days(case.accepted_on, limit)
        if case.accepted_on
        else find_matter_day(TIME, "decide_jointly", deps.zone, deps)
    )
    answer_by = find_matter_day(PARTS, "answer", deps.zone, deps)
    return JointOpened(parts, case.item_id, answer_by, decide_by, words.strip(), case.receiving_zone)


def begin_joint(
    case: Case, opened: JointOpened, asked: Mapping[ZoneId, Asked], actor: Actor, deps: Deps
) -> str:
    """Open it, and ask each zone for its part; return its number.

    Causes: a signed message to each zone that takes part and to the one that received the case; and one to
        each zone that takes part with what it is asked, which nobody else is told.
    """
    with deps.unit():
        begun = tell_zone_act(opened, None, case.id, zones_of(case) | set(opened.parts), actor, deps)
        for zone, one in sorted(asked.items()):
            tell_zone_act(PartAsked(zone, one.does, one.shown), begun, case.id, (zone,), actor, deps)
    return begun.subject


def open_sub_case(told: ZoneAct, asked: PartAsked, deps: Deps) -> None:
    """Open this zone's sub-case for a part that another zone asks of it.

    Causes: its own case number, the last day of its step by this zone's calendar, its line in this zone's
        list, the officer whose it is, and a signed message to every zone of the joint case.
    Twice:  nothing; an act is kept once, and of a zone the first sub-case counts.

    Source of law: all-2019#26.2; the limit is the item's, else demonstration-rules-2025#joint-parts.
    """
    joint = get_joint(told.subject, deps)
    if asked.to_zone != deps.zone or told.zone != joint.zone or deps.zone in joint.sub_cases:
        return
    opened = PartOpened(new_case_id(deps), _find_last_day(joint, deps))
    tell_zone_act(opened, joint.history[0], joint.case_id, joint.parties, machine_of(deps), deps)
    assign_part(get_joint(joint.id, deps), deps)


def _find_last_day(joint: Joint, deps: Deps) -> date:
    """Return the last day of this zone's own step, from the item as it is known here."""
    part = find_part(joint, deps)
    if part is None:
        return find_matter_day(PARTS, "answer", deps.zone, deps)
    today = civil_date(deps.clock.now())
    limit = get_in_force(part.answer, today)
    if limit.unit is Unit.WORKING_DAY:
        return deps.catalogue.get_calendar(deps.zone).plan_working_days(today, limit.amount)
    return today + timedelta(days=limit.amount)


def find_part(joint: Joint, deps: Deps) -> JointPart | None:
    """Return what the item says of this zone's part, by the words in which it was asked; None if nothing."""
    asked, item = joint.asked.get(deps.zone), find_lead_item(joint, deps)
    stated = item.joint.parts if item is not None and item.joint is not None else ()
    return next((one for one in stated if asked is not None and one.does.zh == asked.does), None)


def find_lead_item(joint: Joint, deps: Deps) -> ServiceItem | None:
    """Return the item as the lead offers it, or None when it does not any more."""
    try:
        return deps.catalogue.get_item(joint.opened.item, joint.zone)
    except NotFound:
        return None


def give_part(number: str, outcome: str, words: str, actor: Actor, deps: Deps) -> None:
    """Give this zone's part: it agrees, agrees with conditions, or does not agree; with the reasons."""
    if obstacle := find_part_obstacle(get_joint(number, deps), actor, deps):
        raise Refused(obstacle)
    _go_on(number, PartGiven(outcome, words.strip()), actor, deps)


def extend_joint(number: str, reason: str, actor: Actor, deps: Deps) -> None:
    """Lengthen a joint handling once, with the head's approval and the reason told (all-2019#42.2)."""
    joint = get_joint(number, deps)
    if actor.kind != "head":
        raise Refused(Problem("joint.head-extends", _HEAD, "", TIME))
    limit = get_rule(TIME, deps).limits["extend_jointly"].amount
    later = deps.catalogue.get_calendar(deps.zone).plan_working_days(joint.opened.decide_by, limit)
    _go_on(number, JointExtended(later, reason.strip()), actor, deps)


def _go_on(number: str, act: Act, actor: Actor, deps: Deps) -> None:
    joint = get_joint(number, deps)
    text = getattr(act, "words", "") or getattr(act, "reason", "")
    problems = (
        *_check_officer(actor),
        *check_joint_step(joint, act, deps.zone),
        *check_length(text, "words"),
    )
    if problems:
        raise Refused(*problems)
    case = deps.cases.find(joint.case_id)
    to_zones = joint.parties | (zones_of(case) if case else frozenset())
    tell_zone_act(act, joint.history[0], joint.case_id, to_zones, actor, deps)


def get_joint(number: str, deps: Deps) -> Joint:
    """Return one joint handling; raises NotFound."""
    for one in read_joints(deps.liaison.list_about(number)):
        return one
    raise NotFound(number)


def find_joint(case: Case, deps: Deps) -> Joint | None:
    """Return how a case is handled jointly, or None."""
    return next(iter(read_joints(deps.liaison.list_of_case(case.id))), None)


def _check_officer(actor: Actor) -> tuple[Problem, ...]:
    ok = actor.kind in ("officer", "head")
    return () if ok else (Problem("joint.wrong-role", _WRONG_ROLE),)


_WRONG_ROLE = Text("只有审批人员和负责人可以这样做。", "Only officers and heads may do this.")
_NOT_OURS = Text("只有办理区可以牵头联合办理。", "Only the deciding zone leads.")
_MACHINE = Text("这件办件仍由系统自动办理。", "A machine still has this case in hand.")
_ASK_PERSON = Text("转为人工以后再联合办理。", "Give it to a person first.")
_OPENED = Text("这件办件已经在联合办理。", "It is handled jointly already.")
_HEAD = Text("延长须经负责人批准。", "Only the head lengthens it.")
