"""Runs every check there is, all of them even if some fail, and ends with one line of counts.

Usage: tools/verify.py [--quick | --only NAME]. A check that is not a test (format, types, …) counts as one.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to run; a check that is no pytest run counts as one test."""

    name: str
    command: Sequence[str]
    is_pytest: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """What came out."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)


CHECKS = (
    Check("format", ["-m", "ruff", "format", "--check", "--quiet", "."]),
    Check("lint", ["-m", "ruff", "check", "--quiet", "."]),
    Check("types", ["-m", "mypy"]),
    Check("contracts", ["-c", LINT_IMPORTS]),
    Check("items", ["manage.py", "check_items"]),
)
# Shared out by tests/workers.py, in the order of the folders: by size, long files of few tests come last.
_IN_TWO = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"]
EVERYTHING = Check("tests", ["-m", "pytest", "-q", *_IN_TWO], is_pytest=True)
HOUSE = Check("house", ["-m", "pytest", "-q", "tests/house"], is_pytest=True)


def main() -> int:
    """0 when nothing failed and at least one test ran."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out all tests but those of the house")
    parser.add_argument(
        "--only", metavar="NAME", help="run one check: " + ", ".join(each.name for each in CHECKS)
    )
    asked = parser.parse_args()
    chosen = (*CHECKS, HOUSE if asked.quick else EVERYTHING)
    if asked.only:
        chosen = tuple(check for check in (*CHECKS, EVERYTHING, HOUSE) if check.name == asked.only)
    total, broken = Count(), []
    for check in chosen:
        count = run_check(check)
        total += count
        broken += [check.name] if count.failed else []
    if broken:
        print(
            f"\nFailed: {', '.join(broken)}. One of them alone: .venv/bin/python tools/verify.py --only NAME"
        )
    print(f"\n{total.passed} passed, {total.failed} failed, {total.skipped} skipped", flush=True)
    return 0 if total.passed and not total.failed else 1


def run_check(check: Check) -> Count:
    """Run one check to its end, its output on our screen."""
    print(f"\n== {check.name}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        extra = [f"--junitxml={report}"] if check.is_pytest else []
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(
            [sys.executable, *check.command, *extra], cwd=ROOT, env=environment, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        count = read_report(report, done.returncode) if check.is_pytest else Count()
    if not check.is_pytest:
        count = Count(passed=1) if done.returncode == 0 else Count(failed=1)
    word = "failed" if count.failed else "passed"
    print(f"== {check.name} {word} in {time.monotonic() - started:.0f} s", flush=True)
    return count


def read_report(report: Path, returncode: int) -> Count:
    """Add up pytest's own report; a run that broke off without one, or ran nothing, has failed."""
    if not report.exists():
        return Count(failed=1)
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))  # noqa: S314  we wrote it a second ago
    tests = sum(int(suite.get("tests", 0)) for suite in suites)
    failed = sum(int(suite.get(kind, 0)) for suite in suites for kind in ("failures", "errors"))
    skipped = sum(int(suite.get("skipped", 0)) for suite in suites)
    if returncode != 0 and not failed:
        failed = 1
    return Count(passed=max(0, tests - failed - skipped), failed=failed, skipped=skipped)


if __name__ == "__main__":
    sys.exit(main())
