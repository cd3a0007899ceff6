"""The page of a pack is made from the pack: what is committed is what it says today."""

from pathlib import Path

import pytest

from tests.builders import CONTENT
from tests.items.examples import all_examples, content
from tests.packs.broken import FOOD, copy_content
from tongban.kernel.errors import Refused
from tongban.packs.guide import GUIDE_NAME, compose_guide, find_stale_guides, write_guides

PACKS = sorted(content().bases)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_the_page_that_is_committed_says_what_the_pack_says(pack: Path) -> None:
    item = content().bases[pack]
    examples = [one.example for one in all_examples() if one.item.id == item.id]
    page = compose_guide(item, content().catalogue, examples)
    assert (pack / GUIDE_NAME).read_text(encoding="utf-8") == page, "run manage.py check_items --write-guides"


def test_no_page_is_stale() -> None:
    assert find_stale_guides(CONTENT) == ()


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_a_page_names_every_paper_spared_every_criterion_and_its_article(pack: Path) -> None:
    item, page = content().bases[pack], (pack / GUIDE_NAME).read_text(encoding="utf-8")
    for material in item.materials:
        assert f"{material.name.zh} · {material.name.en}" in page
    for criterion in item.rules.criteria:
        article = content().catalogue.law.get(criterion.source)
        assert f"{criterion.says.zh}——{article.title.zh}" in page
        assert criterion.says.en in page


def test_the_nurses_page_says_that_the_notice_rests_on_agreement_inside_the_province() -> None:
    page = (CONTENT / "items" / "nurse-change-of-practice" / GUIDE_NAME).read_text(encoding="utf-8")
    assert "跨省变更时向原注册部门通报；三个高新区同在一省，按相互约定同样通报" in page
    assert "do the same by agreement" in page


def test_writing_a_page_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    assert [path.parent.name for path in write_guides(folder)] == [FOOD]
    assert write_guides(folder) == ()
    item = folder / "items" / FOOD / "item.yaml"
    item.write_text(item.read_text(encoding="utf-8").replace("小卖部", "杂货铺"), encoding="utf-8")
    assert find_stale_guides(folder) == ()
    item.write_text(
        item.read_text(encoding="utf-8").replace("要办食品经营许可证吗", "要许可证吗"), encoding="utf-8"
    )
    assert [path.name for path in find_stale_guides(folder)] == [GUIDE_NAME]


def test_no_page_is_written_from_broken_content(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    (folder / "items" / FOOD / "rules.yaml").unlink()
    with pytest.raises(Refused):
        write_guides(folder)
    assert not (folder / "items" / FOOD / GUIDE_NAME).exists()
