"""Disputes between two zones about a case: who has to answer by when, and whose view stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tongban.domain.liaison.acts import (
    Act,
    DisputeAnswered,
    DisputeClosed,
    DisputeEscalated,
    DisputeOpened,
    ZoneAct,
)
from tongban.kernel.errors import Problem
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.text import Text


class DisputeKind(StrEnum):
    """What two zones can see differently."""

    COMPLETENESS = "completeness"
    COMPETENCE = "competence"
    LOST_POST = "lost-post"
    DATA = "data"


ESCALATES_TO: Mapping[DisputeKind, str] = {
    DisputeKind.COMPLETENESS: "table",
    DisputeKind.COMPETENCE: "superior",
    DisputeKind.LOST_POST: "table",
    DisputeKind.DATA: "table",
}
"""Where each goes that the two do not settle: two authorities that both or neither claim a power have a
common superior; everything else is for the alliance's table."""


class DisputeState(StrEnum):
    """How far a dispute is."""

    OPEN = "open"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute as all that is known of it makes it.

    Args:
        zone: who opened it.
        answer, escalation, closing: the first act of each kind that counts, or None.
        history: every act about it, the oldest first.
    """

    id: str
    case_id: CaseId
    zone: ZoneId
    opened: DisputeOpened
    answer: ZoneAct | None
    escalation: ZoneAct | None
    closing: ZoneAct | None
    history: tuple[ZoneAct, ...]

    @property
    def kind(self) -> DisputeKind:
        """What it is about."""
        return DisputeKind(self.opened.kind)

    @property
    def zones(self) -> tuple[ZoneId, ZoneId]:
        """The two zones, the one that opened it first."""
        return self.zone, self.opened.against

    @property
    def state(self) -> DisputeState:
        """How far it is."""
        if self.closing is not None:
            return DisputeState.CLOSED
        if self.escalation is not None:
            return DisputeState.ESCALATED
        return DisputeState.ANSWERED if self.answer is not None else DisputeState.OPEN

    @property
    def due_on(self) -> date | None:
        """The last day for what comes next; None when nobody has to do anything by a day."""
        match self.state:
            case DisputeState.OPEN:
                return self.opened.answer_by
            case DisputeState.ESCALATED if self.escalation is not None:
                act = self.escalation.act
                return act.decide_by if isinstance(act, DisputeEscalated) else None
        return None

    def is_late(self, on: date) -> bool:
        """Say whether its day has passed."""
        return self.due_on is not None and self.due_on < on


def read_disputes(acts: Iterable[ZoneAct]) -> tuple[Dispute, ...]:
    """Return every dispute, in the order in which they were opened; the order of arrival is nothing."""
    by_subject: dict[str, list[ZoneAct]] = {}
    for one in sorted(acts, key=lambda act: (act.at, act.id)):
        by_subject.setdefault(one.subject, []).append(one)
    read = (_read_one(history) for history in by_subject.values())
    found = [one for one in read if one is not None]
    return tuple(sorted(found, key=lambda one: (one.history[0].at, one.id)))


def _read_one(history: list[ZoneAct]) -> Dispute | None:
    begun = next((one for one in history if one.id == one.subject), None)
    if begun is None or not isinstance(begun.act, DisputeOpened):
        return None
    opened, both = begun.act, (begun.zone, begun.act.against)

    def first(kind: type, *zones: ZoneId) -> ZoneAct | None:
        return next((one for one in history if isinstance(one.act, kind) and one.zone in zones), None)

    escalation = first(DisputeEscalated, *both)
    answer = first(DisputeAnswered, opened.against)
    # Who opened it may be content with an answer; once it went further, either may write down the result.
    closing = first(DisputeClosed, *both) if escalation else first(DisputeClosed, begun.zone)
    return Dispute(begun.id, begun.case_id, begun.zone, opened, answer, escalation, closing, tuple(history))


def check_opening(opened: DisputeOpened, zone: ZoneId, deciding: ZoneId) -> tuple[Problem, ...]:
    """Return what is wrong with a dispute that a zone wants to open about a case."""
    problems = list(_check_words(opened.words))
    if opened.kind not in set(DisputeKind):
        problems.append(Problem("dispute.no-kind", _NO_KIND, "kind"))
    if opened.against == zone:
        problems.append(Problem("dispute.with-itself", _WITH_ITSELF, "against"))
    if opened.kind == DisputeKind.LOST_POST and not opened.about:
        problems.append(Problem("dispute.no-original", _NO_ORIGINAL, "about"))
    if opened.kind == DisputeKind.COMPLETENESS and zone == deciding and not opened.cites:
        problems.append(_no_standard())
    return tuple(problems)


def check_next(dispute: Dispute, act: Act, zone: ZoneId, deciding: ZoneId) -> tuple[Problem, ...]:
    """Return why a zone cannot do this in a dispute now; nothing when it can."""
    if zone not in dispute.zones:
        return (Problem("dispute.not-ours", _NOT_OURS),)
    if dispute.state is DisputeState.CLOSED:
        return (Problem("dispute.closed", _CLOSED),)
    match act:
        case DisputeAnswered(words=words, cites=cites):
            problems = list(_check_words(words))
            if zone != dispute.opened.against:
                problems.append(Problem("dispute.not-yours-to-answer", _OTHER_ANSWERS))
            if dispute.answer is not None:
                problems.append(Problem("dispute.answered", _ANSWERED))
            if dispute.kind is DisputeKind.COMPLETENESS and zone == deciding and not cites:
                problems.append(_no_standard())
            return tuple(problems)
        case DisputeEscalated(words=words):
            if dispute.escalation is not None:
                return (Problem("dispute.escalated", _ESCALATED),)
            return _check_words(words)
        case DisputeClosed():
            return _check_closing(dispute, act, zone, deciding)
    return (Problem("dispute.no-such-act", _NO_SUCH_ACT),)


def _check_closing(
    dispute: Dispute, act: DisputeClosed, zone: ZoneId, deciding: ZoneId
) -> tuple[Problem, ...]:
    problems = list(_check_words(act.words))
    if dispute.escalation is None and zone != dispute.zone:
        problems.append(Problem("dispute.opener-closes", _OPENER_CLOSES))
    if dispute.kind is DisputeKind.COMPETENCE and dispute.escalation is None and dispute.answer is None:
        problems.append(Problem("dispute.unheard", _UNHEARD))
    if act.prevails not in dispute.zones:
        problems.append(Problem("dispute.nobody-prevails", _NOBODY, "prevails"))
    elif dispute.kind is DisputeKind.COMPLETENESS and act.prevails != deciding and dispute.escalation is None:
        problems.append(Problem("dispute.deciding-prevails", _DECIDING_PREVAILS, "prevails", "", _TO_TABLE))
    return tuple(problems)


def _check_words(words: str) -> tuple[Problem, ...]:
    return () if words.strip() else (Problem("dispute.no-words", _NO_WORDS, "words"),)


def _no_standard() -> Problem:
    source = "business-environment-2019#35"
    return Problem("dispute.no-standard", _NO_STANDARD, "cites", source, _CHOOSE_STANDARD)


_NO_WORDS = Text("请写明事实和理由。", "State the facts and the reasons.")
_NO_KIND = Text("请选择争议类型。", "Choose what the dispute is about.")
_WITH_ITSELF = Text("争议的对方不能是本区。", "A zone has no dispute with itself.")
_NO_ORIGINAL = Text("请选择是哪一份原件。", "Choose which original it is.")
_NO_STANDARD = Text(
    "材料是否齐全以办理区的清单为准，但办理区必须引用已经公布的受理标准。",
    "The deciding zone's list stands, but it has to cite its published standard.",
)
_CHOOSE_STANDARD = Text(
    "请从事项已公布的材料清单中选择；没有公布的不能要求。",
    "Choose from the item's published list; what is not published may not be asked for.",
)
_NOT_OURS = Text("本区不是这件争议的一方。", "This zone is no party to the dispute.")
_CLOSED = Text("这件争议已经办结。", "This dispute is settled.")
_OTHER_ANSWERS = Text("应由对方答复。", "The other zone has to answer.")
_ANSWERED = Text("已经答复过。", "It is answered already.")
_ESCALATED = Text("已经提请上级或者联席会议。", "It has been taken further already.")
_OPENER_CLOSES = Text(
    "没有提请处理的争议，由提出的区销号。",
    "Until it is taken further, only the zone that opened it closes it.",
)
_UNHEARD = Text("对方还没有答复，也没有提请上级。", "The other zone was not heard, nor any superior.")
_NOBODY = Text("请选择以哪一区的意见为准。", "Choose whose view stands.")
_DECIDING_PREVAILS = Text(
    "材料是否齐全以办理区的清单为准。", "Whether papers are complete is for the deciding zone's list."
)
_TO_TABLE = Text("不服的，提请联席会议。", "Who disagrees takes it to the table.")
_NO_SUCH_ACT = Text("这一步不属于争议处理。", "This is no step of a dispute.")
