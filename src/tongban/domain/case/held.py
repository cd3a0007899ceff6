"""Small values that a case holds: an open wait, where it was forwarded to, how it was decided."""

from dataclasses import dataclass
from datetime import date, datetime

from tongban.domain.case import events as e


@dataclass(frozen=True, slots=True)
class Wait:
    """Others may object until the end of a day; ``by_person`` when an officer opened it."""

    until_on: date
    since: datetime
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The case lies with the authority that holds the power, since when."""

    authority: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """How the case was decided, by whom and when."""

    granted: bool
    by: str
    decided_on: date
    actor: e.Actor
