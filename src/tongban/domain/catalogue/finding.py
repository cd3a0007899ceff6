"""How people look for items: words that mean the same, words that say nothing, occasions."""

import re
from dataclasses import dataclass, replace

from tongban.domain.rules.complaints import SHORT_NAME, Complaints
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text

MOST = 1000
"""Entries of any of the lists; a search must stay quick."""


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """An occasion of a life or of a firm.

    Args:
        who: ``person`` or ``firm``.
        items: what may be needed then, most usual first.
    """

    id: str
    who: str
    title: Text
    items: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What helps to find items.

    Args:
        same: groups of words that people use for one another.
        ignored: lower-case words that need not be found.
    """

    same: tuple[tuple[str, ...], ...] = ()
    ignored: frozenset[str] = frozenset()
    events: tuple[LifeEvent, ...] = ()


def parse_finding(plain: object, file_name: str) -> Finding:
    """Read ``search.yaml`` from a plain mapping; raises Refused with every problem found."""
    complaints = Complaints(room="finding")
    part = complaints.read_mapping(plain, "", ("same", "ignored", "events")) or {}
    same = tuple(
        _read_words(group, f"same[{place}]", complaints)
        for place, group in enumerate(complaints.read_list(part.get("same", []), "same", MOST))
    )
    ignored = frozenset(_read_words(part.get("ignored", []), "ignored", complaints))
    events = _read_events(part.get("events", []), complaints)
    if complaints.problems:
        raise Refused(*(replace(one, pointer=f"{file_name}:{one.pointer}") for one in complaints.problems))
    return Finding(same, ignored, events)


def _read_words(raw: object, pointer: str, complaints: Complaints) -> tuple[str, ...]:
    words = [
        complaints.read_matching(word, f"{pointer}[{place}]", _WORDS, "便利店")
        for place, word in enumerate(complaints.read_list(raw, pointer, MOST))
    ]
    return tuple(word for word in words if word)


def _read_events(raw: object, complaints: Complaints) -> tuple[LifeEvent, ...]:
    events: list[LifeEvent] = []
    for place, entry in enumerate(complaints.read_list(raw, "events", MOST)):
        here = f"events[{place}]"
        row = complaints.read_mapping(entry, here, ("id", "for", "title", "items"))
        if row is None:
            continue
        identity = complaints.read_matching(row.get("id"), f"{here}.id", SHORT_NAME, "open-a-shop")
        who = complaints.read_one_of(row.get("for"), f"{here}.for", ("person", "firm"))
        title = complaints.read_text(row.get("title"), f"{here}.title")
        items = [
            complaints.read_matching(item, f"{here}.items[{number}]", SHORT_NAME, "prepackaged-food-filing")
            for number, item in enumerate(complaints.read_list(row.get("items", []), f"{here}.items", MOST))
        ]
        if identity in {event.id for event in events}:
            complaints.add("twice", f"{here}.id", f"“{identity}”出现两次。", f"“{identity}” comes twice.")
        elif identity and who and title:
            events.append(LifeEvent(identity, who, title, tuple(ItemId(item) for item in items if item)))
    return tuple(events)


_WORDS = re.compile(r"\S(.{0,58}\S)?")
