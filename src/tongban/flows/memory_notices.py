"""Notices of other zones in memory, on the shelf that a unit puts back when it fails."""

from dataclasses import replace
from typing import Protocol

from tongban.crypto.canonical import canonical
from tongban.flows.notice_store import Notice, Taken
from tongban.kernel.errors import Conflict


class _Shelf(Protocol):
    notices: list[Notice]


class MemoryNotices:
    """Notices in the order in which they came; the first has number 1."""

    def __init__(self, shelf: _Shelf) -> None:
        self._shelf = shelf

    def keep(self, notice: Notice) -> None:
        """Keep a notice once."""
        canonical(notice.facts)
        known = {(kept.from_zone, kept.message_id) for kept in self._shelf.notices}
        if (notice.from_zone, notice.message_id) not in known:
            numbered = replace(notice, number=len(self._shelf.notices) + 1)
            self._shelf.notices = [*self._shelf.notices, numbered]

    def find(self, number: int) -> Notice | None:
        """Return a notice, or None."""
        return self._shelf.notices[number - 1] if 0 < number <= len(self._shelf.notices) else None

    def take(self, number: int, taken: Taken) -> None:
        """Note who has taken note, once."""
        notice = self.find(number)
        if notice is None or notice.taken is not None:
            raise Conflict(f"notice {number}")
        self._shelf.notices = [
            replace(kept, taken=taken) if kept.number == number else kept for kept in self._shelf.notices
        ]
