"""Clocks and quantiles for measuring."""

import time
from collections.abc import Callable, Sequence
from math import ceil

Figures = dict[str, float]
"""What a measurement found, by name; units stand in the names."""


def seconds_of(act: Callable[[], object]) -> float:
    """Return how long an act took."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def quantile(durations: Sequence[float], part: float) -> float:
    """Return the smallest duration that ``part`` of all do not exceed."""
    ordered = sorted(durations)
    return ordered[max(0, ceil(part * len(ordered)) - 1)]


def milliseconds(durations: Sequence[float]) -> Figures:
    """Return p50 and p99 in milliseconds."""
    return {"p50_ms": quantile(durations, 0.5) * 1000, "p99_ms": quantile(durations, 0.99) * 1000}
