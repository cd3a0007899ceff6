"""Every contract test runs twice: on the ports in memory and on those of the store."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.ports.histories import NOON, ZONE
from tongban.domain.agenda import Entry
from tongban.domain.case.state import Case
from tongban.flows import memory, memory_files
from tongban.flows.memory_agenda import MemoryAgenda
from tongban.flows.memory_alliance import MemoryAllianceActs
from tongban.flows.memory_bundles import MemoryBundles
from tongban.flows.memory_desk import MemoryDesk
from tongban.flows.memory_hall import memory_hall
from tongban.flows.memory_inquiries import MemoryInquiries
from tongban.flows.memory_item_checks import MemoryItemChecks
from tongban.flows.memory_liaison import MemoryLiaisonActs
from tongban.flows.memory_messages import MemoryMessages
from tongban.flows.memory_notifications import MemoryChannels, MemoryNotifications
from tongban.flows.memory_papers import MemoryPapers
from tongban.flows.memory_prechecks import MemoryPrechecks
from tongban.flows.memory_rails import MemoryRails, MemoryRuleTables
from tongban.flows.memory_ratings import MemoryRatings
from tongban.flows.memory_seals import MemorySeals
from tongban.flows.memory_supervision import MemorySupervision
from tongban.flows.memory_voices import MemoryVoices
from tongban.store.store import Store, open_store

NODE_KEY = bytes(range(32))
_JOBS = "SELECT args::text FROM procrastinate_jobs ORDER BY id"


@dataclass(frozen=True)
class Rooms:
    """The ports of one zone, and three looks behind them that no port offers.

    Args:
        leaves: keys of ledger leaves in the order in which they were filed.
        jobs_waiting: flow and arguments of each wake-up.
        notice_numbers: of the notices kept, oldest first.
        is_store: True when they stand on PostgreSQL.
    """

    clock: memory.MemoryClock
    unit: Callable[[], AbstractContextManager[Any]]
    cases: Any
    bundles: Any
    serials: Any
    registers: Any
    notices: Any
    exchange: Any
    messages: Any
    jobs: Any
    ledger: Any
    credentials: Any
    files: Any
    rule_tables: Any
    rails: Any
    papers: Any
    alliance: Any
    liaison: Any
    transfers: Any
    ratings: Any
    item_checks: Any
    inquiries: Any
    prechecks: Any
    hall: Any
    voices: Any
    supervision: Any
    agenda: Any
    desk: Any
    seals: Any
    notifications: Any
    channels: Any
    leaves: Callable[[], list[str]]
    jobs_waiting: Callable[[], list[dict[str, str]]]
    notice_numbers: Callable[[], list[int]]
    is_store: bool


def due_on(case: Case) -> date | None:
    """A clock for tests: due on the 20th once accepted."""
    return case.accepted_on.replace(day=20) if case.accepted_on else None


def plan(case: Case) -> tuple[Entry, ...]:
    """An agenda for tests: two days after acceptance a reminder, after three an act, after four the head.

    None of it once it is decided. What was handed in at a kiosk waits to be confirmed until it is accepted.
    """
    if case.channel == "kiosk" and case.stage == "received":
        return (
            Entry(date(2026, 3, 4), "confirm-due", date(2026, 3, 3), "clerk", True),
            Entry(date(2026, 3, 5), "step-late", date(2026, 3, 3), "head", True),
        )
    if case.accepted_on is None or case.decision is not None:
        return ()
    begun = case.accepted_on
    rows = (("due-soon", 2, "officer"), ("time-acts", 3, "time"), ("overdue", 4, "head"))
    return tuple(
        Entry(begun + timedelta(days=days), kind, begun, to, case.deciding_zone == ZONE)
        for kind, days, to in rows
    )


def rooms_in_memory() -> Rooms:
    shelf, clock = memory.Shelf(), memory.MemoryClock(NOON)
    return Rooms(
        clock=clock,
        unit=memory.MemoryUnit(shelf),
        cases=memory.MemoryCases(shelf, ZONE),
        bundles=MemoryBundles(shelf),
        serials=memory.MemorySerials(shelf),
        registers=memory.MemoryRegisters(shelf),
        notices=memory.MemoryNotices(shelf),
        exchange=memory.MemoryExchange(shelf, ZONE, clock),
        messages=MemoryMessages(shelf, ZONE, clock),
        jobs=memory.MemoryJobs(shelf),
        ledger=memory.MemoryLedger(shelf),
        credentials=memory.MemoryCredentials(shelf),
        rule_tables=MemoryRuleTables(shelf),
        rails=MemoryRails(shelf),
        papers=MemoryPapers(shelf),
        alliance=MemoryAllianceActs(shelf),
        liaison=MemoryLiaisonActs(shelf),
        files=memory_files.MemoryFiles(shelf),
        transfers=memory_files.MemoryTransfers(shelf),
        ratings=MemoryRatings(shelf),
        item_checks=MemoryItemChecks(shelf),
        inquiries=MemoryInquiries(shelf),
        prechecks=MemoryPrechecks(shelf),
        hall=memory_hall(shelf),
        voices=MemoryVoices(shelf),
        supervision=MemorySupervision(shelf, ZONE),
        agenda=MemoryAgenda(shelf, plan),
        desk=MemoryDesk(shelf),
        seals=MemorySeals(shelf),
        notifications=MemoryNotifications(shelf),
        channels=MemoryChannels(shelf),
        leaves=lambda: list(shelf.leaves),
        jobs_waiting=lambda: [{"flow": name, **arguments} for name, arguments in shelf.jobs],
        notice_numbers=lambda: [notice.number for notice in shelf.notices],
        is_store=False,
    )


def rooms_of(store: Store, clock: memory.MemoryClock) -> Rooms:
    read = store.session.read
    return Rooms(
        clock=clock,
        unit=store.unit,
        cases=store.cases,
        bundles=store.bundles,
        serials=store.serials,
        registers=store.registers,
        notices=store.notices,
        exchange=store.exchange,
        messages=store.messages,
        jobs=store.jobs,
        ledger=store.ledger,
        credentials=store.credentials,
        files=store.files,
        rule_tables=store.rule_tables,
        rails=store.rails,
        papers=store.papers,
        alliance=store.alliance,
        liaison=store.liaison,
        transfers=store.transfers,
        ratings=store.ratings,
        item_checks=store.item_checks,
        inquiries=store.inquiries,
        prechecks=store.prechecks,
        hall=store.hall,
        voices=store.voices,
        supervision=store.supervision,
        agenda=store.agenda,
        desk=store.desk,
        seals=store.seals,
        notifications=store.notifications,
        channels=store.channels,
        leaves=lambda: [row[0] for row in read("SELECT key FROM store_ledgerleaf ORDER BY id")],
        jobs_waiting=lambda: [json.loads(row[0]) for row in read(_JOBS)],
        notice_numbers=lambda: [row[0] for row in read("SELECT number FROM store_notice ORDER BY number")],
        is_store=True,
    )


@pytest.fixture(
    params=["memory", pytest.param("postgres", marks=pytest.mark.django_db(transaction=True))],
)
def rooms(request: pytest.FixtureRequest, tmp_path: Path) -> Rooms:
    """The ports of one zone."""
    if request.param == "memory":
        return rooms_in_memory()
    clock = memory.MemoryClock(NOON)
    return rooms_of(open_store(ZONE, clock, NODE_KEY, tmp_path / "files", due_on, plan=plan), clock)
