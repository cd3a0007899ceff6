"""The rules of supervision as data: read whole or not at all, and everything that is wrong told at once."""

from copy import deepcopy

import pytest
import yaml

from tests.builders import CONTENT, catalogue
from tests.house.source import PACKAGE
from tongban.domain.supervision.book import REFUSALS, parse_supervision
from tongban.kernel.errors import Refused

SOURCES = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*seal*/*.py")) + "".join(
    path.read_text(encoding="utf-8") for room in ("flows", "crypto") for path in (PACKAGE / room).glob("*.py")
)
PLAIN = yaml.safe_load((CONTENT / "supervision.yaml").read_text(encoding="utf-8"))


def test_the_five_things_that_are_watched_each_have_a_rule_and_say_that_they_are_made_up() -> None:
    book = catalogue().supervision
    assert {"late", "corrected-twice", "stopped-without-basis", "sealed-late", "no-receipt"} <= set(
        book.rules
    )
    assert {rule.level for rule in book.rules.values()} == {"red", "yellow"}
    assert book.is_made_up


def test_every_article_of_a_rule_stands_in_the_law_and_every_kind_on_the_agenda() -> None:
    everything = catalogue()
    for rule in everything.supervision.rules.values():
        assert everything.law.find(rule.basis) is not None, rule.id
        assert everything.law.find(rule.protects) is not None, rule.id
        if rule.watches == REFUSALS:
            for kind in rule.kinds:  # each is a reason that somebody can be refused for
                assert f'"seal.{kind}"' in SOURCES, kind
        else:
            assert set(rule.kinds) <= set(everything.agenda.kinds), rule.id


def test_everything_that_is_wrong_is_told_at_once() -> None:
    plain = deepcopy(PLAIN)
    plain["rules"][0]["level"] = "blue"
    plain["rules"][1]["handle_days"] = 0
    plain["rules"][2]["after_hours"] = 4
    plain["rules"][3]["watches"] = "everything"
    plain["rules"][5]["id"] = plain["rules"][4]["id"]
    with pytest.raises(Refused) as refused:
        parse_supervision(plain, "supervision.yaml")
    pointers = {one.pointer for one in refused.value.problems}
    assert {
        "supervision.yaml:rules[0].level",
        "supervision.yaml:rules[1].handle_days",
        "supervision.yaml:rules[2].after_hours",
        "supervision.yaml:rules[3].watches",
        "supervision.yaml:rules[5].id",
    } <= pointers
