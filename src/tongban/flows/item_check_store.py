"""The port through which the newest check of each item pack is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tongban.kernel.errors import Problem
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Proved:
    """What the solver proved of an item.

    Args:
        sentences: how many were proved.
        pairs, pairs_alike: pairs of zones compared, and those proved to decide alike for every applicant.
        says: what was proved, in words.
        notes: what is no fault and yet worth knowing, such as ``proof.redundant``.
    """

    sentences: int
    pairs: int
    pairs_alike: int
    says: tuple[Text, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemCheck:
    """What a check of one item's pack found.

    Args:
        version: the pack's; 0 when it could not be read.
        content_hash: of every file of the pack, as ``BasePacks.get_pack_hash`` computes it.
        problems: with file and line in their pointers.
        examples: how many example cases were played.
        proved: None when nothing was proved; then ``unproved`` says why.
    """

    item_id: ItemId
    version: int
    content_hash: str
    checked_at: datetime
    problems: tuple[Problem, ...]
    examples: int
    proved: Proved | None
    unproved: Text | None = None


class ItemChecks(Protocol):
    """The newest check of each item's pack."""

    def keep(self, checks: Sequence[ItemCheck]) -> None:
        """Keep checks, each in place of the one before of its item."""

    def find(self, item_id: ItemId) -> ItemCheck | None:
        """Return the newest check of an item, or None when none was kept."""

    def hashes(self) -> dict[ItemId, str]:
        """Return on which content each item was checked last."""
