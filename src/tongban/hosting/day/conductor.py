"""Conducts the day: moves the clock, gives out the script, lets chaos strike, waits until all is quiet."""

import json
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg

from tongban.hosting.day.chaos import Chaos
from tongban.hosting.day.clients import PATIENCE_SECONDS, Record
from tongban.hosting.day.clockwork import CHINA, Clockwork, at_clock
from tongban.hosting.day.crowd import Crowd
from tongban.hosting.day.script import Entry, Kill
from tongban.hosting.nodes import Node, run_command

QUIET_SECONDS = 600
LOOK_EVERY_SECONDS = 1.0
FACTOR_WHILE_QUIET = 20.0
"""How fast the clock runs while nobody hands in: what is tried again in minutes is tried again soon."""
HOURS_AFTER = (9, 15)
_LEFT = """
SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')),
       (SELECT count(*) FROM store_outgoingmessage WHERE next_at IS NOT NULL),
       (SELECT count(*) FROM store_ledgerleaf WHERE idx IS NULL),
       (SELECT count(*) FROM store_caseindex WHERE deciding_zone = %(zone)s AND papers_version < version),
       (SELECT count(*) FROM store_caseindex
        WHERE deciding_zone = %(zone)s AND waits_for IN ('machine', 'zone')),
       (SELECT count(*) FROM store_agendaentry
        WHERE fired_at IS NULL AND put_off_until IS NULL AND fires_on <= %(today)s)
"""
WHAT_IS_LEFT = ("jobs", "messages", "leaves", "papers", "machine", "due")


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the day is played: clock, clients, killer, and the zones' databases to look at (secrets)."""

    clock: Clockwork
    crowd: Crowd
    chaos: Chaos
    nodes: Mapping[str, Node]
    databases: Mapping[str, str]


def play_day(script: Sequence[Entry], kills: Sequence[Kill], stage: Stage) -> None:
    """Give the script out line by line; the clock follows it, and chaos strikes where the plan says."""
    planned = list(kills)
    for number, entry in enumerate(script):
        stage.clock.move_to(entry.at)
        record = stage.crowd.take(entry)
        while planned and planned[0].after <= number:
            stage.chaos.strike(planned.pop(0))
        stage.chaos.look_after()
        if entry.mode == "ticket":  # a hall closes: whoever takes a number does so at its time
            _wait_for(record, stage)
    wait_for_clients(stage)


def _wait_for(record: Record, stage: Stage) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not record.is_over and time.monotonic() < deadline:
        stage.chaos.look_after()
        time.sleep(LOOK_EVERY_SECONDS / 20)


def wait_for_clients(stage: Stage) -> None:
    """Return when every client has come to the end of its way, or patience ends."""
    stage.clock.move_to(stage.clock.now(), FACTOR_WHILE_QUIET)
    deadline = time.monotonic() + QUIET_SECONDS
    while stage.crowd.left and time.monotonic() < deadline:
        stage.chaos.look_after()
        time.sleep(LOOK_EVERY_SECONDS / 2)


def play_days_after(days: Sequence[date], stage: Stage) -> dict[str, dict[str, int]]:
    """Let the following days come, each in two steps, and return what is left at the end, by zone."""
    left = wait_until_quiet(stage)
    for on in days:
        for hour in HOURS_AFTER:
            stage.clock.move_to(at_clock(on, hour), FACTOR_WHILE_QUIET)
            # Every duty of a worker has had its turn by then: the rarest that matters comes once a minute.
            _let_pass(stage, minutes=3)
            left = wait_until_quiet(stage)
    return left


def _let_pass(stage: Stage, minutes: int) -> None:
    until = stage.clock.now() + timedelta(minutes=minutes)
    while stage.clock.now() < until:
        stage.chaos.look_after()
        time.sleep(0.1)


def wait_until_quiet(stage: Stage) -> dict[str, dict[str, int]]:
    """Return when nothing is left that nodes do by themselves, twice in a row, or patience ends."""
    deadline = time.monotonic() + QUIET_SECONDS
    quiet = 0
    while True:
        stage.chaos.look_after()
        left = {zone: _read_left(zone, stage) for zone in stage.nodes}
        quiet = 0 if any(any(one.values()) for one in left.values()) else quiet + 1
        if quiet > 1 or time.monotonic() > deadline:
            return left
        time.sleep(LOOK_EVERY_SECONDS)


def _read_left(zone: str, stage: Stage) -> dict[str, int]:
    today = stage.clock.now().astimezone(CHINA).date()
    with psycopg.connect(stage.databases[zone]) as connection:
        row = connection.execute(_LEFT, {"zone": zone, "today": today}).fetchone()
    return dict(zip(WHAT_IS_LEFT, row or (), strict=True))


def take_accounts(nodes: Mapping[str, Node], folder: Path) -> dict[str, Any]:
    """Have every node write what its tables hold, and return it by zone."""
    with ThreadPoolExecutor(len(nodes)) as pool:
        list(
            pool.map(
                lambda one: run_command(one, "dayaccount", "--to", str(folder / f"{one.zone}.json")),
                nodes.values(),
            )
        )
    return {zone: json.loads((folder / f"{zone}.json").read_text(encoding="utf-8")) for zone in nodes}
