"""The port ``Inquiries`` in memory."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from tongban.domain.inquiry import Inquiry
from tongban.kernel.ids import ZoneId


class HasInquiries(Protocol):
    """The part of a zone's shelf that questions before a promise need."""

    inquiries: dict[tuple[str, ZoneId], Inquiry]


class MemoryInquiries:
    """Questions in a dictionary."""

    def __init__(self, shelf: HasInquiries) -> None:
        self._shelf = shelf

    def list_of(self, number: str) -> tuple[Inquiry, ...]:
        """Return the questions put for a number."""
        found = [one for one in self._shelf.inquiries.values() if one.number == number]
        return tuple(sorted(found, key=lambda one: one.zone))

    def keep(self, inquiry: Inquiry) -> None:
        """Keep a question in place of the one before."""
        self._shelf.inquiries = {**self._shelf.inquiries, (inquiry.number, inquiry.zone): inquiry}

    def note(
        self, number: str, zone: ZoneId, token: str, at: datetime, is_listed: bool | None, fault: str = ""
    ) -> bool:
        """Note an answer to a question that is open."""
        one = self._shelf.inquiries.get((number, zone))
        if one is None or one.token != token or one.answered_at is not None:
            return False
        answered_at = None if is_listed is None else at
        self.keep(replace(one, answered_at=answered_at, is_listed=is_listed, fault=fault))
        return True

    def forget_before(self, at: datetime) -> int:
        """Forget what was asked before an instant."""
        left = {key: one for key, one in self._shelf.inquiries.items() if one.asked_at >= at}
        gone = len(self._shelf.inquiries) - len(left)
        self._shelf.inquiries = left
        return gone
