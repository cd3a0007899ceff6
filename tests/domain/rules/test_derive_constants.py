"""Derived facts that hold constants: a day so much later, steps of a scale, a fact picked by a choice."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.rules.tables import DECLARED, FACTS, a_criterion, a_mapping
from tests.domain.rules.test_derive import derived
from tongban.domain.rules.derive import by_steps, date_after, months_between
from tongban.domain.rules.facts import Unknown
from tongban.domain.rules.parse import parse_table
from tongban.domain.rules.table import table_plain
from tongban.kernel.errors import Refused

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
SEATS = {"fact": "answers.seats"}
SCALE = [{"at_least": 12, "gives": 12}, {"at_least": 60, "gives": 18}, {"at_least": 120, "gives": 24}]
PICK: dict[str, Any] = {
    "how": "pick",
    "by": {"fact": "answers.kind"},
    "cases": {"branch": {"fact": "answers.opens_on"}, "outlet": {"fact": "evidence.person.born_on"}},
}


@pytest.mark.parametrize(
    ("day", "amount", "unit", "later"),
    [
        (date(2026, 3, 2), 5, "year", date(2031, 3, 2)),
        (date(2024, 2, 29), 5, "year", date(2029, 2, 28)),
        (date(2024, 2, 29), 4, "year", date(2028, 2, 29)),
        (date(2026, 1, 31), 1, "month", date(2026, 2, 28)),
        (date(2026, 11, 30), 3, "month", date(2027, 2, 28)),
        (date(2026, 12, 31), 12, "month", date(2027, 12, 31)),
        (date(2026, 12, 31), 1, "day", date(2027, 1, 1)),
        (date.max, 1, "day", None),
        (date(9998, 5, 1), 2, "year", None),
    ],
)
def test_a_day_so_much_later(day: date, amount: int, unit: str, later: date | None) -> None:
    assert date_after(day, amount, unit) == later


@given(days, st.integers(0, 600))
def test_so_many_months_later_so_many_months_are_complete(day: date, months: int) -> None:
    later = date_after(day, months, "month")
    assert later is not None
    assert months_between(day, later) == months
    assert months_between(day, later - timedelta(days=1)) < months or months == 0


def test_what_is_added_may_be_a_constant_or_a_fact() -> None:
    parts = {"how": "date_after", "from": {"fact": "answers.opens_on"}, "unit": "month"}
    assert derived(FACTS, add=3, **parts) == date(2026, 8, 1)
    assert derived({**FACTS, "answers.seats": 2}, add=SEATS, **parts) == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("months", "gives"), [(0, 0), (11, 0), (12, 12), (59, 12), (60, 18), (119, 18), (120, 24), (999, 24)]
)
def test_the_highest_step_reached_counts(months: int, gives: int) -> None:
    assert derived({**FACTS, "answers.seats": months}, how="steps", of=SEATS, steps=SCALE) == gives


@given(st.integers(-10, 1_000), st.integers(0, 500))
def test_on_a_rising_scale_more_never_gives_less(value: int, more: int) -> None:
    assert by_steps(value + more, (12, 12, 60, 18, 120, 24)) >= by_steps(value, (12, 12, 60, 18, 120, 24))


def test_a_pick_needs_only_the_fact_it_picks() -> None:
    facts = {**FACTS, "evidence.person.born_on": None}
    assert derived(facts, **PICK) == date(2026, 5, 1)
    assert derived({**facts, "answers.kind": "outlet"}, **PICK) is Unknown.UNDERIVED
    assert derived({**facts, "answers.kind": "kiosk"}, **PICK) is Unknown.UNDERIVED


@pytest.mark.parametrize(("seats", "total"), [(0, 0), (5, 10), (12, 24), (13, 24)])
def test_a_sum_goes_no_higher_than_its_cap(seats: int, total: int) -> None:
    facts = {**FACTS, "answers.seats": seats}
    assert derived(facts, how="sum", of=[SEATS, SEATS], at_most=24) == total
    assert derived(facts, how="sum", of=[SEATS, SEATS]) == 2 * seats
    assert derived({**facts, "answers.seats": None}, how="sum", of=[SEATS, SEATS]) is Unknown.UNDERIVED


def test_two_scales_are_two_tables() -> None:
    def plain(**parts: Any) -> Any:
        row = {"fact": "derived.it", "says": {"zh": "推算", "en": "Derived"}, **parts}
        criterion = a_criterion(fact="derived.it", op="present")
        return table_plain(parse_table(a_mapping(criterion, derived=[row]), DECLARED))

    other = [{**SCALE[0], "gives": 13}, *SCALE[1:]]
    assert plain(how="steps", of=SEATS, steps=SCALE) != plain(how="steps", of=SEATS, steps=other)


@pytest.mark.parametrize(
    ("parts", "pointer"),
    [
        ({"how": "date_after", "from": SEATS, "add": 1, "unit": "month"}, "derived[0].from"),
        ({"how": "date_after", "from": {"fact": "today"}, "add": -1, "unit": "month"}, "derived[0].add"),
        ({"how": "date_after", "from": {"fact": "today"}, "add": 1, "unit": "week"}, "derived[0].unit"),
        (
            {"how": "date_after", "from": {"fact": "today"}, "add": {"fact": "today"}, "unit": "day"},
            "derived[0].add",
        ),
        ({"how": "steps", "of": SEATS, "steps": []}, "derived[0].steps"),
        ({"how": "steps", "of": SEATS, "steps": [SCALE[1], SCALE[0]]}, "derived[0].steps[1].at_least"),
        ({"how": "steps", "of": SEATS, "steps": [{"at_least": 1}]}, "derived[0].steps[0].gives"),
        ({"how": "sum", "of": []}, "derived[0].of"),
        ({"how": "sum", "of": [{"fact": "today"}]}, "derived[0].of[0]"),
        ({"how": "sum", "of": [SEATS], "at_most": "many"}, "derived[0].at_most"),
        ({**PICK, "by": SEATS}, "derived[0].by"),
        ({**PICK, "cases": {"branch": {"fact": "today"}}}, "derived[0].cases.outlet"),
        ({**PICK, "cases": {**PICK["cases"], "outlet": SEATS}}, "derived[0].cases"),
    ],
)
def test_a_fault_is_told_where_it_is(parts: dict[str, Any], pointer: str) -> None:
    row = {"fact": "derived.it", "says": {"zh": "推算", "en": "Derived"}, **parts}
    with pytest.raises(Refused) as refused:
        parse_table(a_mapping(a_criterion(fact="answers.seats", op="present"), derived=[row]), DECLARED)
    assert pointer in [problem.pointer for problem in refused.value.problems]
