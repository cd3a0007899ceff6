"""What the flows ask of the outside. Adapters fill these; flows know nothing else of the world."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tongban.crypto.sign import KeyRecord
from tongban.domain.agenda import AgendaBook
from tongban.domain.bundle.bundle import Bundle
from tongban.domain.bundle.composite import Composite
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
from tongban.domain.hall.book import HallBook
from tongban.domain.law import LawBook
from tongban.domain.ledger.note import NoteKey
from tongban.domain.notification import NotificationBook
from tongban.domain.paperwork.paper import PaperBook
from tongban.domain.procedure import Regime
from tongban.domain.rating import RatingBook
from tongban.domain.seal.book import SealBook
from tongban.domain.seal.events import Custodian
from tongban.domain.supervision.book import SupervisionBook
from tongban.domain.voice.book import VoiceBook
from tongban.flows.agenda_store import Agenda
from tongban.flows.authority_port import Authorities
from tongban.flows.bundle_store import Bundles
from tongban.flows.credential_port import Credentials as Credentials
from tongban.flows.credential_port import Issued as Issued
from tongban.flows.desk_port import Desk
from tongban.flows.file_transfers import Transfers
from tongban.flows.guard_ports import Rails, RuleTables
from tongban.flows.hall_ports import Hall
from tongban.flows.inquiry_store import Inquiries
from tongban.flows.item_check_store import ItemChecks
from tongban.flows.keeping_ports import Jobs, Ledger, Serials
from tongban.flows.liaison_port import LiaisonActs
from tongban.flows.notice_store import Notices
from tongban.flows.notification_store import Carrier, Channels, Notifications
from tongban.flows.paper_store import Papers
from tongban.flows.precheck_store import Prechecks
from tongban.flows.press_port import DocumentCheck as DocumentCheck
from tongban.flows.press_port import Part as Part
from tongban.flows.press_port import Press as Press
from tongban.flows.public_record_port import PublicRecord as PublicRecord
from tongban.flows.public_record_port import PublicRecords as PublicRecords
from tongban.flows.rating_store import Ratings
from tongban.flows.register_port import Registers
from tongban.flows.review_port import ReviewBody
from tongban.flows.seal_port import SealKey, Seals
from tongban.flows.standard_store import AllianceActs, BasePacks
from tongban.flows.supervision_store import Supervision
from tongban.flows.voice_store import Voices
from tongban.kernel.ids import BundleId, CaseId, EvidenceKindId, ItemId, MessageId, ZoneId


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
    hall: HallBook
    agenda: AgendaBook
    seal: SealBook
    notifications: NotificationBook
    voices: VoiceBook
    supervision: SupervisionBook

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

        It waits when it is received with nothing pending and no correction asked, accepted and not assessed,
        or granted and not issued. Inside a unit they are claimed: nobody else is given them until it ends.
        """

    def received_before(self, at: datetime, limit: int) -> tuple[CaseId, ...]:
        """Return cases decided here that were received before ``at`` and are still not accepted."""

    def waking_by(self, on: date, limit: int) -> tuple[CaseId, ...]:
        """Return cases decided here on which time itself acts on or before a day, the longest due first.

        See ``domain.case.later.find_wake_on``.
        """

    def of_applicant(self, applicant_id: str, item_ids: Sequence[ItemId]) -> tuple[CaseId, ...]:
        """Return the concluded cases of some items that were decided here for an applicant, oldest first."""

    def closed_by(self, on: date, item_ids: Sequence[ItemId], limit: int) -> tuple[CaseId, ...]:
        """Return cases of some items that were decided here, in which nothing has happened since a day.

        Only closed ones with nothing left to do (``domain.case.later.is_done_with``), the longest first.
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

    def acts_elsewhere(self, limit: int) -> tuple[Outgoing, ...]:
        """Return this zone's newest ``case.act`` messages about cases of which it keeps nothing."""


class Sealer(Protocol):
    """Signs credentials; the key never leaves it."""

    def seal_credential(self, always: Mapping[str, object], disclosable: Mapping[str, object]) -> str:
        """Return an SD-JWT VC that discloses everything."""


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

    def put(self, content: bytes, media_type: str, name: str, loose_since: datetime | None = None) -> str:
        """Keep a file; return its hex SHA-256.

        Args:
            loose_since: now, for an upload that no case names yet; a file that is held already stays so.
        """

    def hold(self, digests: Collection[str]) -> None:
        """Keep these for good: a case or a receipt names them. Nothing for those that are not here."""

    def touch(self, digests: Collection[str], now: datetime) -> None:
        """Note that a draft still refers to these; nothing for those that are held, or not here."""

    def forget_loose(self, before: datetime, limit: int) -> int:
        """Throw away uploads that nothing has named or touched since an instant; return how many."""

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
        tell: keeps what a case's parties are told of new events, before anything that follows them.
    """

    reactions: Mapping[type, tuple[Reaction, ...]]
    every_event: tuple[Reaction, ...]
    flows: Mapping[str, Callable[[CaseId, "Deps"], None]]
    tell: Callable[[Case, tuple[Recorded, ...], "Deps"], None]


@dataclass(frozen=True, slots=True)
class Deps:
    """Everything a flow may ask, for one zone.

    Args:
        rota: in a demonstration, the two in whose names the seal is put to use by itself; else nobody.
    """

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
    inquiries: Inquiries
    prechecks: Prechecks
    agenda: Agenda
    desk: Desk
    alliance: AllianceActs
    liaison: LiaisonActs
    hall: Hall
    seals: Seals
    seal_key: SealKey
    notifications: Notifications
    channels: Channels
    carriers: Mapping[str, Carrier]
    voices: Voices
    supervision: Supervision
    review_body: ReviewBody
    public_url: str
    rota: tuple[Custodian, ...] = ()
