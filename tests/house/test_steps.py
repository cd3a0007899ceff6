"""Every step of every procedure has a test that takes it, and what steps.json says of tests is true."""

from pathlib import Path

import pytest

from tests.house.source import CHECKOUT
from tests.steps import find_untaken, merge, read_kept
from tools.describe_steps import list_regimes

STEPS = [f"{regime['id']}/{arrow['command']}" for regime in list_regimes() for arrow in regime["arrows"]]


@pytest.mark.parametrize("step", sorted(set(STEPS)))
def test_a_step_has_a_test_that_takes_it(step: str) -> None:
    assert read_kept().get(step, {}).get("tests"), "add a test, then: pytest -n 0 --write-steps"


def test_every_test_that_is_named_stands_in_its_file() -> None:
    for step, one in read_kept().items():
        for test in one["tests"]:
            file, _, name = test.partition("::")
            source = (CHECKOUT / Path(file)).read_text(encoding="utf-8")
            assert f"def {name.partition('[')[0]}(" in source, (step, test)


def test_nothing_is_kept_of_a_step_that_no_procedure_has() -> None:
    assert set(read_kept()) <= set(STEPS)


def test_a_test_that_no_longer_takes_its_step_is_found() -> None:
    kept = {"licensing/Accept": {"events": ["Accepted"], "tests": ["tests/a.py::test_a"]}}
    assert find_untaken("tests/a.py::test_a", {"licensing/Grant": {"Granted"}}, kept) == ["licensing/Accept"]
    assert find_untaken("tests/a.py::test_a", {"licensing/Accept": {"Accepted"}}, kept) == []
    assert find_untaken("tests/b.py::test_b", {}, kept) == []


def test_of_many_tests_those_that_do_the_least_besides_are_kept_and_of_different_files() -> None:
    one, two = {"r/A": {"Aed"}}, {"r/A": {"Aed"}, "r/B": {"Bed"}}
    merged = merge(
        {"r/C": {"events": ["Ced"], "tests": ["t/c.py::c"]}},
        {"t/a.py::x": two, "t/a.py::y": one, "t/b.py::z": two},
    )
    assert merged["r/A"] == {"events": ["Aed"], "tests": ["t/a.py::y", "t/b.py::z"]}
    assert list(merged) == ["r/A", "r/B", "r/C"]
