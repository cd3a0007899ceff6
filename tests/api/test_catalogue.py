"""Catalogue for programs: what the guide page says, with its articles."""

from collections.abc import Callable

import pytest

from tests.api.conftest import FOOD, SUZHOU, Program
from tongban.flows.ports import Deps
from tongban.kernel.ids import ItemId, ZoneId

Programs = Callable[[str], Program]


def test_every_zone_is_listed_and_which_one_answers(program: Programs) -> None:
    said = program("").get("zones").json()
    assert said["here"] == "suzhou"
    assert {zone["id"] for zone in said["zones"]} == {"suzhou", "wuxi", "changzhou"}


@pytest.mark.parametrize(
    "words", ["预包装", "food shop", "FOOD  filing", "食品 便利店", "ｆｏｏｄ", "prepackaged-food-filing"]
)
def test_an_item_is_found_by_words_of_either_language(program: Programs, words: str) -> None:
    found = program("").get("items", q=words).json()["items"]
    assert FOOD in [item["id"] for item in found]


def test_words_that_no_item_has_find_nothing(program: Programs) -> None:
    assert program("").get("items", q="食品 月球").json()["items"] == []


def test_pages_of_items_join_to_the_whole_list(program: Programs, deps: Deps) -> None:
    nobody, found, after = program(""), [], ""
    while after is not None:
        page = nobody.get("items", limit="1", after=after).json()
        found += [item["id"] for item in page["items"]]
        after = page["next"]
    assert found == [item.id for item in deps.catalogue.list_items(SUZHOU)]


def test_an_item_tells_its_form_papers_and_criteria_with_their_articles(
    program: Programs, deps: Deps
) -> None:
    for summary in program("").get("items").json()["items"]:
        item = deps.catalogue.get_item(ItemId(summary["id"]), SUZHOU)
        told = program("").get(f"items/{item.id}").json()
        questions = [question for section in told["form"] for question in section["questions"]]
        assert [one["id"] for one in questions] == [one.id for one in item.form.questions]
        assert [one["id"] for one in told["criteria"]] == [one.id for one in item.rules.criteria]
        assert len(told["materials"]) == len(item.materials)
        for one in (*questions, *told["criteria"]):
            law = one.get("ground") or one["source"]
            assert deps.catalogue.law.find(law["key"]).title.zh == law["title"]["zh"]


def test_each_zones_own_promise_is_told(program: Programs, deps: Deps) -> None:
    for zone in deps.catalogue.zones:
        told = program("").get(f"items/{FOOD}", zone=zone).json()
        item = deps.catalogue.get_item(ItemId(FOOD), ZoneId(zone))
        assert told["promised"]["amount"] == item.promised[-1].limit.amount


def test_an_item_that_is_not_offered_is_not_found_here(program: Programs) -> None:
    answer = program("").get("items/moon-landing-filing")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("query", [{"zone": "moon"}, {"limit": "0"}, {"limit": "x"}, {"q": "x" * 101}])
def test_a_question_that_makes_no_sense_is_told_why(program: Programs, query: dict[str, str]) -> None:
    answer = program("").get("items", **query)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["problems"]] == list(query)


def test_a_method_that_an_address_does_not_take_is_answered_with_those_it_takes(program: Programs) -> None:
    answer = program("").post("items", {})
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert answer["Content-Type"] == "application/problem+json"


def test_an_address_that_is_none_is_a_problem_too(program: Programs) -> None:
    answer = program("").get("nothing-here")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
