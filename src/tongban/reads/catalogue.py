"""Lists of items, which zones offer them and how fast; finding is left to ``reads.search``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tongban.domain.bundle.bundle import Bundle
from tongban.domain.catalogue.finding import Finding, LifeEvent
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.clock.statute import TimeLimit
from tongban.flows.ports import Catalogue, Deps
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.reads.search import Hit, SearchIndex


@dataclass(frozen=True, slots=True)
class ZoneOffer:
    """An item as one zone offers it, with the limits in force today; a cancelled permit has none."""

    zone: Zone
    item: ServiceItem
    statutory: TimeLimit | None
    promised: TimeLimit | None


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """An item in a list: as this node's own zone implements it, or the first zone that does."""

    item: ServiceItem
    offers: tuple[ZoneOffer, ...]

    @property
    def quickest(self) -> ZoneOffer:
        """The offer with the shortest promise; the first one when none promises anything."""
        return min(self.offers, key=lambda offer: _minutes(offer.promised or offer.statutory))


_MINUTES = {"minute": 1, "hour": 60, "working_day": 24 * 60, "calendar_day": 24 * 60, "month": 30 * 24 * 60}
"""For sorting promises only; a due date is never computed from it."""


def _minutes(limit: TimeLimit | None) -> int:
    return 0 if limit is None else limit.amount * _MINUTES[limit.unit]


def list_items(deps: Deps, zone: ZoneId | None = None, applicant_kind: str = "") -> tuple[ItemEntry, ...]:
    """Return every item of the three zones, or of one, or for one kind of applicant, in order of title."""
    entries = _entries(deps.catalogue, deps.zone, civil_date(deps.clock.now()))
    return tuple(entry for entry in entries.values() if _fits(entry, zone, applicant_kind))


@dataclass(frozen=True, slots=True)
class SearchResult:
    """An item that fits a query; ``hits`` says why, empty when nothing was asked."""

    entry: ItemEntry
    hits: tuple[Hit, ...] = ()


def search_items(
    query: str, deps: Deps, zone: ZoneId | None = None, applicant_kind: str = "", event_id: str = ""
) -> tuple[SearchResult, ...]:
    """Return the items that fit a query, best first; all of them for an empty one.

    Args:
        event_id: only the items of an occasion, and without a query in its own order.
    """
    entries = _entries(deps.catalogue, deps.zone, civil_date(deps.clock.now()))
    event = find_event(event_id, deps)
    if query.strip():
        results = [
            SearchResult(entries[ItemId(one.item_id)], one.hits)
            for one in _index(deps.catalogue).search(query)
        ]
    elif event is not None:
        results = [SearchResult(entries[item_id]) for item_id in event.items if item_id in entries]
    else:
        results = [SearchResult(entry) for entry in entries.values()]
    return tuple(
        one
        for one in results
        if _fits(one.entry, zone, applicant_kind) and (event is None or one.entry.item.id in event.items)
    )


def _fits(entry: ItemEntry, zone: ZoneId | None, applicant_kind: str) -> bool:
    in_zone = zone is None or any(offer.zone.id == zone for offer in entry.offers)
    return in_zone and (not applicant_kind or applicant_kind in entry.item.objects)


_listed: dict[ZoneId, tuple[Catalogue, date, dict[ItemId, ItemEntry]]] = {}
"""The last day's entries of each zone: a catalogue never changes, and its limits change by the day."""


def _entries(catalogue: Catalogue, own_zone: ZoneId, on: date) -> dict[ItemId, ItemEntry]:
    kept = _listed.get(own_zone)
    if kept is None or kept[0] is not catalogue or kept[1] != on:
        kept = _listed[own_zone] = (catalogue, on, _compose_entries(catalogue, own_zone, on))
    return kept[2]


def _compose_entries(catalogue: Catalogue, own_zone: ZoneId, on: date) -> dict[ItemId, ItemEntry]:
    offers: dict[ItemId, list[ZoneOffer]] = {}
    for zone in catalogue.zones.values():
        for item in catalogue.list_items(zone.id):
            offers.setdefault(item.id, []).append(compose_offer(item, zone, on))
    entries = {}
    for item_id, found in sorted(offers.items()):
        own = next((offer for offer in found if offer.zone.id == own_zone), found[0])
        entries[item_id] = ItemEntry(own.item, tuple(found))
    return entries


def compose_offer(item: ServiceItem, zone: Zone, on: date) -> ZoneOffer:
    """Return an item of a zone with the limits in force on a day."""
    statutory = None if item.is_cancelled else item.get_statutory_limit(on)
    return ZoneOffer(zone, item, statutory, item.find_promised_limit(on))


_built: list[tuple[Catalogue, SearchIndex]] = []
"""The index of this process's catalogue; a catalogue never changes, so it is built once."""


def _index(catalogue: Catalogue) -> SearchIndex:
    if not _built or _built[0][0] is not catalogue:
        items = {item.id: item for zone in catalogue.zones for item in catalogue.list_items(zone)}
        _built[:] = [(catalogue, SearchIndex(items.values(), catalogue.finding))]
    return _built[0][1]


Findable = TypeVar("Findable", ServiceItem, Bundle)


def search_things(query: str, things: Sequence[Findable]) -> tuple[Findable, ...]:
    """Return the things that fit a query, best first; all of them, as they stand, for an empty one.

    For few things: their words are put together anew each time.
    """
    if not query.strip():
        return tuple(things)
    by_id = {str(one.id): one for one in things}
    return tuple(by_id[one.item_id] for one in SearchIndex(things, Finding()).search(query))


def find_event(event_id: str, deps: Deps) -> LifeEvent | None:
    """Return an occasion of a life or a firm, or None when there is none of this name."""
    return next((one for one in deps.catalogue.finding.events if one.id == event_id), None)


def list_events(deps: Deps, applicant_kind: str = "") -> tuple[LifeEvent, ...]:
    """Return the occasions for which some zone has an item, in the content's order."""
    there = {item.id for zone in deps.catalogue.zones for item in deps.catalogue.list_items(zone)}
    return tuple(
        one
        for one in deps.catalogue.finding.events
        if (not applicant_kind or one.who == applicant_kind) and there & set(one.items)
    )


def list_zones(deps: Deps) -> Iterable[Zone]:
    """Return the alliance's zones, this node's own first."""
    return sorted(deps.catalogue.zones.values(), key=lambda zone: (zone.id != deps.zone, zone.id))
