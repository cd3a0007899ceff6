"""The custody log of an original: one hand after another, and always exactly one that answers for it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tongban.domain.liaison.acts import (
    Act,
    OriginalGiven,
    OriginalReceived,
    OriginalSent,
    OriginalTaken,
    ZoneAct,
)
from tongban.kernel.errors import Problem
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.text import Text

CONDITIONS = ("intact", "damaged")
TAKERS = ("colleague", "applicant", "archive")


class Place(StrEnum):
    """Where an original is."""

    HELD = "held"
    ON_THE_WAY = "on-the-way"
    RETURNED = "returned"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Custody:
    """An original as all that is known of it makes it.

    Args:
        zone: the zone that answers for it: who holds it, or who sent it, until the other one signs.
        holder: the name of who has it.
        sent: how it travels; None while nobody carries it.
        is_damaged: whether somebody received it damaged.
        steps: every act that counts, the first one first.
    """

    id: str
    case_id: CaseId
    paper: str
    sheets: int
    zone: ZoneId
    holder: str
    place: Place
    sent: OriginalSent | None
    is_damaged: bool
    steps: tuple[ZoneAct, ...]

    @property
    def last(self) -> ZoneAct:
        """The last act that counts; the next one has to follow it."""
        return self.steps[-1]

    @property
    def is_open(self) -> bool:
        """Whether anybody still has to do something about it."""
        return self.place in (Place.HELD, Place.ON_THE_WAY)

    def is_late(self, on: date) -> bool:
        """Say whether it should have arrived before this day."""
        return self.place is Place.ON_THE_WAY and self.sent is not None and self.sent.expected_on < on


def read_custodies(acts: Iterable[ZoneAct]) -> tuple[Custody, ...]:
    """Return every original that was taken in, in the order in which that was done.

    An act counts when it follows the one before it and its zone could do it; of two that follow the same one
    the earlier. The order in which they came makes no difference.
    """
    by_subject: dict[str, list[ZoneAct]] = {}
    for one in sorted(acts, key=lambda act: (act.at, act.id)):
        by_subject.setdefault(one.subject, []).append(one)
    found = [custody for history in by_subject.values() if (custody := _read_one(history)) is not None]
    return tuple(sorted(found, key=lambda one: (one.steps[0].at, one.id)))


def _read_one(history: list[ZoneAct]) -> Custody | None:
    begun = next((one for one in history if one.id == one.subject), None)
    if begun is None or not isinstance(begun.act, OriginalTaken):
        return None
    custody = Custody(
        begun.id, begun.case_id, begun.act.paper, begun.act.sheets, begun.zone, begun.name, Place.HELD,
        None, False, (begun,),
    )  # fmt: skip
    while True:
        then = next(
            (
                one
                for one in history
                if one.follows == custody.last.id and not check_custody(custody, one.act, one.zone)
            ),
            None,
        )
        if then is None:
            return custody
        custody = _apply(custody, then)


def _apply(custody: Custody, told: ZoneAct) -> Custody:
    """Return the log with one more step; ``check_custody`` has looked at it."""
    steps = (*custody.steps, told)
    match told.act:
        case OriginalSent() as sent:
            return replace(custody, holder=sent.carrier, place=Place.ON_THE_WAY, sent=sent, steps=steps)
        case OriginalReceived(condition=condition):
            return replace(
                custody, zone=told.zone, holder=told.name, place=Place.HELD, sent=None,
                is_damaged=custody.is_damaged or condition == "damaged", steps=steps,
            )  # fmt: skip
        case OriginalGiven(to=to, name=name):
            place = {"applicant": Place.RETURNED, "archive": Place.ARCHIVED}.get(to, Place.HELD)
            return replace(custody, holder=name, place=place, steps=steps)
    return custody


def check_custody(custody: Custody, act: Act, zone: ZoneId) -> tuple[Problem, ...]:
    """Return why a zone cannot do this with an original now; nothing when it can."""
    match act:
        case OriginalReceived(condition=condition):
            if custody.place is not Place.ON_THE_WAY or custody.sent is None or custody.sent.to_zone != zone:
                return (Problem("original.not-coming", _NOT_COMING, "", "", _LOOK),)
            if condition not in CONDITIONS:
                return (Problem("original.no-condition", _NO_CONDITION, "condition"),)
            return ()
        case OriginalSent() | OriginalGiven():
            if custody.place is not Place.HELD or custody.zone != zone:
                return (Problem("original.not-in-hand", _NOT_IN_HAND, "", "", _LOOK),)
            return _check_sending(act, zone)
    return (Problem("original.no-such-act", _NO_SUCH_ACT),)


def _check_sending(act: OriginalSent | OriginalGiven, zone: ZoneId) -> tuple[Problem, ...]:
    problems = []
    if isinstance(act, OriginalGiven):
        if act.to not in TAKERS:
            problems.append(Problem("original.no-taker", _NO_TAKER, "to"))
        if not act.name.strip():
            problems.append(Problem("original.no-name", _NO_NAME, "name"))
        return tuple(problems)
    if act.to_zone == zone:
        problems.append(Problem("original.same-zone", _SAME_ZONE, "to_zone"))
    if not act.carrier.strip():
        problems.append(Problem("original.no-carrier", _NO_CARRIER, "carrier"))
    if not act.waybill.strip():
        problems.append(Problem("original.no-waybill", _NO_WAYBILL, "waybill"))
    return tuple(problems)


_NOT_COMING = Text("这份原件不在寄往本区的途中。", "This original is not on its way to this zone.")
_NOT_IN_HAND = Text("这份原件现在不在本区手中。", "This original is not in this zone's hands now.")
_LOOK = Text(
    "请重新查看交接记录，由现在的持有人登记。", "Look at the log again; who holds it records the next step."
)
_NO_CONDITION = Text("请说明收到时完好还是有损。", "Say whether it arrived intact or damaged.")
_NO_TAKER = Text("请选择交给谁。", "Choose to whom it went.")
_NO_NAME = Text("请填写接收人姓名。", "Give the name of who took it.")
_SAME_ZONE = Text("寄往本区的不需要快递单。", "What stays in this zone is not sent.")
_NO_CARRIER = Text("请填写承运的快递公司。", "Name the carrier.")
_NO_WAYBILL = Text(
    "请填写运单号：丢失时以运单和交接记录为准。",
    "Give the waybill number: if it is lost, waybill and log decide.",
)
_NO_SUCH_ACT = Text("这一步不属于原件交接。", "This is no step of a custody log.")
