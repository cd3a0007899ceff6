"""Read what the halls have arranged; every problem is told at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time
from typing import TypeVar

from tongban.domain.hall.book import Business, HallBook, Opening, OwnHall, Priority, ScanRule, SlotRule
from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ItemId, LawKey, ZoneId

_One = TypeVar("_One")
_LIST_MAX = 200
_WHOLE_MAX = 10_000
_LETTER = re.compile(r"[A-Z]")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_WINDOW = re.compile(r"[0-9A-Z]{1,4}")
_KEYS = (
    "businesses",
    "priorities",
    "hours",
    "most_waiting",
    "slots",
    "provisional_numbers",
    "scans",
    "zones",
)


def parse_hall(raw: object, file_name: str) -> HallBook:
    """Read the halls' book; raises Refused with every problem found."""
    complaints = Complaints(room="hall")
    part = complaints.read_mapping(raw, "", _KEYS, ("is_synthetic",)) or {}
    businesses = _read_each(part, "businesses", _read_business, complaints)
    priorities = _read_each(part, "priorities", _read_priority, complaints)
    known = tuple(one.id for one in businesses)
    book = HallBook(
        businesses,
        priorities,
        _read_hours(part.get("hours", []), "hours", complaints),
        _read_whole(part.get("most_waiting", 0), "most_waiting", complaints),
        _read_slots(part.get("slots", {}), known, complaints),
        _read_whole(part.get("provisional_numbers", 0), "provisional_numbers", complaints),
        _read_zones(part.get("zones", {}), known, complaints),
        part.get("is_synthetic") is True,
        _read_scans(part.get("scans", {}), complaints),
        _read_own(part.get("zones", {}), known, complaints),
    )
    if len({one.letter for one in businesses}) < len(businesses) or len(set(known)) < len(known):
        complaints.add("twice", "businesses", "编号或字母重复。", "An id or a letter stands here twice.")
    if complaints.problems:
        raise Refused(*(replace(one, pointer=f"{file_name}:{one.pointer}") for one in complaints.problems))
    return book


def _read_each(
    part: Mapping[str, object],
    name: str,
    read: Callable[[object, str, Complaints], _One | None],
    complaints: Complaints,
) -> tuple[_One, ...]:
    rows = complaints.read_list(part.get(name, []), name, _LIST_MAX)
    found = [read(row, f"{name}[{place}]", complaints) for place, row in enumerate(rows)]
    return tuple(one for one in found if one is not None)


def _read_business(raw: object, pointer: str, complaints: Complaints) -> Business | None:
    row = complaints.read_mapping(raw, pointer, ("id", "letter", "title", "items"))
    if row is None:
        return None
    identity = complaints.read_matching(row.get("id"), f"{pointer}.id", SHORT_NAME, "firms")
    letter = complaints.read_matching(row.get("letter"), f"{pointer}.letter", _LETTER, "A")
    title = complaints.read_text(row.get("title"), f"{pointer}.title")
    items = [
        complaints.read_matching(one, f"{pointer}.items[{place}]", SHORT_NAME, "food-licence-new")
        for place, one in enumerate(complaints.read_list(row.get("items", []), f"{pointer}.items", _LIST_MAX))
    ]
    if identity is None or letter is None or title is None:
        return None
    return Business(identity, letter, title, tuple(ItemId(one) for one in items if one))


def _read_priority(raw: object, pointer: str, complaints: Complaints) -> Priority | None:
    row = complaints.read_mapping(
        raw, pointer, ("id", "title", "shown_by", "lead_minutes"), ("source", "by_code")
    )
    if row is None:
        return None
    identity = complaints.read_matching(row.get("id"), f"{pointer}.id", SHORT_NAME, "elderly")
    title = complaints.read_text(row.get("title"), f"{pointer}.title")
    shown_by = complaints.read_text(row.get("shown_by"), f"{pointer}.shown_by")
    lead = _read_whole(row.get("lead_minutes"), f"{pointer}.lead_minutes", complaints)
    source = ""
    if "source" in row:
        source = complaints.read_matching(row["source"], f"{pointer}.source", LAW_KEY, "all-2019#29.2") or ""
    by_code = complaints.read_yes_no(row.get("by_code", False), f"{pointer}.by_code")
    if identity is None or title is None or shown_by is None:
        return None
    return Priority(identity, title, shown_by, lead, LawKey(source), by_code is True)


def _read_hours(raw: object, name: str, complaints: Complaints) -> tuple[Opening, ...]:
    hours: list[Opening] = []
    for place, one in enumerate(complaints.read_list(raw, name, _LIST_MAX)):
        pointer = f"{name}[{place}]"
        row = complaints.read_mapping(one, pointer, ("from", "until")) or {}
        times = [
            complaints.read_matching(row.get(key), f"{pointer}.{key}", _TIME, "09:00")
            for key in ("from", "until")
        ]
        if not times[0] or not times[1]:
            continue
        begins, ends = (time.fromisoformat(str(each)) for each in times)
        if begins >= ends or (hours and begins < hours[-1].until_time):
            complaints.add("order", pointer, "时段颠倒或重叠。", "It ends before it begins, or overlaps.")
        hours.append(Opening(begins, ends))
    return tuple(hours)


def _read_slots(raw: object, known: tuple[str, ...], complaints: Complaints) -> SlotRule:
    keys = ("minutes", "days_ahead", "grace_minutes", "capacity")
    row = complaints.read_mapping(raw, "slots", keys) or {}
    minutes, ahead, grace = (_read_whole(row.get(key, 0), f"slots.{key}", complaints) for key in keys[:3])
    capacity = _read_capacity(row.get("capacity", {}), "slots.capacity", known, complaints)
    if not minutes:
        complaints.add("slots", "slots.minutes", "时段不能为零。", "A slot has a length.")
    return SlotRule(max(minutes, 1), ahead, grace, capacity)


def _read_capacity(
    raw: object, pointer: str, known: tuple[str, ...], complaints: Complaints
) -> Mapping[str, int]:
    rows = complaints.read_mapping(raw, pointer, (), known) or {}
    return {name: _read_whole(most, f"{pointer}.{name}", complaints) for name, most in rows.items()}


def _read_scans(raw: object, complaints: Complaints) -> ScanRule:
    keys = ("least_pixels", "least_contrast", "least_brightness", "most_askew_degrees")
    row = complaints.read_mapping(raw, "scans", keys) or {}
    return ScanRule(*(_read_whole(row.get(key, 0), f"scans.{key}", complaints) for key in keys))


def _read_zones(
    raw: object, known: tuple[str, ...], complaints: Complaints
) -> Mapping[ZoneId, Mapping[str, tuple[str, ...]]]:
    if not isinstance(raw, Mapping):
        complaints.read_mapping(raw, "zones", ())
        return {}
    zones: dict[ZoneId, Mapping[str, tuple[str, ...]]] = {}
    for zone, part in raw.items():
        row = complaints.read_mapping(part, f"zones.{zone}", ("windows",), ("hours", "capacity")) or {}
        windows: dict[str, tuple[str, ...]] = {}
        listed = complaints.read_list(row.get("windows", []), f"zones.{zone}.windows", _LIST_MAX)
        for place, one in enumerate(listed):
            pointer = f"zones.{zone}.windows[{place}]"
            window = complaints.read_mapping(one, pointer, ("id", "businesses")) or {}
            identity = complaints.read_matching(window.get("id"), f"{pointer}.id", _WINDOW, "1")
            named = complaints.read_list(window.get("businesses", []), f"{pointer}.businesses", _LIST_MAX)
            read = [complaints.read_one_of(each, f"{pointer}.businesses", known) for each in named]
            if identity:
                windows[identity] = tuple(each for each in read if each)
        zones[ZoneId(str(zone))] = windows
    return zones


def _read_own(raw: object, known: tuple[str, ...], complaints: Complaints) -> Mapping[ZoneId, OwnHall]:
    """Read where a zone's hall differs; ``_read_zones`` has told what is no mapping."""
    own: dict[ZoneId, OwnHall] = {}
    for zone, part in raw.items() if isinstance(raw, Mapping) else ():
        row, here = part if isinstance(part, Mapping) else {}, f"zones.{zone}"
        hours = _read_hours(row["hours"], f"{here}.hours", complaints) if "hours" in row else None
        capacity = None
        if "capacity" in row:
            capacity = _read_capacity(row["capacity"], f"{here}.capacity", known, complaints)
        own[ZoneId(str(zone))] = OwnHall(hours, capacity)
    return own


def _read_whole(raw: object, pointer: str, complaints: Complaints) -> int:
    if type(raw) is int and 0 <= raw <= _WHOLE_MAX:
        return raw
    complaints.add("number", pointer, "这里应为不太大的自然数。", "A modest whole number belongs here.")
    return 0
