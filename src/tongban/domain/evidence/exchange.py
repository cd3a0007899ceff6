"""Evidence as it travels: the kind, the question, the answer, and its grade of trust."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
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
        unit: printed after a whole number; English in the plural.
        at_least: the smallest number that the register can hold, so that nobody is told to reach a smaller
            one; None when it is not a number, or nothing is known.
    """

    name: str
    type: str
    title: Text
    choices: Mapping[str, Text]
    is_summed: bool = False
    at_least: int | None = None
    unit: Text | None = None


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


UNSEEN = -1
"""The revision of a row that nobody has looked up."""


@dataclass(frozen=True, slots=True)
class DatedChange:
    """What a row says of itself from a day on, e.g. that a name is free again.

    Args:
        after_on: last day on which it still says what it said.
    """

    after_on: date
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A row of one of the zone's own registers.

    Args:
        cause: number of the case that wrote or changed it last; empty for what was loaded into the register.
        later: what it says from later days on, unless a case changes it first.
        attested_as: number of the signed statement that was made of it as it stands, or empty.
        revision: how often it had been written when it was read; 0 when a register was asked and held none.
            Below 0 nobody has looked, and whatever stands there is written over.
    """

    kind: EvidenceKindId
    subject: str
    facts: Mapping[str, object]
    as_of: datetime
    authority: Text
    trust: Trust = Trust.SHARED_DATA
    cause: str = ""
    later: tuple[DatedChange, ...] = ()
    attested_as: str = ""
    revision: int = field(default=UNSEEN, compare=False)

    def on(self, day: date) -> "HeldRecord":
        """Return the row as it reads on a day."""
        due = [one for one in sorted(self.later, key=lambda one: one.after_on) if one.after_on < day]
        if not due:
            return self
        facts = dict(self.facts)
        for one in due:
            facts.update(one.facts)
        return replace(self, facts=facts)


def may_answer(kind: EvidenceKind, ground: LawKey) -> bool:
    """Say whether a zone may be told facts of this kind on this ground (order-716-2019#7)."""
    return ground in kind.grounds
