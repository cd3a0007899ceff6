"""Ratings as pages show them: what an applicant may rate, public numbers, and what a head must put right."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from tongban.domain.case.state import Case
from tongban.domain.catalogue.zone import Zone
from tongban.domain.rating import Level, choose_folded
from tongban.flows.ports import Deps
from tongban.flows.rate import parts_of
from tongban.flows.rating_store import VISIT, Rating
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.reads.keyset import lies_behind
from tongban.store.models import Rating as Row

PAGE_ROWS = 25


@dataclass(frozen=True, slots=True)
class RatedSide:
    """One side of a handling: the zone, and the level it was given; None while it is not rated."""

    part: str
    zone: Zone
    level: Level | None


def read_sides(case: Case, deps: Deps) -> tuple[RatedSide, ...]:
    """Return the sides of a case that has ended; none while it is open."""
    if case.is_open:
        return ()
    zones = {"receiving": case.receiving_zone, "deciding": case.deciding_zone}
    sides = []
    for part in parts_of(case):
        rating = deps.ratings.find(case.id, part)
        level = deps.catalogue.ratings.find_level(rating.level) if rating else None
        sides.append(RatedSide(part, deps.catalogue.zones[zones[part]], level))
    return tuple(sides)


@dataclass(frozen=True, slots=True)
class ItemNumbers:
    """How the cases of one item, or the visits of one kind, were rated in this zone.

    Args:
        item: its title; of several that are shown as one, that they are.
        counts: in the order of the levels.
        total: number of ratings.
        good_percent: share of those that are not bad, rounded down; None without ratings.
    """

    item: Text
    counts: tuple[int, ...]
    total: int
    good_percent: int | None


def read_numbers(deps: Deps) -> tuple[tuple[Level, ...], tuple[ItemNumbers, ...], ItemNumbers]:
    """Return levels, numbers by item, and those of all items together; one question to the tables.

    Source of law: rating-2019#levels (results are public).
    """
    levels = deps.catalogue.ratings.levels
    rows = Row.objects.filter(zone=deps.zone).values_list("item_id", "level").annotate(Count("level"))
    counted: dict[str, dict[str, int]] = {}
    for item_id, level, count in rows:
        counted.setdefault(item_id, {})[level] = count
    fewest = deps.catalogue.ratings.fewest_shown
    folded = choose_folded({name: sum(counts.values()) for name, counts in counted.items()}, fewest)
    lines = [
        _numbers(title_of(ItemId(item_id), deps), counts, levels)
        for item_id, counts in sorted(counted.items())
        if item_id not in folded
    ]
    if folded:
        together = _sum_up([counted[name] for name in folded], levels)
        lines.append(_numbers(_FOLDED.fill(n=len(folded)), together, levels))
    return levels, tuple(lines), _numbers(_ALL, _sum_up(list(counted.values()), levels), levels)


def _sum_up(counted: Sequence[Mapping[str, int]], levels: tuple[Level, ...]) -> dict[str, int]:
    return {level.id: sum(counts.get(level.id, 0) for counts in counted) for level in levels}


def _numbers(item: Text, counts: Mapping[str, int], levels: tuple[Level, ...]) -> ItemNumbers:
    total = sum(counts.values())
    good = sum(counts.get(level.id, 0) for level in levels if not level.is_bad)
    percent = good * 100 // total if total else None
    return ItemNumbers(item, tuple(counts.get(level.id, 0) for level in levels), total, percent)


def title_of(item_id: ItemId, deps: Deps) -> Text:
    """Return the title of what was rated: of an item, or of the business for which somebody came."""
    business = item_id.removeprefix(f"{VISIT}:")
    for one in deps.catalogue.hall.businesses if business != item_id else ():
        if one.id == business:
            return _AT_THE_WINDOW.fill(zh=one.title.zh, en=one.title.en)
    try:
        return deps.catalogue.get_item(item_id, deps.zone).title
    except NotFound:
        return Text(item_id, item_id)


def export_ratings(scale: str, deps: Deps) -> Iterator[dict[str, object]]:
    """Yield this zone's ratings with the numbers of a scale, in the order in which they were given.

    Raises:
        KeyError: a level has no number on this scale.
    """
    numbers = {level.id: level.scales[scale] for level in deps.catalogue.ratings.levels}
    rows = Row.objects.filter(zone=deps.zone).order_by("rated_at", "case_id").defer("said")
    for row in rows.iterator(chunk_size=1000):
        yield {
            "case": row.case_id, "part": row.part, "item": row.item_id, "scale": scale,
            "number": numbers[row.level], "rated_at": row.rated_at.isoformat(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class BadLine:
    """A bad rating in the list."""

    case_id: str
    part: str
    item: Text
    level: Level | None
    rated_at: datetime
    rectify_by: date | None
    is_overdue: bool
    rectified_at: datetime | None


@dataclass(frozen=True, slots=True)
class BadList:
    """A page of bad ratings; ``next`` is where the following page begins, or None."""

    lines: tuple[BadLine, ...]
    next: str | None


def read_bad(deps: Deps, *, is_done: bool, after: str = "", size: int = PAGE_ROWS) -> BadList:
    """Return bad ratings of this zone: open ones oldest first, those put right newest first.

    Args:
        after: instant and case number where the page before ended, as ``next`` said.
    """
    rows = Row.objects.filter(zone=deps.zone, is_bad=True, rectified_at__isnull=not is_done).defer("said")
    place = _parse_place(after)
    if place is not None:
        at, case_id = place
        rows = rows.filter(lies_behind({"rated_at": at, "case_id": case_id}, is_before=is_done))
    order = ("-rated_at", "-case_id") if is_done else ("rated_at", "case_id")
    found = list(rows.order_by(*order)[: size + 1])
    today = civil_date(deps.clock.now())
    lines = tuple(_line(row, today, deps) for row in found[:size])
    last = found[size - 1] if len(found) > size else None
    return BadList(lines, f"{last.rated_at.isoformat()}|{last.case_id}" if last else None)


def _parse_place(text: str) -> tuple[datetime, str] | None:
    at, bar, case_id = text.partition("|")
    try:
        instant = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (instant, case_id) if bar and instant.tzinfo and "\x00" not in case_id else None


def _line(row: Row, today: date, deps: Deps) -> BadLine:
    is_overdue = row.rectified_at is None and row.rectify_by is not None and row.rectify_by < today
    return BadLine(
        row.case_id,
        row.part,
        title_of(ItemId(row.item_id), deps),
        deps.catalogue.ratings.find_level(row.level),
        row.rated_at,
        row.rectify_by,
        is_overdue,
        row.rectified_at,
    )


def get_bad(case_id: str, part: str, deps: Deps) -> Rating:
    """Return a bad rating of this zone; raises NotFound for any other."""
    rating = deps.ratings.find(CaseId(case_id), part)
    if rating is None or rating.zone != deps.zone or not rating.is_bad:
        raise NotFound(case_id)
    return rating


_FOLDED = Text("评价较少的 {n} 项合计", "{n} with few ratings, together")
_AT_THE_WINDOW = Text("窗口：{zh}", "At the window: {en}")
_ALL = Text("全部事项", "All items")
