"""Evidence as it travels: the kind, the question, the answer, and its grade of trust."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tongban.kernel.ids import EvidenceKindId, LawKey, ZoneId
from tongban.kernel.text import Text


class Trust(StrEnum):
    """How far evidence may be relied on (gbh-2016-108: grades A to D; S is structured shared data)."""

    ISSUED = "A"
    CHECKED_COPY = "B"
    UPLOADED = "C"
    SELF_DECLARED = "D"
    SHARED_DATA = "S"

    @property
    def machine_may_rely(self) -> bool:
        """True for what an authority produced, checked against the original, or shares as data."""
        return self in (Trust.ISSUED, Trust.CHECKED_COPY, Trust.SHARED_DATA)


class HoldingFault(StrEnum):
    """Why a holder did not send evidence; words borrowed from the EU's once-only system.

    The last two are the asking zone's own: nobody answered in the time a message lives, or the answer that
    came was none.
    """

    NOTHING_HELD = "NO_MATCH"
    AMBIGUOUS = "AMBIGUOUS"
    NOT_AUTHORISED = "NOT_AUTHORISED"
    UNKNOWN_KIND = "UNKNOWN_KIND"
    UNREACHABLE = "PROVIDER_DOWN"
    UNUSABLE = "UNUSABLE_ANSWER"


@dataclass(frozen=True, slots=True)
class FactDeclaration:
    """One fact that a kind of evidence carries.

    Args:
        name: last part of the dotted fact name, e.g. ``scope``.
        type: one of the fact types of ``domain.rules``, by name.
        title: what the screen calls it.
        choices: allowed values with their words; empty when the type is not a choice.
        is_summed: a number that is added up where several zones are asked the same.
    """

    name: str
    type: str
    title: Text
    choices: Mapping[str, Text]
    is_summed: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """A kind of evidence: what it carries, which register holds it, on which grounds it may be asked for.

    Args:
        subject: what the register is searched by: ``uscc``, ``citizen_number``, ``any_number`` for
            either, or ``name`` for a text such as a trade name.
        grounds: articles under which another zone may ask.
        max_age_days: older facts are unknown; None when the register is live.
        nothing_means: facts that hold when the register has no row: for lists that are complete, so that not
            being on them is an answer. Empty for registers where it is none.
    """

    id: EvidenceKindId
    title: Text
    register: Text
    subject: str
    facts: tuple[FactDeclaration, ...]
    grounds: tuple[LawKey, ...]
    max_age_days: int | None = None
    nothing_means: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EvidenceAsk:
    """A question from the deciding zone to the zone that holds the register.

    Args:
        subject: identifier the register is searched by.
        ground: article under which the question is put (no question without one: pipl-2021#6).
    """

    kind: EvidenceKindId
    holder: ZoneId
    subject: str
    ground: LawKey


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a holder answered, or what somebody handed in.

    Args:
        facts: plain values by fact name, without the ``evidence.<kind>.`` prefix.
        as_of: aware UTC instant at which the register said so.
        authority: who answers for the register.
        holder: zone of that register; None for what the applicant handed in.
        file_digest: hex SHA-256 of an uploaded file, or empty.
    """

    kind: EvidenceKindId
    trust: Trust
    facts: Mapping[str, object]
    as_of: datetime
    authority: Text
    holder: ZoneId | None = None
    subject: str = ""
    file_digest: str = ""


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A row of one of the zone's own registers."""

    kind: EvidenceKindId
    subject: str
    facts: Mapping[str, object]
    as_of: datetime
    authority: Text
    trust: Trust = Trust.SHARED_DATA


def may_answer(kind: EvidenceKind, ground: LawKey) -> bool:
    """Say whether a zone may be told facts of this kind on this ground (order-716-2019#7)."""
    return ground in kind.grounds
