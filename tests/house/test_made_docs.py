"""What a program makes in the documents is made from the house as it stands: walk, words, tables, indexes."""

import re

import pytest

from tests.house.source import CHECKOUT, list_files, short
from tests.house.test_law import find_unknown
from tools.make_docs import MAKERS, PART, fill, list_pages
from tools.show_clocks import EXAMPLES
from tools.trace_walk import take_walk

DECISIONS = CHECKOUT / "docs" / "adr"
SECTIONS = ("Context", "Decision", "Price", "What would change our mind")


@pytest.mark.parametrize("page", list_pages(), ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_a_page_holds_what_the_code_says_today(page: object) -> None:
    held = page.read_text(encoding="utf-8")
    assert held == fill(held), "run: make docs"


def test_every_made_part_stands_on_a_page() -> None:
    used = {name for page in list_pages() for _, name, _ in PART.findall(page.read_text(encoding="utf-8"))}
    assert used == set(MAKERS)


def test_a_part_that_nobody_makes_is_no_part() -> None:
    with pytest.raises(KeyError):
        fill("<!-- made: nothing -->\n<!-- end -->")


def test_filling_leaves_what_people_wrote_alone() -> None:
    filled = fill("before\n<!-- made: contracts -->\nold\n<!-- end -->\nafter\n")
    assert filled.startswith("before\n<!-- made: contracts -->\n1. ")
    assert filled.endswith("\n<!-- end -->\nafter\n")
    assert "old" not in filled


def test_the_walk_ends_with_a_licence_that_the_public_check_calls_good() -> None:
    walk = take_walk()
    assert walk.verdict.outcome == "good"
    assert [type(one.event).__name__ for one in walk.copied] == [
        type(one.event).__name__ for one in walk.decided
    ]


def test_the_walk_takes_one_transaction_from_the_last_answer_to_the_licence() -> None:
    last_answer = [step for step in take_walk().steps if step.notes[:1] == ["evidence.response"]][-1]
    assert last_answer.transactions == 1
    assert "issue.issue" in _names(last_answer)


def _names(call: object) -> set[str]:
    return {call.name} | {name for each in call.inner for name in _names(each)}


def test_every_example_of_a_clock_takes_its_limit_from_the_law() -> None:
    assert len(EXAMPLES) > 5
    assert all("#" in example.law for example in EXAMPLES)


@pytest.mark.parametrize("page", [path for path in list_files() if path.suffix == ".md"], ids=short)
def test_every_citation_in_a_document_resolves(page: object) -> None:
    lines = enumerate(page.read_text(encoding="utf-8").splitlines(), start=1)
    assert find_unknown(page, lines) == []


@pytest.mark.parametrize("path", sorted(DECISIONS.glob("[0-9]*.md")), ids=lambda path: path.stem)
def test_a_decision_tells_its_context_its_price_and_what_would_change_it(path: object) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(rf"# {path.name[:4]} [A-Z]", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == list(SECTIONS)
    assert text.count("\n") < 60, "a decision fits on one page"


def test_decisions_are_numbered_without_doubles() -> None:
    numbers = [path.name[:4] for path in sorted(DECISIONS.glob("[0-9]*.md"))]
    assert len(set(numbers)) == len(numbers)
    assert len(numbers) > 20
