"""What may be asked of a case while it is examined; ``commands`` lists it with the rest."""

from dataclasses import dataclass
from datetime import date

from tongban.domain.case.review import MachineReview
from tongban.kernel.ids import LawKey, ZoneId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class StartSpecialProcedure:
    """Begin a procedure of article 45 today; ``expected_on`` is the day by which it should have ended."""

    kind: str
    basis: LawKey
    reason: Text
    expected_on: date


@dataclass(frozen=True, slots=True)
class EndSpecialProcedure:
    """Say what came of the procedure that runs; the clock counts again from today."""

    kind: str
    result: Text


@dataclass(frozen=True, slots=True)
class TellInterestedParty:
    """Tell somebody whose major interest is touched."""

    name: str
    what: Text


@dataclass(frozen=True, slots=True)
class NoteNoParty:
    """Say that nobody's major interest is touched after all, and how that was found."""

    reasons: Text


@dataclass(frozen=True, slots=True)
class RecordStatement:
    """Hear the applicant or a party; ``by`` as in ``examining.StatementRecorded``."""

    by: str
    words: str
    at_zone: ZoneId


@dataclass(frozen=True, slots=True)
class TellHearingRight:
    """Tell the applicant and every interested party that they may ask for a hearing."""


@dataclass(frozen=True, slots=True)
class RequestHearing:
    """Ask for a hearing."""

    by: str
    at_zone: ZoneId


@dataclass(frozen=True, slots=True)
class WaiveHearing:
    """Do without a hearing; a request that was made is taken back with it."""

    by: str
    at_zone: ZoneId


@dataclass(frozen=True, slots=True)
class LapseHearing:
    """Record that nobody asked for a hearing in time."""


@dataclass(frozen=True, slots=True)
class ScheduleHearing:
    """Make day, place and chair known; given again, the newest counts."""

    held_on: date
    at_time: str
    place: Text
    chair_id: str
    chair_name: str


@dataclass(frozen=True, slots=True)
class ChallengeChair:
    """Ask for another chair, and say which interest this one has in the case."""

    by: str
    words: str
    at_zone: ZoneId


@dataclass(frozen=True, slots=True)
class DecideChallenge:
    """Decide whether another chair must be named."""

    upheld: bool
    reasons: Text


@dataclass(frozen=True, slots=True)
class RecordHearing:
    """Keep the signed record of the hearing."""

    record: Text
    signed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordExamination:
    """Sign what one officer found when verifying the substance."""

    finding: Text


@dataclass(frozen=True, slots=True)
class SubmitForApproval:
    """Lay a draft decision before the head of the authority."""

    granted: bool
    reasons: Text
    remedies: Text | None = None
    rests_on: int = 0
    review: MachineReview | None = None


@dataclass(frozen=True, slots=True)
class Approve:
    """Approve the draft; with it the decision is made."""

    note: Text


@dataclass(frozen=True, slots=True)
class SendBack:
    """Send the draft back to the officer."""

    reasons: Text


ExaminingCommand = (
    StartSpecialProcedure
    | EndSpecialProcedure
    | TellInterestedParty
    | NoteNoParty
    | RecordStatement
    | TellHearingRight
    | RequestHearing
    | WaiveHearing
    | LapseHearing
    | ScheduleHearing
    | ChallengeChair
    | DecideChallenge
    | RecordHearing
    | RecordExamination
    | SubmitForApproval
    | Approve
    | SendBack
)
