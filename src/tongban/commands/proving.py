"""Proving while packs are checked: the solver asked about every item, its answers kept for the report."""

from collections.abc import Iterator
from datetime import date

from tongban.kernel.errors import Problem
from tongban.kernel.ids import ItemId
from tongban.packs.check import Provable
from tongban.proofs.prove import ItemProofs, prove_item
from tongban.proofs.report import list_notes, list_zones, summarise


class Proving:
    """A prover for ``inspect_content`` that keeps what it proved."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._proved: dict[ItemId, ItemProofs] = {}

    def __call__(self, item: Provable) -> tuple[Problem, ...]:
        """Prove one item; return what is wrong with it."""
        earlier = item.earlier
        proved = prove_item(
            item.base,
            item.zones,
            self._on,
            earlier.item if earlier else None,
            earlier.takes_away if earlier else (),
        )
        self._proved[item.base.id] = proved
        return tuple(proved.proofs.problems)

    def tell(self, whole: bool) -> Iterator[str]:
        """Yield the figures and notes, and with ``whole`` every pair of zones."""
        if whole:
            yield from list_zones(self._proved)
        yield from list_notes(self._proved)
        yield summarise(self._proved)
