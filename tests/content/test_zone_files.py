"""The three zones parse, are told apart, and point to remedies that the law really gives."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tongban.domain.catalogue.parse_zone import parse_zone
from tongban.domain.law import LawBook, compose_law_book, parse_statute

CONTENT = Path(__file__).parents[2] / "content"
PATHS = sorted((CONTENT / "zones").glob("*.yaml"))
LIMIT_OF_REMEDY = {"admin-review-2023#20.1": "ask_for_review", "admin-litigation-2017#46.1": "sue_directly"}


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def law() -> LawBook:
    files = sorted((CONTENT / "law").glob("*.yaml"))
    return compose_law_book(one for path in files for one in parse_statute(read(path), path.name))


def test_every_zone_parses_under_its_own_name() -> None:
    assert [parse_zone(read(path)).id for path in PATHS] == ["changzhou", "suzhou", "wuxi"]


def test_zones_share_neither_letters_nor_divisions_nor_authority_nor_address() -> None:
    zones = [parse_zone(read(path)) for path in PATHS]
    for values in (
        [zone.letters for zone in zones],
        [code for zone in zones for code in zone.divisions],
        [zone.authority.code for zone in zones],
        [zone.address for zone in zones],
    ):
        assert len(values) == len(set(values))


def test_a_zone_is_neither_its_division_nor_its_authority() -> None:
    for zone in (parse_zone(read(path)) for path in PATHS):
        assert zone.id not in zone.divisions
        assert zone.authority.id != zone.id
        assert zone.authority.name != zone.name


def test_divisions_are_listed_ones() -> None:
    listed = read(CONTENT / "divisions.yaml")["divisions"]
    for zone in (parse_zone(read(path)) for path in PATHS):
        assert set(zone.divisions) <= set(listed)


def test_everything_made_up_says_so() -> None:
    for path in PATHS:
        zone, plain = parse_zone(read(path)), read(path)
        assert zone.authority.is_fictional
        assert "演示" in zone.authority.name.zh
        assert "demonstration" in zone.authority.name.en
        for remedy in zone.remedies:
            assert "演示" in remedy.body.zh
        for contact in plain["contacts"].values():
            assert "演示" in contact["zh"]
            assert "made-up" in contact["en"] or "Yanshi" in contact["en"]


def test_review_and_court_are_named_with_the_days_the_law_gives(law: LawBook) -> None:
    for zone in (parse_zone(read(path)) for path in PATHS):
        assert [remedy.kind for remedy in zone.remedies] == ["review", "court"]
        for remedy in zone.remedies:
            limit = law.get(remedy.source).limits[LIMIT_OF_REMEDY[remedy.source]]
            unit = {"calendar_day": ("日", "days"), "month": ("个月", "months")}[limit.unit]
            assert f"{limit.amount}{unit[0]}" in remedy.deadline.zh
            assert f"{limit.amount} {unit[1]}" in remedy.deadline.en


def test_a_zone_says_by_which_button_review_is_asked_for_online_and_that_a_stand_in_takes_it(
    law: LawBook,
) -> None:
    assert "应当同时提供" in law.get("admin-review-2023#22.2").words
    for zone in (parse_zone(read(path)) for path in PATHS):
        assert "网上" in zone.remedies[0].channel.zh
        assert "“申请行政复议”" in zone.remedies[0].channel.zh
        assert "“Ask for review”" in zone.remedies[0].channel.en
        assert "模拟" in zone.remedies[0].channel.zh
