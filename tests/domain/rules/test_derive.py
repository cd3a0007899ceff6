"""Derived facts: ages, months, days, changed fields, counts; unknown in, unknown out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.rules.tables import DECLARED, FACTS, a_criterion, a_mapping
from tongban.domain.rules.derive import age_on, days_between, months_between
from tongban.domain.rules.evaluate import evaluate
from tongban.domain.rules.facts import Unknown
from tongban.domain.rules.parse import parse_table

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def derived(facts: dict[str, object], **parts: object) -> object:
    """The value of one derived fact over the facts."""
    row = {"fact": "derived.it", "says": {"zh": "推算", "en": "Derived"}, **parts}
    criterion = a_criterion(fact="derived.it", op="present")
    table = parse_table(a_mapping(criterion, derived=[row]), DECLARED)
    return evaluate(table, facts).seen["derived.it"]


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (date(1990, 3, 2), date(2026, 3, 1), 35),
        (date(1990, 3, 2), date(2026, 3, 2), 36),
        (date(2008, 2, 29), date(2026, 2, 27), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 18),  # no 29 February that year: the month's last day
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (date(2026, 3, 3), date(2026, 3, 2), None),
    ],
)
def test_an_age_is_reached_on_the_birthday(born_on: date, on: date, age: int | None) -> None:
    assert age_on(born_on, on) == age


@pytest.mark.parametrize(
    ("from_on", "to_on", "months"),
    [
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2025, 12, 15), date(2026, 3, 14), 2),
        (date(2025, 12, 15), date(2026, 3, 15), 3),
        (date(2026, 3, 15), date(2025, 12, 15), -3),
        (date(9999, 11, 30), date.max, 1),
    ],
)
def test_a_month_is_complete_on_the_same_day_or_on_the_last_one(
    from_on: date, to_on: date, months: int
) -> None:
    assert months_between(from_on, to_on) == months


@given(from_on=days, to_on=days)
def test_a_later_day_never_has_fewer_complete_months(from_on: date, to_on: date) -> None:
    assert months_between(from_on, to_on + timedelta(days=1)) >= months_between(from_on, to_on)


@given(from_on=days, to_on=days)
def test_days_forth_and_back_are_opposite(from_on: date, to_on: date) -> None:
    assert days_between(from_on, to_on) == -days_between(to_on, from_on)


def test_days_until_counts_from_today() -> None:
    assert derived(FACTS, how="days_until", to={"fact": "answers.opens_on"}) == 60


def test_days_between_two_facts() -> None:
    parts = {"from": {"fact": "evidence.branch-licence.registered_on"}, "to": {"fact": "today"}}
    assert derived(FACTS, how="days_between", **parts) == 3


def test_count_counts_what_was_chosen() -> None:
    assert derived(FACTS, how="count", of={"fact": "evidence.parent-licence.scope"}) == 2


@pytest.mark.parametrize(("name", "same"), [("示例旅行社", True), ("另一家", False)])
def test_same_compares_facts_of_two_sources(name: str, same: bool) -> None:
    of = [{"fact": "answers.name"}, {"fact": "evidence.parent-licence.name"}]
    assert derived({**FACTS, "answers.name": name}, how="same", of=of) is same


def test_same_does_not_look_at_the_order_of_choices() -> None:
    of = [{"fact": "answers.scope"}, {"fact": "evidence.parent-licence.scope"}]
    facts = {**FACTS, "answers.scope": ["inbound", "domestic"]}
    assert derived(facts, how="same", of=of) is True


def test_changed_fields_names_the_fields_that_differ_from_the_record() -> None:
    parts = {
        "from": {"under": "evidence.parent-licence"},
        "to": {"under": "answers"},
        "fields": ["name", "scope"],
    }
    assert derived(FACTS, how="changed_fields", **parts) == ("scope",)
    same = {**FACTS, "answers.scope": ["inbound", "domestic"]}
    assert derived(same, how="changed_fields", **parts) == ()
    assert derived({**FACTS, "answers.name": None}, how="changed_fields", **parts) is Unknown.UNDERIVED


@pytest.mark.parametrize("born_on", [None, "1990-03-02", date(2027, 1, 1)])
def test_what_cannot_be_computed_is_unknown(born_on: object) -> None:
    parts = {"from": {"fact": "evidence.person.born_on"}, "to": {"fact": "today"}}
    facts = {**FACTS, "evidence.person.born_on": born_on}
    assert derived(facts, how="age_on", **parts) is Unknown.UNDERIVED


def test_a_derived_fact_may_come_from_an_earlier_one() -> None:
    rows = [
        {
            "fact": "derived.first",
            "how": "count",
            "of": {"fact": "answers.scope"},
            "says": {"zh": "一", "en": "1"},
        },
        {
            "fact": "derived.second",
            "how": "same",
            "of": [{"fact": "derived.first"}, {"fact": "answers.seats"}],
            "says": {"zh": "二", "en": "2"},
        },
    ]
    criterion = a_criterion(fact="derived.second", op="is", value=True)
    table = parse_table(a_mapping(criterion, derived=rows), DECLARED)
    assessment = evaluate(table, {**FACTS, "answers.seats": 1})
    assert assessment.findings[0].met is True
    assert set(assessment.findings[0].seen) == {
        "derived.second",
        "derived.first",
        "answers.seats",
        "answers.scope",
    }
