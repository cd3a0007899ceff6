"""Measure (make bench): starts what it needs, loads it within bounds, prints a table, ends by itself."""

import argparse
import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tongban.hosting.bench.goals import Figures
from tongban.hosting.bench.load import Load, Request, run_load
from tongban.hosting.bench.machine import describe_machine
from tongban.hosting.bench.report import COMMAND, compose_report, print_table, write_json, write_page
from tongban.hosting.complaint import CannotRun
from tongban.hosting.demo import prepare
from tongban.hosting.nodes import Node, ask_command, compose_nodes, start_node, wait_until_healthy
from tongban.hosting.ports import find_free_port
from tongban.hosting.postgres import stop_cluster, use_cluster
from tongban.hosting.processes import Family
from tongban.hosting.state import CHECKOUT
from tongban.hosting.story import FOLDER, log_in, read_story
from tongban.hosting.visitor import Visitor
from tongban.hosting.zone_databases import ensure_zone_databases

ZONES = ("suzhou", "wuxi")
QUICK_PART = 20
WARM = 40
CLIENTS = 8
Found = dict[str, Figures]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; 0 when it came to its end, whether goals were met or not."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a twentieth of the load: to see that it runs")
    parser.add_argument("--only", nargs="*", help=f"some of: {', '.join(MEASUREMENTS)}")
    parser.add_argument("--write-docs", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument("--web-workers", type=int, default=2, help="web processes of the node (2)")
    parser.add_argument("--json", type=Path, default=CHECKOUT / "build" / "bench.json")
    asked = parser.parse_args(arguments)
    chosen = {name: MEASUREMENTS[name] for name in asked.only or MEASUREMENTS}
    try:
        with running_zones(asked.web_workers) as (nodes, machine):
            measured = measure(chosen, nodes, QUICK_PART if asked.quick else 1)
    except CannotRun as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    print_table(measured)
    report = compose_report(measured, machine, COMMAND)
    write_json(report, asked.json)
    print(f"\n  {asked.json}")
    if asked.write_docs:
        write_page(report, CHECKOUT / "docs" / "benchmarks.md")
        print("  docs/benchmarks.md")
    return 0


@contextlib.contextmanager
def running_zones(web_workers: int) -> Iterator[tuple[dict[str, Node], Mapping[str, str]]]:
    """Two zones' web processes on a durable database of their own; everything is thrown away in the end."""
    base = Path("/var/lib") if os.geteuid() == 0 else Path(tempfile.gettempdir())
    folder = base / f"tongban-bench-{os.getpid()}"
    family = Family()
    with tempfile.TemporaryDirectory(prefix="tongban-bench-") as state:
        try:
            cluster = use_cluster(folder, durable=True)
            machine = describe_machine(cluster.admin_url, Path(state))
            databases = ensure_zone_databases(cluster, ZONES, Path(state) / "keys")
            ports = {zone: find_free_port() for zone in ZONES}
            nodes = compose_nodes(ports, databases, CHECKOUT, Path(state))
            print("  Preparing two zones …", flush=True)
            prepare(nodes)
            for node in nodes:
                start_node(family, node, web_workers=web_workers, has_worker=False)
            wait_until_healthy(family, nodes)
            yield {node.zone: node for node in nodes}, {**machine, "web_processes": str(web_workers)}
        finally:
            family.stop()
            stop_cluster(folder)
            shutil.rmtree(folder, ignore_errors=True)


def measure(chosen: Mapping[str, "Measure"], nodes: Mapping[str, Node], part: int) -> Found:
    """Measure one thing after the other; a part of them that cannot be measured ends the whole."""
    measured: Found = {}
    for name, act in chosen.items():
        print(f"  {name} …", end="", flush=True)
        began = time.monotonic()
        measured |= act(nodes, part)
        print(f" {time.monotonic() - began:.1f} s", flush=True)
    return measured


def _inside(name: str, count: int) -> "Measure":
    """Return a measurement that a process of Suzhou's own makes (`manage.py measure`)."""

    def act(nodes: Mapping[str, Node], part: int) -> Found:
        counted = str(max(40, count // part))
        return {name: json.loads(ask_command(nodes["suzhou"], "measure", name, "--count", counted))}

    return act


def _over_http(nodes: Mapping[str, Node], part: int) -> Found:
    """Hand in over HTTP: receipts only, then straight through to the licence; one client, then several."""
    node = nodes["suzhou"]
    application = json.loads(ask_command(node, "measure", "application"))
    del application["applicant"]  # the account behind the token is
    token = ask_command(node, "createtoken", "shop", "--days", "1")
    later, now = (_compose_post({**application, "decide": when}, token) for when in ("later", "now"))
    run_load(node.url, later, CLIENTS, WARM)
    run_load(node.url, now, CLIENTS, WARM)
    return {
        "straight_alone": _figures(run_load(node.url, now, 1, 600 // part)),
        "straight": _figures(run_load(node.url, now, CLIENTS, 4000 // part)),
        "intake_alone": _figures(run_load(node.url, later, 1, 600 // part)),
        "intake": _figures(run_load(node.url, later, CLIENTS, 6000 // part)),
    }


def _list_page(nodes: Mapping[str, Node], part: int) -> Found:
    """Open the officer's worklist as a browser does, one after the other."""
    node = nodes["suzhou"]
    with Visitor(node.url) as visitor:
        log_in(visitor, f"{node.zone}-officer", read_story(FOLDER)["password"])
        page = Request("GET", "/officer/", b"", {"Cookie": visitor.cookies()}, 200)
    run_load(node.url, page, 1, WARM)
    return {"list_page": _figures(run_load(node.url, page, 1, max(40, 400 // part)))}


def _compose_post(body: Mapping[str, object], token: str) -> Request:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return Request("POST", "/api/v1/applications", json.dumps(body).encode(), headers, 201)


def _figures(load: Load) -> Figures:
    return {
        "clients": load.clients,
        "requests": len(load.durations),
        "per_s": load.per_s,
        "p50_ms": load.quantile_ms(0.5),
        "p99_ms": load.quantile_ms(0.99),
    }


Measure = Callable[[Mapping[str, Node], int], Found]
MEASUREMENTS: Mapping[str, Measure] = {
    "rules": _inside("rules", 20_000),
    "http": _over_http,
    "groups": _inside("groups", 6_000),
    "exchange": _inside("exchange", 3_000),
    "ledger": _inside("ledger", 20_000),
    "replay": _inside("replay", 10_000),
    "search": _inside("search", 1_000),
    "tickets": _inside("tickets", 100_000),
    "lists": _inside("lists", 100_000),
    "list_page": _list_page,
    "rooms": _inside("rooms", 400),
    "ages": _inside("ages", 60),
    "pages": _inside("pages", 1_000_000),
    "clocks": _inside("clocks", 1_000_000),
}
"""In this order: the lists' made-up rows would slow down what is measured behind them."""

if __name__ == "__main__":
    sys.exit(main())
