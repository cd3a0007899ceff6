"""Derived facts: facts computed from facts. What cannot be computed stays unknown; nothing raises."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeAlias

from tongban.domain.rules.facts import FactType, Seen, Unknown, Value
from tongban.kernel.text import Text


class How(StrEnum):
    """The ways to compute a fact.

    Working days are not among them: they need a zone's calendar, which is the clock's room; the caller
    hands such a number in as a fact.
    """

    AGE_ON = "age_on"
    MONTHS_BETWEEN = "months_between"
    DAYS_BETWEEN = "days_between"
    DAYS_UNTIL = "days_until"
    CHANGED_FIELDS = "changed_fields"
    COUNT = "count"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Derivation:
    """One derived fact.

    Args:
        fact: its name, ``derived.…``.
        how: the way.
        inputs: the facts it is computed from, in the order the way expects: from, to; for
            ``changed_fields`` the old facts of all fields, then the new ones.
        fields: the field names of ``changed_fields``.
        type: the type of the outcome, with its words and unit.
    """

    fact: str
    how: How
    inputs: tuple[str, ...]
    fields: tuple[str, ...]
    type: FactType
    says: Text


Step: TypeAlias = Callable[[Mapping[str, Seen]], Seen]
"""A derivation made ready."""


def months_between(from_on: date, to_on: date) -> int:
    """Return the complete months from one day to another; negative when the second is earlier.

    A month is complete on the day of the same number; where the month has no such day, on its last day
    (civil-code-2020#202, by analogy).

    >>> months_between(date(2024, 1, 31), date(2024, 2, 29))
    1
    >>> months_between(date(2024, 1, 31), date(2024, 2, 28))
    0
    """
    if to_on < from_on:
        return -months_between(to_on, from_on)
    months = (to_on.year - from_on.year) * 12 + to_on.month - from_on.month
    if to_on.day < from_on.day and not _is_last_of_month(to_on):
        months -= 1
    return months


def age_on(born_on: date, on: date) -> int | None:
    """Return the full years of age on a day, reached on the birthday; None before birth."""
    return months_between(born_on, on) // 12 if on >= born_on else None


def _is_last_of_month(day: date) -> bool:
    return day == date.max or (day + timedelta(days=1)).month != day.month


def days_between(from_on: date, to_on: date) -> int:
    """Return the calendar days from one day to another, the first not counted; negative backwards."""
    return (to_on - from_on).days


def compile_derivation(derivation: Derivation) -> Step:
    """Return the derivation as a step over seen facts: its value, or ``Unknown.UNDERIVED``."""
    inputs = derivation.inputs
    compute = _computation(derivation)

    def step(seen: Mapping[str, Seen]) -> Seen:
        values = [seen[name] for name in inputs]
        for value in values:
            if type(value) is Unknown:
                return Unknown.UNDERIVED
        outcome = compute(values)
        return Unknown.UNDERIVED if outcome is None else outcome

    return step


def _computation(derivation: Derivation) -> Callable[[list[Any]], Value | None]:
    match derivation.how:
        case How.AGE_ON:
            return lambda values: age_on(values[0], values[1])
        case How.MONTHS_BETWEEN:
            return lambda values: months_between(values[0], values[1])
        case How.DAYS_BETWEEN | How.DAYS_UNTIL:
            return lambda values: days_between(values[0], values[1])
        case How.COUNT:
            return lambda values: len(values[0])
        case How.SAME:
            return lambda values: all(is_same(values[0], value) for value in values[1:])
        case How.CHANGED_FIELDS:
            return _changed_fields(derivation.fields)


def _changed_fields(fields: tuple[str, ...]) -> Callable[[list[Any]], Value]:
    def compute(values: list[Any]) -> Value:
        old, new = values[: len(fields)], values[len(fields) :]
        return tuple(
            field for field, was, becomes in zip(fields, old, new, strict=True) if not is_same(was, becomes)
        )

    return compute


def is_same(one: Value, other: Value) -> bool:
    """Tell whether two values of one kind are equal; the order of choices does not count."""
    if type(one) is tuple and type(other) is tuple:
        return set(one) == set(other)
    return one == other
