"""What has happened to a case. Events are facts: appended, never changed, read for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tongban.domain.case.afterwards import (
    ApplicationForwarded as ApplicationForwarded,
)
from tongban.domain.case.afterwards import (
    AuthorityAnswered as AuthorityAnswered,
)
from tongban.domain.case.afterwards import (
    BenefitEnded as BenefitEnded,
)
from tongban.domain.case.afterwards import (
    CheckAnswered as CheckAnswered,
)
from tongban.domain.case.afterwards import (
    CheckRecorded as CheckRecorded,
)
from tongban.domain.case.afterwards import (
    CheckReminded as CheckReminded,
)
from tongban.domain.case.afterwards import (
    CheckScheduled as CheckScheduled,
)
from tongban.domain.case.afterwards import (
    CredentialVoided as CredentialVoided,
)
from tongban.domain.case.afterwards import (
    ObjectionRaised as ObjectionRaised,
)
from tongban.domain.case.afterwards import (
    PaymentPaused as PaymentPaused,
)
from tongban.domain.case.afterwards import (
    WaitOpened as WaitOpened,
)
from tongban.domain.case.ending import EndingEvent
from tongban.domain.case.examining import ExaminingEvent
from tongban.domain.case.review import MachineReview
from tongban.domain.case.talk import TalkEvent
from tongban.domain.delivery import DeliveryWish
from tongban.domain.evidence.exchange import EvidenceAsk
from tongban.domain.evidence.register import RegisterEntry
from tongban.domain.pledge import SignedPledge
from tongban.kernel.errors import Problem
from tongban.kernel.ids import BundleNumber, CaseId, CredentialId, EvidenceKindId, ItemId, ZoneId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it.

    Args:
        kind: one of ``domain.procedure.ACTOR_KINDS``.
        id: account name, or the zone's id for a machine; never a citizen number.
        name: as shown on the timeline.
    """

    kind: str
    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ApplicantRef:
    """Who applies.

    Args:
        kind: ``person`` or ``firm``.
        id: citizen number or unified social credit code.
        agent_id, agent_name: who acts for the applicant, empty when nobody does (all-2019#29).
    """

    kind: str
    id: str
    name: str
    mobile: str = ""
    agent_id: str = ""
    agent_name: str = ""


@dataclass(frozen=True, slots=True)
class BundleRef:
    """The receipt of which a case is a part.

    Args:
        member: the case's place on it.
        wants_person: the applicant asked, before this case was opened, that a person decides it.
    """

    number: BundleNumber
    member: str
    wants_person: bool = False


@dataclass(frozen=True, slots=True)
class Submitted:
    """An application was handed in; receipt is not acceptance.

    Args:
        channel: ``online``, ``window``, ``kiosk`` or ``api``.
        answers: question id to plain value.
        taken_in_by: the clerk who took it in for the applicant, or empty.
        bundle: the receipt it belongs to, or None.
        pledges: promises signed with it; they count from this event's instant.
        wish: how a paper copy is wished to be received; None where the electronic licence is enough.
    """

    item_id: ItemId
    item_version: int
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
class EvidenceRequested:
    """A register was asked, in this zone or another."""

    ask: EvidenceAsk


@dataclass(frozen=True, slots=True)
class EvidenceAttached:
    """A register answered, or somebody handed a copy in.

    Args:
        facts: fact name to plain value, without prefix; empty in a copy kept by another zone.
        trust: grade A to D or S.
        message_id: the peer's signed answer, or empty for an own register.
    """

    kind: EvidenceKindId
    trust: str
    facts: Mapping[str, object]
    as_of: datetime
    authority: Text
    holder: ZoneId | None
    subject: str = ""
    file_digest: str = ""
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceNotHeld:
    """A register was asked and holds nothing that could be sent."""

    kind: EvidenceKindId
    holder: ZoneId | None
    reason: str
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionRequested:
    """The applicant was told, once and completely, what to correct (all-2019#32.4).

    Args:
        again: why a head had it told a second time; None the first time.
    """

    problems: tuple[Problem, ...]
    again: Text | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """The applicant answered the correction notice, at whichever zone.

    Args:
        answers: only the answers that changed.
        at_zone: where it was handed in.
        pledges: promises signed with it.
    """

    answers: Mapping[str, object]
    at_zone: ZoneId
    pledges: tuple[SignedPledge, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """The deciding zone accepted; the statutory clock starts.

    Args:
        accepted_on: civil date from which the clock runs.
        deemed: True when silence accepted it (all-2019#32.4).
    """

    accepted_on: date
    deemed: bool = False


@dataclass(frozen=True, slots=True)
class Declined:
    """The deciding zone does not accept, in writing, with reasons and remedies (all-2019#32, all-2019#38.2).

    Args:
        remedies: None in histories from before they were told.
    """

    reasons: Text
    remedies: Text | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """Incomplete papers went back with one complete list; the case ends (market-registration-2021#19.2)."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Extended:
    """The head of the authority lengthened the time limit, once, with the reason."""

    reasons: Text


@dataclass(frozen=True, slots=True)
class Assessed:
    """The rule table was read over the facts.

    Args:
        outcome: ``grant`` or ``refer``.
        record: the whole assessment as ``domain.rules.evaluate.to_plain`` writes it.
        rules_hash, inputs_hash: hex SHA-256 of the table and of the facts it saw.
        outcome_hash: hex SHA-256 of outcome and findings; empty in events of before it was recorded.
    """

    outcome: str
    record: Mapping[str, object]
    rules_hash: str
    inputs_hash: str
    outcome_hash: str = ""


@dataclass(frozen=True, slots=True)
class Referred:
    """The machine hands the case to a person, and says why."""

    reason: str
    says: Text


@dataclass(frozen=True, slots=True)
class PersonRequested:
    """The applicant wants a person to decide; no machine does from now on (pipl-2021#24)."""

    at_zone: ZoneId


@dataclass(frozen=True, slots=True)
class Granted:
    """The application was granted.

    Args:
        by: ``rules``, ``officer``, ``silence`` (nobody objected in time) or ``authority`` (another one).
        reasons: an officer's reasons; None when the rule table speaks for itself.
        rests_on: version of the event with the record of the hearing (all-2019#48.p2); 0 without one.
        review: what the person said of the machine's findings; None where none stood before them.
    """

    by: str
    decided_on: date
    reasons: Text | None = None
    rests_on: int = 0
    review: MachineReview | None = None


@dataclass(frozen=True, slots=True)
class GrantRefused:
    """An officer refused, with reasons and remedies (all-2019#38.2). A machine never does."""

    decided_on: date
    reasons: Text
    remedies: Text
    rests_on: int = 0
    review: MachineReview | None = None


@dataclass(frozen=True, slots=True)
class CredentialIssued:
    """The electronic licence was signed and logged.

    Args:
        token: SD-JWT VC; it discloses everything on the licence.
        leaf_key: key under which the ledger keeps the leaf, once.
        entered: what the grant enters into the deciding zone's registers; what it says does not travel.
    """

    credential_id: CredentialId
    token: str
    leaf_key: str
    issued_on: date
    valid_from: date
    valid_until: date | None
    entered: tuple[RegisterEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentSealed:
    """The sealed document was made from the credential.

    Args:
        file_digest: hex SHA-256 of the PDF.
        size_bytes: its length.
    """

    file_digest: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class ZoneNotified:
    """Another zone was told what the law says it must be told."""

    zone: ZoneId
    notice: str
    source: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The applicant took the application back."""

    at_zone: ZoneId
    reason: str = ""


Event = (
    Submitted
    | EvidenceRequested
    | EvidenceAttached
    | EvidenceNotHeld
    | CorrectionRequested
    | Corrected
    | Returned
    | Accepted
    | Extended
    | Declined
    | Assessed
    | Referred
    | PersonRequested
    | WaitOpened
    | ObjectionRaised
    | ApplicationForwarded
    | AuthorityAnswered
    | Granted
    | GrantRefused
    | CredentialIssued
    | DocumentSealed
    | ZoneNotified
    | CheckScheduled
    | CheckReminded
    | CheckAnswered
    | CheckRecorded
    | PaymentPaused
    | BenefitEnded
    | CredentialVoided
    | ExaminingEvent
    | EndingEvent
    | TalkEvent
    | Withdrawn
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event in its place in the history.

    Args:
        version: 1 for the first event of the case, then without gaps.
        at: aware UTC instant at the zone that recorded it.
        zone: the zone that recorded it.
    """

    case_id: CaseId
    version: int
    at: datetime
    zone: ZoneId
    actor: Actor
    event: Event
