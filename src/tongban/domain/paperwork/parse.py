"""Parse: the file of documents as a plain mapping becomes a book of kinds."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from tongban.domain.case import events as e
from tongban.domain.paperwork.paper import PLACES, PaperBook, PaperKind, SectionKind
from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.errors import Refused
from tongban.kernel.ids import LawKey, ZoneId
from tongban.kernel.text import Text

MADE_IN = ("receiving", "deciding")
LISTS = ("problems",)
LIST_MAX = 60
_EVENTS = tuple(kind.__name__ for kind in get_args(e.Event))
_LETTERS = re.compile(r"\w{2,12}")
_MARK = re.compile(r"\w{1,4}")
_KIND = ("id", "event", "made_in", "title", "mark", "source", "sections")


def parse_papers(raw: object, file_name: str) -> PaperBook:
    """Read the book of documents; raises Refused with every problem found.

    Args:
        raw: keys ``letters`` and ``papers``.
        file_name: for the pointers of problems.
    """
    complaints = Complaints(room="papers")
    part = complaints.read_mapping(raw, "", ("letters", "papers")) or {}
    letters = part.get("letters")
    zones = {}
    if isinstance(letters, Mapping):
        zones = {
            ZoneId(str(zone)): complaints.read_matching(word, f"letters.{zone}", _LETTERS, "苏高新审演")
            for zone, word in letters.items()
        }
    rows = complaints.read_list(part.get("papers", []), "papers", LIST_MAX)
    kinds = [_read_kind(row, f"papers[{place}]", complaints) for place, row in enumerate(rows)]
    marks: dict[str, int] = {}
    for place, kind in enumerate(kinds):
        if kind and marks.setdefault(kind.mark, place) != place:
            complaints.add(
                "mark-twice",
                f"papers[{place}].mark",
                f"“{kind.mark}”已经用过；两种文书的编号会相同。",
                f"“{kind.mark}” is taken; two kinds would share their numbers.",
            )
    if complaints.problems:
        raise Refused(*(replace(one, pointer=f"{file_name}:{one.pointer}") for one in complaints.problems))
    return PaperBook(
        tuple(kind for kind in kinds if kind is not None),
        {zone: word for zone, word in zones.items() if word is not None},
    )


def _read_kind(raw: object, pointer: str, complaints: Complaints) -> PaperKind | None:
    row = complaints.read_mapping(raw, pointer, _KIND, ("regimes", "is_adverse"))
    if row is None or any(key not in row for key in _KIND):
        return None
    identity = complaints.read_matching(row["id"], f"{pointer}.id", SHORT_NAME, "acceptance")
    event = complaints.read_one_of(row["event"], f"{pointer}.event", _EVENTS)
    made_in = complaints.read_one_of(row["made_in"], f"{pointer}.made_in", MADE_IN)
    title = complaints.read_text(row["title"], f"{pointer}.title")
    mark = complaints.read_matching(row["mark"], f"{pointer}.mark", _MARK, "受")
    source = complaints.read_matching(row["source"], f"{pointer}.source", LAW_KEY, "all-2019#32.5")
    adverse = complaints.read_yes_no(row.get("is_adverse", False), f"{pointer}.is_adverse")
    regimes = [
        complaints.read_matching(name, f"{pointer}.regimes[{place}]", SHORT_NAME, "licensing")
        for place, name in enumerate(
            complaints.read_list(row.get("regimes", []), f"{pointer}.regimes", LIST_MAX)
        )
    ]
    sections = [
        _read_section(section, f"{pointer}.sections[{place}]", complaints)
        for place, section in enumerate(
            complaints.read_list(row["sections"], f"{pointer}.sections", LIST_MAX)
        )
    ]
    if not (identity and event and made_in and title and mark and source):
        return None
    return PaperKind(
        id=identity,
        event=event,
        made_in=made_in,
        regimes=tuple(name for name in regimes if name),
        title=title,
        mark=mark,
        is_adverse=adverse is True,
        source=LawKey(source),
        sections=tuple(section for section in sections if section is not None),
    )


def _read_section(raw: object, pointer: str, complaints: Complaints) -> SectionKind | None:
    row = complaints.read_mapping(raw, pointer, (), ("heading", "says", "lists"))
    if row is None:
        return None
    heading = Text("", "")
    if "heading" in row:
        heading = complaints.read_text(row["heading"], f"{pointer}.heading") or heading
    if "lists" in row:
        lists = complaints.read_one_of(row["lists"], f"{pointer}.lists", LISTS)
        return SectionKind(heading, lists=lists) if lists else None
    says = complaints.read_text(row.get("says"), f"{pointer}.says", PLACES)
    return SectionKind(heading, says) if says else None
