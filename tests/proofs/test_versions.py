"""A new version is held against the one before: whom it takes a grant from is told, declared or not."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.packs.broken import FOOD, copy_content
from tests.proofs.test_defects import with_rows
from tests.proofs.test_zones import ON, SUZHOU, a_row, in_zone
from tongban.commands.proving import Proving
from tongban.domain.rules.evaluate import Outcome, evaluate
from tongban.domain.rules.operators import Operator
from tongban.packs.check import inspect_content
from tongban.proofs.applicants import own_facts
from tongban.proofs.versions import FORM, compare_versions, prove_version

OLD = in_zone(SUZHOU)
RETAIL = a_row("answers.sale_modes", Operator.WITHIN, ("retail",))
STRICTER = with_rows(OLD, RETAIL)


def test_nobody_loses_by_the_same_rules() -> None:
    change = compare_versions(OLD, replace(OLD, version=2), ON)
    assert (change.lose, change.gain) == ((), ())


def test_who_loses_by_a_new_row_is_shown_and_the_machine_says_so_too() -> None:
    change = compare_versions(OLD, STRICTER, ON)
    (lost,) = change.lose
    assert (lost.cause, lost.by_itself, change.gain) == ("planted", True, ())
    ends = [
        evaluate(i.rules, own_facts(i, lost.applicant.facts, zone=False)).outcome for i in (OLD, STRICTER)
    ]
    assert ends == [Outcome.GRANT, Outcome.REFER]
    assert "批发" in lost.words.zh


def test_who_gains_by_a_row_that_is_gone_is_shown() -> None:
    change = compare_versions(STRICTER, OLD, ON)
    (won,) = change.gain
    assert (won.cause, change.lose) == ("planted", ())


def test_a_form_that_takes_fewer_answers_takes_something_away() -> None:
    sections = tuple(
        replace(
            section,
            questions=tuple(
                replace(q, is_required=True, shown_when=None) if q.id == "online_shops" else q
                for q in section.questions
            ),
        )
        for section in OLD.form.sections
    )
    new = replace(OLD, form=replace(OLD.form, sections=sections), version=2)
    assert [lost.cause for lost in compare_versions(OLD, new, ON).lose] == [FORM]


def test_a_declared_loss_is_a_note_and_one_that_takes_nothing_is_a_problem() -> None:
    assert [one.code for one in prove_version(OLD, STRICTER, (), ON).problems] == ["proof.takes-away"]
    declared = prove_version(OLD, STRICTER, ("planted",), ON)
    assert (declared.problems, [one.code for one in declared.notes]) == ([], ["proof.takes-away"])
    idle = prove_version(OLD, OLD, ("planted",), ON)
    assert [one.code for one in idle.problems] == ["proof.takes-nothing"]


ROW = """  - id: retail-only
    fact: answers.sale_modes
    op: within
    value: [retail]
    says: {zh: 只零售, en: Retail only}
    source: "food-safety-2021#35.1"
"""
CHANGES = """takes_away:
  - by: retail-only
    says: {zh: 演示：批发另行办理。, en: "For demonstration: wholesale is handled elsewhere."}
    source: "food-safety-2021#35.1"
"""


def a_new_version(folder: Path) -> Path:
    """The food pack as version 2 with a row more, its version 1 kept beside it."""
    pack = folder / "items" / FOOD
    earlier = pack / "earlier" / "1"
    earlier.mkdir(parents=True)
    rules = (pack / "rules.yaml").read_text(encoding="utf-8")
    (earlier / "rules.yaml").write_text(rules, encoding="utf-8")
    (pack / "rules.yaml").write_text(rules.replace("version: 1", "version: 2") + ROW, encoding="utf-8")
    item = (pack / "item.yaml").read_text(encoding="utf-8")
    (earlier / "item.yaml").write_text(item, encoding="utf-8")
    (pack / "item.yaml").write_text(item.replace("version: 1", "version: 2"), encoding="utf-8")
    return earlier


def proof_problems(folder: Path) -> list[tuple[str, str]]:
    problems = inspect_content(folder, ON, Proving(ON)).problems
    return [
        (one.code, one.pointer) for one in problems if one.code.startswith(("proof.", "pack.not-earlier"))
    ]


def test_a_pack_that_keeps_its_version_before_is_held_against_it(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    earlier = a_new_version(folder)
    ((code, where),) = proof_problems(folder)
    assert code == "proof.takes-away"
    assert where.startswith(f"items/{FOOD}/rules.yaml:")
    assert where.endswith("criteria[7]")
    (earlier / "changes.yaml").write_text(CHANGES, encoding="utf-8")
    assert proof_problems(folder) == []


@pytest.mark.parametrize("name", ["2", "nine", "0"])
def test_a_folder_that_is_no_earlier_version_is_refused(name: str, tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    a_new_version(folder)
    (folder / "items" / FOOD / "earlier" / name).mkdir()
    assert [code for code, _ in proof_problems(folder)] == ["pack.not-earlier"]


def test_a_citation_of_a_declared_change_must_stand(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    earlier = a_new_version(folder)
    (earlier / "changes.yaml").write_text(CHANGES.replace("2021#35.1", "2021#999"), encoding="utf-8")
    problems = inspect_content(folder, date(2026, 3, 3)).problems
    assert any("changes.yaml" in one.pointer for one in problems)
