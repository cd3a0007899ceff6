"""The same deaths on PostgreSQL: a process ends at a port call, another goes on, the case ends the same.

What dies is a whole process with every zone in it: a fork of this one that ends by ``os._exit``, without a
word to the database. What it had committed is kept, PostgreSQL rolls the rest back when it finds the
connections gone; nothing in memory is left. The COMMIT of a unit counts as a call too, and so do those of
the message store. Each death has a case of its own.

Straight through, death comes before and behind every call. Over three zones there are some 240 calls, so it
comes before every one that may write, and behind the last: nothing is written between two calls, and what
a call that only reads were to write by mistake is there when the next one dies.
"""

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests.builders import (
    AGENT,
    CHANGZHOU,
    SUZHOU,
    ZONES,
    a_branch_application,
    a_network,
    keep_branch_records,
)
from tests.crash.mortal import Fate
from tests.crash.zones_on_postgres import OneThread, Zones, databases_for, open_zones
from tests.store.food_shops import keep_shops, submit_shop
from tongban.flows.submit import submit
from tongban.hosting.postgres import Cluster
from tongban.kernel.ids import CaseId, ZoneId

DEAD, ALIVE, BROKEN = 9, 0, 70
_LEAVES = (
    "SELECT count(*) FROM store_ledgerleaf WHERE key NOT LIKE 'message:%%' AND key NOT LIKE 'seal-act:%%'"
)
_LICENCES = "SELECT count(*) FROM store_credential WHERE case_id = %b AND document_digest <> ''"
_UNDELIVERED = "SELECT count(*) FROM store_outgoingmessage WHERE delivered_at IS NULL"


READING = frozenset(
    {"find", "history", "preload", "waiting_for_machine", "received_before", "outgoing", "reported_version"}
    | {
        "read_sent",
        "find_received",
        "receipt_for",
        "seal_credential",
        "draw_licence",
        "is_open",
        "seal_drawn",
        "token",
        "salts",
    }
)
"""Calls that only read or compute."""


def die() -> NoReturn:
    """End this process here and now: no handler, no rollback, no goodbye to the database."""
    os._exit(DEAD)


@dataclass(frozen=True)
class Way:
    """The way of a case from submission to its sealed licence.

    Args:
        zones: those that take part; the first receives.
        decides: the zone that decides and keeps licence and ledger.
        hand_in: hands the case of a number in, as a client does that tries again.
        fill: puts what registers must hold into them.
        at_every_call: whether to die on both sides of every call, or before those that may write.
    """

    zones: tuple[ZoneId, ...]
    decides: ZoneId
    hand_in: Callable[[Zones, int], CaseId]
    fill: Callable[[Zones], None]
    at_every_call: bool

    def fate(self, at_call: int = 0, is_after: bool = False) -> Fate:
        """How a process dies on this way."""
        return Fate(at_call, is_after, die, spared=frozenset() if self.at_every_call else READING)

    def deaths(self, calls: int) -> list[tuple[int, bool]]:
        """Every death: at which call, and whether behind it."""
        before = [(call, False) for call in range(1, calls + 1)]
        behind = [(call, True) for call in range(1, calls + 1)]
        return sorted(before + behind) if self.at_every_call else [*before, behind[-1]]

    def play(self, zones: Zones, number: int) -> CaseId:
        """Hand a case in and let everything follow."""
        case_id = self.hand_in(zones, number)
        zones.work()
        return case_id


def hand_in_branch(zones: Zones, number: int) -> CaseId:
    return submit(CaseId(f"SZ260303-B{number:07d}"), a_branch_application(), AGENT, zones.deps[SUZHOU]).id


def fill_for_branch(zones: Zones) -> None:
    network = a_network()
    keep_branch_records(network)
    for zone, deps in network.items():
        for record in deps.registers._shelf.records.values():  # type: ignore[attr-defined]
            zones.stores[zone].registers.keep(record)


STRAIGHT_THROUGH = Way(
    (SUZHOU,),
    SUZHOU,
    lambda zones, number: submit_shop(zones.deps[SUZHOU], number),
    lambda zones: keep_shops(zones.deps[SUZHOU], 200),
    at_every_call=True,
)
CROSS_ZONE = Way(ZONES, CHANGZHOU, hand_in_branch, fill_for_branch, at_every_call=False)


@pytest.fixture(scope="module")
def databases(postgres_cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database for each zone. Not Django's test database: a process that dies leaves things behind."""
    with django_db_blocker.unblock(), databases_for(ZONES, postgres_cluster):
        yield


def play_in_a_process_that_dies(way: Way, folder: Path, number: int, fate: Fate) -> int:
    """Play in a fork of this process and return its exit code."""
    connections.close_all()  # the fork opens its own, and none of ours is hurt
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        way.play(open_zones(folder, way.zones, fate), number)
        os._exit(ALIVE)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
        os._exit(BROKEN)


def ending(way: Way, zones: Zones, case_id: CaseId, leaves_before: int) -> tuple[object, ...]:
    """What must be the same however the process died."""
    return (
        [zones.history(zone, case_id) for zone in way.zones],
        zones.count(way.decides, _LEAVES) - leaves_before,
        zones.count(way.decides, _LICENCES, case_id),
        sum(zones.count(zone, _UNDELIVERED) for zone in way.zones),
    )


@pytest.mark.parametrize("way", [STRAIGHT_THROUGH, CROSS_ZONE], ids=["straight-through", "over-three-zones"])
def test_a_process_that_dies_at_any_port_call_ends_the_case_the_same(
    way: Way, databases: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tongban.federation.client.ThreadPoolExecutor", OneThread)
    counting = way.fate()
    way.fill(open_zones(tmp_path, way.zones))
    way.play(open_zones(tmp_path, way.zones, counting), 0)
    zones = open_zones(tmp_path, way.zones)
    unharmed = ending(way, zones, way.play(zones, 1), zones.count(way.decides, _LEAVES) // 2)
    assert unharmed[1:] == (3, 1, 0)

    others = {}
    for number, (call, is_after) in enumerate(way.deaths(counting.calls), start=2):
        leaves_before = zones.count(way.decides, _LEAVES)
        code = play_in_a_process_that_dies(way, tmp_path, number, way.fate(call, is_after))
        assert code == DEAD, f"call {call} of {counting.calls} was never reached: {code}"
        case_id = way.hand_in(zones, number)
        zones.come_back()
        found = ending(way, zones, case_id, leaves_before)
        if found != unharmed:
            others[call, "after" if is_after else "before"] = found
    assert others == {}
