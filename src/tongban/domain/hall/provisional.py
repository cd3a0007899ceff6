"""What a window takes in while the node is away: numbers given beforehand, and the lines written down."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

_NUMBER = re.compile(r"P-([A-Z]{2})-(\d{6})")
KINDS = ("person", "firm")
LENGTHS = {
    "item": 80, "zone": 40, "kind": 10, "name": 120, "id": 40, "mobile": 20, "agent_name": 120,
    "agent_id": 40, "papers": 1000, "note": 1000, "taken_at": 40,
}  # fmt: skip
"""Every line that is written down, with its most characters."""
REQUIRED = ("item", "zone", "kind", "name", "id", "taken_at")
MAX_BYTES = 16_000
"""Of one locked intake; what it may hold is shorter, in the widest script."""


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Provisional numbers given to a window beforehand, first and last included; no other window has them."""

    window: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Intake:
    """What was taken in without the node.

    Args:
        number: the provisional number on the paper that the client got.
        case_id: drawn when it was reconciled; whoever completes it hands it in under this number, once.
        digest: of what was written down; the same number with another digest is a conflict.
        lines: what was written down, by name of line.
    """

    number: str
    case_id: CaseId
    digest: str
    clerk: str
    taken_at: datetime
    reconciled_at: datetime
    lines: Mapping[str, str]
    is_completed: bool = False


@dataclass(frozen=True, slots=True)
class IntakeConflict:
    """A second writing under a number that was reconciled with other content; a clerk looks at both."""

    number: str
    digest: str
    clerk: str
    at: datetime
    lines: Mapping[str, str]


def compose_number(letters: str, count: int) -> str:
    """Return a provisional number, visibly another thing than a case number: ``P-SZ-000123``."""
    return f"P-{letters}-{count:06d}"


def parse_number(number: str, letters: str) -> int | None:
    """Return what a provisional number of this zone counts, or None."""
    match = _NUMBER.fullmatch(number)
    return int(match[2]) if match and match[1] == letters else None


def parse_lines(raw: object) -> tuple[dict[str, str], datetime]:
    """Return what was written down and when; raises Refused with every problem at once."""
    if not isinstance(raw, Mapping):
        raise Refused(Problem("provisional.shape", _SHAPE))
    problems = [
        Problem("provisional.line", _LINE.fill(line=name), f"lines.{name}")
        for name, most in LENGTHS.items()
        if not isinstance(raw.get(name, ""), str)
        or len(raw.get(name, "")) > most
        or "\x00" in raw.get(name, "")
    ]
    if problems:
        raise Refused(*problems)
    lines = {name: str(raw.get(name, "")).strip() for name in LENGTHS}
    missing = [name for name in REQUIRED if not lines[name]]
    problems = [Problem("provisional.missing", _MISSING.fill(line=name), f"lines.{name}") for name in missing]
    if lines["kind"] and lines["kind"] not in KINDS:
        problems.append(Problem("provisional.line", _LINE.fill(line="kind"), "lines.kind"))
    taken_at = _read_instant(lines["taken_at"])
    if lines["taken_at"] and taken_at is None:
        problems.append(Problem("provisional.line", _LINE.fill(line="taken_at"), "lines.taken_at"))
    if problems or taken_at is None:
        raise Refused(*problems)
    return lines, taken_at


def _read_instant(written: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    return at if at.tzinfo else None


_SHAPE = Text("暂收登记的格式不对", "What was written down has another shape")
_LINE = Text("暂收登记的“{line}”过长或者不对", "“{line}” is too long or wrong")
_MISSING = Text("暂收登记缺少“{line}”", "“{line}” is missing")
