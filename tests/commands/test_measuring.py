"""The measurements of pages and of a case's age: they open what there is, and tell milliseconds of each."""

from collections.abc import Iterator

import pytest

from tongban.commands.measuring import ages, pages
from tongban.commands.measuring.ages import make_old, measure_ages
from tongban.commands.measuring.pages import list_paths, measure_pages
from tongban.flows.ports import Deps
from tongban.wiring import get_deps

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(deps: Deps, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ask little, and leave the process's catalogue as it was."""
    for module in (ages, pages):
        monkeypatch.setattr(module, "_ASKED", 2)
    monkeypatch.setattr(pages, "_WARM", 0)
    monkeypatch.setattr(pages, "_LOGINS", ("", "shop", "{zone}-officer"))
    items = deps.catalogue.items
    assert isinstance(items, dict)
    before = dict(items)
    yield
    items.clear()
    items.update(before)


def test_every_list_page_is_opened_by_everybody_who_may() -> None:
    figures = measure_pages(400)
    opened = {name.removesuffix(" p99_ms") for name in figures if name.endswith(" p99_ms")}
    assert {f"/officer/ {get_deps().zone}-officer", "/my/ shop", "/hall/board/ anybody"} <= opened
    assert (figures["items"], figures["officers"]) == (1000, 200)
    assert figures["pages"] == len(opened) > 15


def test_no_page_that_names_nothing_is_left_out() -> None:
    paths = list_paths()
    assert {"/officer/escalations/", "/officer/notices/", "/window/cases/", "/my/", "/steward/"} <= set(paths)


def test_a_case_of_any_age_is_opened_and_taken_back() -> None:
    number = make_old(400)
    case = get_deps().cases.find(number)
    assert case is not None
    assert case.version == len(get_deps().cases.history(number)) == 400
    figures = measure_ages(2)
    assert all(figures[f"{what}_{age}_p50_ms"] > 0 for what in ("page", "act") for age in (10, 400))
