"""The store of one node, put together: every port it fills, over one session."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS

from tongban.flows.hall_ports import Hall
from tongban.kernel.ids import CaseId, ZoneId
from tongban.store.agenda import DjangoAgenda
from tongban.store.alliance import DjangoAllianceActs
from tongban.store.bundles import DjangoBundles
from tongban.store.case_data import Locksmith
from tongban.store.case_index import DueOn, Plan, plan_nothing
from tongban.store.cases import DjangoCases
from tongban.store.credentials import DjangoCredentials
from tongban.store.desk import DjangoDesk
from tongban.store.erase import erase_case
from tongban.store.exchange import DjangoExchange
from tongban.store.files import DjangoFiles
from tongban.store.hall import open_hall
from tongban.store.inquiries import DjangoInquiries
from tongban.store.item_checks import DjangoItemChecks
from tongban.store.jobs import DjangoJobs
from tongban.store.ledger import DjangoLedger, SignCheckpoint
from tongban.store.liaison import DjangoLiaisonActs
from tongban.store.messages import DjangoMessages
from tongban.store.notices import DjangoNotices
from tongban.store.notifications import DjangoChannels, DjangoNotifications
from tongban.store.papers import DjangoPapers
from tongban.store.past import Past
from tongban.store.prechecks import DjangoPrechecks
from tongban.store.proposals import Proposals
from tongban.store.public_records import OwnRecords
from tongban.store.rails import DjangoRails
from tongban.store.ratings import DjangoRatings
from tongban.store.rebuild import rebuild_index
from tongban.store.registers import DjangoRegisters
from tongban.store.replays import Replays
from tongban.store.rule_tables import DjangoRuleTables
from tongban.store.seals import DjangoSeals
from tongban.store.serials import DjangoSerials
from tongban.store.session import Session
from tongban.store.supervision import DjangoSupervision
from tongban.store.transfers import DjangoTransfers
from tongban.store.voices import DjangoVoices
from tongban.store.watch import Watch


class Clock(Protocol):
    """Time, as the store needs it: when something was queued or kept."""

    def now(self) -> datetime:
        """Return the present as an aware UTC instant."""


@dataclass(frozen=True, slots=True)
class Store:
    """Every port the store fills. One for a process; safe for several threads, each with its own unit.

    Args:
        unit: the port ``Unit``.
        records: the own zone's public records; wiring adds the other zones'.
        rebuild: throw the case index away and fold it again; returns how many cases.
        erase: make one case unreadable for ever.
    """

    session: Session
    unit: Callable[[], AbstractContextManager[Any]]
    cases: DjangoCases
    bundles: DjangoBundles
    serials: DjangoSerials
    notices: DjangoNotices
    exchange: DjangoExchange
    messages: DjangoMessages
    jobs: DjangoJobs
    ledger: DjangoLedger
    credentials: DjangoCredentials
    files: DjangoFiles
    papers: DjangoPapers
    liaison: DjangoLiaisonActs
    transfers: DjangoTransfers
    ratings: DjangoRatings
    records: OwnRecords
    rule_tables: DjangoRuleTables
    past: Past
    inquiries: DjangoInquiries
    prechecks: DjangoPrechecks
    hall: Hall
    notifications: DjangoNotifications
    channels: DjangoChannels
    voices: DjangoVoices
    supervision: DjangoSupervision
    rails: DjangoRails
    rebuild: Callable[[], int]
    erase: Callable[[CaseId], None]

    @property
    def watch(self) -> Watch:
        """What is measured of the machine's grants."""
        return Watch(self.session)

    @property
    def replays(self) -> Replays:
        """Passes of running past decisions again; it holds nothing but the session."""
        return Replays(self.session)

    @property
    def proposals(self) -> Proposals:
        """Proposed versions of rules; it holds nothing but the session."""
        return Proposals(self.session)

    @property
    def seals(self) -> DjangoSeals:
        """The port ``Seals``; it holds nothing but the session and the ledger."""
        return DjangoSeals(self.session, self.ledger)

    @property
    def item_checks(self) -> DjangoItemChecks:
        """The port ``ItemChecks``; it holds nothing but the session."""
        return DjangoItemChecks(self.session)

    @property
    def alliance(self) -> DjangoAllianceActs:
        """The port ``AllianceActs``; it holds nothing but the session."""
        return DjangoAllianceActs(self.session)

    @property
    def desk(self) -> DjangoDesk:
        """The port ``Desk``; its notes are locked with their case's key."""
        return DjangoDesk(self.session, self.cases)

    @property
    def registers(self) -> DjangoRegisters:
        """The port ``Registers``; it holds nothing but the session."""
        return DjangoRegisters(self.session)

    @property
    def agenda(self) -> DjangoAgenda:
        """The port ``Agenda``; it holds nothing but the session."""
        return DjangoAgenda(self.session)


def open_store(
    zone: ZoneId,
    clock: Clock,
    node_key: bytes,
    files_folder: Path,
    due_on: DueOn,
    sign_checkpoint: SignCheckpoint | None = None,
    alias: str = DEFAULT_DB_ALIAS,
    plan: Plan = plan_nothing,
) -> Store:
    """Return the store of one node; nothing is asked of the database yet.

    Args:
        node_key: 32 bytes that lock case keys, messages and files; losing it loses them.
        due_on: the day by which the deciding zone must answer a case, or None while no clock runs.
        sign_checkpoint: makes the signed note of the log; only the sequencer needs it.
        plan: what falls due in a case.
        alias: Django's name of the zone's database; a node has one, tests have several zones in a process.
    """
    session = Session(alias)
    cases = DjangoCases(session, zone, Locksmith(node_key), due_on, plan)
    ledger = DjangoLedger(session, sign_checkpoint)
    return Store(
        session=session,
        unit=session.unit,
        cases=cases,
        bundles=DjangoBundles(session, node_key),
        serials=DjangoSerials(session),
        notices=DjangoNotices(session, node_key),
        exchange=DjangoExchange(session, clock, node_key),
        messages=DjangoMessages(session, clock, node_key),
        jobs=DjangoJobs(session),
        ledger=ledger,
        credentials=DjangoCredentials(session, cases, clock),
        files=DjangoFiles(session, files_folder, node_key, clock),
        papers=DjangoPapers(session, cases, ledger),
        liaison=DjangoLiaisonActs(session, node_key),
        transfers=DjangoTransfers(session, files_folder, node_key),
        records=OwnRecords(session, zone, ledger),
        rule_tables=DjangoRuleTables(session),
        prechecks=DjangoPrechecks(session, node_key),
        past=Past(session, zone, cases),
        inquiries=DjangoInquiries(session, node_key),
        hall=open_hall(session, node_key),
        **_open_beside(session, node_key, zone),
        voices=DjangoVoices(session, node_key),
        rebuild=lambda: rebuild_index(session, cases, due_on, plan),
        erase=lambda case_id: erase_case(session, case_id),
    )


def _open_beside(session: Session, node_key: bytes, zone: ZoneId) -> dict[str, Any]:
    """Return the ports of what applicants are told and say back, and of what holds machine and people."""
    return {
        "supervision": DjangoSupervision(session, zone),
        "rails": DjangoRails(session),
        "ratings": DjangoRatings(session, node_key),
        "notifications": DjangoNotifications(session, node_key),
        "channels": DjangoChannels(session, node_key),
    }
