"""The steps of every procedure, with article, who, document and the tests that take them, as tables."""

import json
from pathlib import Path
from typing import Any

from tools.describe_content import CONTENT, read, table

KEPT = Path(__file__).resolve().parents[1] / "tests" / "steps.json"
Plain = dict[str, Any]


def list_regimes() -> list[Plain]:
    """Every procedure as its file says it, in order of name."""
    return [read(path) for path in sorted((CONTENT / "procedures").glob("*.yaml"))]


def read_taken() -> dict[str, dict[str, list[str]]]:
    """Events and tests by step, as tests/steps.py keeps them."""
    kept: dict[str, dict[str, list[str]]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept


def compose_steps() -> str:
    """A table for each procedure; a step that leaves no document, or that no test takes, shows a dash."""
    papers, taken = read(CONTENT / "papers.yaml")["papers"], read_taken()
    head = ["步骤", "step", "act", "from → to", "who", "article", "document", "tests that take it"]
    parts = []
    for regime in list_regimes():
        rows = [compose_row(regime, arrow, papers, taken) for arrow in regime["arrows"]]
        parts.append(f"\n## {regime['title']['zh']} {regime['title']['en']}\n\n{table(head, rows)}")
    return "".join(parts).lstrip("\n")


def compose_row(
    regime: Plain, arrow: Plain, papers: list[Plain], taken: dict[str, dict[str, list[str]]]
) -> list[str]:
    """One arrow: what it is called, where it leads, on which article, what it leaves, who proves it."""
    one = taken.get(f"{regime['id']}/{arrow['command']}", {"events": [], "tests": []})
    left = [
        f"{paper['title']['zh']} (`{paper['id']}`)"
        for paper in papers
        if paper["event"] in one["events"] and regime["id"] in paper.get("regimes", [regime["id"]])
    ]
    says = arrow["says"]
    return [
        says["zh"],
        says["en"],
        f"`{arrow['command']}`",
        f"{', '.join(arrow['from'])} → {arrow.get('to') or '='}",
        ", ".join(arrow["who"]),
        f"`{arrow['source']}`",
        "; ".join(left) or "—",
        "<br>".join(f"`{test}`" for test in one["tests"]) or "—",
    ]
