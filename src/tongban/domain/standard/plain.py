"""Acts of the alliance as plain values and back: what a message carries and the store keeps."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tongban.domain.standard.acts import (
    Act,
    Commented,
    Proposed,
    Ratified,
    RecordedAct,
    Retracted,
    TicketClosed,
    TicketOpened,
    hash_files,
)
from tongban.domain.standard.packed import FILES_BYTES, count_bytes, pack_files, unpack_files
from tongban.kernel.ids import ItemId, ZoneId

WORDS_CHARS = 2_000
"""Reasons, comments and notes."""
NAME_CHARS = 200
FILES_MAX = 12
HASH_CHARS = 64
_ZONES_MAX = 50


def act_plain(recorded: RecordedAct) -> dict[str, object]:
    """Return an act as plain values."""
    return {
        "id": recorded.id,
        "subject": recorded.subject,
        "zone": recorded.zone,
        "by": recorded.by,
        "at": recorded.at.isoformat(),
        "act": type(recorded.act).__name__,
        **_parts(recorded.act),
    }


def act_message(recorded: RecordedAct) -> dict[str, object]:
    """Return an act as it travels to another zone: as ``act_plain``, the files of a proposal packed."""
    plain = act_plain(recorded)
    if isinstance(recorded.act, Proposed):
        del plain["files"]
        plain["packed"] = pack_files(recorded.act.files)
    return plain


def _parts(act: Act) -> dict[str, object]:
    match act:
        case Proposed():
            return {
                "item": act.item, "version": act.version, "content_hash": act.content_hash,
                "based_on": act.based_on, "reason": act.reason, "files": dict(act.files),
            }  # fmt: skip
        case Commented():
            return {"words": act.words}
        case Ratified():
            return {"content_hash": act.content_hash}
        case Retracted():
            return {"reason": act.reason}
        case TicketOpened():
            return {
                "item": act.item, "feature": act.feature, "owner": act.owner,
                "due_on": act.due_on.isoformat(), "words": act.words,
                "seen": {zone: list(words) for zone, words in act.seen.items()},
            }  # fmt: skip
        case TicketClosed():
            return {"note": act.note}


def act_from_plain(plain: Mapping[str, Any], *, is_outline: bool = False) -> RecordedAct:
    """Return the act that ``act_plain`` or ``act_message`` wrote.

    Args:
        is_outline: the files of a proposal may be left out.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is none, a part is too long, the hash does not fit
            the files, or an act begins a subject of another zone.
    """
    at = datetime.fromisoformat(_text(plain["at"], NAME_CHARS))
    if at.tzinfo is None:
        raise ValueError("no instant")
    zone = ZoneId(_text(plain["zone"], NAME_CHARS))
    identity, subject = _text(plain["id"], 40), _text(plain["subject"], 40)
    act = _read_act(plain, is_outline)
    begins = isinstance(act, Proposed | TicketOpened)
    if begins != (identity == subject) or not identity.startswith(f"{zone}-"):
        raise ValueError("an act of another zone, or about nothing")
    return RecordedAct(identity, subject, zone, _text(plain["by"], NAME_CHARS), at, act)


def _read_act(plain: Mapping[str, Any], is_outline: bool) -> Act:
    match plain["act"]:
        case "Proposed":
            return _read_proposed(plain, is_outline)
        case "Commented":
            return Commented(_words(plain["words"]))
        case "Ratified":
            return Ratified(_text(plain["content_hash"], HASH_CHARS))
        case "Retracted":
            return Retracted(_words(plain["reason"]))
        case "TicketOpened":
            return _read_ticket(plain)
        case "TicketClosed":
            return TicketClosed(_words(plain["note"]))
    raise ValueError("no such act")


def _read_proposed(plain: Mapping[str, Any], is_outline: bool) -> Proposed:
    version = plain["version"]
    files = unpack_files(plain["packed"]) if "packed" in plain else plain.get("files", {})
    if type(version) is not int or version < 1:
        raise ValueError("no version")
    if not isinstance(files, dict) or len(files) > FILES_MAX:
        raise ValueError("no files")
    read = {_text(name, NAME_CHARS): _text(text, FILES_BYTES) for name, text in files.items()}
    content_hash = _text(plain["content_hash"], HASH_CHARS)
    if count_bytes(read) > FILES_BYTES:
        raise ValueError("too much")
    if not (is_outline and not read) and hash_files(read) != content_hash:
        raise ValueError("the hash does not fit the files")
    item, based_on = ItemId(_text(plain["item"], NAME_CHARS)), _text(plain["based_on"], HASH_CHARS)
    return Proposed(item, version, content_hash, based_on, _words(plain["reason"]), read)


def _read_ticket(plain: Mapping[str, Any]) -> TicketOpened:
    raw = plain["seen"]
    if not isinstance(raw, dict) or len(raw) > _ZONES_MAX:
        raise ValueError("no zones")
    seen = {}
    for zone, (zh, en) in raw.items():
        seen[_text(zone, NAME_CHARS)] = (_text(zh, WORDS_CHARS), _text(en, WORDS_CHARS))
    return TicketOpened(
        ItemId(_text(plain["item"], NAME_CHARS)),
        _text(plain["feature"], NAME_CHARS),
        seen,
        ZoneId(_text(plain["owner"], NAME_CHARS)),
        date.fromisoformat(_text(plain["due_on"], NAME_CHARS)),
        _words(plain["words"]),
    )


def _words(value: object) -> str:
    text = _text(value, WORDS_CHARS)
    if not text.strip():
        raise ValueError("no words")
    return text


def _text(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        raise ValueError("no text, or too long")
    return value
