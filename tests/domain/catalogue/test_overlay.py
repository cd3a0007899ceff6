"""Overlays: a zone may only be kinder, for whatever it writes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import BRANCH_FILING, SUZHOU, catalogue
from tongban.domain.catalogue.overlay import overlay
from tongban.domain.clock.statute import DatedLimit, LimitKind, TimeLimit, Unit
from tongban.kernel.errors import Refused
from tongban.kernel.ids import LawKey

SOURCE = LawKey("business-environment-2019#36.2")
SINCE = date(2026, 1, 1)
PROMISE = DatedLimit(SINCE, TimeLimit(10, Unit.WORKING_DAY, SOURCE, LimitKind.PROMISED))
BASE = replace(catalogue().get_item(BRANCH_FILING, SUZHOU), promised=(PROMISE,), fee_fen=5_000, visits=2)

ROWS = st.builds(
    lambda amount, unit: {"since": SINCE, "amount": amount, "unit": unit.value, "source": SOURCE},
    st.integers(1, 60),
    st.sampled_from(Unit),
)
OVERLAYS = st.fixed_dictionaries(
    {},
    optional={
        "promised": st.lists(ROWS, max_size=1),
        "fee_fen": st.integers(-10, 10_000),
        "visits": st.integers(-1, 4),
        "channels": st.lists(st.sampled_from(["online", "window", "kiosk", "pigeon"]), max_size=3),
        "drop_materials": st.lists(st.sampled_from([m.name.en for m in BASE.materials]), max_size=2),
    },
)


@given(OVERLAYS)
def test_whatever_a_zone_writes_it_is_kinder_or_refused(written: dict[str, object]) -> None:
    try:
        item = overlay(BASE, written, "suzhou.yaml")
    except Refused:
        return
    assert item.fee_fen <= BASE.fee_fen
    assert item.visits <= BASE.visits
    assert set(BASE.channels) <= set(item.channels)
    assert set(item.materials) <= set(BASE.materials)
    assert item.rules is BASE.rules
    assert item.evidence == BASE.evidence
    assert item.statutory == BASE.statutory
    if item.promised[0].limit.unit is Unit.WORKING_DAY:
        assert item.promised[0].limit.amount <= PROMISE.limit.amount


@pytest.mark.parametrize(
    "written",
    [
        {"promised": [{"since": SINCE, "amount": 11, "unit": "working_day", "source": SOURCE}]},
        {"fee_fen": 5_001},
        {"visits": 3},
        {"materials": []},
        {"rules": {}},
        {"channels": ["pigeon"]},
    ],
    ids=["longer-promise", "higher-fee", "more-visits", "own-materials", "own-rules", "unknown-channel"],
)
def test_what_is_less_kind_is_refused_by_name(written: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        overlay(BASE, written, "suzhou.yaml")
    assert all(problem.pointer.startswith("suzhou.yaml:") for problem in refused.value.problems)


def test_every_problem_of_an_overlay_is_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        overlay(BASE, {"fee_fen": 9_999, "visits": 9, "channels": ["pigeon"]}, "suzhou.yaml")
    assert len(refused.value.problems) == 3


def test_an_empty_overlay_changes_nothing() -> None:
    assert overlay(BASE, {}, "suzhou.yaml") == BASE
