"""Acts between zones travel as plain values; what cannot be read is refused."""

from dataclasses import fields, replace
from datetime import date
from typing import get_args

import pytest

from tests.domain.liaison.told import CHANGZHOU, ITEM, a_journey, told
from tongban.domain.liaison.acts import Act, DelegationProposed, DisputeOpened
from tongban.domain.liaison.plain import BEGINNERS, WORDS_CHARS, zone_act_from_plain, zone_act_plain

DAY = date(2026, 3, 6)
VALUES = {
    **dict.fromkeys(("expected_on", "from_on", "until_on", "answer_by", "decide_by"), DAY),
    **{
        "sheets": 2,
        "items": (ITEM,),
        "commands": ("Accept",),
        "parts": (CHANGZHOU,),
        "shown": ("applicant.name", "演示店"),
    },
}


@pytest.mark.parametrize("kind", get_args(Act), ids=lambda kind: kind.__name__)
def test_every_act_comes_back_as_it_was_told(kind: type) -> None:
    act = kind(**{part.name: VALUES.get(part.name, "词") for part in fields(kind)})
    about = None if issubclass(kind, BEGINNERS) else a_journey()[0]
    one = told("suzhou-7", act, about)
    assert zone_act_from_plain(zone_act_plain(one)) == one


def test_a_field_that_an_older_zone_does_not_know_yet_has_its_default() -> None:
    plain = zone_act_plain(told("suzhou-7", DisputeOpened("data", CHANGZHOU, ITEM, date(2026, 3, 6), "词")))
    plain["body"] = {name: value for name, value in plain["body"].items() if name != "about"}
    assert zone_act_from_plain(plain).act.about == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"act": "Nothing"},
        {"id": "wuxi-1"},
        {"subject": "suzhou-2"},
        {"at": "2026-03-03T04:00:00"},
        {"zone": 7},
        {"body": {}},
        {"by": "x" * 999},
        {"name": "a\x00b"},
    ],
    ids=str,
)
def test_what_cannot_be_an_act_is_refused(changes: dict[str, object]) -> None:
    plain = {**zone_act_plain(a_journey()[0]), **changes}
    with pytest.raises((ValueError, KeyError, TypeError)):
        zone_act_from_plain(plain)


def test_words_and_lists_have_their_limits() -> None:
    begun = told("changzhou-1", DelegationProposed(CHANGZHOU, (ITEM,), ("Accept",), date.min, date.max, "词"))
    for act in (replace(begun.act, words="x" * (WORDS_CHARS + 1)), replace(begun.act, items=(ITEM,) * 61)):
        with pytest.raises(ValueError, match="too long"):
            zone_act_from_plain(zone_act_plain(replace(begun, act=act)))
