"""Three zones in one process, each on a database of its own, that speak the real protocol with each other."""

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from tests import database
from tests.builders import TUESDAY, ZONES, SealerForTests, catalogue, issue_signer
from tests.crash.mortal import Fate, Mortal, MortalUnit, mortal
from tests.federation.network import Wire, message_signer, write_directory
from tests.ports.conftest import NODE_KEY, due_on
from tongban.federation.directory import FileDirectory
from tongban.federation.exchange import PeerExchange
from tongban.federation.station import Station
from tongban.flows.memory import MemoryClock, memory_deps
from tongban.flows.plan_agenda import plan_for
from tongban.flows.ports import Deps
from tongban.flows.watch_clocks import take_up
from tongban.hosting.postgres import Cluster
from tongban.kernel.ids import CaseId, ZoneId
from tongban.packs.load import PackCatalogue
from tongban.store.store import Store, open_store
from tongban.wiring.work import wake

ROOMS = (
    *("unit", "cases", "serials", "registers", "exchange", "jobs", "ledger", "credentials", "files"),
    *("agenda", "bundles"),
)
A_WORKER_COMES_BACK = (timedelta(), timedelta(minutes=2), timedelta(minutes=5))
"""Until what a dead worker had claimed is free again, and what went unreceipted is sent once more."""


class OneThread:
    """Posts to peers one after the other in this thread, so that the port calls of a run have an order."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def __enter__(self) -> "OneThread":
        return self

    def __exit__(self, *_: object) -> None: ...

    def submit(self, act: Callable[..., Any], *given: Any, **named: Any) -> "Future[Any]":
        """Do it at once."""
        done: Future[Any] = Future()
        done.set_result(act(*given, **named))
        return done

    def map(self, act: Callable[..., Any], *given: Any) -> Iterator[Any]:
        """Do all of it at once."""
        return iter([act(*each) for each in zip(*given, strict=True)])


@dataclass(frozen=True)
class Zones:
    """What a test does with the zones.

    Args:
        deps: every zone's ports, mortal if the fate says so.
        stores: behind them, for looking.
    """

    deps: Mapping[ZoneId, Deps]
    stores: Mapping[ZoneId, Store]
    nodes: Mapping[ZoneId, PeerExchange]
    clock: MemoryClock

    def work(self) -> None:
        """Do what the zones' workers do, until none of them finds anything more."""
        while [zone for zone in self.deps if self._work(zone)]:
            pass

    def come_back(self) -> None:
        """Let new workers go on after a death, until the queues of the dead have come free too."""
        for later in A_WORKER_COMES_BACK:
            self.clock.at = TUESDAY + later
            self.work()
        self.clock.at = TUESDAY

    def _work(self, zone: ZoneId) -> bool:
        read, deps = self.stores[zone].session.read, self.deps[zone]
        jobs = read("SELECT id, args::text FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        for number, args in jobs:
            arguments = json.loads(args)
            node = cast(Any, SimpleNamespace(deps=deps, exchange=self.nodes[zone]))
            wake(node, arguments.pop("flow"), arguments)
            # Only now: the queue gives a job that was not finished to another worker.
            read("DELETE FROM procrastinate_jobs WHERE id = %b RETURNING 1", [number])
        sent = sum(self.nodes[zone].deliver().counts.values())
        return bool(jobs) or sent + take_up(deps) > 0

    def history(self, zone: ZoneId, case_id: CaseId) -> list[str]:
        """The names of a case's events in a zone."""
        return [type(one.event).__name__ for one in self.deps[zone].cases.history(case_id)]

    def count(self, zone: ZoneId, query: str, *parameters: object) -> int:
        """What a counting question finds in a zone's database."""
        number: int = self.stores[zone].session.read(query, parameters)[0][0]
        return number


def open_zones(
    folder: Path,
    zones: tuple[ZoneId, ...] = ZONES,
    fate: Fate | None = None,
    catalogue: Callable[[], PackCatalogue] = catalogue,
) -> Zones:
    """Put the zones together over the databases of ``databases_for``; nothing is asked of them yet."""
    write_directory(folder)
    clock, wire = MemoryClock(TUESDAY), Wire()
    directory = FileDirectory(folder, {zone: f"http://{zone}" for zone in ZONES})
    all_deps, stores = {}, {}
    for zone in zones:
        store = open_store(
            zone,
            clock,
            NODE_KEY,
            folder / zone,
            due_on,
            alias=alias_of(zone),
            plan=plan_for(catalogue(), zone),
        )
        deps = memory_deps(zone, catalogue(), clock, SealerForTests(issue_signer(zone)), directory)
        all_deps[zone] = replace(deps, **{name: getattr(store, name) for name in ROOMS})
        stores[zone] = store
    if fate is not None:
        units = {zone: MortalUnit(deps.unit, fate) for zone, deps in all_deps.items()}
        all_deps = {zone: replace(deps, unit=units[zone]) for zone, deps in mortal(all_deps, fate).items()}
    for zone, deps in all_deps.items():
        messages: Any = Mortal(stores[zone].messages, fate) if fate else stores[zone].messages
        wire.nodes[zone] = PeerExchange(
            Station(deps, messages, message_signer(zone), directory.address), wire
        )
    return Zones(all_deps, stores, wire.nodes, clock)


def alias_of(zone: ZoneId) -> str:
    """Django's name of a zone's database."""
    return f"crash-{zone}"


@contextmanager
def databases_for(zones: tuple[ZoneId, ...], cluster: Cluster) -> Iterator[None]:
    """Make an empty database for each zone, known to Django by its alias; gone when the block ends."""
    settings, made = connections["default"].settings_dict, []
    with psycopg.connect(cluster.admin_url, autocommit=True) as admin:
        try:
            for zone in zones:
                made.append(database.make_fresh(admin, cluster).rpartition("/")[2])
                connections.settings[alias_of(zone)] = {**settings, "NAME": made[-1]}
                call_command("migrate", database=alias_of(zone), verbosity=0)
            yield
        finally:
            connections.close_all()
            for name in made:
                admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            for zone in zones:
                del connections[alias_of(zone)], connections.settings[alias_of(zone)]
