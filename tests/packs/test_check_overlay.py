"""A zone cannot say that it does without a paper which the form goes on asking for."""

from datetime import date
from pathlib import Path

from tests.packs.broken import copy_content
from tongban.packs.check import check_content

PACK = "food-licence-new"
ON = date(2026, 3, 3)


def test_a_paper_that_the_form_asks_for_is_not_dropped(tmp_path: Path) -> None:
    folder = copy_content(tmp_path, (PACK,))
    assert check_content(folder, ON) == ()
    overlay = folder / "items" / PACK / "zones" / "wuxi.yaml"
    spared, asked = "Copy of the business licence", "Plan of the premises"
    with overlay.open("a", encoding="utf-8") as file:
        file.write(f"drop_materials: [{spared}, {asked}]\n")
    (problem,) = check_content(folder, ON)
    assert problem.code == "pack.dropped-but-asked"
    assert problem.pointer.endswith("drop_materials[1]")
