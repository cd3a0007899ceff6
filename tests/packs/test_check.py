"""A broken pack is told at its line, in both languages; a sound one is passed; only the fault is told."""

from datetime import date
from pathlib import Path

import pytest

from tests.builders import CONTENT
from tests.packs.broken import BRANCH, FOOD, NURSE, Fault, Told, copy_content, plant, read_faults
from tongban.kernel.errors import Problem, Refused
from tongban.packs.check import check_content, inspect_content
from tongban.packs.load import load_catalogue

ON = date(2026, 3, 3)
FAULTS = read_faults()


def told_by(problem: Problem, folder: Path) -> Told:
    """Return a problem as the corpus writes it, its line replaced by the words that stand on it."""
    place, _, pointer = problem.pointer.partition(" ")
    file, _, line = place.partition(":")
    words = (folder / file).read_text(encoding="utf-8").splitlines()[int(line) - 1].strip() if line else ""
    return Told(problem.code, file, pointer, words)


def is_as_expected(seen: Told, expected: Told) -> bool:
    return (seen.code, seen.file, seen.pointer) == (
        expected.code,
        expected.file,
        expected.pointer,
    ) and seen.at.startswith(expected.at)


def test_the_real_content_is_sound() -> None:
    assert check_content(CONTENT, ON) == ()


def test_the_report_counts_what_was_looked_at() -> None:
    counts = inspect_content(CONTENT, ON).counts
    assert counts["items"] >= 3
    assert counts["examples"] >= 30
    assert counts["criteria"] >= 30


def test_there_are_60_faults_or_more() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 60


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_told_at_its_line_and_nothing_else_is(fault: Fault, tmp_path: Path) -> None:
    folder = copy_content(tmp_path, fault.packs)
    plant(fault, folder)
    problems = check_content(folder, ON)
    for problem in problems:
        assert problem.text.zh.endswith("。"), problem
        assert problem.text.en.endswith("."), problem
    if fault.spreads:
        assert any(problem.code == "pack.example-differs" for problem in problems)
        problems = tuple(problem for problem in problems if problem.code != "pack.example-differs")
    seen = [told_by(problem, folder) for problem in problems]
    assert len(seen) == len(fault.told), seen
    for expected in fault.told:
        assert any(is_as_expected(one, expected) for one in seen), (expected, seen)


@pytest.mark.parametrize("packs", [(FOOD,), (NURSE,), (BRANCH,)], ids=lambda packs: packs[0])
def test_the_copies_that_are_broken_were_sound_before(packs: tuple[str, ...], tmp_path: Path) -> None:
    assert check_content(copy_content(tmp_path, packs), ON) == ()


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    folder = copy_content(tmp_path, (FOOD, NURSE, BRANCH))
    planted = [
        fault
        for fault in FAULTS
        if fault.name
        in (
            "an operator that does not exist",
            "a calendar that does not exist",
            "the law's number in a rule",
            "an announcement of a fact that does not exist",
        )
    ]
    for fault in planted:
        plant(fault, folder)
    codes = {problem.code for problem in check_content(folder, ON)}
    assert codes >= {told.code for fault in planted for told in fault.told}


def test_a_node_does_not_start_on_a_broken_pack(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    plant(next(fault for fault in FAULTS if fault.name == "an operator that does not exist"), folder)
    with pytest.raises(Refused) as refused:
        load_catalogue(folder)
    assert [problem.code for problem in refused.value.problems] == ["rules.strange"]
