"""Find an item by words, pinyin or initials; lists of items; which zones offer them and how fast."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

from pypinyin import Style, lazy_pinyin

from tongban.domain.bundle.bundle import Bundle
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.clock.statute import TimeLimit
from tongban.flows.ports import Catalogue, Deps
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.moment import civil_date

MAX_QUERY_CHARACTERS = 100
_ENOUGH_PAIRS = 2
"""A Chinese query that is no part of an item's words still fits when it shares so many of its pairs of
characters, or half of them when it has few: people write sentences."""
_TITLE, _WORD, _SOUND, _SUMMARY = 100, 80, 60, 30
"""How much a hit counts, by where it is; at the beginning counts a little more."""
_AT_THE_BEGINNING = 10


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


def search_items(
    query: str, deps: Deps, zone: ZoneId | None = None, applicant_kind: str = ""
) -> tuple[ItemEntry, ...]:
    """Return the items that fit a query, best first; all of them for an empty one."""
    entries = _entries(deps.catalogue, deps.zone, civil_date(deps.clock.now()))
    if not query.strip():
        return list_items(deps, zone, applicant_kind)
    words = _normalise(query[:MAX_QUERY_CHARACTERS]).split()
    index = _index(deps.catalogue)
    scored = [(index[item_id].score(words), entry) for item_id, entry in entries.items()]
    hits = [(score, entry) for score, entry in scored if score and _fits(entry, zone, applicant_kind)]
    return tuple(entry for _, entry in sorted(hits, key=lambda hit: (-hit[0], hit[1].item.id)))


def _fits(entry: ItemEntry, zone: ZoneId | None, applicant_kind: str) -> bool:
    in_zone = zone is None or any(offer.zone.id == zone for offer in entry.offers)
    return in_zone and (not applicant_kind or applicant_kind in entry.item.objects)


def _entries(catalogue: Catalogue, own_zone: ZoneId, on: date) -> dict[ItemId, ItemEntry]:
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


@dataclass(frozen=True, slots=True)
class IndexRow:
    """The words under which one item is found, each normalised, with what a hit in them counts."""

    words: tuple[tuple[int, str], ...]
    pairs: frozenset[str]

    def score(self, query: Sequence[str]) -> int:
        """Return how well every word of a query is found here; 0 when one of them is not."""
        scores = [self._score_word(word) for word in query]
        return sum(scores) if scores and all(scores) else 0

    def _score_word(self, word: str) -> int:
        best = max(
            (
                weight + (_AT_THE_BEGINNING if text.startswith(word) else 0)
                for weight, text in self.words
                if word in text
            ),
            default=0,
        )
        if best or word.isascii():
            return best
        asked = _pairs(word)
        shared = len(asked & self.pairs)
        return _SUMMARY + shared if shared >= min(_ENOUGH_PAIRS, max(1, len(asked) / 2)) else 0


_built: list[tuple[Catalogue, dict[ItemId, IndexRow]]] = []
"""The index of this process's catalogue; a catalogue never changes, so it is built once."""


def _index(catalogue: Catalogue) -> Mapping[ItemId, IndexRow]:
    if not _built or _built[0][0] is not catalogue:
        items = {item.id: item for zone in catalogue.zones for item in catalogue.list_items(zone)}
        _built[:] = [(catalogue, {item.id: compose_index_row(item) for item in items.values()})]
    return _built[0][1]


Findable = TypeVar("Findable", ServiceItem, Bundle)


def search_things(query: str, things: Sequence[Findable]) -> tuple[Findable, ...]:
    """Return the things that fit a query, best first; all of them, as they stand, for an empty one.

    For few things: their words are put together anew each time.
    """
    words = _normalise(query[:MAX_QUERY_CHARACTERS]).split()
    if not words:
        return tuple(things)
    scored = [(compose_index_row(one).score(words), one) for one in things]
    hits = sorted(((score, one) for score, one in scored if score), key=lambda hit: (-hit[0], hit[1].id))
    return tuple(one for _, one in hits)


def compose_index_row(item: ServiceItem | Bundle) -> IndexRow:
    """Return the words of an item: title, search words, their pinyin and initials, summary."""
    rows = [(_TITLE, item.title.zh), (_TITLE, item.title.en), *((_WORD, word) for word in item.words)]
    sounds = [
        (_SOUND, sound)
        for _, words in rows
        if not words.isascii()
        for sound in (
            "".join(lazy_pinyin(words)),
            "".join(lazy_pinyin(words, style=Style.FIRST_LETTER)),
        )
    ]
    rows += [*sounds, (_SUMMARY, item.summary.zh), (_SUMMARY, item.summary.en)]
    normal = tuple(dict.fromkeys((weight, _normalise(words)) for weight, words in rows))
    return IndexRow(normal, _pairs("".join(words for weight, words in normal if weight >= _WORD)))


def _normalise(words: str) -> str:
    """Return words in one form: half width, lower case, no marks that nobody types."""
    folded = unicodedata.normalize("NFKC", words).casefold().replace("ü", "v")
    return "".join(char if char.isalnum() or char.isspace() else " " for char in folded).strip()


def _pairs(words: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters that are not ASCII."""
    return frozenset(a + b for a, b in pairwise(words) if not (a.isascii() or b.isascii()))


def list_zones(deps: Deps) -> Iterable[Zone]:
    """Return the alliance's zones, this node's own first."""
    return sorted(deps.catalogue.zones.values(), key=lambda zone: (zone.id != deps.zone, zone.id))
