"""The page of items counts what the examples show, and they show enough."""

import pytest

from tests.builders import CONTENT
from tools.describe_items import Covered, compose_coverage, compose_ways, play_all

CATALOGUE, COVERED = play_all()
NEIGHBOURS = [
    covered
    for covered in COVERED
    if any(requirement.holder in ("every-zone", "other-zones") for requirement in covered.item.evidence)
]


def test_every_pack_has_its_rows() -> None:
    packs = {path.name for path in (CONTENT / "items").iterdir() if path.is_dir()}
    ways, coverage = compose_ways(), compose_coverage()
    assert all(f"[`{name}`]" in ways for name in packs)
    assert {name for name in packs if f"| `{name}` |" not in coverage} == {
        item.id for item in CATALOGUE.items.values() if item.is_cancelled
    }


def test_every_row_of_every_table_is_shown_met_and_not_met() -> None:
    lines = [line.split(" | ") for line in compose_coverage().splitlines()[2:]]
    assert lines
    assert [line[0] for line in lines if not line[2] == line[3] == line[4]] == []


def test_of_an_item_barred_to_machines_the_page_names_the_article() -> None:
    line = next(line for line in compose_ways().splitlines() if "tobacco-retail-licence" in line)
    assert "`tobacco-2021#9`" in line
    assert "| no: " in line


@pytest.mark.parametrize("covered", NEIGHBOURS, ids=lambda covered: str(covered.item.id))
def test_an_item_that_asks_every_zone_shows_one_answering_and_one_away(covered: Covered) -> None:
    assert any(shown.example.away for shown in covered.shown)
    assert any(shown.played.outcome == "grant" and not shown.example.away for shown in covered.shown)
