"""The papers of a bundle: each listed once, with who asks for it and what spares it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tongban.domain.bundle.bundle import Bundle
from tongban.domain.bundle.choose import Choice
from tongban.domain.catalogue.item import ServiceItem
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class MergedMaterial:
    """One paper.

    Args:
        members: who asks for it, in order; it is handed in at most once.
        sources: the articles on which they ask, without repetition.
        exempt_through: evidence kinds that replace it, one for each member that is spared it.
        is_spared: no member needs it from the applicant's hand.
        is_elsewhere: only authorities outside the alliance ask for it.
    """

    name: Text
    members: tuple[str, ...]
    sources: tuple[str, ...]
    exempt_through: tuple[str, ...]
    is_spared: bool
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """One paper as one member lists it."""

    name: Text
    member: str
    source: str
    exempt_through: str
    is_elsewhere: bool


def merge_materials(
    bundle: Bundle, choice: Choice, items: Mapping[str, ServiceItem]
) -> tuple[MergedMaterial, ...]:
    """Return the papers that the wanted members list, the same one only once."""
    merged: dict[str, list[_Row]] = {}
    for row in _rows(choice, items):
        merged.setdefault(_key(row.name, bundle), []).append(row)
    return tuple(_merge(rows) for rows in merged.values())


def _rows(choice: Choice, items: Mapping[str, ServiceItem]) -> Iterator[_Row]:
    for one in choice.wanted:
        item, other = items.get(one.member.id), one.member.elsewhere
        for material in item.materials if item else ():
            yield _Row(material.name, one.member.id, material.source, material.exempt_through, False)
        for paper in other.materials if other else ():
            yield _Row(paper.name, one.member.id, paper.source, "", True)


def _key(name: Text, bundle: Bundle) -> str:
    """Return the name under which a paper is listed: its own, or the first of those that mean the same."""
    return next((same[0] for same in bundle.same_materials if name.en in same), name.en)


def _merge(rows: list[_Row]) -> MergedMaterial:
    return MergedMaterial(
        name=rows[0].name,
        members=tuple(dict.fromkeys(row.member for row in rows)),
        sources=tuple(dict.fromkeys(row.source for row in rows)),
        exempt_through=tuple(dict.fromkeys(row.exempt_through for row in rows if row.exempt_through)),
        is_spared=all(row.exempt_through for row in rows),
        is_elsewhere=all(row.is_elsewhere for row in rows),
    )
