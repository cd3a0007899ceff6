"""A case handled jointly as pages tell it: each zone's part, its sub-case, its day, and what it said."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from tongban.domain.case.facts import answer_facts
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.joint_parts import JointPart, list_joint_parts
from tongban.domain.catalogue.zone import Zone
from tongban.domain.clock.explain import DueReason
from tongban.domain.clock.reading import Reading
from tongban.domain.clock.statute import TimeLimit, Unit, get_in_force
from tongban.domain.liaison.acts import ZoneAct
from tongban.domain.liaison.joint import Joint, PartState, outcome_of
from tongban.domain.rules.words import fill
from tongban.flows.belonging import name_of
from tongban.flows.joint import PARTS, find_joint, find_lead_item, find_part
from tongban.flows.liaison import get_rule
from tongban.flows.liaison_port import Matter
from tongban.flows.ports import Deps
from tongban.kernel.errors import Refused
from tongban.kernel.ids import CaseId, LawKey, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.reads.case_clocks import ClockLine, say_left
from tongban.reads.case_timeline import compose_due
from tongban.reads.case_words import value_words
from tongban.reads.liaison import name_item
from tongban.reads.lights import read_lamp


@dataclass(frozen=True, slots=True)
class PartLine:
    """One zone's part.

    Args:
        does: what the part is; None where the item says nothing of it.
        number: of the sub-case there; empty until it is known.
        answer_by: the last day of the sub-case's step.
        limit: that step's limit, from the item or else the zones' rules.
        outcome: how it came out, or empty.
        told: who gave it and why, or None.
    """

    zone: Zone
    state: PartState
    does: Text | None
    number: str
    answer_by: date
    limit: TimeLimit
    outcome: str
    told: ZoneAct | None


@dataclass(frozen=True, slots=True)
class JointPage:
    """A joint case with its parts.

    Args:
        today: the day of reading.
        is_planned: a day lies in a year whose holidays are not published yet.
    """

    joint: Joint
    lines: tuple[PartLine, ...]
    today: date
    is_planned: bool


def find_joint_page(case: Case, deps: Deps) -> JointPage | None:
    """Return how a case that is here is handled jointly, or None; one question."""
    joint = find_joint(case, deps)
    return read_joint_page(joint, case, deps) if joint is not None else None


def read_joint_page(joint: Joint, case: Case | None, deps: Deps) -> JointPage:
    """Return a joint case with its parts; ``case`` is None where only a part of it is known."""
    today = civil_date(deps.clock.now())
    stated = _stated_parts(joint, case, deps)
    lines = tuple(_line(joint, zone, stated.get(zone), today, deps) for zone in joint.opened.parts)
    last_on = max([joint.decide_by, *(line.answer_by for line in lines)])
    return JointPage(joint, lines, today, last_on > deps.catalogue.get_calendar(joint.zone).last_on)


def _stated_parts(joint: Joint, case: Case | None, deps: Deps) -> Mapping[ZoneId, JointPart]:
    item = find_lead_item(joint, deps)
    if item is None or item.joint is None:
        return {}
    if case is not None:
        return list_joint_parts(item.joint, answer_facts(case), joint.zone, deps.catalogue.zone_of_division)
    own = find_part(joint, deps)
    return {deps.zone: own} if own is not None else {}


def _line(joint: Joint, zone: ZoneId, stated: JointPart | None, today: date, deps: Deps) -> PartLine:
    sub_case, told = joint.sub_cases.get(zone), joint.given.get(zone)
    return PartLine(
        deps.catalogue.zones[zone],
        joint.state_of(zone, today),
        stated.does if stated is not None else None,
        sub_case.number if sub_case is not None else "",
        joint.answer_by(zone),
        get_in_force(stated.answer, today) if stated is not None else _limit_of_rules(deps),
        outcome_of(told) if told is not None else "",
        told,
    )


def _limit_of_rules(deps: Deps) -> TimeLimit:
    rule = get_rule(PARTS, deps).limits["answer"]
    return TimeLimit(rule.amount, Unit(rule.unit), LawKey(PARTS))


def read_part_clocks(page: JointPage, deps: Deps) -> tuple[ClockLine, ...]:
    """Return the clocks of the parts that are not there yet, each with its own limit and article."""
    if page.joint.closing is not None:
        return ()
    return tuple(_part_clock(line, page.today, deps) for line in page.lines if line.told is None)


def _part_clock(line: PartLine, today: date, deps: Deps) -> ClockLine:
    left, unit = (line.answer_by - today).days, Unit.CALENDAR_DAY
    with suppress(Refused):  # a year without published holidays: the days of the calendar are left
        calendar = deps.catalogue.get_calendar(line.zone.id)
        first_on, last_on = sorted((today, line.answer_by))
        left = calendar.count_working_days(first_on, last_on) * (1 if today <= line.answer_by else -1)
        unit = Unit.WORKING_DAY
    total = max(line.limit.amount, left)
    reading = Reading(line.answer_by, total - left, left, False, total, unit, today > line.answer_by)
    name, number = line.zone.short_name, f" {line.number}" if line.number else ""
    what = Text(
        f"{name.zh}对自己部分的意见最迟（子办件{number}）",
        f"The part of {name.en} is given at the latest (sub-case{number})",
    )
    began = _FROM_OPENING if line.number else _FROM_ASKING
    reason = fill(began, limit=line.limit.in_words)
    return ClockLine(
        due=compose_due(what, line.limit, reading),
        light=read_lamp(reading, today, deps.catalogue.agenda.warn_percent),
        left=say_left(reading),
        reasons=(DueReason(reason, line.limit.source),),
    )


@dataclass(frozen=True, slots=True)
class ShownFact:
    """What another zone shows this one for its part."""

    label: Text
    values: tuple[Text, ...]


def read_shown(joint: Joint, deps: Deps) -> tuple[ShownFact, ...]:
    """Return what this zone is shown for its part, in the words of the item; nothing once it is closed."""
    asked = joint.asked.get(deps.zone)
    if asked is None or joint.closing is not None:
        return ()
    item = find_lead_item(joint, deps)
    values: dict[str, list[str]] = {}
    for name, value in zip(asked.shown[::2], asked.shown[1::2], strict=False):
        values.setdefault(name, []).append(value)
    return tuple(_show(name, found, item) for name, found in values.items())


def _show(name: str, values: list[str], item: ServiceItem | None) -> ShownFact:
    questions = item.form.questions if item is not None else ()
    question = next((one for one in questions if f"answers.{one.id}" == name), None)
    if question is None:
        return ShownFact(_LABELS.get(name, Text(name, name)), value_words(values, {}))
    return ShownFact(question.label, value_words(values, question.choices))


@dataclass(frozen=True, slots=True)
class WaitingPart:
    """A sub-case of this zone that waits for an officer: one line of the worklist.

    Args:
        holder: the name of the officer whose it is; empty when it is nobody's.
        is_mine: whether it is the reader's.
    """

    matter: Matter
    item: Text
    lead: Zone
    is_late: bool
    holder: str = ""
    is_mine: bool = False


def list_waiting_parts(limit: int, username: str, deps: Deps) -> tuple[WaitingPart, ...]:
    """Return the sub-cases that wait here, by their day; two questions."""
    today = civil_date(deps.clock.now())
    matters = deps.liaison.list_matters("part", limit)
    held = deps.desk.find_all([CaseId(one.about) for one in matters if one.about])
    return tuple(
        WaitingPart(
            one,
            name_item(one.item_id, one.zone, deps),
            deps.catalogue.zones[one.zone],
            one.due_on is not None and one.due_on < today,
            name_of(held[CaseId(one.about)]) if one.about in held else "",
            one.about in held and held[CaseId(one.about)].officer == username,
        )
        for one in matters
    )


_FROM_OPENING = Text(
    "时限为{limit}，自该区立子办件的次日起算，按该区的日历。",
    "The limit is {limit}, from the day after that zone opened its sub-case, by that zone's calendar.",
)
_FROM_ASKING = Text(
    "时限为{limit}，自转告的次日起算；该区立子办件以后，按子办件的期限。",
    "The limit is {limit}, from the day after it was asked; once a sub-case is open there, its day counts.",
)
_LABELS = {
    "applicant.name": Text("申请人", "Applicant"),
    "applicant.id": Text("申请人号码", "Applicant’s number"),
    "applicant.kind": Text("申请人类型", "Kind of applicant"),
    "applicant.mobile": Text("申请人手机", "Applicant’s mobile"),
}
