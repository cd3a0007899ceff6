"""The port through which notices of other zones are kept; the store fills it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tongban.kernel.ids import CaseId, EvidenceKindId, ItemId, LawKey, MessageId, ZoneId


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry of this zone's register that a notice concerns.

    Args:
        subject: the number under which the register is searched.
    """

    kind: EvidenceKindId
    subject: str


@dataclass(frozen=True, slots=True)
class Taken:
    """That a person has taken note.

    Args:
        by: login; name: as it is shown.
        words: what the person wrote with it, or empty.
        is_marked: whether the register's entry was changed with it.
    """

    at: datetime
    by: str
    name: str
    words: str = ""
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What another zone has told this one, as it came.

    Args:
        notice: stable name, e.g. ``nurse-registration-moved``.
        facts: plain values by dotted name, as the zone that told them wrote them.
        entry: which entry of a register here it concerns, or None.
        number: its place among the notices of this zone; 0 before it is kept.
    """

    from_zone: ZoneId
    message_id: MessageId
    notice: str
    ground: LawKey
    item_id: ItemId
    case_id: CaseId
    facts: Mapping[str, object]
    entry: Entry | None
    received_at: datetime
    taken: Taken | None = None
    number: int = 0


class Notices(Protocol):
    """Notices of other zones: kept once, taken note of once, never changed or thrown away."""

    def keep(self, notice: Notice) -> None:
        """Keep a notice; one of the same zone and message is kept once."""

    def find(self, number: int) -> Notice | None:
        """Return a notice, or None."""

    def take(self, number: int, taken: Taken) -> None:
        """Note who has taken note; raises Conflict when somebody was first, or there is no such notice."""
