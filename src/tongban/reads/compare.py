"""The zones' implementations of an item side by side: what each promises, asks, costs and adds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tongban.domain.catalogue.difference import list_features
from tongban.domain.catalogue.zone import Zone
from tongban.kernel.text import Text
from tongban.reads.catalogue import ZoneOffer

_TOLD = ("promised", "statutory", "materials", "fee", "channels", "visits", "notes")
"""The features that are compared here, by the first part of their names, in this order. How it is decided is
the same everywhere, and proved (``proofs.equivalence``)."""


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One thing that every zone says; a value is None where a zone does not say it."""

    title: Text
    values: tuple[tuple[Zone, Text | None], ...]
    differs: bool


def compare_offers(offers: Sequence[ZoneOffer], on: date) -> tuple[ComparedRow, ...]:
    """Return what the offers of one item say, row by row; a row that is not alike everywhere is marked."""
    told = [{feature.name: feature for feature in list_features(one.item, on)} for one in offers]
    names = [name for features in told for name in features if name.split(".", 1)[0] in _TOLD]
    ordered = sorted(dict.fromkeys(names), key=lambda name: _TOLD.index(name.split(".", 1)[0]))
    rows = []
    for name in ordered:
        title = next(features[name].title for features in told if name in features)
        values = tuple(
            (one.zone, features[name].value if name in features else None)
            for one, features in zip(offers, told, strict=True)
        )
        rows.append(ComparedRow(title, values, len({value for _, value in values}) > 1))
    return tuple(rows)
