"""Facts: what kinds there are, and how a plain value is read as one, or honestly as unknown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import TypeAlias

from tongban.kernel.text import Text


class Kind(StrEnum):
    """The seven types a fact may have; a unit is part of the type (fen are no whole number)."""

    TEXT = "text"
    WHOLE_NUMBER = "whole_number"
    MONEY_FEN = "money_fen"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"


class Unknown(Enum):
    """Why a fact is not known. Four different things, and none of them is "no"."""

    NOT_PROVIDED = "not_provided"
    UNREADABLE = "unreadable"
    NOTHING_HELD = "nothing_held"
    UNDERIVED = "underived"


Value: TypeAlias = str | int | bool | date | tuple[str, ...]
"""A known fact: text and choice ``str``, whole number and fen ``int``, choices a tuple of ``str``."""

Seen: TypeAlias = Value | Unknown
"""What the machine saw under a fact's name."""

Reading: TypeAlias = Callable[[object], Seen]
"""Reads any object as one type of fact; total."""


@dataclass(frozen=True, slots=True)
class FactType:
    """What may stand under a fact's name.

    Args:
        kind: one of the seven.
        allowed: the codes of a choice (at least one) or of choices (none means an open list of codes).
        fixed: the applicant cannot change it, so no page ever suggests to.
        says: what the fact is called on screen; without it the dotted name is shown.
        unit: printed after a whole number; English in the plural, e.g. ``Text("天", "days")``.
        at_least, at_most: bounds of a number, both included; None where there is none. Nothing is decided by
            them: no page suggests a number beyond.
    """

    kind: Kind
    allowed: tuple[str, ...] = ()
    fixed: bool = False
    says: Text | None = None
    unit: Text | None = None
    at_least: int | None = None
    at_most: int | None = None

    def takes(self, number: int) -> bool:
        """Say whether a number lies within the bounds."""
        return (self.at_least is None or self.at_least <= number) and (
            self.at_most is None or number <= self.at_most
        )

    def __post_init__(self) -> None:
        if self.kind is Kind.CHOICE and not self.allowed:
            raise ValueError("a choice needs the codes to choose from")
        if self.allowed and self.kind not in (Kind.CHOICE, Kind.CHOICES):
            raise ValueError(f"a {self.kind} has no allowed codes")


TODAY = "today"
"""The civil date of the assessment in the deciding zone; the caller puts it among the facts."""

STANDING_FACTS: Mapping[str, FactType] = MappingProxyType(
    {TODAY: FactType(Kind.DATE, fixed=True, says=Text("今天", "today"))}
)
"""Facts that every table may use without a form or an evidence kind declaring them."""


def unknown_for(value: object) -> Unknown:
    """Return why a value that is not of its type tells nothing: not provided, nothing held, unreadable."""
    if value is None:
        return Unknown.NOTHING_HELD
    return value if type(value) is Unknown else Unknown.UNREADABLE


def reading_for(fact_type: FactType) -> Reading:
    """Return the reading for a type of fact.

    Types are compared exactly (``True`` is no whole number, an instant is no date), and nothing of a
    strange object is ever called, so a reading cannot raise.
    """
    match fact_type.kind:
        case Kind.CHOICE:
            return _reading_of_choice(frozenset(fact_type.allowed))
        case Kind.CHOICES:
            return _reading_of_choices(frozenset(fact_type.allowed))
        case kind:
            return _PLAIN_READINGS[kind]


def _read_text(value: object) -> Seen:
    return value if type(value) is str else unknown_for(value)


def _read_whole_number(value: object) -> Seen:
    return value if type(value) is int else unknown_for(value)


def _read_date(value: object) -> Seen:
    return value if type(value) is date else unknown_for(value)


def _read_yes_no(value: object) -> Seen:
    return value if type(value) is bool else unknown_for(value)


_PLAIN_READINGS: Mapping[Kind, Reading] = {
    Kind.TEXT: _read_text,
    Kind.WHOLE_NUMBER: _read_whole_number,
    Kind.MONEY_FEN: _read_whole_number,
    Kind.DATE: _read_date,
    Kind.YES_NO: _read_yes_no,
}


def _reading_of_choice(allowed: frozenset[str]) -> Reading:
    def read(value: object) -> Seen:
        return value if type(value) is str and value in allowed else unknown_for(value)

    return read


def _reading_of_choices(allowed: frozenset[str]) -> Reading:
    def read(value: object) -> Seen:
        if type(value) is not list and type(value) is not tuple:
            return unknown_for(value)
        codes: list[str] = []
        for code in value:
            if type(code) is not str or (allowed and code not in allowed):
                return Unknown.UNREADABLE
            if code not in codes:
                codes.append(code)
        return tuple(codes)

    return read
