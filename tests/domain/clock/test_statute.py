"""Limits, pauses and extensions: what may be written, what may stop a clock, what may be promised."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.reading import read_clock
from tongban.domain.clock.statute import (
    Extension,
    LimitKind,
    Pause,
    TimeLimit,
    Unit,
    check_pause,
    check_promise,
    parse_time_limit,
)
from tongban.kernel.errors import Refused
from tongban.kernel.ids import LawKey

ARTICLE_42, ARTICLE_45 = LawKey("all-2019#42"), LawKey("all-2019#45")


def a_limit(amount: int, unit: Unit = Unit.WORKING_DAY) -> TimeLimit:
    return TimeLimit(amount, unit, ARTICLE_42)


def test_a_limit_is_read_from_data() -> None:
    row = {"amount": 20, "unit": "working_day", "source": "all-2019#42"}
    assert parse_time_limit(row) == a_limit(20)
    assert parse_time_limit({**row, "kind": "promised"}).kind is LimitKind.PROMISED
    assert parse_time_limit(row, kind=LimitKind.PROMISED).kind is LimitKind.PROMISED


def test_everything_wrong_with_a_limit_is_told_at_once() -> None:
    row = {"amount": 0, "unit": "fortnight", "kind": "hoped", "source": "somewhere", "note": "x"}
    with pytest.raises(Refused) as refusal:
        parse_time_limit(row, "item.yaml:time_limit")
    assert [(one.code, one.pointer) for one in refusal.value.problems] == [
        ("limit.amount", "item.yaml:time_limit.amount"),
        ("limit.unit", "item.yaml:time_limit.unit"),
        ("limit.kind", "item.yaml:time_limit.kind"),
        ("limit.source", "item.yaml:time_limit.source"),
        ("limit.unknown-key", "item.yaml:time_limit.note"),
    ]


@pytest.mark.parametrize("amount", [True, "20", 20.0, None, -1, 10_000])
def test_an_amount_is_a_whole_number_in_reason(amount: Any) -> None:
    with pytest.raises(Refused):
        parse_time_limit({"amount": amount, "unit": "month", "source": "all-2019#42"})


@pytest.mark.parametrize("row", [{"unit": ["day"]}, {"kind": {}}, {"source": 3}])
def test_values_of_the_wrong_shape_are_problems_not_crashes(row: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        parse_time_limit({"amount": 1, "unit": "month", "source": "a#1", **row})


def test_a_limit_of_nothing_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no time limit"):
        a_limit(0)
    with pytest.raises(ValueError, match="no extension"):
        Extension(0, ARTICLE_42)
    with pytest.raises(ValueError, match="before it began"):
        Pause(date(2026, 3, 5), date(2026, 3, 4), ARTICLE_45)


def test_only_listed_articles_stop_the_clock() -> None:
    test = Pause(date(2026, 3, 4), None, LawKey("all-2019#45.1"))
    supplement = Pause(date(2026, 3, 4), None, LawKey("all-2019#451"))
    assert check_pause(test, {ARTICLE_45}) == ()
    (problem,) = check_pause(supplement, {ARTICLE_45}, "pause")
    assert (problem.code, problem.pointer) == ("clock.pause-not-allowed", "pause")


@pytest.mark.parametrize(
    ("promised", "statutory", "allowed"),
    [
        (a_limit(5), a_limit(20), True),
        (a_limit(20), a_limit(20), True),
        (a_limit(21), a_limit(20), False),
        (a_limit(20, Unit.CALENDAR_DAY), a_limit(20), True),
        (a_limit(20), a_limit(30, Unit.CALENDAR_DAY), False),
        (a_limit(24, Unit.HOUR), a_limit(1), True),
        (a_limit(25, Unit.HOUR), a_limit(1), False),
        (a_limit(90, Unit.MINUTE), a_limit(2, Unit.HOUR), True),
        (a_limit(1), a_limit(48, Unit.HOUR), False),
        (a_limit(28, Unit.CALENDAR_DAY), a_limit(1, Unit.MONTH), True),
        (a_limit(29, Unit.CALENDAR_DAY), a_limit(1, Unit.MONTH), False),
        (a_limit(1, Unit.MONTH), a_limit(31), True),
        (a_limit(1, Unit.MONTH), a_limit(30), False),
    ],
)
def test_a_promise_may_only_shorten(promised: TimeLimit, statutory: TimeLimit, allowed: bool) -> None:
    assert (check_promise(promised, statutory) == ()) is allowed


day_units = st.sampled_from([unit for unit in Unit if unit.is_of_day])


@given(
    accepted_on=st.dates(date(2024, 1, 1), date(2026, 1, 31)),
    promised=st.builds(a_limit, st.integers(1, 40), day_units),
    statutory=st.builds(a_limit, st.integers(1, 40), day_units),
)
def test_a_kinder_promise_is_never_due_later(
    china: WorkingCalendar, accepted_on: date, promised: TimeLimit, statutory: TimeLimit
) -> None:
    if check_promise(promised, statutory):
        return
    try:
        late = read_clock(accepted_on, statutory, [], china, accepted_on)
    except Refused:
        return
    assert read_clock(accepted_on, promised, [], china, accepted_on).due_on <= late.due_on
