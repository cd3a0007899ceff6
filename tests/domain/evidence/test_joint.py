"""Facts asked of several zones: one yes is yes, no needs all, and a sum needs every zone's number."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.domain.catalogue.parse_kind import parse_kind
from tongban.domain.evidence.exchange import Evidence, Trust
from tongban.domain.evidence.requirement import joint_facts
from tongban.kernel.errors import Refused
from tongban.kernel.ids import EvidenceKindId
from tongban.kernel.text import Text

ON = date(2026, 3, 3)
RAW: dict[str, Any] = {
    "id": "history",
    "title": {"zh": "缴费记录", "en": "Contributions"},
    "register": {"zh": "缴费登记", "en": "Register of contributions"},
    "subject": "citizen_number",
    "grounds": ["all-2019#34"],
    "nothing_means": {"months": 0, "is_paid": False},
    "facts": [
        {"name": "months", "type": "whole_number", "joined": "sum", "title": {"zh": "月数", "en": "Months"}},
        {"name": "grade", "type": "whole_number", "title": {"zh": "等级", "en": "Grade"}},
        {"name": "is_paid", "type": "yes_no", "title": {"zh": "在领", "en": "Paid"}},
    ],
}
KIND = parse_kind(RAW)
NAMES = {"months": "evidence.history.months", "grade": "evidence.history.grade"}


def said(facts: Mapping[str, object], trust: Trust = Trust.SHARED_DATA) -> Evidence:
    at = datetime(2026, 3, 3, 2, tzinfo=UTC)
    return Evidence(EvidenceKindId("history"), trust, facts, at, Text("登记", "register"))


@given(st.lists(st.integers(0, 500), min_size=1, max_size=4))
def test_months_of_all_zones_are_added_up(months: list[int]) -> None:
    joint = joint_facts(KIND, [said({"months": one, "grade": 1}) for one in months], ON)
    assert joint[NAMES["months"]] == sum(months)
    assert NAMES["grade"] not in joint


@given(st.lists(st.integers(0, 500), min_size=1, max_size=3))
def test_as_long_as_one_zone_is_silent_the_sum_is_unknown(months: list[int]) -> None:
    answers: list[Evidence | None] = [said({"months": one}) for one in months]
    assert NAMES["months"] not in joint_facts(KIND, [*answers, None], ON)
    assert NAMES["months"] not in joint_facts(KIND, [*answers, said({"months": 3}, Trust.UPLOADED)], ON)


def test_a_complete_list_without_a_row_means_no_or_nought() -> None:
    assert KIND.nothing_means == {"months": 0, "is_paid": False}


@pytest.mark.parametrize("wrong", [{"months": 1}, {"months": False}, {"is_paid": 0}, {"grade": 0}])
def test_it_means_nothing_else(wrong: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        parse_kind({**RAW, "nothing_means": wrong})
    assert refused.value.problems[0].pointer.startswith("nothing_means")
