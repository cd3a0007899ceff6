"""The store of one node, put together: every port it fills, over one session."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS

from tongban.kernel.ids import CaseId, ZoneId
from tongban.store.alliance import DjangoAllianceActs
from tongban.store.bundles import DjangoBundles
from tongban.store.case_data import Locksmith
from tongban.store.case_index import DueOn
from tongban.store.cases import DjangoCases
from tongban.store.credentials import DjangoCredentials
from tongban.store.erase import erase_case
from tongban.store.exchange import DjangoExchange
from tongban.store.files import DjangoFiles
from tongban.store.item_checks import DjangoItemChecks
from tongban.store.jobs import DjangoJobs
from tongban.store.ledger import DjangoLedger, SignCheckpoint
from tongban.store.messages import DjangoMessages
from tongban.store.notices import DjangoNotices
from tongban.store.papers import DjangoPapers
from tongban.store.past import Past
from tongban.store.proposals import Proposals
from tongban.store.public_records import OwnRecords
from tongban.store.rails import DjangoRails
from tongban.store.ratings import DjangoRatings
from tongban.store.rebuild import rebuild_index
from tongban.store.registers import DjangoRegisters
from tongban.store.replays import Replays
from tongban.store.rule_tables import DjangoRuleTables
from tongban.store.serials import DjangoSerials
from tongban.store.session import Session
from tongban.store.transfers import DjangoTransfers
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
    registers: DjangoRegisters
    notices: DjangoNotices
    exchange: DjangoExchange
    messages: DjangoMessages
    jobs: DjangoJobs
    ledger: DjangoLedger
    credentials: DjangoCredentials
    files: DjangoFiles
    papers: DjangoPapers
    alliance: DjangoAllianceActs
    transfers: DjangoTransfers
    ratings: DjangoRatings
    records: OwnRecords
    rule_tables: DjangoRuleTables
    rails: DjangoRails
    past: Past
    replays: Replays
    watch: Watch
    proposals: Proposals
    rebuild: Callable[[], int]
    erase: Callable[[CaseId], None]

    @property
    def item_checks(self) -> DjangoItemChecks:
        """The port ``ItemChecks``; it holds nothing but the session."""
        return DjangoItemChecks(self.session)


def open_store(
    zone: ZoneId,
    clock: Clock,
    node_key: bytes,
    files_folder: Path,
    due_on: DueOn,
    sign_checkpoint: SignCheckpoint | None = None,
    alias: str = DEFAULT_DB_ALIAS,
) -> Store:
    """Return the store of one node; nothing is asked of the database yet.

    Args:
        node_key: 32 bytes that lock case keys, messages and files; losing it loses them.
        due_on: the day by which the deciding zone must answer a case, or None while no clock runs.
        sign_checkpoint: makes the signed note of the log; only the sequencer needs it.
        alias: Django's name of the zone's database; a node has one, tests have several zones in a process.
    """
    session = Session(alias)
    cases = DjangoCases(session, zone, Locksmith(node_key), due_on)
    ledger = DjangoLedger(session, sign_checkpoint)
    return Store(
        session=session,
        unit=session.unit,
        cases=cases,
        bundles=DjangoBundles(session, node_key),
        serials=DjangoSerials(session),
        registers=DjangoRegisters(session),
        notices=DjangoNotices(session, node_key),
        exchange=DjangoExchange(session, clock, node_key),
        messages=DjangoMessages(session, clock, node_key),
        jobs=DjangoJobs(session),
        ledger=ledger,
        credentials=DjangoCredentials(session, cases, clock),
        files=DjangoFiles(session, files_folder, node_key, clock),
        papers=DjangoPapers(session, cases, ledger),
        alliance=DjangoAllianceActs(session),
        transfers=DjangoTransfers(session, files_folder, node_key),
        ratings=DjangoRatings(session, node_key),
        records=OwnRecords(session, zone, ledger),
        rule_tables=DjangoRuleTables(session),
        rails=DjangoRails(session),
        past=Past(session, zone, cases),
        replays=Replays(session),
        watch=Watch(session),
        proposals=Proposals(session),
        rebuild=lambda: rebuild_index(session, cases, due_on),
        erase=lambda case_id: erase_case(session, case_id),
    )
