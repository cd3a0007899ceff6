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
    DATE_AFTER = "date_after"
    STEPS = "steps"
    PICK = "pick"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Derivation:
    """One derived fact.

    Args:
        fact: its name, ``derived.…``.
        how: the way.
        inputs: the facts it is computed from, in the order the way expects: from, to; for
            ``changed_fields`` the old facts of all fields, then the new ones; for ``pick`` the choice, then
            one fact for each of its codes.
        fields: the field names of ``changed_fields``, the codes of ``pick``, the unit of ``date_after``.
        type: the type of the outcome, with its words and unit.
        numbers: what ``date_after`` adds when it is no fact; ``steps`` as pairs, from the lowest; the most
            that ``sum`` may give, if there is one.
    """

    fact: str
    how: How
    inputs: tuple[str, ...]
    fields: tuple[str, ...]
    type: FactType
    says: Text
    numbers: tuple[int, ...] = ()


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


def date_after(day: date, amount: int, unit: str) -> date | None:
    """Return the day so many days, months or years later; None beyond the calendar's end.

    Months and years end on the day of the same number, else on the month's last (civil-code-2020#202).

    >>> date_after(date(2024, 2, 29), 5, "year")
    datetime.date(2029, 2, 28)
    """
    try:
        if unit == "day":
            return day + timedelta(days=amount)
        years, month = divmod(day.month - 1 + amount * (12 if unit == "year" else 1), 12)
        first = date(day.year + years, month + 1, 1)
        last = (date(first.year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        return first.replace(day=min(day.day, last))
    except (OverflowError, ValueError):
        return None


def by_steps(value: int, numbers: tuple[int, ...]) -> int:
    """Return what the highest step reached gives, nought below the first; steps are pairs, lowest first."""
    given = 0
    for at_least, gives in zip(numbers[::2], numbers[1::2], strict=True):
        if value >= at_least:
            given = gives
    return given


def compile_derivation(derivation: Derivation) -> Step:
    """Return the derivation as a step over seen facts: its value, or ``Unknown.UNDERIVED``."""
    if derivation.how is How.PICK:
        return _compile_pick(derivation)
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


def _compile_pick(derivation: Derivation) -> Step:
    """A choice decides which fact it is; the facts of the other codes may well be unknown."""
    by, facts = derivation.inputs[0], dict(zip(derivation.fields, derivation.inputs[1:], strict=True))

    def step(seen: Mapping[str, Seen]) -> Seen:
        code = seen[by]
        value = seen[facts[code]] if type(code) is str and code in facts else Unknown.UNDERIVED
        return Unknown.UNDERIVED if type(value) is Unknown else value

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
        case How.DATE_AFTER:
            (unit,), added = derivation.fields, derivation.numbers
            return lambda values: date_after(values[0], added[0] if added else values[1], unit)
        case How.STEPS:
            return lambda values: by_steps(values[0], derivation.numbers)
        case How.SUM:
            return lambda values: min((sum(values), *derivation.numbers))
        case How.PICK:
            raise ValueError("a pick reads only the fact it picks")
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
