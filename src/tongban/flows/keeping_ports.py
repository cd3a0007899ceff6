"""What the flows ask of a zone's own keeping: running numbers, wake-ups, the log."""

from collections.abc import Mapping
from typing import Protocol


class Serials(Protocol):
    """Numbers drawn once and never again; gaps are allowed."""

    def next(self) -> int:
        """Return the next number of this zone."""


class Jobs(Protocol):
    """Wake-ups for later, kept in this transaction. The truth is in domain rows."""

    def defer(self, name: str, **arguments: str) -> None:
        """Have a worker run the named flow with these arguments."""


class Ledger(Protocol):
    """The zone's append-only log."""

    def append(self, leaf_key: str, leaf: Mapping[str, object]) -> None:
        """File a leaf under a key, once: a second leaf under the same key is not kept."""
