"""The benchmark: it runs to its end, says what it measured, and a wrong answer is no rate."""

import json
from pathlib import Path

import pytest

from tongban.hosting.bench import __main__ as bench
from tongban.hosting.bench.goals import GOALS
from tongban.hosting.bench.load import Request, WrongAnswer, run_load
from tongban.hosting.bench.report import compose_report, write_page
from tongban.hosting.nodes import Node

MEASURED = {"groups": {"per_s": 1499.0}, "rules": {"us": 12.0}, "rooms": {"store.session": 40.0}}


def test_it_starts_what_it_needs_measures_and_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "build" / "bench.json"
    assert bench.main(["--quick", "--only", "rules", "http", "--json", str(path)]) == 0
    report = json.loads(path.read_text(encoding="utf-8"))
    figures = report["figures"]
    assert figures["rules"]["rows"] == 20
    assert figures["straight"]["requests"] == 200
    assert all(figures[name]["per_s"] > 0 for name in ("intake", "straight", "straight_alone"))
    assert "fsync=on" in report["machine"]["postgresql"]
    assert "synchronous_commit=on" in report["machine"]["postgresql"]
    assert "Straight through" in capsys.readouterr().out


def test_a_goal_is_met_or_missed_and_said_so(tmp_path: Path) -> None:
    report = compose_report(MEASURED, {"cores": "2"}, "make bench")
    assert [(one["goal"], one["met"]) for one in report["goals"]] == [
        ("≥ 1,500 /s", "MISSED"),
        ("≤ 20 µs", "met"),
    ]
    write_page(report, tmp_path / "benchmarks.md")
    page = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert "| store.session | 40.0 % |" in page
    assert "make bench" in page


def test_every_goal_names_a_measurement_that_is_made() -> None:
    inside = {"straight", "straight_alone", "intake"}
    assert {goal.part for goal in GOALS} <= inside | set(bench.MEASUREMENTS)


def test_a_wrong_answer_ends_the_load(zones: dict[str, Node]) -> None:
    request = Request("GET", "/api/v1/zones", b"", {}, 200)
    load = run_load(zones["suzhou"].url, request, 2, 10)
    assert (load.clients, len(load.durations)) == (2, 10)
    with pytest.raises(WrongAnswer, match="404"):
        run_load(zones["suzhou"].url, Request("GET", "/api/v1/moon", b"", {}, 200), 2, 10)
