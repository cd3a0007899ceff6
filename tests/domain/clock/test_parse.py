"""A calendar file is taken whole or refused with everything that is wrong in it."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from tongban.domain.clock.parse import parse_calendar, parse_closures
from tongban.kernel.errors import Refused

PLAIN: dict[str, Any] = {
    "name": "xx-2025",
    "notice": {
        "number": "样例〔2024〕99号",
        "title": {"zh": "样例通知", "en": "Sample notice"},
        "issued_on": "2024-11-01",
        "verified": {"zh": "虚构", "en": "Fictional"},
    },
    "first_day": "2025-01-01",
    "last_day": date(2025, 12, 31),
    "weekly_rest": {"days": ["saturday", "sunday"], "basis": {"zh": "样例", "en": "Sample"}},
    "holidays": [
        {
            "name": {"zh": "甲", "en": "A"},
            "from": "2025-05-01",
            "to": "2025-05-05",
            "make_up": ["2025-04-27"],
        },
        {"name": {"zh": "乙", "en": "B"}, "from": "2025-10-01", "to": "2025-10-02"},
    ],
}


def faults(plain: Any) -> dict[str, str]:
    with pytest.raises(Refused) as refusal:
        parse_calendar(plain, "xx.yaml")
    return {problem.pointer.removeprefix("xx.yaml:"): problem.code for problem in refusal.value.problems}


def changed(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(PLAIN), **changes}


def a_holiday(first: str, last: str, *make_up: str) -> dict[str, Any]:
    return {"name": {"zh": "丙", "en": "C"}, "from": first, "to": last, "make_up": list(make_up)}


def test_dates_may_be_dates_or_text() -> None:
    calendar = parse_calendar(PLAIN, "xx.yaml")
    assert calendar.first_on == date(2025, 1, 1)
    assert calendar.is_working_day(date(2025, 4, 27))
    assert not calendar.is_working_day(date(2025, 5, 5))
    assert calendar.holidays[0].source == "样例〔2024〕99号"


def test_an_empty_file_tells_everything_that_is_missing() -> None:
    found = faults({})
    assert {"name", "first_day", "last_day", "notice", "weekly_rest", "notice.number"} <= set(found)


@pytest.mark.parametrize("plain", [None, [], "text", 7])
def test_a_file_that_is_no_mapping_is_refused(plain: Any) -> None:
    assert faults(plain)["top"] == "calendar.not-a-mapping"


def test_unknown_keys_bad_dates_and_missing_words_are_told_at_once() -> None:
    found = faults(
        changed(
            holiday=[],
            first_day="2025-02-30",
            holidays=[{"name": {"zh": "甲"}, "from": 20250501, "to": None, "make_up": "2025-04-27"}],
        )
    )
    assert found == {
        "top.holiday": "calendar.unknown-key",
        "first_day": "calendar.bad-date",
        "holidays[0].name": "calendar.no-words",
        "holidays[0].from": "calendar.bad-date",
        "holidays[0].to": "calendar.bad-date",
        "holidays[0].make_up": "calendar.not-a-list",
    }


@pytest.mark.parametrize(
    ("holiday", "pointer", "code"),
    [
        (a_holiday("2025-05-05", "2025-05-01"), "holidays[0]", "calendar.bad-run"),
        (a_holiday("2025-01-01", "2025-12-31"), "holidays[0]", "calendar.bad-run"),
        (a_holiday("2026-05-01", "2026-05-02"), "holidays[0]", "calendar.outside"),
        (
            a_holiday("2025-05-01", "2025-05-02", "2025-04-28"),
            "holidays[0].make_up[0]",
            "calendar.not-a-rest-day",
        ),
        (a_holiday("2025-05-01", "2025-05-04", "2025-05-03"), "holidays[0].make_up[0]", "calendar.both"),
        (a_holiday("2025-05-01", "2025-05-02", "2026-05-02"), "holidays[0].make_up[0]", "calendar.outside"),
    ],
)
def test_days_that_contradict_each_other_are_refused(
    holiday: dict[str, Any], pointer: str, code: str
) -> None:
    assert faults(changed(holidays=[holiday])) == {pointer: code}


def test_overlapping_holidays_are_refused() -> None:
    two = [a_holiday("2025-05-01", "2025-05-05"), a_holiday("2025-05-05", "2025-05-06")]
    assert faults(changed(holidays=two)) == {"holidays[1]": "calendar.overlap"}


def test_a_calendar_of_a_thousand_years_is_refused() -> None:
    assert faults(changed(last_day="3025-12-31")) == {"last_day": "calendar.bad-span"}


def test_an_unknown_weekday_is_refused() -> None:
    rest = {"days": ["caturday"], "basis": {"zh": "样例", "en": "Sample"}}
    assert faults(changed(weekly_rest=rest, holidays=[])) == {"weekly_rest.days": "calendar.bad-weekday"}


def test_a_closure_in_the_file_is_read_with_its_basis() -> None:
    closure = {
        "name": {"zh": "停办", "en": "Closed"},
        "from": "2025-07-07",
        "to": "2025-07-07",
        "basis": "样例1号",
    }
    calendar = parse_calendar(changed(closures=[closure]), "xx.yaml")
    assert not calendar.is_working_day(date(2025, 7, 7))
    assert parse_closures([closure], "zone.yaml")[0].is_local


def test_a_closure_without_a_basis_is_refused() -> None:
    closure = {"name": {"zh": "停办", "en": "Closed"}, "from": "2025-07-07", "to": "2025-07-07"}
    with pytest.raises(Refused) as refusal:
        parse_closures([closure], "zone.yaml")
    assert [(one.code, one.pointer) for one in refusal.value.problems] == [
        ("calendar.no-words", "zone.yaml:closures[0].basis")
    ]
