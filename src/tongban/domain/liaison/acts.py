"""Acts between zones about a case or a power: each told once by signed message, never changed or taken back.

They arrive in any order, so each says by itself what it is about, and what follows from all of them is read
by folding (``custody``, ``dispute``, ``delegation``), never stored as the truth.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from tongban.kernel.ids import CaseId, ItemId, ZoneId


@dataclass(frozen=True, slots=True)
class OriginalTaken:
    """A window took an original paper in and answers for it.

    Args:
        paper: what it is, in the words of the item's list, in Chinese.
        sheets: how many sheets.
    """

    paper: str
    sheets: int


@dataclass(frozen=True, slots=True)
class OriginalSent:
    """An original was given to a carrier for another zone.

    Args:
        waybill: the carrier's number.
        expected_on: last day on which it should arrive; after it, it is late.
    """

    to_zone: ZoneId
    carrier: str
    waybill: str
    expected_on: date


@dataclass(frozen=True, slots=True)
class OriginalReceived:
    """The zone to which it was sent has it in hand.

    Args:
        condition: ``intact`` or ``damaged``.
    """

    condition: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class OriginalGiven:
    """An original went from hand to hand within a zone.

    Args:
        to: ``colleague``, ``applicant`` (picked up; the log ends) or ``archive`` (filed; the log ends).
        name: who took it.
    """

    to: str
    name: str


@dataclass(frozen=True, slots=True)
class CopyCertified:
    """Somebody compared a scan with its original and signed for it.

    Args:
        digest: hex SHA-256 of the scan.
        paper: the question for which it was handed in, in Chinese.
    """

    digest: str
    paper: str


@dataclass(frozen=True, slots=True)
class ReceiptConfirmed:
    """The deciding zone has what the other one took in; this is no acceptance."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class DelegationProposed:
    """A zone's head wants another zone to act in its authority's name (all-2019#24).

    Args:
        commands: what the delegate may do, by the names of commands.
        from_on, until_on: first and last day.
        words: why, as it will be published.
    """

    delegate: ZoneId
    items: tuple[ItemId, ...]
    commands: tuple[str, ...]
    from_on: date
    until_on: date
    words: str


@dataclass(frozen=True, slots=True)
class DelegationPublished:
    """A zone has published the delegation.

    Args:
        notice: where and under which number.
    """

    notice: str


@dataclass(frozen=True, slots=True)
class DelegationEnded:
    """The delegating zone ended it before its last day."""

    reason: str


@dataclass(frozen=True, slots=True)
class ActedInName:
    """An officer of the delegate acted in a case in the delegating authority's name.

    Args:
        delegation: its number.
        command: the name of the command.
        words: the reasons, where it is nothing without them.
    """

    delegation: str
    command: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class DisputeOpened:
    """One zone does not see a case as the other does.

    Args:
        kind: one of ``dispute.DisputeKind``.
        against: the zone that has to answer.
        answer_by: the last day for it.
        cites: the published standard on which it rests; only the deciding zone's list needs one.
        about: id of the original in question, when post was lost.
    """

    kind: str
    against: ZoneId
    item: ItemId
    answer_by: date
    words: str
    cites: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class DisputeAnswered:
    """The other zone said how it sees it."""

    words: str
    cites: str = ""


@dataclass(frozen=True, slots=True)
class DisputeEscalated:
    """One of the two took it further.

    Args:
        to: ``table`` (of the alliance) or ``superior`` (the office above both).
        decide_by: the last day for a result.
    """

    to: str
    decide_by: date
    words: str


@dataclass(frozen=True, slots=True)
class DisputeClosed:
    """It is settled.

    Args:
        prevails: the zone whose view stands.
    """

    prevails: ZoneId
    words: str


@dataclass(frozen=True, slots=True)
class JointOpened:
    """A case is handled jointly: the lead asks other zones for their parts (all-2019#26.2).

    Args:
        parts: the zones asked.
        answer_by: the last day for their parts; decide_by: for the decision (all-2019#42.2).
        words: what each zone's part is.
        receiving: the zone where it was handed in, which is told of each part; empty in old acts.
    """

    parts: tuple[ZoneId, ...]
    item: ItemId
    answer_by: date
    decide_by: date
    words: str
    receiving: str = ""


@dataclass(frozen=True, slots=True)
class PartAsked:
    """The lead asks one zone for its part; nobody else is told what that zone is shown (pipl-2021#6).

    Args:
        does: what its part is, in Chinese.
        shown: what it needs for that: names of facts, each followed by its value.
    """

    to_zone: ZoneId
    does: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartOpened:
    """A zone that was asked has opened a sub-case of its own.

    Args:
        number: the case number that it has there.
        answer_by: the last day of the sub-case's own step, by that zone's calendar.
    """

    number: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class PartGiven:
    """A zone gave its part.

    Args:
        outcome: ``agreed``, ``conditional`` or ``failed``; words: why, and on which conditions.
    """

    outcome: str
    words: str


@dataclass(frozen=True, slots=True)
class JointExtended:
    """The lead's head lengthened the time, once (all-2019#42.2)."""

    decide_by: date
    reason: str


@dataclass(frozen=True, slots=True)
class JointClosed:
    """The lead's result, which closes every part.

    Args:
        result: ``granted``, ``refused``, ``withdrawn`` or ``ended``.
        licence: the number of the one licence; empty where none was issued.
    """

    result: str
    licence: str = ""


Act: TypeAlias = (
    OriginalTaken
    | OriginalSent
    | OriginalReceived
    | OriginalGiven
    | CopyCertified
    | ReceiptConfirmed
    | DelegationProposed
    | DelegationPublished
    | DelegationEnded
    | ActedInName
    | DisputeOpened
    | DisputeAnswered
    | DisputeEscalated
    | DisputeClosed
    | JointOpened
    | PartAsked
    | PartOpened
    | PartGiven
    | JointExtended
    | JointClosed
)


@dataclass(frozen=True, slots=True)
class ZoneAct:
    """An act with who did it and when.

    Args:
        id: unique for ever: the zone, a dash, and characters of chance.
        subject: the original, dispute or delegation it is about: the id of the act that began it.
        follows: id of the act of the same subject behind which it stands, where only one may; else empty.
        case_id: the case; empty for a delegation.
        zone: whose person acted; certain, as the message that told it was signed.
        by, name: the account that signs for it, and the name as it is shown.
        at: aware UTC instant at that zone.
    """

    id: str
    subject: str
    follows: str
    case_id: CaseId
    zone: ZoneId
    by: str
    name: str
    at: datetime
    act: Act
