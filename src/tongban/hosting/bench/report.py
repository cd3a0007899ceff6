"""The figures as a table, as JSON and as a page of the documents."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tongban.hosting.bench.goals import GOALS, Figures
from tongban.hosting.telling import pad

COMMAND = "make bench ARGS=--write-docs"


def compose_rows(measured: Mapping[str, Figures]) -> Iterator[tuple[str, str, str, str]]:
    """Return what, goal, result and whether it was met, for everything that was measured."""
    for goal in GOALS:
        value = goal.find(measured)
        if value is None:
            continue
        met = {True: "met", False: "MISSED", None: ""}[goal.is_met(value)]
        yield goal.what, goal.words, f"{_round(value)} {goal.unit}", met


def print_table(measured: Mapping[str, Figures]) -> None:
    """Print the table."""
    print(f"\n  {pad('What', 58)}{pad('Goal', 16)}{pad('Result', 16)}")
    print(f"  {'─' * 96}")
    for what, goal, result, met in compose_rows(measured):
        print(f"  {pad(what, 58)}{pad(goal, 16)}{pad(result, 16)}{met}")


def compose_report(
    measured: Mapping[str, Figures], machine: Mapping[str, str], command: str
) -> dict[str, Any]:
    """Return everything, for programs."""
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "machine": dict(machine),
        "goals": [
            {"what": what.strip(), "goal": goal, "result": result, "met": met}
            for what, goal, result, met in compose_rows(measured)
        ],
        "figures": {part: dict(figures) for part, figures in measured.items()},
    }


def write_json(report: Mapping[str, Any], path: Path) -> None:
    """Write the report for programs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_page(report: Mapping[str, Any], path: Path) -> None:
    """Write the page of the documents; made by ``make bench ARGS=--write-docs``, never by hand."""
    machine = "\n".join(
        f"| {name.replace('_', ' ')} | {value} |" for name, value in report["machine"].items()
    )
    goals = "\n".join(
        f"| {one['what']} | {one['goal']} | {one['result']} | {one['met']} |" for one in report["goals"]
    )
    rooms = "\n".join(f"| {room} | {part} % |" for room, part in report["figures"].get("rooms", {}).items())
    path.write_text(
        _PAGE.format(
            at=report["measured_at"], command=report["command"], machine=machine, goals=goals, rooms=rooms
        ),
        encoding="utf-8",
    )


def _round(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


_PAGE = """# Benchmarks

Made by `{command}` at {at}; do not edit. Everything runs on one machine over loopback: PostgreSQL, the nodes
and the clients share its cores. Every commit is on disk before it counts (fsync and synchronous_commit on).

| What | Goal | Result | |
|---|---|---|---|
{goals}

What the lines mean: *intake* answers with the receipt and leaves the decision to the worker. *Straight
through* is one `POST /api/v1/applications` that comes back with the licence number: register looked up,
criteria checked, credential signed, ledger leaf filed, all in one durable transaction. The sealed PDF is
drawn later by a worker and is not in these figures; no worker runs while HTTP is measured. A *round
trip* is a question signed, sent, answered from the other node's register, receipted at both ends and put
into the case.

## Where the time goes

One straight-through application inside the web process, room by room, under the profiler (which slows small
functions more than it slows the database):

| Room | Time |
|---|---|
{rooms}

## The machine

| | |
|---|---|
{machine}
"""
