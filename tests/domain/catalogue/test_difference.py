"""What zones are compared by is told in words: no page shows the codes in which packs are written."""

import re
from datetime import date

import pytest

from tests.builders import CONTENT
from tongban.domain.catalogue.difference import list_features
from tongban.domain.catalogue.item import ServiceItem
from tongban.packs.load import load_catalogue

ON = date(2026, 3, 3)
CATALOGUE = load_catalogue(CONTENT)
ITEMS = {item.id: item for item in CATALOGUE.items.values()}
_CODE = re.compile(r"[a-z]+(?:[._][a-z][a-z_-]*)+|derived|division:|every-zone")


def features(item: ServiceItem):
    return list_features(item, ON, CATALOGUE.get_regime(item.regime).title)


@pytest.mark.parametrize("name", sorted(ITEMS))
def test_no_feature_of_any_item_shows_a_code_in_either_language(name: str) -> None:
    shown = [(one.name, words) for one in features(ITEMS[name]) for words in (one.title, one.value)]
    assert [pair for pair in shown if _CODE.search(pair[1].zh) or _CODE.search(pair[1].en)] == []
    foreign = [pair for pair in shown if re.search(r"[a-z]{3,}", pair[1].zh)]
    assert foreign == [], "Chinese with English words in it"


@pytest.mark.parametrize("name", sorted(ITEMS))
def test_two_facts_of_an_item_are_never_called_the_same(name: str) -> None:
    """Otherwise two zones that look at different facts would seem to ask the same."""
    item = ITEMS[name]
    used = {fact for row in item.rules.compiled.rows for fact in row.uses}
    said = [item.rules.types[fact].says for fact in used if fact in item.rules.types]
    assert len({(one.zh if one else None) for one in said}) == len(said)
