"""The bound on false approvals is exact: it agrees with what is published and holds as often as it says."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.domain.guard.bound import cumulative, lower_bound, upper_bound


@pytest.mark.parametrize(
    ("false", "checked", "confidence", "published"),
    [
        # two-sided 95 % intervals as tables of Clopper and Pearson's give them: 0.975 one-sided
        (0, 10, 0.975, 0.3085),
        (1, 10, 0.975, 0.4450),
        (5, 10, 0.975, 0.8129),
        (0, 20, 0.975, 0.1684),
        (2, 20, 0.975, 0.3170),
        (0, 100, 0.975, 0.0362),
        (5, 100, 0.975, 0.1128),
        (10, 100, 0.975, 0.1762),
        # sampling plans: nothing found in 59 gives 95 % confidence of at most 5 %, in 299 of at most 1 %
        (0, 59, 0.95, 0.0495),
        (0, 299, 0.95, 0.00997),
        (1, 93, 0.95, 0.0500),
    ],
)
def test_it_agrees_with_published_values(
    false: int, checked: int, confidence: float, published: float
) -> None:
    assert upper_bound(false, checked, confidence) == pytest.approx(published, abs=6e-5)


@pytest.mark.parametrize(
    ("false", "checked", "published"), [(1, 10, 0.0025), (5, 10, 0.1871), (10, 100, 0.0490)]
)
def test_the_lower_bound_agrees_too(false: int, checked: int, published: float) -> None:
    assert lower_bound(false, checked, 0.975) == pytest.approx(published, abs=6e-5)


def test_nothing_checked_bounds_nothing() -> None:
    assert upper_bound(0, 0, 0.95) == 1.0
    assert upper_bound(7, 7, 0.95) == 1.0
    assert lower_bound(0, 7, 0.95) == 0.0


def test_at_zero_found_it_is_the_closed_form() -> None:
    for checked in (1, 3, 30, 3_000):
        assert upper_bound(0, checked, 0.95) == pytest.approx(1 - 0.05 ** (1 / checked), rel=1e-9)


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.5, 0.999))
def test_at_the_bound_so_few_would_be_found_exactly_as_seldom_as_it_says(
    a: int, b: int, confidence: float
) -> None:
    false, checked = min(a, b), max(a, b)
    bound = upper_bound(false, checked, confidence)
    if false < checked:
        assert cumulative(false, checked, bound) == pytest.approx(1 - confidence, rel=1e-6)


@given(st.integers(0, 40), st.integers(1, 200))
def test_more_found_raises_it_and_more_looked_at_lowers_it(false: int, more: int) -> None:
    checked = false + more
    assert upper_bound(false + 1, checked, 0.95) > upper_bound(false, checked, 0.95) > false / checked
    assert upper_bound(false, checked + 1, 0.95) < upper_bound(false, checked, 0.95)


def test_it_holds_in_at_least_so_many_of_a_hundred_samples() -> None:
    chance, share, held = random.Random(20260303), 0.03, 0
    for _ in range(2_000):
        found = sum(chance.random() < share for _ in range(120))
        held += upper_bound(found, 120, 0.95) >= share
    assert held / 2_000 >= 0.94


@pytest.mark.parametrize(
    ("false", "checked", "confidence"), [(2, 1, 0.9), (-1, 3, 0.9), (0, 3, 1.0), (0, 3, 0.0)]
)
def test_what_makes_no_sense_is_refused(false: int, checked: int, confidence: float) -> None:
    with pytest.raises(ValueError, match=r"false approvals|confidence"):
        upper_bound(false, checked, confidence)
