"""The signs on the door come from the content; a node that cannot read it still says which it is."""

from pathlib import Path

import pytest

from tongban.packs.load import load_catalogue
from tongban.site.signs import compose_signs, put_up_signs
from tongban.web.shared.signage import put_up, read_signs

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(autouse=True)
def _same_signs_after():
    before = read_signs()
    yield
    put_up(before)


@pytest.mark.parametrize("zone", ["suzhou", "wuxi", "changzhou"])
def test_a_node_shows_its_zones_name_and_finds_the_law(zone):
    catalogue = load_catalogue(CONTENT)
    signs = compose_signs(catalogue.zones[zone], catalogue.law)
    assert signs.zone_name == catalogue.zones[zone].short_name
    assert signs.find_article("all-2019#42").title.zh
    assert signs.find_article("nowhere-1999#1") is None
    assert signs.demo_logins == ()


def test_a_node_without_content_shows_its_id(settings, tmp_path):
    settings.CONTENT_FOLDER = tmp_path / "away"
    put_up_signs()
    assert read_signs().zone_name.zh == settings.ZONE
