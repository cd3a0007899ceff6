"""How a machine is watched: dated numbers of ``content/guard.yaml``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from tongban.domain.rules.complaints import LAW_KEY, Complaints
from tongban.kernel.errors import Refused
from tongban.kernel.ids import LawKey

MILLION = 1_000_000
_LIST_MAX = 100
_NUMBERS = {
    "sample_ppm": (0, MILLION),
    "confidence_ppm": (1, MILLION - 1),
    "block_cases": (10, 100_000),
    "reference_blocks": (1, 100),
    "false_alarm_ppm": (1, MILLION - 1),
    "replay_hour": (0, 23),
}
"""What each number may be."""


@dataclass(frozen=True, slots=True)
class Watching:
    """The numbers in force from a day on.

    Args:
        ground: the article that asks for the watching.
        is_made_up: no authority has set the numbers.
        sample_ppm: of a million grants by rules, how many an officer looks at again.
        confidence_ppm: certainty of the bound on false approvals, in millionths.
        block_cases: decisions in one block; reference_blocks: the first blocks, compared with later ones.
        false_alarm_ppm: of a million blocks in which nothing changed, how many may alarm.
        replay_hour: hour of the day in China from which the night's replay runs.
    """

    since: date
    ground: LawKey
    is_made_up: bool
    sample_ppm: int
    confidence_ppm: int
    block_cases: int
    reference_blocks: int
    false_alarm_ppm: int
    replay_hour: int


def parse_watching(plain: object, file_name: str) -> tuple[Watching, ...]:
    """Read the rows, oldest first; raises Refused with every problem found."""
    complaints = Complaints(room="guard")
    part = complaints.read_mapping(plain, "", ("parameters",)) or {}
    rows = complaints.read_list(part.get("parameters", []), "parameters", _LIST_MAX)
    read = [_read_row(row, f"parameters[{place}]", complaints) for place, row in enumerate(rows)]
    whole = tuple(row for row in read if row is not None)
    if not rows:
        complaints.add("missing", "parameters", "这里至少要有一行。", "At least one row belongs here.")
    for place, (older, newer) in enumerate(pairwise(whole), start=1):
        if newer.since <= older.since:
            pointer = f"parameters[{place}].since"
            complaints.add("order", pointer, "日期应由远到近。", "Dates stand oldest first.")
    if complaints.problems:
        raise Refused(*(replace(one, pointer=f"{file_name}:{one.pointer}") for one in complaints.problems))
    return whole


def watching_on(rows: Sequence[Watching], on: date) -> Watching:
    """Return the numbers in force on a day; before the first row, the first row's."""
    return next((row for row in reversed(rows) if row.since <= on), rows[0])


def _read_row(raw: object, pointer: str, complaints: Complaints) -> Watching | None:
    keys = ("since", "is_made_up", "ground", *_NUMBERS)
    row = complaints.read_mapping(raw, pointer, keys)
    if row is None or any(key not in row for key in keys):
        return None
    since = row["since"]
    if type(since) is not date:
        complaints.add("date", f"{pointer}.since", "这里应为日期。", "A date belongs here.")
        return None
    made_up = complaints.read_yes_no(row["is_made_up"], f"{pointer}.is_made_up")
    ground = complaints.read_matching(row["ground"], f"{pointer}.ground", LAW_KEY, "pipl-2021#24.1")
    numbers = {name: _read_number(row[name], name, pointer, complaints) for name in _NUMBERS}
    return Watching(since, LawKey(ground or ""), made_up is True, **numbers)


def _read_number(raw: object, name: str, pointer: str, complaints: Complaints) -> int:
    least, most = _NUMBERS[name]
    if type(raw) is int and least <= raw <= most:
        return raw
    complaints.add(
        "number",
        f"{pointer}.{name}",
        f"这里应为 {least} 至 {most} 的整数。",
        f"A whole number from {least} to {most} belongs here.",
    )
    return least
