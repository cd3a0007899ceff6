"""Events as plain values and back, for the table, the message and the canonical bytes.

Dates and instants carry a mark (``{"$date": ...}``, ``{"$at": ...}``), so a reader of JSON gets back what
was written. Readers accept every version ever written: a field may be added with a default, never renamed.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from tongban.domain.case import events as e

EVENT_TYPES: dict[str, type] = {kind.__name__: kind for kind in get_args(e.Event)}
"""Every event by name; the name is what the table keeps."""


_PLAIN_ALREADY = frozenset((str, int, bool, type(None)))


def to_plain(value: Any) -> Any:
    """Return a value of strings, whole numbers, booleans, None, lists and mappings only."""
    if type(value) in _PLAIN_ALREADY:  # most of what is asked
        return value
    match value:
        case int():
            return value
        case Enum():
            return value.value
        case str():
            return value
        case datetime():
            return {"$at": value.isoformat()}
        case date():
            return {"$date": value.isoformat()}
        case Mapping():
            return {str(key): to_plain(part) for key, part in value.items()}
        case tuple() | list() | frozenset():
            return [to_plain(part) for part in value]
    if is_dataclass(value):
        kind: Any = type(value)
        return {name: to_plain(getattr(value, name)) for name in _field_names(kind)}
    raise TypeError(f"no plain form of {type(value).__name__}")


def from_plain(plain: Any) -> Any:
    """Return untyped plain data with its marked dates and instants read back."""
    if type(plain) is str:  # most of what is asked
        return plain
    if isinstance(plain, dict):
        if len(plain) == 1:
            if "$date" in plain:
                return date.fromisoformat(plain["$date"])
            if "$at" in plain:
                return datetime.fromisoformat(plain["$at"])
        return {key: from_plain(part) for key, part in plain.items()}
    if isinstance(plain, list):
        return [from_plain(part) for part in plain]
    return plain


def event_to_plain(event: e.Event) -> tuple[str, dict[str, Any]]:
    """Return an event's name and its fields as plain values."""
    return type(event).__name__, to_plain(event)


def event_from_plain(name: str, plain: Mapping[str, Any]) -> e.Event:
    """Return the event, or raise KeyError for a name that no version of the house wrote."""
    event: e.Event = reader_for(EVENT_TYPES[name])(plain)
    return event


def recorded_to_plain(recorded: e.Recorded) -> dict[str, Any]:
    """Return a recorded event as it travels to another zone."""
    name, body = event_to_plain(recorded.event)
    return {
        "case_id": recorded.case_id,
        "version": recorded.version,
        "at": to_plain(recorded.at),
        "zone": recorded.zone,
        "actor": to_plain(recorded.actor),
        "name": name,
        "event": body,
    }


def recorded_from_plain(plain: Mapping[str, Any]) -> e.Recorded:
    """Read a recorded event another zone sent; raises KeyError, TypeError or ValueError when it is none."""
    return e.Recorded(
        case_id=plain["case_id"],
        version=int(plain["version"]),
        at=from_plain(plain["at"]),
        zone=plain["zone"],
        actor=reader_for(e.Actor)(plain["actor"]),
        event=event_from_plain(plain["name"], plain["event"]),
    )


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    return tuple(part.name for part in fields(kind))


@cache
def reader_for(kind: Any) -> Callable[[Any], Any]:
    """Return a function that reads plain values into the given type; built once a type."""
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional_reader(kind)
    if origin is tuple:
        return _tuple_reader(kind)
    return from_plain


def _dataclass_reader(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    parts = [
        (part.name, reader_for(hints[part.name]), part.default is MISSING and part.default_factory is MISSING)
        for part in fields(kind)
    ]

    def read(plain: Mapping[str, Any]) -> Any:
        values = {}
        for name, reader, is_required in parts:
            if name in plain:
                values[name] = reader(plain[name])
            elif is_required:
                raise KeyError(name)
        return kind(**values)

    return read


def _optional_reader(kind: Any) -> Callable[[Any], Any]:
    inner = [part for part in get_args(kind) if part is not type(None)]
    reader = reader_for(inner[0]) if len(inner) == 1 else from_plain
    return lambda plain: None if plain is None else reader(plain)


def _tuple_reader(kind: Any) -> Callable[[Any], Any]:
    parts = get_args(kind)
    if len(parts) == 2 and parts[1] is Ellipsis:
        reader = reader_for(parts[0])
        return lambda plain: tuple(reader(part) for part in plain)
    readers = [reader_for(part) for part in parts]
    return lambda plain: tuple(reader(part) for reader, part in zip(readers, plain, strict=True))
