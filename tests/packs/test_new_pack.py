"""`tongban new item` makes a pack that the checker passes, but for what its author must still write."""

from datetime import date
from itertools import cycle
from pathlib import Path

import pytest

from tests.packs.broken import copy_content
from tongban.domain.catalogue.parse_gate import GATE_FACTS
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.packs.check import Report, inspect_content
from tongban.packs.load import load_catalogue
from tongban.packs.new_pack import PROCEDURES, SKELETON, NewItem, make_pack

ON = date(2026, 3, 3)
NEW = NewItem("shop-sign-filing", "filing", "firm", Text("店招备案", "Filing of a shop sign"))
TURNS = list(zip(PROCEDURES, cycle(["firm", "person"]), strict=False))
WRITTEN = {
    "to-write#1": "all-2019#31.1",
    "to-write-desk": "city-desk",
    "待写": "示例",
    "TO WRITE": "Example",
    "gate: {}": "gate: {" + ", ".join(f"{name}: false" for name in GATE_FACTS) + "}",
}


def make(tmp_path: Path, new: NewItem) -> Path:
    folder = copy_content(tmp_path)
    make_pack(new, load_catalogue(folder), folder)
    return folder


def problems_of(report: Report) -> list[str]:
    return [f"{problem.code} {problem.pointer}" for problem in report.problems]


@pytest.mark.parametrize(("procedure", "applicant"), TURNS)
def test_only_what_must_be_written_is_complained_of(tmp_path: Path, procedure: str, applicant: str) -> None:
    folder = make(tmp_path, NewItem("new-thing", procedure, applicant, Text("", "")))
    report = inspect_content(folder, ON)
    assert {problem.code for problem in report.problems} == {"pack.unwritten", "pack.gate-not-stated"}
    assert all("items/new-thing/" in problem.pointer for problem in report.problems)
    assert next(pack for pack in report.packs if pack.id == ItemId("new-thing")).examples == 4


@pytest.mark.parametrize("procedure", ["licensing", "filing"])
def test_once_everything_is_written_the_pack_is_sound(tmp_path: Path, procedure: str) -> None:
    folder = make(tmp_path, NewItem("new-thing", procedure, "firm", Text("新事项", "A new thing")))
    for path in (folder / "items" / "new-thing").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for mark, words in WRITTEN.items():
            text = text.replace(mark, words)
        path.write_text(text, encoding="utf-8")
    assert problems_of(inspect_content(folder, ON)) == []


def test_each_place_is_named_once_with_its_line(tmp_path: Path) -> None:
    folder = make(tmp_path, NEW)
    told = [p.pointer for p in inspect_content(folder, ON).problems if p.code == "pack.unwritten"]
    assert len(told) == len(set(told))
    lines = (folder / "items" / NEW.id / "item.yaml").read_text(encoding="utf-8").splitlines()
    basis = next(number for number, line in enumerate(lines, 1) if line.startswith("legal_basis"))
    assert f"items/{NEW.id}/item.yaml:{basis} legal_basis[0]" in told


def test_a_name_that_is_taken_and_a_procedure_that_is_none_are_told_together(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    before = sorted(folder.rglob("*"))
    with pytest.raises(Refused) as told:
        make_pack(
            NewItem("prepackaged-food-filing", "ordeal", "cat", Text('a"b', "")),
            load_catalogue(folder),
            folder,
        )
    assert [problem.pointer for problem in told.value.problems] == ["id", "procedure", "for", "title-zh"]
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("name", ["", "Shop", "../elsewhere", "a--b", "x" * 61])
def test_a_name_that_no_folder_may_have_is_refused(tmp_path: Path, name: str) -> None:
    folder = copy_content(tmp_path)
    with pytest.raises(Refused, match="id"):
        make_pack(NewItem(name, "filing", "firm", Text("", "")), load_catalogue(folder), folder)


def test_a_second_new_item_gets_other_codes(tmp_path: Path) -> None:
    folder = make(tmp_path, NEW)
    make_pack(NewItem("second", "filing", "person", Text("", "")), load_catalogue(folder), folder)
    assert "pack.taken" not in {problem.code for problem in inspect_content(folder, ON).problems}


def test_the_skeleton_is_all_there() -> None:
    assert len(list(SKELETON.rglob("*.yaml"))) == 8
