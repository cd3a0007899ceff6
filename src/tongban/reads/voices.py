"""What people raise, as lists show it: bounded pages, and nobody sees what is about themselves."""

from dataclasses import dataclass
from datetime import date, datetime

from tongban.domain.voice.book import VoiceKind
from tongban.domain.voice.deadlines import count_overdue_days
from tongban.domain.voice.voice import OPEN
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import ItemId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.store.models import PublishedAnswer
from tongban.store.models import Voice as Row

PAGE_ROWS = 25
_SOON_DAYS = 2


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """One line of a list.

    Args:
        light: ``red`` when overdue, ``yellow`` when little is left, ``green``, or ``grey`` without a day.
    """

    number: str
    kind: VoiceKind
    item: Text | None
    case_id: str
    subject: Text | None
    filed_at: datetime
    due_on: date | None
    state: str
    light: str
    overdue_days: int
    is_escalated: bool


@dataclass(frozen=True, slots=True)
class VoicePage:
    """A page of a list; ``next`` is where the following one begins, or empty."""

    lines: tuple[VoiceLine, ...]
    next: str


def read_desk(
    kind: VoiceKind, account: str, deps: Deps, *, is_done: bool = False, after: str = ""
) -> VoicePage:
    """Return what is to be answered here, the soonest due first, or what was, the newest first."""
    rows = Row.objects.filter(zone=deps.zone, kind=kind.id).exclude(barred__contains=f"|{account}|")
    place, _, number = after.partition("|")
    if is_done:
        rows = rows.filter(ended_at__isnull=False).order_by("-filed_at", "-number")
        at = _parse(datetime.fromisoformat, place)
        if at is not None:
            rows = rows.filter(filed_at__lte=at).exclude(filed_at=at, number__gte=number)
    else:
        rows = rows.filter(state__in=OPEN).order_by("sort_on", "number")
        on = _parse(date.fromisoformat, place)
        if on is not None:
            rows = rows.filter(sort_on__gte=on).exclude(sort_on=on, number__lte=number)
    found = list(rows.defer("box", "contact")[: PAGE_ROWS + 1])
    last = found[PAGE_ROWS - 1] if len(found) > PAGE_ROWS else None
    next_ = ""
    if last is not None:
        next_ = f"{last.filed_at.isoformat() if is_done else last.sort_on.isoformat()}|{last.number}"
    return VoicePage(tuple(_line(row, deps) for row in found[:PAGE_ROWS]), next_)


def _parse(read: object, text: str) -> object:
    try:
        return read(text)  # type: ignore[operator]
    except ValueError:
        return None


def read_own(holder: str, deps: Deps) -> tuple[VoiceLine, ...]:
    """Return the newest of what an account raised here."""
    rows = Row.objects.filter(holder=holder).exclude(holder="").defer("box", "contact")
    return tuple(_line(row, deps) for row in rows.order_by("-filed_at", "-number")[:PAGE_ROWS])


def read_published(item_id: str, deps: Deps) -> tuple[tuple[PublishedAnswer, Text | None], ...]:
    """Return the newest published answers, of one item or of all, each with its item."""
    rows = PublishedAnswer.objects.all()
    if item_id:
        rows = rows.filter(item_id=item_id)
    found = rows.order_by("-published_at", "-number")[:PAGE_ROWS]
    return tuple((row, _title(row.item_id, deps)) for row in found)


def _line(row: Row, deps: Deps) -> VoiceLine:
    kind, today = deps.catalogue.voices.get(row.kind), civil_date(deps.clock.now())
    late = count_overdue_days(row.due_on, today, deps.catalogue.get_calendar(deps.zone))
    is_open, light = row.ended_at is None, "grey"
    if row.due_on is not None and is_open:
        light = "red" if late else "yellow" if (row.due_on - today).days <= _SOON_DAYS else "green"
    return VoiceLine(
        row.number, kind, _title(row.item_id, deps), row.case_id, kind.subjects.get(row.subject),
        row.filed_at, row.due_on, row.state, light, late if is_open else 0, row.escalated_at is not None,
    )  # fmt: skip


def _title(item_id: str, deps: Deps) -> Text | None:
    try:
        return deps.catalogue.get_item(ItemId(item_id), deps.zone).title if item_id else None
    except NotFound:
        return Text(item_id, item_id)
