"""Handled jointly: one zone leads and decides, the others open sub-cases and give their parts.

Source of law: all-2019#26.2 (one accepts, tells the others, and acts as one), all-2019#42.2 (time).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tongban.domain.liaison.acts import (
    Act,
    JointClosed,
    JointExtended,
    JointOpened,
    PartAsked,
    PartGiven,
    PartOpened,
    ZoneAct,
)
from tongban.kernel.errors import Problem
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.text import Text

AGREED, CONDITIONAL, FAILED = "agreed", "conditional", "failed"
OUTCOMES = (AGREED, CONDITIONAL, FAILED)
SILENT = "silent"
"""How a part that did not come in time stands on the licence."""
RESULTS = ("granted", "refused", "withdrawn", "ended")


class PartState(StrEnum):
    """How far a zone's part is."""

    ASKED = "asked"
    EXAMINED = "examined"
    """Its sub-case is open there."""
    SILENT = "silent"
    """Its last day has passed without an answer."""
    GIVEN = "given"
    CLOSED = "closed"
    """The lead's result came before an answer."""


@dataclass(frozen=True, slots=True)
class Joint:
    """A case handled jointly, as all that is known of it makes it.

    Args:
        zone: who leads and decides.
        asked: by zone, what the lead asked of it; only that zone and the lead know.
        sub_cases: by zone, the sub-case that it opened.
        given: by zone, its part; of each zone the first counts.
        extension: the head's act that lengthened it, or None.
        closing: the lead's result, or None.
    """

    id: str
    case_id: CaseId
    zone: ZoneId
    opened: JointOpened
    asked: Mapping[ZoneId, PartAsked]
    sub_cases: Mapping[ZoneId, PartOpened]
    given: dict[ZoneId, ZoneAct]
    extension: ZoneAct | None
    closing: JointClosed | None
    history: tuple[ZoneAct, ...]

    @property
    def missing(self) -> tuple[ZoneId, ...]:
        """The zones whose part is not there."""
        return tuple(zone for zone in self.opened.parts if zone not in self.given)

    @property
    def failed(self) -> tuple[ZoneId, ...]:
        """The zones whose part stands against a grant."""
        return tuple(zone for zone, told in self.given.items() if outcome_of(told) == FAILED)

    @property
    def decide_by(self) -> date:
        """The last day to decide, with the extension (all-2019#42.2)."""
        act = self.extension.act if self.extension is not None else None
        return act.decide_by if isinstance(act, JointExtended) else self.opened.decide_by

    @property
    def parties(self) -> frozenset[ZoneId]:
        """The zones that are told of it: the lead, those with a part, and the one that received it."""
        received = (ZoneId(self.opened.receiving),) if self.opened.receiving else ()
        return frozenset((self.zone, *self.opened.parts, *received))

    def answer_by(self, zone: ZoneId) -> date:
        """Return the last day of a zone's part: its sub-case's own, or before that what the lead set."""
        sub_case = self.sub_cases.get(zone)
        return sub_case.answer_by if sub_case is not None else self.opened.answer_by

    def state_of(self, zone: ZoneId, on: date) -> PartState:
        """Say how far a zone's part is on a day."""
        if zone in self.given:
            return PartState.GIVEN
        if self.closing is not None:
            return PartState.CLOSED
        if self.answer_by(zone) < on:
            return PartState.SILENT
        return PartState.EXAMINED if zone in self.sub_cases else PartState.ASKED

    def waited_for(self, on: date) -> tuple[ZoneId, ...]:
        """Return the zones whose part is not there and may still come in time."""
        return tuple(zone for zone in self.missing if self.state_of(zone, on) is not PartState.SILENT)


def outcome_of(told: ZoneAct) -> str:
    """Return how a part came out."""
    return told.act.outcome if isinstance(told.act, PartGiven) else ""


def read_joints(acts: Iterable[ZoneAct]) -> tuple[Joint, ...]:
    """Return every joint handling, the oldest first; the order in which acts came makes no difference."""
    by_subject: dict[str, list[ZoneAct]] = {}
    for one in sorted(acts, key=lambda act: (act.at, act.id)):
        by_subject.setdefault(one.subject, []).append(one)
    read = (_read_one(history) for history in by_subject.values())
    return tuple(sorted((one for one in read if one is not None), key=lambda one: one.history[0].at))


def _read_one(history: list[ZoneAct]) -> Joint | None:
    begun = next((one for one in history if one.id == one.subject), None)
    if begun is None or not isinstance(begun.act, JointOpened):
        return None
    parts = begun.act.parts
    asked: dict[ZoneId, PartAsked] = {}
    sub_cases: dict[ZoneId, PartOpened] = {}
    given: dict[ZoneId, ZoneAct] = {}
    extension, closing = None, None
    for one in history:
        match one.act:
            case PartOpened() as opened if one.zone in parts:
                sub_cases.setdefault(one.zone, opened)
            case PartGiven() if one.zone in parts:
                given.setdefault(one.zone, one)
            case PartAsked(to_zone=to_zone) as ask if one.zone == begun.zone and to_zone in parts:
                asked.setdefault(to_zone, ask)
            case JointExtended() if one.zone == begun.zone:
                extension = extension or one
            case JointClosed() as closed if one.zone == begun.zone:
                closing = closing or closed
    return Joint(
        begun.id, begun.case_id, begun.zone, begun.act, asked, sub_cases, given, extension, closing,
        tuple(history),
    )  # fmt: skip


def check_joint_opening(opened: JointOpened, zone: ZoneId, zones: Iterable[ZoneId]) -> tuple[Problem, ...]:
    """Return everything that is wrong with handling a case jointly."""
    problems = []
    if not opened.parts or set(opened.parts) - set(zones) or zone in opened.parts:
        problems.append(Problem("joint.no-parts", _NO_PARTS, "parts", "all-2019#26.2"))
    if not opened.words.strip():
        problems.append(Problem("joint.no-words", _NO_WORDS, "words"))
    return tuple(problems)


def check_joint_step(joint: Joint, act: Act, zone: ZoneId) -> tuple[Problem, ...]:
    """Return why a zone cannot do this in a joint handling now; nothing when it can."""
    match act:
        case PartGiven(outcome=outcome, words=words):
            problems = []
            if zone not in joint.opened.parts:
                problems.append(Problem("joint.no-part", _NO_PART))
            if zone in joint.given:
                problems.append(Problem("joint.given", _GIVEN))
            if joint.closing is not None:
                problems.append(Problem("joint.closed", _CLOSED))
            if outcome not in OUTCOMES:
                problems.append(Problem("joint.no-outcome", _NO_OUTCOME, "outcome"))
            if not words.strip():
                problems.append(Problem("joint.no-reasons", _NO_REASONS, "words"))
            return tuple(problems)
        case JointExtended(reason=reason):
            if zone != joint.zone or joint.extension is not None:
                return (Problem("joint.no-extension", _NO_EXTENSION, "", "all-2019#42.2"),)
            return () if reason.strip() else (Problem("joint.no-reasons", _NO_REASONS, "reason"),)
    return (Problem("joint.no-such-act", _NO_SUCH_ACT),)


def check_joint_decision(
    joint: Joint, names: Mapping[ZoneId, Text], on: date, *, granted: bool
) -> tuple[Problem, ...]:
    """Return why the lead cannot decide so now: a part may still come, or one stands against a grant.

    A part whose last day has passed says neither yes nor no. Nobody waits for it any longer, as the
    applicant's time runs on; the lead decides on what it has.

    Args:
        names: of the zones, as pages call them.
    """
    problems = []
    for zone in joint.waited_for(on):
        words = Text(_WAITS.zh.format(zone=names[zone].zh), _WAITS.en.format(zone=names[zone].en))
        problems.append(Problem("joint.waits", words, "", "all-2019#26.2", _WAIT))
    for zone in joint.failed if granted else ():
        why = getattr(joint.given[zone].act, "words", "")
        zh, en = names[zone].zh, names[zone].en
        words = Text(_AGAINST.zh.format(zone=zh, why=why), _AGAINST.en.format(zone=en, why=why))
        problems.append(Problem("joint.failed", words, "", "all-2019#26.2"))
    return tuple(problems)


_NO_PARTS = Text("请选择参加联合办理的其他区。", "Choose the other zones that take part.")
_NO_WORDS = Text("请写明各区要办的部分。", "Say what each zone's part is.")
_NO_PART = Text("本区没有参加这件联合办理。", "This zone has no part in it.")
_GIVEN = Text("本区已经提出意见。", "This zone has given its part.")
_CLOSED = Text(
    "牵头区已经办结，子办件已随之办结。", "The lead has its result; the sub-case is closed with it."
)
_NO_OUTCOME = Text(
    "请选择同意、附条件同意还是不同意。", "Choose: agreed, agreed with conditions, or not agreed."
)
_NO_REASONS = Text("请写明理由。", "Give the reasons.")
_NO_EXTENSION = Text("只有牵头区可以延长，且只能一次。", "Only the lead lengthens it, and once.")
_NO_SUCH_ACT = Text("这一步不属于联合办理。", "This is no step of joint handling.")
_WAITS = Text(
    "还没有收到{zone}的意见，现在不能决定。", "The part of {zone} is not there; no decision can be made."
)
_WAIT = Text(
    "等各区意见到齐后统一决定；逾期没有意见的，按已有的材料决定。",
    "Decide once every part is there; a part past its last day is not waited for.",
)
_AGAINST = Text("{zone}不同意：{why}", "{zone} does not agree: {why}")
