"""`manage.py check_items` passes sound packs with counts, and stops a build for a broken or stale one."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.packs.broken import FOOD, copy_content, plant, read_faults


def run(folder: Path, *arguments: str) -> tuple[str, str]:
    """Return what was printed and what was complained of."""
    said, complained = io.StringIO(), io.StringIO()
    call_command("check_items", "--content", str(folder), *arguments, stdout=said, stderr=complained)
    return said.getvalue(), complained.getvalue()


def test_sound_packs_are_passed_with_their_counts(tmp_path: Path) -> None:
    said, complained = run(copy_content(tmp_path), "--write-guides")
    assert "all item packs are sound: 1 items" in said
    assert "8 examples" in said
    assert complained == ""


def test_a_page_that_is_stale_stops_the_build(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    with pytest.raises(CommandError, match=f"items/{FOOD}/README.md.*--write-guides"):
        run(folder)
    run(folder, "--write-guides")
    assert "sound" in run(folder)[0]


def test_a_fault_is_printed_with_place_words_and_next_step(tmp_path: Path) -> None:
    folder, complained = copy_content(tmp_path), io.StringIO()
    plant(next(fault for fault in read_faults() if fault.name == "a key that is no key"), folder)
    with pytest.raises(CommandError, match="1 problem;"):
        call_command("check_items", "--content", str(folder), stderr=complained)
    said = complained.getvalue()
    assert f"items/{FOOD}/item.yaml:18 vists  [pack.strange]" in said
    assert "不认识“vists”" in said
    assert "→ Did you mean “visits”?" in said


def test_a_folder_without_packs_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="has no folder"):
        run(tmp_path)


def test_what_was_proved_is_told_in_figures_and_on_request_zone_against_zone(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    run(folder, "--write-guides")
    said = run(folder)[0]
    assert "3 of 3 pairs of zones decide alike for every applicant" in said
    assert "suzhou = wuxi" not in said
    whole = run(folder, "--report")[0]
    assert "suzhou = wuxi  已证明相同：收件、结果" in whole
    assert "≠ 承诺时限：10分钟 / 2小时" in whole


def test_without_the_solver_it_says_that_nothing_was_proved(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    run(folder, "--write-guides")
    assert "nothing was proved" in run(folder, "--without-proofs")[0]
