"""Receipts of bundles in memory, on the shelf that a unit puts back when it fails."""

from typing import Protocol

from tongban.domain.bundle.opened import OpenedBundle
from tongban.domain.case.events import ApplicantRef
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import BundleNumber


class BundleShelf(Protocol):
    """The part of a zone's shelf that holds receipts."""

    bundles: dict[BundleNumber, OpenedBundle]


class MemoryBundles:
    """The port ``Bundles`` in a dictionary."""

    def __init__(self, shelf: BundleShelf) -> None:
        self._shelf = shelf

    def find(self, number: BundleNumber) -> OpenedBundle | None:
        """Return a receipt, or None."""
        return self._shelf.bundles.get(number)

    def save(self, opened: OpenedBundle) -> None:
        """Keep a receipt; raises Conflict unless it is the next version."""
        kept = self._shelf.bundles.get(opened.number)
        if opened.version != (kept.version if kept else 0) + 1:
            raise Conflict(f"{opened.number}: version {opened.version} is not the next")
        self._shelf.bundles = {**self._shelf.bundles, opened.number: opened}

    def list_of(self, party: ApplicantRef, limit: int) -> tuple[OpenedBundle, ...]:
        """Return a party's receipts, newest first; an agent's are those it handed in."""
        own = [
            one
            for one in self._shelf.bundles.values()
            if (one.applicant.kind, one.applicant.id) == (party.kind, party.id)
            and (not party.agent_id or one.applicant.agent_id == party.agent_id)
        ]
        own.sort(key=lambda one: (one.opened_at, one.number), reverse=True)
        return tuple(own[:limit])
