"""Items are found by words, sounds and initials; what fits best stands first."""

import pytest

from tests.builders import CHANGZHOU, WUXI, a_network, catalogue
from tongban.reads.catalogue import find_event, list_events, list_items, list_zones, search_items

BRANCH, FOOD, NURSE = "travel-agency-branch-filing", "prepackaged-food-filing", "nurse-change-of-practice"


@pytest.fixture
def deps():
    return a_network()[CHANGZHOU]


def found(query, deps, **more):
    return [one.entry.item.id for one in search_items(query, deps, **more)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("旅行社分社备案", BRANCH),
        ("旅行社", BRANCH),
        ("lvxingshe", BRANCH),
        ("lüxingshe", BRANCH),
        ("ＬＸＳ", BRANCH),
        ("Travel Agency", BRANCH),
        ("我想开一家旅行社的分店", BRANCH),
        ("hushi", NURSE),
        ("nurse", NURSE),
        ("预包装食品", FOOD),
    ],
)
def test_an_item_is_found(query, first, deps):
    assert found(query, deps)[0] == first


@pytest.mark.parametrize("query", ["飞船发射", "zzqx", "a b c d e zqx", "😀", "‮"])
def test_what_nobody_offers_is_not_found(query, deps):
    assert found(query, deps) == []


def test_every_word_of_a_query_must_fit(deps):
    assert found("旅行社 护士", deps) == []
    assert found("旅行社 备案", deps)[0] == BRANCH


def test_no_words_are_every_item_and_filters_hold(deps):
    assert found("  ", deps) == [entry.item.id for entry in list_items(deps)]
    assert BRANCH not in found("", deps, applicant_kind="person")
    assert found("", deps, zone=WUXI) == [item.id for item in catalogue().list_items(WUXI)]


def test_an_occasion_narrows_the_list_in_its_own_order(deps):
    event = find_event("lost-licence", deps)
    assert found("", deps, event_id="lost-licence") == list(event.items)
    assert found("旅行社", deps, event_id="lost-licence") == []
    assert find_event("no-such-event", deps) is None
    assert "change-of-job" in {one.id for one in list_events(deps, "person")}


def test_every_item_of_an_occasion_is_there():
    there = {item.id for zone in catalogue().zones for item in catalogue().list_items(zone)}
    assert [one for event in catalogue().finding.events for one in event.items if one not in there] == []


def test_an_entry_is_the_own_zones_and_names_the_quickest_offer(deps):
    entry = next(one for one in list_items(deps) if one.item.id == BRANCH)
    assert entry.item.zone == CHANGZHOU
    assert entry.quickest.zone.id == CHANGZHOU
    assert entry.quickest.promised is not None


def test_the_own_zone_stands_first(deps):
    assert next(zone.id for zone in list_zones(deps)) == CHANGZHOU
