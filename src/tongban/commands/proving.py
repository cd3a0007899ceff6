"""Proving while packs are checked: the solver asked about every item, its answers kept for the report."""

from collections.abc import Iterator, Mapping
from datetime import date

from tongban.domain.catalogue.zone import Zone
from tongban.flows.item_check_store import Proved
from tongban.kernel.errors import Problem
from tongban.kernel.ids import ItemId, ZoneId
from tongban.packs.check import Provable
from tongban.proofs.equivalence import Unlike
from tongban.proofs.prove import ItemProofs, prove_item
from tongban.proofs.report import list_notes, list_zones, summarise
from tongban.proofs.told import tell_proved


class Proving:
    """A prover for ``inspect_content`` that keeps what it proved."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._proved: dict[ItemId, ItemProofs] = {}
        self._items: dict[ItemId, Provable] = {}

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
        self._items[item.base.id] = item
        return tuple(proved.proofs.problems)

    def keep(self, zones: Mapping[ZoneId, Zone]) -> dict[ItemId, Proved]:
        """Return what was proved of each item, as it is kept."""
        return {item_id: _compose(self._items[item_id], one, zones) for item_id, one in self._proved.items()}

    def tell(self, whole: bool) -> Iterator[str]:
        """Yield the figures and notes, and with ``whole`` every pair of zones."""
        if whole:
            yield from list_zones(self._proved)
        yield from list_notes(self._proved)
        yield summarise(self._proved)


def _compose(item: Provable, one: ItemProofs, zones: Mapping[ZoneId, Zone]) -> Proved:
    return Proved(
        sentences=one.proofs.proved,
        pairs=len(one.pairs),
        pairs_alike=sum(1 for pair in one.pairs if Unlike.OUTCOME in pair.proved),
        says=tuple(tell_proved(item.base, item.earlier is not None, one, zones)),
        notes=tuple(one.proofs.notes),
    )
