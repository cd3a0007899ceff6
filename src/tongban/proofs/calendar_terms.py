"""Days as whole numbers in a solver, and months and ages exactly as ``domain.rules.derive`` counts them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import z3

FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()
_MONTHS_A_YEAR, _DAYS_A_YEAR = 12, 365
_DAYS_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Parts:
    """Year, month and day of a day, as terms.

    Args:
        meaning: what binds them to the day; there is exactly one triple for every day.
    """

    year: Any
    month: Any
    day: Any
    meaning: Any

    def pin(self, on: date) -> list[tuple[Any, Any]]:
        """Return the terms with their values on a day."""
        values = ((self.year, on.year), (self.month, on.month), (self.day, on.day))
        return [(term, z3.IntVal(value)) for term, value in values]


def parts_of(ordinal: Any, name: str) -> Parts:
    """Return year, month and day of a day given by its number (1 is the first of January of year 1)."""
    year, month, day = (z3.Int(f"{name}!{part}") for part in ("year", "month", "day"))
    meaning = z3.And(
        year >= date.min.year, year <= date.max.year, month >= 1, month <= _MONTHS_A_YEAR, day >= 1,
        day <= _month_length(year, month), ordinal == _ordinal(year, month, day),
    )  # fmt: skip
    return Parts(year, month, day, meaning)


def _ordinal(year: Any, month: Any, day: Any) -> Any:
    before = year - 1
    start = _DAYS_A_YEAR * before + before / 4 - before / 100 + before / 400
    in_year = _pick(month, _DAYS_BEFORE_MONTH) + z3.If(z3.And(month > 2, _is_leap(year)), 1, 0)
    return start + in_year + day


def months_after(parts: Parts, months: Any) -> tuple[Any, Any]:
    """Return whether the calendar reaches so many months further, and the number of that day."""
    counted = parts.year * _MONTHS_A_YEAR + parts.month - 1 + months
    year, month = counted / _MONTHS_A_YEAR, counted % _MONTHS_A_YEAR + 1
    length = _month_length(year, month)
    day = z3.If(parts.day > length, length, parts.day)
    return z3.And(year >= date.min.year, year <= date.max.year), _ordinal(year, month, day)


def months_between(since: Any, until: Any, since_parts: Parts, until_parts: Parts) -> Any:
    """Return complete months from one day to another; negative when the second is earlier."""
    forward, backward = _months(since_parts, until_parts), _months(until_parts, since_parts)
    return z3.If(until < since, -backward, forward)


def _months(one: Parts, other: Parts) -> Any:
    """Count months forward, one less when the day of that number has not come (civil-code-2020#202)."""
    months = (other.year - one.year) * _MONTHS_A_YEAR + other.month - one.month
    is_last = other.day == _month_length(other.year, other.month)
    return months - z3.If(z3.And(other.day < one.day, z3.Not(is_last)), 1, 0)


def years_in(months: Any) -> Any:
    """Return the full years in a number of months that is not negative."""
    return months / _MONTHS_A_YEAR


def _is_leap(year: Any) -> Any:
    return z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))


def _month_length(year: Any, month: Any) -> Any:
    return _pick(month, _MONTH_LENGTHS) + z3.If(z3.And(month == 2, _is_leap(year)), 1, 0)


def _pick(month: Any, values: tuple[int, ...]) -> Any:
    term: Any = z3.IntVal(values[-1])
    for place in range(len(values) - 1, 0, -1):
        term = z3.If(month == place, values[place - 1], term)
    return term
