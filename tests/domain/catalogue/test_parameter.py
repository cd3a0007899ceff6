"""Local thresholds: dated, each with its ground, and never in force before their day."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.domain.catalogue.parameter import Parameter, parameter_facts, read_parameters
from tongban.domain.rules.complaints import Complaints
from tongban.domain.rules.facts import Kind

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
SOUND: dict[str, Any] = {
    "fact": "parameter.card_from_age",
    "says": {"zh": "发卡年龄", "en": "age from which the card is given"},
    "unit": "year",
    "synthetic": True,
    "values": [
        {"since": date(2024, 1, 1), "value": 65, "source": "all-2019#15.1"},
        {"since": date(2026, 1, 1), "value": 60, "source": "all-2019#15.1"},
    ],
}


def read(*rows: object) -> tuple[tuple[Parameter, ...], list[str]]:
    complaints = Complaints(room="pack")
    parameters = read_parameters(list(rows), complaints)
    return parameters, [problem.pointer for problem in complaints.problems]


def test_the_value_of_a_day_is_the_newest_whose_day_has_come() -> None:
    (parameter,), pointers = read(SOUND)
    assert pointers == []
    assert parameter.find_value(date(2025, 12, 31)) == 65
    assert parameter.find_value(date(2026, 1, 1)) == 60


def test_before_its_first_day_a_threshold_is_unknown_and_not_nought() -> None:
    parameters, _ = read(SOUND)
    assert parameter_facts(parameters, date(2023, 12, 31)) == {}


@given(st.lists(DAYS, min_size=1, max_size=5, unique=True).map(sorted), DAYS)
def test_whatever_the_dates_a_value_never_holds_before_its_day(days: list[date], on: date) -> None:
    values = [{"since": day, "value": at, "source": "all-2019#15.1"} for at, day in enumerate(days)]
    (parameter,), pointers = read({**SOUND, "values": values})
    assert pointers == []
    value = parameter.find_value(on)
    assert value == (None if on < days[0] else max(at for at, day in enumerate(days) if day <= on))
    assert parameter.find_value(days[-1] + timedelta(days=9_999)) == len(days) - 1


def test_money_is_told_in_yuan_and_compared_as_fen() -> None:
    values = [{"since": date(2026, 1, 1), "value": 123_405, "source": "all-2019#15.1"}]
    (parameter,), _ = read({**SOUND, "unit": "fen", "values": values})
    assert parameter.type.kind is Kind.MONEY_FEN
    assert parameter.in_words[0][1].en == "CNY 1234.05"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"fact": "card_from_age"}, "parameters[0].fact"),
        ({"unit": "furlong"}, "parameters[0].unit"),
        ({"synthetic": "perhaps"}, "parameters[0].synthetic"),
        ({"values": []}, "parameters[0].values"),
        (
            {"values": [{"since": "soon", "value": 1, "source": "all-2019#15.1"}]},
            "parameters[0].values[0].since",
        ),
        ({"values": [{**SOUND["values"][0], "value": -1}]}, "parameters[0].values[0].value"),
        ({"values": [*reversed(SOUND["values"])]}, "parameters[0].values[1].since"),
        ({"says": {"zh": "发卡年龄"}}, "parameters[0].says.en"),
    ],
)
def test_a_fault_is_told_where_it_is(change: dict[str, Any], pointer: str) -> None:
    parameters, pointers = read({**SOUND, **change})
    assert parameters == () or change.keys() == {"values"}
    assert pointer in pointers


def test_a_name_that_comes_twice_is_told() -> None:
    assert read(SOUND, SOUND)[1] == ["parameters[1].fact"]
