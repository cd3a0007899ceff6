"""Events of the examination between acceptance and decision; ``events`` lists them with the rest.

Source of law: all-2019#34 to all-2019#37 and all-2019#45 to all-2019#48.
"""

from dataclasses import dataclass
from datetime import date

from tongban.domain.case.review import MachineReview
from tongban.kernel.ids import LawKey, ZoneId
from tongban.kernel.text import Text

APPLICANT = "applicant"
"""How the applicant is called where an interested party might stand as well."""


@dataclass(frozen=True, slots=True)
class SpecialProcedureStarted:
    """A procedure of article 45 began; the statutory clock stands still until it ends.

    Args:
        kind: one of the regime's special procedures, e.g. ``testing``.
        basis: the article that asks for it in this item.
        started_on: first civil date that is not counted.
        expected_on: the day by which it should have ended, as the applicant was told in writing.
    """

    kind: str
    basis: LawKey
    reason: Text
    started_on: date
    expected_on: date


@dataclass(frozen=True, slots=True)
class SpecialProcedureEnded:
    """It ended, with this result.

    Args:
        ended_on: the civil date from which the clock counts again; it is counted itself.
    """

    kind: str
    ended_on: date
    result: Text


@dataclass(frozen=True, slots=True)
class InterestedPartyInformed:
    """Somebody whose major interest is touched was told, and may speak until the end of a day (all-2019#36).

    Args:
        party: short name, once in a case, e.g. ``party-1``.
        name: of a person or a firm.
        what: what is planned and how it touches them.
    """

    party: str
    name: str
    what: Text
    until_on: date


@dataclass(frozen=True, slots=True)
class NoPartyNoted:
    """Somebody looked for others whose major interest is touched, found none, and says how (all-2019#36)."""

    reasons: Text


@dataclass(frozen=True, slots=True)
class StatementRecorded:
    """The applicant or an interested party said something about the case, and was heard (all-2019#36).

    Args:
        by: ``APPLICANT`` or the short name of a party.
        at_zone: where it was said or handed in.
    """

    by: str
    words: str
    at_zone: ZoneId


@dataclass(frozen=True, slots=True)
class HearingRightAnnounced:
    """These were told that they may ask for a hearing until the end of a day (all-2019#47.1).

    Args:
        to: ``APPLICANT`` and the short names of parties.
    """

    to: tuple[str, ...]
    until_on: date


@dataclass(frozen=True, slots=True)
class HearingRequested:
    """A hearing was asked for in time.

    Args:
        by: ``APPLICANT`` or the short name of a party.
        hold_by_on: last civil date on which it must be held.
    """

    by: str
    at_zone: ZoneId
    hold_by_on: date


@dataclass(frozen=True, slots=True)
class HearingWaived:
    """Somebody who was told does without a hearing, or takes the request for it back (all-2019#47.1).

    Args:
        by: ``APPLICANT`` or the short name of a party.
    """

    by: str
    at_zone: ZoneId


@dataclass(frozen=True, slots=True)
class HearingLapsed:
    """Nobody asked in time; the case is decided without a hearing."""


@dataclass(frozen=True, slots=True)
class HearingScheduled:
    """Day, place and chair were made known (all-2019#48.1, all-2019#48.3).

    Args:
        at_time: hour and minute in the zone, e.g. ``09:30``.
        chair_id, chair_name: account and name of who chairs; never an officer who examines the case.
    """

    held_on: date
    at_time: str
    place: Text
    chair_id: str
    chair_name: str


@dataclass(frozen=True, slots=True)
class ChairChallenged:
    """Somebody asked for another chair, who has a direct interest in the case (all-2019#48.3).

    Args:
        by: ``APPLICANT`` or the short name of a party.
        words: why.
    """

    by: str
    words: str
    at_zone: ZoneId


@dataclass(frozen=True, slots=True)
class ChallengeDecided:
    """The head decided on it; once it is upheld another chair must be named."""

    upheld: bool
    reasons: Text


@dataclass(frozen=True, slots=True)
class HearingHeld:
    """The hearing was held and its record signed (all-2019#48.5).

    Args:
        record: what was said and shown, as those who took part found it right.
        signed_by: names under it.
    """

    held_on: date
    record: Text
    signed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExaminationRecorded:
    """One officer verified the substance and signed the finding (all-2019#34.3)."""

    finding: Text


@dataclass(frozen=True, slots=True)
class ApprovalRequested:
    """An officer laid a draft decision before the head.

    Args:
        granted: whether the draft grants.
        remedies: told with a refusal; None with a grant.
        rests_on: version of the event that holds the record of the hearing, 0 where none was held.
        review: what the officer says of the machine's findings; None in histories from before it was asked.
    """

    granted: bool
    reasons: Text
    remedies: Text | None = None
    rests_on: int = 0
    review: MachineReview | None = None


@dataclass(frozen=True, slots=True)
class DecisionApproved:
    """The head approved the draft; the decision itself follows as an event of its own."""

    note: Text


@dataclass(frozen=True, slots=True)
class DraftReturned:
    """The head sent the draft back, and says why."""

    reasons: Text


ExaminingEvent = (
    SpecialProcedureStarted
    | SpecialProcedureEnded
    | InterestedPartyInformed
    | NoPartyNoted
    | StatementRecorded
    | HearingRightAnnounced
    | HearingRequested
    | HearingWaived
    | HearingLapsed
    | HearingScheduled
    | ChairChallenged
    | ChallengeDecided
    | HearingHeld
    | ExaminationRecorded
    | ApprovalRequested
    | DecisionApproved
    | DraftReturned
)
