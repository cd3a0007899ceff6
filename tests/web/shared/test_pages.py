"""Long lists by page: nothing is lost between them, the search is kept, a number too high is harmless."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tongban.web.shared.pages import cut_page


def ask(**query: str):
    return RequestFactory().get("/items/", query)


@given(st.integers(0, 200), st.integers(1, 40))
def test_the_pages_one_after_the_other_are_the_whole_list(count: int, size: int) -> None:
    rows, seen, number = list(range(count)), [], 1
    while True:
        page = cut_page(rows, ask(page=str(number)), size)
        seen += page.rows
        assert bool(page.back_url) == (number > 1)
        if not page.next_url:
            break
        number += 1
    assert seen == rows
    assert page.total == count


@pytest.mark.parametrize("number", ["", "0", "-3", "abc", "1e3", "999999999999", "９"])
def test_a_number_that_is_none_or_beyond_the_end_still_shows_a_page(number: str) -> None:
    assert cut_page(list(range(100)), ask(page=number)).rows


def test_the_search_stays_in_the_addresses_and_the_rows_are_told() -> None:
    page = cut_page(list(range(100)), ask(q="旅行 社", page="2", lang="en"), 30)
    assert page.next_url == "/items/?q=%E6%97%85%E8%A1%8C+%E7%A4%BE&page=3"
    assert page.back_url.endswith("page=1")
    assert page.shown is not None
    assert page.shown.zh == "第 31–60 项，共 100 项"


def test_a_short_list_has_no_pages() -> None:
    page = cut_page([1, 2, 3], ask())
    assert (page.back_url, page.next_url, page.shown) == ("", "", None)
