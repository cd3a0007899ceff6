"""What the flows ask of the outside. Adapters fill these; flows know nothing else of the world."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tongban.crypto.sign import KeyRecord
from tongban.domain.bundle.bundle import Bundle
from tongban.domain.bundle.composite import Composite, CompositePaper
from tongban.domain.case.events import Recorded
from tongban.domain.case.state import Case
from tongban.domain.catalogue.authority import OutsideAuthority
from tongban.domain.catalogue.finding import Finding
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.guard.criteria import GateCriterion
from tongban.domain.guard.parameters import Watching
from tongban.domain.law import LawBook
from tongban.domain.ledger.note import NoteKey
from tongban.domain.paperwork.paper import Paper, PaperBook
from tongban.domain.procedure import Regime
from tongban.domain.rating import RatingBook
from tongban.flows.authority_port import Authorities
from tongban.flows.bundle_store import Bundles
from tongban.flows.file_transfers import Transfers
from tongban.flows.guard_ports import Rails, RuleTables
from tongban.flows.item_check_store import ItemChecks
from tongban.flows.keeping_ports import Jobs, Ledger, Serials
from tongban.flows.notice_store import Notices
from tongban.flows.paper_store import Papers
from tongban.flows.rating_store import Ratings
from tongban.flows.register_port import Registers
from tongban.flows.standard_store import AllianceActs, BasePacks
from tongban.kernel.ids import BundleId, CaseId, CredentialId, EvidenceKindId, ItemId, MessageId, ZoneId
from tongban.kernel.text import Text


class Clock(Protocol):
    """Time enters here."""

    def now(self) -> datetime:
        """Return the present as an aware UTC instant."""


class Chance(Protocol):
    """Chance enters here."""

    def token(self, length: int) -> str:
        """Return random characters of an alphabet without look-alikes."""

    def salts(self, count: int) -> Sequence[str]:
        """Return distinct 128-bit salts in base64url."""

    def draw(self, below: int) -> int:
        """Return a whole number from 0 up to, not including, ``below``; nobody can know it before."""


class Catalogue(BasePacks, Protocol):
    """What the law and the zones say; loaded once, read often."""

    law: LawBook
    zones: Mapping[ZoneId, Zone]
    kinds: Mapping[EvidenceKindId, EvidenceKind]
    zone_of_division: Mapping[str, ZoneId]
    gate: tuple[GateCriterion, ...]
    watching: tuple[Watching, ...]
    finding: Finding
    papers: PaperBook
    authorities: Mapping[str, OutsideAuthority]
    ratings: RatingBook

    def get_item(self, item_id: ItemId, zone: ZoneId) -> ServiceItem:
        """Return the item as the zone implements it, or raise NotFound."""

    def list_items(self, zone: ZoneId) -> tuple[ServiceItem, ...]:
        """Return every item of a zone, in order of id."""

    def get_bundle(self, bundle_id: BundleId) -> Bundle:
        """Return a bundle, or raise NotFound."""

    def list_bundles(self) -> tuple[Bundle, ...]:
        """Return every bundle, in order of id."""

    def get_composite(self, composite_id: str) -> Composite:
        """Return a composite licence, or raise NotFound."""

    def list_composites(self) -> tuple[Composite, ...]:
        """Return every composite licence, in order of id."""

    def get_regime(self, regime_id: str) -> Regime:
        """Return a regime, or raise NotFound."""

    def get_calendar(self, zone: ZoneId) -> WorkingCalendar:
        """Return the zone's working days."""


class Unit(Protocol):
    """One transaction; entering it again inside joins it."""

    def __call__(self) -> AbstractContextManager[None]:
        """All writes inside are kept together, or none is."""


class Cases(Protocol):
    """Histories of cases."""

    def find(self, case_id: CaseId) -> Case | None:
        """Return the case as its history leaves it, or None when there is none here."""

    def history(self, case_id: CaseId) -> tuple[Recorded, ...]:
        """Return every event in order; empty when there is none here."""

    def append(self, before: Case, events: Sequence[Recorded], after: Case) -> None:
        """Append events behind ``before.version``; raises Conflict when somebody was first."""

    def preload(self, case_ids: Iterable[CaseId]) -> None:
        """Read many histories with one question, so that a group does not ask one by one."""

    def waiting_for_machine(self, limit: int) -> tuple[CaseId, ...]:
        """Return cases decided here that the machine can take further now, oldest first.

        A case waits for the machine when it is received with nothing pending and no correction asked,
        accepted and not assessed, or granted and not issued. Asked inside a unit they are claimed: until it
        ends nobody else is given them, so that several workers share what waits.
        """

    def received_before(self, at: datetime, limit: int) -> tuple[CaseId, ...]:
        """Return cases decided here that were received before ``at`` and are still not accepted."""

    def waking_by(self, on: date, limit: int) -> tuple[CaseId, ...]:
        """Return cases decided here on which time itself acts on or before a day, the longest due first.

        See ``domain.case.later.find_wake_on``.
        """

    def waiting_for_authority(self, limit: int) -> tuple[CaseId, ...]:
        """Return cases decided here that lie with another authority, oldest first."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to another zone, as pages show it.

    Args:
        given_up_at: when it was given up for good; ``last_fault`` is then the code of why.
        act: what an applicant's act (``case.act``) is called, e.g. ``withdraw``; empty for all else.
    """

    message_id: MessageId
    to_zone: ZoneId
    type: str
    case_id: CaseId
    queued_at: datetime
    attempts: int
    last_fault: str
    delivered_at: datetime | None
    given_up_at: datetime | None = None
    act: str = ""

    @property
    def is_on_its_way(self) -> bool:
        """Whether it is still to arrive."""
        return self.delivered_at is None and self.given_up_at is None


class Exchange(Protocol):
    """The way to other zones. Posting only queues; a worker sends it and tries again until receipted."""

    def post(
        self,
        to_zone: ZoneId,
        type_: str,
        body: Mapping[str, object],
        case_id: CaseId,
        reported_version: int = 0,
    ) -> MessageId:
        """Queue a message in this transaction and wake a worker to send it.

        ``reported_version`` is the last event of the case that the message tells.
        """

    def reported_version(self, case_id: CaseId) -> int:
        """Return the last version of a case that any queued or sent message told, or 0."""

    def outgoing(self, case_id: CaseId) -> tuple[Outgoing, ...]:
        """Return this zone's messages about a case, oldest first."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A credential as the register of licences keeps it.

    Args:
        state: a code of ``credential.status``, e.g. ``01`` valid.
    """

    credential_id: CredentialId
    case_id: CaseId
    token: str
    leaf_key: str
    state: str
    document_digest: str = ""


class Credentials(Protocol):
    """The zone's register of licences."""

    def save(self, issued: Issued) -> None:
        """Keep a credential; the same id twice is kept once."""

    def find(self, credential_id: CredentialId) -> Issued | None:
        """Return a credential, or None when it is not of this zone."""

    def set_document(self, credential_id: CredentialId, document_digest: str) -> None:
        """Note which sealed document belongs to it."""

    def set_state(self, credential_id: CredentialId, state: str) -> None:
        """Note its state from now on, a code of ``credential.status``."""

    def list_of_case(self, case_id: CaseId) -> tuple[Issued, ...]:
        """Return every credential kept with a case, composites among them, in order of number."""


class Sealer(Protocol):
    """Signs credentials; the key never leaves it."""

    def seal_credential(self, always: Mapping[str, object], disclosable: Mapping[str, object]) -> str:
        """Return an SD-JWT VC that discloses everything."""


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """What the bytes of a document prove by themselves.

    Args:
        is_intact: the seal fits the bytes, and nothing was added behind it.
        reason: stable code when it does not, e.g. ``changed-after-sealing``; empty when it does.
        sealed_by: name in the seal's certificate, or empty.
        token: the credential found inside, or empty.
        digest: hex SHA-256 of the bytes.
    """

    is_intact: bool
    reason: str
    says: Text
    sealed_by: str
    token: str
    digest: str


class Press(Protocol):
    """Draws and seals documents, and looks at those that come back. Slow: drawing is for deferred flows."""

    def print_licence(self, case: Case, item: ServiceItem, issued: Issued) -> bytes:
        """Return the sealed PDF/A of a licence."""

    def print_paper(self, paper: Paper, checked_at: str) -> bytes:
        """Return the sealed PDF/A of a written document; ``checked_at`` is what its QR code says."""

    def print_composite(self, paper: CompositePaper, issued: Issued) -> bytes:
        """Return the sealed PDF/A of a composite licence."""

    def check_document(self, content: bytes) -> DocumentCheck:
        """Look at a document of unknown origin; never raises for bad input."""

    def read_qr(self, image: bytes) -> str | None:
        """Return the text of the QR code in a picture, or None when there is none to read."""


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """What a zone says publicly about a licence: enough to check it, nothing about its holder.

    Args:
        signed_part: the issuer-signed JWT, without disclosures.
        leaf: canonical bytes of the ledger leaf; empty while it waits for its place.
        leaf_index: place in the log; None while it waits.
        proof: hex hashes of the inclusion proof.
        checkpoint: the signed note; empty while there is none that covers the leaf.
        document_digest: hex SHA-256 of the sealed document, or empty.
    """

    credential_id: CredentialId
    zone: ZoneId
    state: str
    signed_part: str
    leaf: bytes
    leaf_index: int | None
    proof: tuple[str, ...]
    checkpoint: str
    document_digest: str


class PublicRecords(Protocol):
    """Public records of licences, this zone's and other zones'."""

    def find(self, zone: ZoneId, credential_id: CredentialId) -> PublicRecord | None:
        """Return a record, or None when that zone has none; raises Fault when the zone is away."""


class Directory(Protocol):
    """Who the zones are: their public keys and addresses, as the alliance has agreed."""

    def keys(self, use: str) -> Mapping[str, KeyRecord]:
        """Return every zone's public keys for one use, by kid."""

    def log_key(self, zone: ZoneId) -> NoteKey | None:
        """Return the key of a zone's ledger under its origin, or None when it is not known."""

    def address(self, zone: ZoneId) -> str | None:
        """Return the base URL of a zone's node, without a slash at its end, or None when it is not known."""


class Files(Protocol):
    """Files by digest."""

    def put(self, content: bytes, media_type: str, name: str) -> str:
        """Keep a file; return its hex SHA-256."""

    def find(self, digest: str) -> bytes | None:
        """Return a file, or None."""

    def find_name(self, digest: str) -> str:
        """Return what a file was called when it was kept first, or nothing when it is not here."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """One thing that follows an event.

    Args:
        flow: its name in ``Machine.flows``; a job row keeps it.
        is_deferred: True when it waits for another zone, a person or a slow machine.
        where: the zone in which it runs: ``deciding``, ``receiving`` when that is another one,
            ``reporting``: the deciding zone of a case that another zone received, or ``bundle``: the zone
            that leads the bundle of which the case is a part.
    """

    flow: str
    is_deferred: bool = False
    where: str = "deciding"


@dataclass(frozen=True, slots=True)
class Machine:
    """What follows what. The one there is stands in ``flows.reactions``; here only its shape.

    Args:
        reactions: by type of event, in order.
        every_event: what follows any event, after its own reactions.
        flows: every flow that may follow an event, by name.
    """

    reactions: Mapping[type, tuple[Reaction, ...]]
    every_event: tuple[Reaction, ...]
    flows: Mapping[str, Callable[[CaseId, "Deps"], None]]


@dataclass(frozen=True, slots=True)
class Deps:
    """Everything a flow may ask, for one zone."""

    zone: ZoneId
    machine: Machine
    clock: Clock
    chance: Chance
    catalogue: Catalogue
    unit: Unit
    cases: Cases
    bundles: Bundles
    serials: Serials
    registers: Registers
    notices: Notices
    authorities: Authorities
    exchange: Exchange
    jobs: Jobs
    ledger: Ledger
    credentials: Credentials
    sealer: Sealer
    press: Press
    files: Files
    transfers: Transfers
    records: PublicRecords
    directory: Directory
    rule_tables: RuleTables
    rails: Rails
    papers: Papers
    ratings: Ratings
    item_checks: ItemChecks
    alliance: AllianceActs
    public_url: str
