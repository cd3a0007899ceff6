"""The six operators: which kinds of fact each compares, and each made into a test that runs fast.

Why six and no ``not``: a machine that only grants needs to say what must be so. "Is not" over a closed
list is ``in`` the others; over free facts it is the derived fact ``same`` that ``is`` false. A negation
would also invite the mistake this room exists to avoid, taking "not known" for "not so".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import eq, ge, le
from typing import Any, TypeAlias

from tongban.domain.rules.facts import Kind, Seen, Unknown, Value


class Operator(StrEnum):
    """How a fact is compared.

    ``is`` equal · ``in`` one of a list · ``within`` nothing beyond a list · ``at_least`` not less, not
    earlier, or (choices) all of these among them · ``at_most`` not more, not later · ``present`` given.
    """

    IS = "is"
    IN = "in"
    WITHIN = "within"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    PRESENT = "present"


OPERATORS_FOR: Mapping[Kind, tuple[Operator, ...]] = {
    Kind.TEXT: (Operator.IS, Operator.IN, Operator.PRESENT),
    Kind.WHOLE_NUMBER: (Operator.IS, Operator.IN, Operator.AT_LEAST, Operator.AT_MOST, Operator.PRESENT),
    Kind.MONEY_FEN: (Operator.IS, Operator.AT_LEAST, Operator.AT_MOST, Operator.PRESENT),
    Kind.DATE: (Operator.IS, Operator.AT_LEAST, Operator.AT_MOST, Operator.PRESENT),
    Kind.YES_NO: (Operator.IS, Operator.PRESENT),
    Kind.CHOICE: (Operator.IS, Operator.IN, Operator.PRESENT),
    Kind.CHOICES: (Operator.WITHIN, Operator.AT_LEAST, Operator.PRESENT),
}
"""Which operator suits which kind; every other pair is refused when the table is read."""


@dataclass(frozen=True, slots=True)
class FactRef:
    """The other side of a comparison is another fact."""

    fact: str


Operand: TypeAlias = Value | tuple[Value, ...] | FactRef | None
"""A constant, a list of constants, another fact; None only for ``present``."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison: a fact, an operator, and what it is compared with."""

    fact: str
    op: Operator
    value: Operand = None


Test: TypeAlias = Callable[[Mapping[str, Seen]], bool | None]
"""A condition made ready: True, False, or None for unknown."""

Comparison: TypeAlias = Callable[[Any, Any], bool]


def _in(seen: Any, wanted: Any) -> bool:
    return seen in wanted


# Loops, not `all(...)`: a generator costs more than the handful of codes it walks.
def _within(seen: Any, wanted: Any) -> bool:
    for code in seen:  # noqa: SIM110
        if code not in wanted:
            return False
    return True


def _includes(seen: Any, wanted: Any) -> bool:
    return _within(wanted, seen)


_COMPARISONS: Mapping[Operator, Comparison] = {
    Operator.IS: eq,
    Operator.IN: _in,
    Operator.WITHIN: _within,
    Operator.AT_LEAST: ge,
    Operator.AT_MOST: le,
}


def compile_condition(condition: Condition, kind: Kind) -> Test:
    """Return the condition as a test over seen facts; ``kind`` is the kind of its fact.

    The table has been checked, so both sides are of matching kinds and no comparison can raise.
    """
    if condition.op is Operator.PRESENT:
        return _compile_present(condition.fact)
    if condition.op is Operator.AT_LEAST and kind is Kind.CHOICES:
        compare: Comparison = _includes
    else:
        compare = _COMPARISONS[condition.op]
    if isinstance(condition.value, FactRef):
        return _compile_against_fact(condition.fact, compare, condition.value.fact)
    return _compile_against_constant(condition.fact, compare, condition.value)


def _compile_present(name: str) -> Test:
    def test(seen: Mapping[str, Seen]) -> bool | None:
        value = seen[name]
        if type(value) is Unknown:
            # A holder's "we hold nothing" is an answer; silence and garbage are not.
            return False if value is Unknown.NOTHING_HELD else None
        if type(value) is str:
            return bool(value.strip())
        return value != ()

    return test


def _compile_against_constant(name: str, compare: Comparison, wanted: Operand) -> Test:
    def test(seen: Mapping[str, Seen]) -> bool | None:
        value = seen[name]
        return None if type(value) is Unknown else compare(value, wanted)

    return test


def _compile_against_fact(name: str, compare: Comparison, other: str) -> Test:
    def test(seen: Mapping[str, Seen]) -> bool | None:
        value, wanted = seen[name], seen[other]
        if type(value) is Unknown or type(wanted) is Unknown:
            return None
        return compare(value, wanted)

    return test
