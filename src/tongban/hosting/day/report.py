"""The day's report: what was played, who was killed, what each question found; as text, JSON and a page."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tongban.hosting.day.checks import SHOWN, Finding
from tongban.hosting.telling import pad

Plain = Mapping[str, Any]


def compose_report(
    findings: Sequence[Finding], records: Sequence[Plain], accounts: Mapping[str, Plain], told: Plain
) -> dict[str, Any]:
    """Return everything, for programs.

    Args:
        told: what only the conductor knows: seed, command, machine, days, kills, seconds.
    """
    cases = {number: row for own in accounts.values() for number, row in own["cases"].items()}
    return {
        **told,
        "ended_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "is_good": all(one.is_good for one in findings),
        "modes": _by_mode(records),
        "items": dict(Counter(f"{row['item_id']}: {row['stage']}" for row in cases.values())),
        "held": {zone: _count(own) for zone, own in accounts.items()},
        "questions": [
            {"question": one.name, "looked_at": one.looked_at, "wrong": list(one.wrong)} for one in findings
        ],
    }


def _by_mode(records: Sequence[Plain]) -> dict[str, dict[str, float]]:
    found = {}
    for mode in dict.fromkeys(one["mode"] for one in records):
        own = [one for one in records if one["mode"] == mode]
        found[mode] = {
            "entries": len(own),
            "retries": sum(one["retries"] for one in own),
            "longest_s": round(max(one["seconds"] for one in own), 1),
        }
    return found


def _count(account: Plain) -> dict[str, int]:
    return {
        "cases": len(account["cases"]),
        "events": sum(len(events) for events in account["events"].values()),
        "licences": len(account["licences"]),
        "documents": len(account["papers"]),
        "messages_out": len(account["sent"]),
        "messages_in": len(account["received"]),
        "leaves": len(account["ledger"]["keys"]),
        "tickets": len(account["tickets"]),
        "fallen_due": len(account["fired"]),
    }


def print_report(report: Plain) -> None:
    """Print it for people."""
    print(f"\n  {pad('Played', 24)}{pad('entries', 10)}{pad('retries', 10)}longest")
    for mode, one in report["modes"].items():
        counts = f"{pad(str(one['entries']), 10)}{pad(str(one['retries']), 10)}"
        print(f"  {pad(mode, 24)}{counts}{one['longest_s']} s")
    print(f"\n  Killed: {_in_words(report['kills']) or 'nobody'}")
    print(f"\n  {pad('Question', 46)}{pad('looked at', 12)}wrong")
    for one in report["questions"]:
        print(f"  {pad(one['question'], 46)}{pad(str(one['looked_at']), 12)}{len(one['wrong'])}")
        for words in one["wrong"][:SHOWN]:
            print(f"      ✗ {words}")
    seconds = ", ".join(f"{name} {value:.0f} s" for name, value in report["seconds"].items())
    print(f"\n  {seconds}")
    verdict = "nothing lost, doubled, or numbered twice" if report["is_good"] else "SOMETHING IS WRONG"
    print(f"  Seed {report['seed']}: {verdict}.")


def write_json(report: Plain, path: Path) -> None:
    """Write it for programs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def write_page(report: Plain, path: Path) -> None:
    """Write the page of the documents; made by ``make day ARGS=--write-docs``, never by hand."""
    modes = [
        f"| {mode} | {one['entries']} | {one['retries']} | {one['longest_s']} s |"
        for mode, one in report["modes"].items()
    ]
    questions = [
        f"| {one['question']} | {one['looked_at']:,} | {len(one['wrong']) or 'nothing'} |"
        for one in report["questions"]
    ]
    names = list(next(iter(report["held"].values())))
    held = [
        f"| {zone} | {' | '.join(f'{own[name]:,}' for name in names)} |"
        for zone, own in report["held"].items()
    ]
    rows = {
        "modes": modes,
        "questions": questions,
        "held": held,
        "items": [f"| {name} | {count:,} |" for name, count in sorted(report["items"].items())],
        "machine": [f"| {name.replace('_', ' ')} | {value} |" for name, value in report["machine"].items()],
    }
    path.write_text(
        _PAGE.format(
            at=report["ended_at"],
            command=report["command"],
            seed=report["seed"],
            days=", ".join(report["days"]),
            kills=_in_words(report["kills"]),
            alone=", ".join(report["ended_alone"]) or "none",
            seconds=", ".join(f"{name} {value:.0f} s" for name, value in report["seconds"].items()),
            verdict="Nothing was lost, doubled, or numbered twice."
            if report["is_good"]
            else "**Something is wrong; see below.**",
            head=" | ".join(name.replace("_", " ") for name in names),
            line="|".join("---" for _ in names),
            **{name: "\n".join(lines) for name, lines in rows.items()},
        ),
        encoding="utf-8",
    )


def _in_words(kills: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count} times" for name, count in sorted(kills.items()))


_PAGE = """# A scripted day

Made by `{command}` at {at}; do not edit. Three zones, each with its web process, its worker and its
database, on one machine and on a played clock; clients hand in over the API and the pages, follow, correct,
withdraw, decide as officers do, take numbers and are called, and send again when nobody answers. Meanwhile
processes are killed (SIGKILL) and database connections cut where the seed says. Then some days pass, until
nothing is left that nodes do by themselves, and the tables of all zones are held against each other and
against what the clients were answered.

**{verdict}**

Seed {seed}; days {days}; {seconds}.

| Question | looked at | wrong |
|---|---|---|
{questions}

Killed: {kills}. Ended by themselves: {alone}.

## What was played

`straight` is decided in the answer, `later` by the worker, `branch` in another zone with proofs from a third;
`silent` asks for a person who does not answer, so that silence accepts; `bundle` is a move between zones;
`window` a clerk's intake. A retry is a request that nobody answered.

| Way | entries | retries | longest |
|---|---|---|---|
{modes}

| Item and where its cases stand | cases |
|---|---|
{items}

## What the zones hold

| zone | {head} |
|---|{line}|
{held}

## The machine

| | |
|---|---|
{machine}
"""
