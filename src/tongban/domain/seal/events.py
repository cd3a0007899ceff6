"""What happens to a seal: put forward by one custodian, put to use by another, suspended by either."""

from dataclasses import dataclass
from datetime import datetime

from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Custodian:
    """One of those who keep the seal.

    Args:
        id: login; two with one id are one person.
    """

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ActivationProposed:
    """A custodian wants the seal in use for a shift.

    Args:
        begins_at, ends_at: the shift, aware UTC instants; the end lies outside it.
    """

    by: Custodian
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class SealActivated:
    """Another custodian confirmed, and the seal is in use.

    Args:
        first: who proposed; second: who confirmed, never the same.
        is_by_rota: a demonstration did it by itself in the names of its two made-up custodians.
    """

    first: Custodian
    second: Custodian
    begins_at: datetime
    ends_at: datetime
    is_by_rota: bool = False


@dataclass(frozen=True, slots=True)
class SealSuspended:
    """A custodian took the seal out of use at once."""

    by: Custodian
    reasons: Text


SealEvent = ActivationProposed | SealActivated | SealSuspended


@dataclass(frozen=True, slots=True)
class SealAct:
    """An event in its place in the seal's history.

    Args:
        number: counts up; 0 before it is kept.
    """

    event: SealEvent
    at: datetime
    number: int = 0
