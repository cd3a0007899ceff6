"""What may be asked of a case. A command is a wish; decide says whether it becomes an event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tongban.domain.case.ending_commands import EndingCommand
from tongban.domain.case.events import ApplicantRef, Assessed, AuthorityAnswered, BundleRef, CredentialIssued
from tongban.domain.case.examining_commands import ExaminingCommand
from tongban.domain.case.review import MachineReview
from tongban.domain.case.talk_commands import TalkCommand
from tongban.domain.delivery import DeliveryWish
from tongban.domain.evidence.exchange import Evidence, EvidenceAsk
from tongban.domain.pledge import SignedPledge
from tongban.kernel.errors import Problem
from tongban.kernel.ids import EvidenceKindId, ItemId, ZoneId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand in an application; ``answers`` are already typed (``catalogue.form``)."""

    item_id: ItemId
    deciding_zone: ZoneId
    receiving_zone: ZoneId
    applicant: ApplicantRef
    channel: str
    answers: Mapping[str, object]
    taken_in_by: str = ""
    bundle: BundleRef | None = None
    pledges: tuple[SignedPledge, ...] = ()
    wish: DeliveryWish | None = None


@dataclass(frozen=True, slots=True)
class RecordGathering:
    """Record one whole round of asking: what was found here, is asked elsewhere, or nobody holds.

    Args:
        asks: questions to other zones, which stay pending.
        found: evidence from own registers, and what the applicant uploaded.
        not_held: kinds that no register holds, with the zone asked (None: no zone of the alliance).
    """

    asks: tuple[EvidenceAsk, ...]
    found: tuple[Evidence, ...]
    not_held: tuple[tuple[EvidenceKindId, ZoneId | None], ...]


@dataclass(frozen=True, slots=True)
class AttachEvidence:
    """Put what a holder answered into the case."""

    evidence: Evidence
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class NoteNothingHeld:
    """Record that a holder has nothing to send."""

    kind: EvidenceKindId
    holder: ZoneId | None
    reason: str
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Accept:
    """Accept a complete application."""


@dataclass(frozen=True, slots=True)
class DeemAccepted:
    """Record that silence has accepted it."""


@dataclass(frozen=True, slots=True)
class RequestCorrection:
    """Tell the applicant everything that is missing, in one list; ``again`` is why a second time."""

    problems: tuple[Problem, ...]
    again: Text | None = None


@dataclass(frozen=True, slots=True)
class Correct:
    """Hand in corrections, at any zone."""

    answers: Mapping[str, object]
    at_zone: ZoneId
    pledges: tuple[SignedPledge, ...] = ()


@dataclass(frozen=True, slots=True)
class Return:
    """Give incomplete papers back, with one complete list."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Extend:
    """Lengthen the time limit; the head of the authority, with the reason."""

    reasons: Text


@dataclass(frozen=True, slots=True)
class OpenWait:
    """Let others object until the end of a day."""

    until_on: date


@dataclass(frozen=True, slots=True)
class Object:
    """Record that somebody objected in time."""

    by: str
    reasons: Text


@dataclass(frozen=True, slots=True)
class EndWait:
    """Record that nobody objected in time."""


@dataclass(frozen=True, slots=True)
class ForwardToAuthority:
    """Send the complete case to the authority that holds the power."""


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """Put that authority's decision into the history."""

    answered: AuthorityAnswered


@dataclass(frozen=True, slots=True)
class Decline:
    """Do not accept, with reasons and remedies."""

    reasons: Text
    remedies: Text


@dataclass(frozen=True, slots=True)
class RecordAssessment:
    """Put the rule table's reading into the history."""

    assessed: Assessed


@dataclass(frozen=True, slots=True)
class Refer:
    """Hand the case to a person."""

    reason: str
    says: Text


@dataclass(frozen=True, slots=True)
class AskForPerson:
    """The applicant asks that a person decides."""

    at_zone: ZoneId


@dataclass(frozen=True, slots=True)
class Grant:
    """Grant: ``by`` is ``rules`` or ``officer``; an officer gives reasons, and names the hearing's record."""

    by: str
    reasons: Text | None = None
    rests_on: int = 0
    review: MachineReview | None = None


@dataclass(frozen=True, slots=True)
class Refuse:
    """Refuse, with reasons and remedies; only an officer can, who names the hearing's record."""

    reasons: Text
    remedies: Text
    rests_on: int = 0
    review: MachineReview | None = None


@dataclass(frozen=True, slots=True)
class RecordIssue:
    """Put the signed credential into the history."""

    issued: CredentialIssued


@dataclass(frozen=True, slots=True)
class RecordDocument:
    """Put the sealed document's digest into the history."""

    file_digest: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class RecordNotice:
    """Record that another zone was told."""

    zone: ZoneId
    notice: str
    source: str
    message_id: str


@dataclass(frozen=True, slots=True)
class ScheduleCheck:
    """Set a day by which something is due."""

    check: str
    kind: str
    due_on: date
    source: str


@dataclass(frozen=True, slots=True)
class RemindOfCheck:
    """Remind of what was due, and set the last day."""

    check: str
    due_on: date


@dataclass(frozen=True, slots=True)
class AnswerCheck:
    """Answer what is due: ``by`` is ``register`` or ``applicant``."""

    check: str
    by: str
    at_zone: ZoneId
    answers: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """Say whether a promise was kept; only an officer can."""

    check: str
    kept: bool
    reasons: Text


@dataclass(frozen=True, slots=True)
class PausePayment:
    """Pause a benefit whose check was not answered."""

    check: str


@dataclass(frozen=True, slots=True)
class EndBenefit:
    """End a benefit; only an officer can."""

    reasons: Text
    remedies: Text


@dataclass(frozen=True, slots=True)
class Void:
    """Undo what was granted on a broken promise; only an officer can."""

    reasons: Text
    remedies: Text


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take the application back."""

    at_zone: ZoneId
    reason: str = ""


Command = (
    Submit
    | RecordGathering
    | AttachEvidence
    | NoteNothingHeld
    | Accept
    | DeemAccepted
    | RequestCorrection
    | Correct
    | Return
    | Extend
    | OpenWait
    | Object
    | EndWait
    | ForwardToAuthority
    | RecordAnswer
    | Decline
    | RecordAssessment
    | Refer
    | AskForPerson
    | Grant
    | Refuse
    | RecordIssue
    | RecordDocument
    | RecordNotice
    | ScheduleCheck
    | RemindOfCheck
    | AnswerCheck
    | RecordCheck
    | PausePayment
    | EndBenefit
    | Void
    | ExaminingCommand
    | EndingCommand
    | TalkCommand
    | Withdraw
)
