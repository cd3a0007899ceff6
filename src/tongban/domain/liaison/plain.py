"""Acts between zones as plain values and back: what a message carries and the store keeps."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any, get_args, get_type_hints

from tongban.domain.liaison.acts import (
    Act,
    CopyCertified,
    DelegationProposed,
    DisputeOpened,
    JointOpened,
    OriginalTaken,
    ReceiptConfirmed,
    ZoneAct,
)
from tongban.kernel.ids import CaseId, ZoneId

WORDS_CHARS = 1_000
NAME_CHARS = 200
LIST_MAX = 60
SHEETS_MAX = 9_999
_ID = re.compile(r"[A-Za-z0-9-]{1,40}")

ACT_TYPES: dict[str, type] = {kind.__name__: kind for kind in get_args(Act)}
BEGINNERS = (
    OriginalTaken,
    CopyCertified,
    ReceiptConfirmed,
    DelegationProposed,
    DisputeOpened,
    JointOpened,
)
"""Acts that begin a subject of their own."""


def zone_act_plain(told: ZoneAct) -> dict[str, object]:
    """Return an act as plain values."""
    act = told.act
    body = {part.name: _plain(getattr(act, part.name)) for part in fields(act)}
    return {
        "id": told.id, "subject": told.subject, "follows": told.follows, "case": told.case_id,
        "zone": told.zone, "by": told.by, "name": told.name, "at": told.at.isoformat(),
        "act": type(act).__name__, "body": body,
    }  # fmt: skip


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def zone_act_from_plain(plain: Mapping[str, Any]) -> ZoneAct:
    """Return the act that ``zone_act_plain`` wrote.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is none, a part is too long, or it begins the
            subject of another zone.
    """
    at = datetime.fromisoformat(_text(plain["at"]))
    if at.tzinfo is None:
        raise ValueError("no instant")
    kind = ACT_TYPES[_text(plain["act"])]
    zone, identity, subject = (_text(plain[name], 40) for name in ("zone", "id", "subject"))
    if not (_ID.fullmatch(identity) and _ID.fullmatch(subject)) or not identity.startswith(f"{zone}-"):
        raise ValueError("an act of another zone, or about nothing")
    if (identity == subject) != issubclass(kind, BEGINNERS):
        raise ValueError("it begins what it may not begin, or stands behind nothing")
    return ZoneAct(
        identity,
        subject,
        _text(plain["follows"], 40),
        CaseId(_text(plain["case"], 40)),
        ZoneId(zone),
        _text(plain["by"]),
        _text(plain["name"]),
        at,
        _read_act(kind, plain["body"]),
    )


def _read_act(kind: Any, body: Mapping[str, Any]) -> Act:
    hints, values = get_type_hints(kind), {}
    for part in fields(kind):
        if part.name in body or part.default is MISSING:
            values[part.name] = _reader_of(hints[part.name], part.name)(body[part.name])
    act: Act = kind(**values)
    return act


def _reader_of(hint: Any, name: str) -> Callable[[Any], object]:
    """Return what reads a field of an act: texts, numbers, days and lists of short texts are all there is."""
    if hint is int:
        return _whole
    if hint is date:
        return lambda value: date.fromisoformat(_text(value))
    if str(hint).startswith("tuple"):
        return _texts
    if name in ("words", "reason", "notice"):
        return lambda value: _text(value, WORDS_CHARS)
    return _text


def _whole(value: object) -> int:
    if type(value) is not int or not 1 <= value <= SHEETS_MAX:
        raise ValueError("no such number")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > LIST_MAX:
        raise ValueError("no list, or too long")
    return tuple(_text(one) for one in value)


def _text(value: object, most: int = NAME_CHARS) -> str:
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        raise ValueError("no text, or too long")
    return value
