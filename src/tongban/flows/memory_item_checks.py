"""The port ``ItemChecks`` in memory."""

from collections.abc import Sequence
from typing import Protocol

from tongban.flows.item_check_store import ItemCheck
from tongban.kernel.ids import ItemId


class HasItemChecks(Protocol):
    """The part of a zone's shelf that checks of packs need."""

    item_checks: dict[ItemId, ItemCheck]


class MemoryItemChecks:
    """Checks in a dictionary."""

    def __init__(self, shelf: HasItemChecks) -> None:
        self._shelf = shelf

    def keep(self, checks: Sequence[ItemCheck]) -> None:
        """Keep checks, each in place of the one before."""
        newer = {one.item_id: one for one in checks}
        self._shelf.item_checks = {**self._shelf.item_checks, **newer}

    def find(self, item_id: ItemId) -> ItemCheck | None:
        """Return a check, or None."""
        return self._shelf.item_checks.get(item_id)

    def hashes(self) -> dict[ItemId, str]:
        """Return the content hash of each check."""
        return {item_id: one.content_hash for item_id, one in self._shelf.item_checks.items()}
