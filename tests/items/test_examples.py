"""Every example of every pack comes out as it says. One file, one test, named as the file is."""

from dataclasses import replace

import pytest

from tests.builders import CONTENT
from tests.items.examples import ExampleOfItem, all_examples, content
from tongban.packs.check_examples import compare
from tongban.packs.examples import play_example


def test_every_file_of_cases_is_an_example() -> None:
    files = {f"{path.parts[-3]}/{path.stem}" for path in CONTENT.glob("items/*/cases/*.yaml")}
    assert {one.name for one in all_examples()} == files
    assert content().reading.problems == []


@pytest.mark.parametrize("one", all_examples(), ids=lambda one: one.name)
def test_it_comes_out_as_it_says(one: ExampleOfItem) -> None:
    played = play_example(one.example, one.item.id, content().catalogue)
    assert list(compare(one.example.then, played)) == []


def test_an_example_that_says_otherwise_is_noticed() -> None:
    one = all_examples()[0]
    played = play_example(one.example, one.item.id, content().catalogue)
    wrong = replace(one.example.then, stage="refused", ledger=7)
    assert [difference.key for difference in compare(wrong, played)] == ["stage", "ledger"]


def test_playing_an_example_twice_gives_the_same_but_for_the_chance_in_a_signature() -> None:
    for one in all_examples()[:5]:
        first, second = (play_example(one.example, one.item.id, content().catalogue) for _ in range(2))
        assert replace(first, history=()) == replace(second, history=())
        assert [type(row.event) for row in first.history] == [type(row.event) for row in second.history]
