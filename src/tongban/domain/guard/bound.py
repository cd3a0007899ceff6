"""How many approvals may be false at most, as far as the cases looked at again can tell: exact, binomial."""

from collections.abc import Callable
from math import exp, lgamma, log, log1p

_STEPS = 200
"""Halvings of the interval; after some sixty a double does not get narrower."""


def upper_bound(false: int, checked: int, confidence: float) -> float:
    """Return the one-sided Clopper-Pearson upper bound on the share of false approvals.

    With this confidence the true share is not greater, whatever it is. Nothing checked bounds nothing: 1.0.

    Args:
        false: of the cases checked, how many were false approvals.
        confidence: between 0 and 1, e.g. 0.95.

    Source: Clopper and Pearson, Biometrika 26 (1934) 404-413.
    """
    _check(false, checked, confidence)
    if false == checked:
        return 1.0
    return _bisect(lambda share: cumulative(false, checked, share) > 1 - confidence)


def lower_bound(false: int, checked: int, confidence: float) -> float:
    """Return the one-sided Clopper-Pearson lower bound; 0.0 when no false approval was found."""
    _check(false, checked, confidence)
    if false == 0:
        return 0.0
    return 1 - upper_bound(checked - false, checked, confidence)


def cumulative(hits: int, trials: int, share: float) -> float:
    """Return the probability of at most so many hits in so many trials."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 1.0 if hits >= trials else 0.0
    return min(1.0, sum(exp(log_choose(trials, k) + k * log(share) + (trials - k) * log1p(-share))
                        for k in range(hits + 1)))  # fmt: skip


def log_choose(many: int, few: int) -> float:
    """Return the logarithm of the number of ways to choose ``few`` out of ``many``."""
    return lgamma(many + 1) - lgamma(few + 1) - lgamma(many - few + 1)


def _bisect(is_too_small: Callable[[float], bool]) -> float:
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_too_small(middle) else (low, middle)
    return high


def _check(false: int, checked: int, confidence: float) -> None:
    if not 0 <= false <= checked:
        raise ValueError(f"{false} false approvals among {checked} checked cases")
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence lies between 0 and 1, not {confidence}")
