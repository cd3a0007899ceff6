"""Kinds of due things as data: read whole or not at all, and each has its function."""

from copy import deepcopy

import pytest
import yaml

from tests.builders import CONTENT, catalogue
from tongban.domain.agenda import parse_agenda
from tongban.domain.case.agenda import KINDS
from tongban.kernel.errors import Refused

PLAIN = yaml.safe_load((CONTENT / "agenda.yaml").read_text(encoding="utf-8"))


def codes(plain: object) -> set[str]:
    with pytest.raises(Refused) as refused:
        parse_agenda(plain, "agenda.yaml")
    return {f"{one.code} {one.pointer}" for one in refused.value.problems}


def test_the_zones_book_says_that_its_numbers_are_made_up() -> None:
    book = catalogue().agenda
    assert book.is_made_up
    assert (book.warn_percent, book.expiry_days) == (20, (60, 30))


def test_every_kind_of_the_book_has_its_function_and_the_other_way_round() -> None:
    assert set(catalogue().agenda.kinds) == set(KINDS)


def test_an_act_reaches_nobody_and_everything_else_somebody() -> None:
    for kind in catalogue().agenda.kinds.values():
        assert (kind.does == "act") is (kind.to == "time")
    assert catalogue().agenda.acts == {"silence-accepts", "time-acts"}


def test_everything_that_is_wrong_is_told_at_once() -> None:
    plain = deepcopy(PLAIN)
    plain["warn_percent"] = 120
    plain["expiry_days"] = [30, 60]
    plain["kinds"][0]["to"] = "mayor"
    plain["kinds"][1]["says"]["zh"] = "{when}"
    plain["kinds"][3]["id"] = plain["kinds"][2]["id"]
    assert codes(plain) == {
        "agenda.number agenda.yaml:warn_percent",
        "agenda.order agenda.yaml:expiry_days",
        "agenda.strange agenda.yaml:kinds[0].to",
        "agenda.placeholder agenda.yaml:kinds[1].says.zh",
        "agenda.twice agenda.yaml:kinds[3].id",
    }


def test_what_is_no_book_is_refused_and_nothing_of_it_is_used() -> None:
    assert "agenda.shape agenda.yaml:" in codes([])
    assert "agenda.missing agenda.yaml:kinds" in codes(
        {"warn_percent": 1, "expiry_days": [], "is_made_up": True}
    )
