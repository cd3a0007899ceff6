"""Play a day (make day): three zones, a script, a killer; exits with 1 when the account does not hold."""

import argparse
import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from tongban.hosting.bench.machine import describe_machine
from tongban.hosting.complaint import CannotRun
from tongban.hosting.day.chaos import Chaos
from tongban.hosting.day.checks import Finding, check_all
from tongban.hosting.day.clients import World
from tongban.hosting.day.clockwork import CHINA, Clockwork, at_clock, list_working_days
from tongban.hosting.day.conductor import Stage, play_day, play_days_after, take_accounts
from tongban.hosting.day.crowd import Crowd
from tongban.hosting.day.report import compose_report, print_report, write_json, write_page
from tongban.hosting.day.script import ZONES, plan_kills, write_script
from tongban.hosting.demo import STOPPING, no_interrupt, prepare, step
from tongban.hosting.nodes import Node, ask_command, compose_nodes, start_node, wait_until_healthy
from tongban.hosting.ports import find_free_port
from tongban.hosting.postgres import stop_cluster, use_cluster
from tongban.hosting.processes import Family
from tongban.hosting.state import CHECKOUT
from tongban.hosting.story import FOLDER, read_story
from tongban.hosting.zone_databases import ensure_zone_databases

COMMAND = "make day ARGS=--write-docs"
CALENDARS = CHECKOUT / "content" / "calendars"
SETTINGS = "tongban.site.settings.day"
OPENS, CLOSES = (8, 30), (17, 30)
DAYS_AFTER = 6
CASES_A_KILL = 50
TOKENS = (("suzhou", "shop"), ("suzhou", "agent"), ("wuxi", "agent"), ("wuxi", "shop"))


@dataclass(frozen=True, slots=True)
class Asked:
    """How the day is to be: the same seed is the same script and the same plan of kills."""

    cases: int = 2000
    seed: int = 1
    kills: int | None = None

    @property
    def planned_kills(self) -> int:
        """How many processes are killed: as asked, or one for every fifty cases."""
        return self.cases // CASES_A_KILL if self.kills is None else self.kills


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the day; 0 when nothing was lost, doubled or numbered twice, else 1."""
    parser = argparse.ArgumentParser(prog="make day", description=__doc__)
    parser.add_argument("--cases", type=int, default=2000, help="applications handed in (2000)")
    parser.add_argument("--seed", type=int, default=1, help="of the script and the kills (1)")
    parser.add_argument("--kills", type=int, help="processes killed (one for every fifty cases)")
    parser.add_argument("--write-docs", action="store_true", help="write docs/day-report.md")
    parser.add_argument("--json", type=Path, default=CHECKOUT / "build" / "day.json")
    asked = parser.parse_args(arguments)
    try:
        report = play(Asked(asked.cases, asked.seed, asked.kills))
    except KeyboardInterrupt:
        print("\n  Stopped; nothing is left of it.", file=sys.stderr)
        return 1
    except CannotRun as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    print_report(report)
    write_json(report, asked.json)
    print(f"  {asked.json}")
    if asked.write_docs:
        write_page(report, CHECKOUT / "docs" / "day-report.md")
        print("  docs/day-report.md")
    return 0 if report["is_good"] else 1


def play(asked: Asked, keep_logs_in: Path | None = None) -> dict[str, Any]:
    """Play a day on nodes of its own, which are thrown away, and return the report.

    Raises:
        CannotRun: something is missing or in the way.
    """
    today = datetime.now(UTC).astimezone(CHINA).date()
    days = list_working_days(today, DAYS_AFTER + 1, CALENDARS)
    if len(days) <= DAYS_AFTER:
        raise CannotRun(f"The calendars in {CALENDARS} end too soon after {today}; add the next year's.")
    with tempfile.TemporaryDirectory(prefix="tongban-day-") as name:
        state = Path(name)
        try:
            return _play_on(days, asked, state)
        finally:
            if keep_logs_in is not None and (state / "logs").exists():
                shutil.copytree(state / "logs", keep_logs_in, dirs_exist_ok=True)


def _play_on(days: Sequence[date], asked: Asked, state: Path) -> dict[str, Any]:
    script = write_script(asked.seed, asked.cases, at_clock(days[0], *OPENS), at_clock(days[0], *CLOSES))
    kills = plan_kills(asked.seed, asked.planned_kills, len(script))
    began = time.monotonic()
    with running_zones(days[0], state) as (stage, machine):
        ready = time.monotonic()
        with step(f"{len(script)} entries, {len(kills)} kills"):
            play_day(script, kills, stage)
        played = time.monotonic()
        with step(f"the {len(days) - 1} working days after"):
            play_days_after(days[1:], stage)
        stage.crowd.stop()
        passed = time.monotonic()
        with step("the account"):
            accounts = take_accounts(stage.nodes, state)
            records = [asdict(one) for one in stage.crowd.records]
            findings = [*check_all(accounts, records), check_alone(stage.chaos)]
    told = {
        "command": COMMAND,
        "seed": asked.seed,
        "days": [day.isoformat() for day in days],
        "machine": machine,
        "kills": dict(stage.chaos.kills),
        "ended_alone": stage.chaos.ended_alone,
        "seconds": {
            "starting": ready - began, "the day": played - ready, "the days after": passed - played,
            "the account": time.monotonic() - passed,
        },
    }  # fmt: skip
    return compose_report(findings, records, accounts, told)


def check_alone(chaos: Chaos) -> Finding:
    """No process ended that nobody killed."""
    return Finding("no process ended by itself", sum(chaos.kills.values()), tuple(chaos.ended_alone))


@contextlib.contextmanager
def running_zones(on: date, state: Path) -> Iterator[tuple[Stage, dict[str, str]]]:
    """Three zones on a durable database of their own and on a played clock; everything is thrown away."""
    base = Path("/var/lib") if os.geteuid() == 0 else Path(tempfile.gettempdir())
    folder = base / f"tongban-day-{os.getpid()}"
    family = Family()
    crowd = None
    try:
        with step("a database and three zones"):
            cluster = use_cluster(folder, durable=True)
            machine = describe_machine(cluster.admin_url, state)
            databases = ensure_zone_databases(cluster, ZONES, state / "keys")
            clock = Clockwork(state / "clock.json", at_clock(on, *OPENS) - timedelta(minutes=5))
            nodes = _compose(databases, state)
            prepare(list(nodes.values()), "--without-checks")
            for node in nodes.values():
                start_node(family, node)
            wait_until_healthy(family, list(nodes.values()))
            crowd = Crowd(_compose_world(nodes))
        yield Stage(clock, crowd, Chaos(family, nodes, cluster.admin_url), nodes, databases), machine
    finally:
        with no_interrupt():
            if crowd is not None:
                crowd.stop()
            family.stop()
            stop_cluster(folder)
            shutil.rmtree(folder, ignore_errors=True)


def _compose(databases: dict[str, str], state: Path) -> dict[str, Node]:
    ports = {zone: find_free_port() for zone in ZONES}
    clock = {"TONGBAN_CLOCK_FILE": str(state / "clock.json")}
    nodes = compose_nodes(ports, databases, CHECKOUT, state, SETTINGS)
    return {one.zone: replace(one, environment={**one.environment, **clock}) for one in nodes}


def _compose_world(nodes: dict[str, Node]) -> World:
    story = read_story(FOLDER)
    asked = [(nodes["suzhou"], ("measure", "application"))]
    asked += [
        (nodes[zone], ("createtoken", login, "--label", "make day", "--days", "30")) for zone, login in TOKENS
    ]
    with ThreadPoolExecutor(len(asked)) as pool:
        application, *tokens = pool.map(lambda one: ask_command(one[0], *one[1]), asked)
    plain = json.loads(application)
    addresses = {zone: node.url for zone, node in nodes.items()}
    return World(
        addresses, dict(zip(TOKENS, tokens, strict=True)), story["password"], plain["answers"],
        dict(story["answers"]), plain["applicant"],
    )  # fmt: skip


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    raise KeyboardInterrupt


if __name__ == "__main__":
    for one in STOPPING:
        signal.signal(one, _interrupt)
    sys.exit(main())
