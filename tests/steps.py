"""Which test takes which step of a procedure: watched while tests run, printed in docs/steps.md.

A step is an arrow of content/procedures: ``licensing/Accept``. A test that steps.json names for a step and
that passes without taking it fails. ``pytest -n 0 --write-steps PATHS`` keeps what the tests at PATHS did.
"""

import functools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tongban.domain.case import commands, decide, events, setting, state

KEPT = Path(__file__).parent / "steps.json"
TESTS_EACH = 2
Kept = dict[str, dict[str, list[str]]]
"""Events and tests by step."""
Steps = dict[str, set[str]]
"""Names of the events by step."""

_taken: Steps = {}
_by_test: dict[str, Steps] = {}
_plain = decide.decide


@functools.wraps(_plain)
def _watched(case: state.Case, command: commands.Command, where: setting.Setting) -> tuple[events.Event, ...]:
    told = _plain(case, command, where)
    if told:
        step = f"{where.regime.id}/{type(command).__name__}"
        _taken.setdefault(step, set()).update(type(event).__name__ for event in told)
    return told


# Before anybody imports it by name: this plugin is loaded first.
decide.decide = _watched


def read_kept() -> Kept:
    """Return events and tests by step, as they are kept."""
    kept: Kept = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept


def find_untaken(test: str, taken: Steps, kept: Kept) -> list[str]:
    """Return the steps that a test is named for and did not take."""
    return [step for step, one in kept.items() if test in one["tests"] and step not in taken]


def merge(kept: Kept, by_test: dict[str, Steps]) -> Kept:
    """Return what is kept with what was seen; of many tests those that do the least, of different files.

    What was kept of tests that did not run now stays.
    """
    merged = dict(kept)
    for step in {step for taken in by_test.values() for step in taken}:
        before = kept.get(step, {"events": [], "tests": []})
        doing = [test for test in before["tests"] if test not in by_test]
        doing += [
            test for _, test in sorted((len(taken), test) for test, taken in by_test.items() if step in taken)
        ]
        by_file = {test.partition("::")[0]: test for test in reversed(doing)}
        told = {event for taken in by_test.values() for event in taken.get(step, ())} | set(before["events"])
        first = [test for test in doing if by_file[test.partition("::")[0]] == test]
        merged[step] = {"events": sorted(told), "tests": first[:TESTS_EACH]}
    return dict(sorted(merged.items()))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that keeps what was seen."""
    parser.addoption(
        "--write-steps", action="store_true", help="keep in tests/steps.json which test takes which step"
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Watch one test, and fail it when it no longer takes a step that it is named for."""
    _taken.clear()
    yield
    taken = {step: set(told) for step, told in _taken.items()}
    _by_test[item.nodeid] = taken
    if not item.config.getoption("--write-steps"):
        untaken = find_untaken(item.nodeid, taken, _kept())
        assert not untaken, f"tests/steps.json names this test for {untaken}, which it does not take"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what was seen, when asked to."""
    if session.config.getoption("--write-steps"):
        merged = merge(read_kept() if KEPT.exists() else {}, _by_test)
        KEPT.write_text(json.dumps(merged, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@functools.cache
def _kept() -> Kept:
    return read_kept() if KEPT.exists() else {}
