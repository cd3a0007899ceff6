"""Read what may be raised; every problem is told at once."""

import re
from collections.abc import Mapping
from dataclasses import replace

from tongban.domain.clock.statute import TimeLimit, parse_time_limit
from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.domain.voice.book import DESKS, KINDS, ReviewRule, VoiceBook, VoiceKind
from tongban.kernel.errors import Refused
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

_LIST_MAX = 40
_WHOLE_MAX = 10_000
_LETTER = re.compile(r"[A-Z]")
_KEYS = ("id", "letter", "desk", "ground", "title", "says", "answer", "extend")
_MAY = ("is_made_up", "subjects", "outcomes")
_REVIEW_KEYS = ("within_days", "within_years_when_not_told", "most_attachments")


def parse_voices(raw: object, file_name: str) -> VoiceBook:
    """Read the book; the law's own numbers stand in it already (``packs.reading``).

    Raises:
        Refused: with every problem found.
    """
    complaints = Complaints(room="voices")
    part = complaints.read_mapping(raw, "", ("kinds", "keep_contact_days", "review")) or {}
    rows = complaints.read_list(part.get("kinds", []), "kinds", _LIST_MAX)
    kinds = [_read_kind(row, f"kinds[{place}]", complaints) for place, row in enumerate(rows)]
    read = {one.id: one for one in kinds if one is not None}
    if set(read) != set(KINDS) or len({one.letter for one in read.values()}) < len(KINDS):
        complaints.add(
            "kinds", "kinds", "四种诉求各写一次，字母不重复。", "Each kind once, each letter once."
        )
    review = complaints.read_mapping(part.get("review", {}), "review", _REVIEW_KEYS) or {}
    rule = ReviewRule(*(_read_whole(review.get(key, 0), f"review.{key}", complaints) for key in _REVIEW_KEYS))
    days = _read_whole(part.get("keep_contact_days", 0), "keep_contact_days", complaints)
    if complaints.problems:
        raise Refused(*(replace(one, pointer=f"{file_name}:{one.pointer}") for one in complaints.problems))
    return VoiceBook(read, days, rule)


def _read_kind(raw: object, pointer: str, complaints: Complaints) -> VoiceKind | None:
    row = complaints.read_mapping(raw, pointer, _KEYS, _MAY)
    if row is None:
        return None
    identity = complaints.read_one_of(row.get("id"), f"{pointer}.id", KINDS)
    letter = complaints.read_matching(row.get("letter"), f"{pointer}.letter", _LETTER, "Q")
    desk = complaints.read_one_of(row.get("desk"), f"{pointer}.desk", DESKS)
    ground = complaints.read_matching(row.get("ground"), f"{pointer}.ground", LAW_KEY, "pipl-2021#24.3")
    title = complaints.read_text(row.get("title"), f"{pointer}.title")
    says = complaints.read_text(row.get("says"), f"{pointer}.says")
    answer, extend = (
        _read_limit(row.get(key), f"{pointer}.{key}", complaints) for key in ("answer", "extend")
    )
    made_up = complaints.read_yes_no(row.get("is_made_up", False), f"{pointer}.is_made_up")
    subjects, outcomes = (_read_choices(row, key, pointer, complaints) for key in ("subjects", "outcomes"))
    if not (identity and letter and desk and ground and title and says and answer and extend):
        return None
    return VoiceKind(
        identity,
        letter,
        desk,
        LawKey(ground),
        title,
        says,
        answer,
        extend,
        made_up is True,
        subjects,
        outcomes,
    )


def _read_choices(
    row: Mapping[str, object], key: str, pointer: str, complaints: Complaints
) -> Mapping[str, Text]:
    read: dict[str, Text] = {}
    for place, raw in enumerate(complaints.read_list(row.get(key, []), f"{pointer}.{key}", _LIST_MAX)):
        where = f"{pointer}.{key}[{place}]"
        one = complaints.read_mapping(raw, where, ("id", "title")) or {}
        identity = complaints.read_matching(one.get("id"), f"{where}.id", SHORT_NAME, "too-slow")
        title = complaints.read_text(one.get("title"), f"{where}.title")
        if identity and title:
            read[identity] = title
    return read


def _read_limit(raw: object, pointer: str, complaints: Complaints) -> TimeLimit | None:
    if not isinstance(raw, Mapping):
        complaints.read_mapping(raw, pointer, ())
        return None
    try:
        return parse_time_limit({key: value for key, value in raw.items() if key != "since"}, pointer)
    except Refused as refused:
        complaints.problems.extend(refused.problems)
        return None


def _read_whole(raw: object, pointer: str, complaints: Complaints) -> int:
    if type(raw) is int and 0 < raw <= _WHOLE_MAX:
        return raw
    complaints.add("number", pointer, "这里应为不太大的正整数。", "A modest whole number belongs here.")
    return 1
