"""What falls due by itself: kinds of due things as data (``content/agenda.yaml``), and one such thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.errors import Refused
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

DOES = ("act", "remind", "escalate", "notify")
"""Time itself acts; whoever works on it is reminded; whoever answers for it is told; the holder is told."""
RECIPIENTS = ("time", "clerk", "officer", "head", "holder")
_KINDS_MAX, _DAYS_MAX, _DAY_MAX, _WHOLE = 100, 10, 3660, 100


DUE_SOON = "due-soon"
"""The kind whose day is the one on which the lamp of the statutory clock turns yellow."""


@dataclass(frozen=True, slots=True)
class AgendaKind:
    """A kind of due thing.

    Args:
        does: one of ``DOES``.
        to: one of ``RECIPIENTS``; ``time`` where nobody is told.
        ground: the article behind it.
        says: a sentence with the place ``{on}``: the day that it is about.
    """

    id: str
    does: str
    to: str
    ground: LawKey
    title: Text
    says: Text


@dataclass(frozen=True, slots=True)
class AgendaBook:
    """Everything the zones have set about what falls due.

    Args:
        warn_percent: a lamp turns yellow when at most this part of a limit is left, 0 to 100.
        expiry_days: so many calendar days before a licence ends its holder is told, furthest first.
        is_made_up: no authority has set these numbers.
    """

    warn_percent: int
    expiry_days: tuple[int, ...]
    is_made_up: bool
    kinds: Mapping[str, AgendaKind] = field(default_factory=dict)

    @property
    def acts(self) -> frozenset[str]:
        """Kinds in which time itself acts."""
        return frozenset(kind.id for kind in self.kinds.values() if kind.does == "act")


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One thing that falls due in a case.

    Args:
        fires_on: the civil date on which it does; with case and kind it is its name, once and for ever.
        about_on: the date that it is about, e.g. the last day of a licence.
        to: one of ``RECIPIENTS``.
        tells: False in a zone that only keeps a copy: there it is shown; the deciding zone sends word of it.
    """

    fires_on: date
    kind: str
    about_on: date
    to: str = "time"
    tells: bool = True


NO_AGENDA = AgendaBook(0, (), is_made_up=True)


def parse_agenda(plain: object, file_name: str) -> AgendaBook:
    """Read the book; raises Refused with every problem found."""
    complaints = Complaints(room="agenda")
    keys = ("warn_percent", "expiry_days", "is_made_up", "kinds")
    part = complaints.read_mapping(plain, "", keys) or {}
    warn = _read_number(part.get("warn_percent"), "warn_percent", _WHOLE, complaints)
    rows = complaints.read_list(part.get("expiry_days", []), "expiry_days", _DAYS_MAX)
    days = [_read_number(row, f"expiry_days[{n}]", _DAY_MAX, complaints) for n, row in enumerate(rows)]
    if days != sorted(set(days), reverse=True):
        complaints.add(
            "order", "expiry_days", "天数应由多到少，各不相同。", "Days stand furthest first, once each."
        )
    made_up = complaints.read_yes_no(part.get("is_made_up"), "is_made_up")
    kinds: dict[str, AgendaKind] = {}
    for place, raw in enumerate(complaints.read_list(part.get("kinds", []), "kinds", _KINDS_MAX)):
        kind = _read_kind(raw, f"kinds[{place}]", complaints)
        if kind is not None and kind.id in kinds:
            complaints.add("twice", f"kinds[{place}].id", "这一类已经有了。", "This kind is there already.")
        elif kind is not None:
            kinds[kind.id] = kind
    if complaints.problems:
        raise Refused(*(replace(one, pointer=f"{file_name}:{one.pointer}") for one in complaints.problems))
    return AgendaBook(warn, tuple(days), made_up is True, kinds)


def _read_kind(raw: object, pointer: str, complaints: Complaints) -> AgendaKind | None:
    keys = ("id", "does", "to", "ground", "title", "says")
    row = complaints.read_mapping(raw, pointer, keys)
    if row is None or any(key not in row for key in keys):
        return None
    name = complaints.read_matching(row["id"], f"{pointer}.id", SHORT_NAME, "due-soon")
    does = complaints.read_one_of(row["does"], f"{pointer}.does", DOES)
    to = complaints.read_one_of(row["to"], f"{pointer}.to", RECIPIENTS)
    ground = complaints.read_matching(row["ground"], f"{pointer}.ground", LAW_KEY, "all-2019#42.1")
    title = complaints.read_text(row["title"], f"{pointer}.title")
    says = complaints.read_text(row["says"], f"{pointer}.says", ("on",))
    if not (name and does and to and ground and title and says):
        return None
    return AgendaKind(name, does, to, LawKey(ground), title, says)


def _read_number(raw: object, pointer: str, most: int, complaints: Complaints) -> int:
    if type(raw) is int and 0 <= raw <= most:
        return raw
    complaints.add(
        "number", pointer, f"这里应为 0 至 {most} 的整数。", f"A whole number from 0 to {most} belongs here."
    )
    return 0
