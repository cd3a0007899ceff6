"""The port ``Prechecks`` in memory."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from tongban.domain.precheck import Advice, Precheck
from tongban.kernel.ids import CaseId


class HasPrechecks(Protocol):
    """The part of a zone's shelf that drafts in pre-check need."""

    prechecks: dict[CaseId, Precheck]


class MemoryPrechecks:
    """Drafts in a dictionary."""

    def __init__(self, shelf: HasPrechecks) -> None:
        self._shelf = shelf

    def find(self, number: CaseId) -> Precheck | None:
        """Return a draft, or None."""
        return self._shelf.prechecks.get(number)

    def keep(self, precheck: Precheck) -> None:
        """Keep a draft in place of the one before."""
        self._shelf.prechecks = {**self._shelf.prechecks, precheck.number: precheck}

    def answer(self, number: CaseId, asked_at: datetime, advice: Advice) -> bool:
        """Keep an answer to the draft that waits."""
        one = self.find(number)
        if one is None or one.asked_at != asked_at or one.advice is not None:
            return False
        self.keep(replace(one, advice=advice))
        return True

    def list_all(self, limit: int) -> tuple[Precheck, ...]:
        """Return drafts, those that wait first."""
        found = self._shelf.prechecks.values()
        in_order = sorted(found, key=lambda one: (one.advice is not None, one.until_on, one.number))
        return tuple(in_order[:limit])

    def list_of(self, applicant_id: str, limit: int) -> tuple[Precheck, ...]:
        """Return an applicant's drafts, the newest first."""
        own = [one for one in self._shelf.prechecks.values() if one.applicant.id == applicant_id]
        return tuple(sorted(own, key=lambda one: (one.asked_at, one.number), reverse=True)[:limit])

    def drop(self, number: CaseId) -> None:
        """Forget a draft."""
        left = {key: one for key, one in self._shelf.prechecks.items() if key != number}
        self._shelf.prechecks = left

    def forget_before(self, at: datetime) -> int:
        """Forget what was put before an instant."""
        left = {key: one for key, one in self._shelf.prechecks.items() if one.asked_at >= at}
        gone = len(self._shelf.prechecks) - len(left)
        self._shelf.prechecks = left
        return gone
