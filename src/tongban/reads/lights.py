"""Lights for lists: the binding clock of an index row, and the same lights as a predicate of the database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.db.models.expressions import RawSQL

from tongban.domain.case.due import find_limit
from tongban.domain.case.later import count_until
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.provisional import NotYetKnown, find_reading
from tongban.domain.clock.reading import Light, Reading, read_light
from tongban.domain.clock.statute import Pause, TimeLimit, Unit
from tongban.flows.ports import Catalogue, Deps
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.moment import CHINA_STANDARD_TIME, Moment
from tongban.store.case_index import read_pauses
from tongban.store.models import CaseIndex

_OLDEST_DAYS = 800
"""No limit is longer than two years, so no case with time left began earlier than this."""
_SHORTEST_MONTH_DAYS = 28
_BEFORE_ACCEPTANCE = "received"
_AFTER_ACCEPTANCE = ("accepted", "assessed")


def read_lamp(reading: Reading | NotYetKnown | None, today: date, warn_percent: int) -> Light | None:
    """Return the lamp of a clock: red is certain even when a later year's holidays are unknown.

    While a special procedure runs nothing is urgent, unless the time was over before it began (all-2019#45).

    Args:
        warn_percent: from ``Catalogue.agenda``; the lamp is yellow when at most this part is left.
    """
    match reading:
        case Reading(paused=True, overdue=False):
            return Light.GREEN
        case Reading():
            return read_light(reading, warn_percent)
        case NotYetKnown(due_on=date() as due_on) if due_on < today:
            return Light.RED
    return None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A limit, and which index rows it binds.

    Args:
        stages: the stages in which it runs.
        from_on, until_on: first and last day of its beginning for which it was in force; None for no end.
        from_receipt: whether it begins with the receipt, else with the acceptance.
    """

    limit: TimeLimit
    stages: tuple[str, ...]
    from_on: date | None = None
    until_on: date | None = None
    from_receipt: bool = False


@dataclass(frozen=True, slots=True)
class _Day:
    """What ``Limits.soon`` composed for a zone on a day.

    Args:
        catalogue: out of which; another one is another answer.
        wanted: the rows whose limit counts in days.
        within_a_day: the stretches whose limit does not, which change by the minute.
    """

    catalogue: Catalogue
    on: date
    wanted: Q
    within_a_day: Mapping[_Stretch, list[ItemId]]


_KEPT: dict[ZoneId, _Day] = {}
"""The last day of each zone: computed from the catalogue and the day alone, so nobody has to empty it."""


class Limits:
    """The statutory limits of a zone's items, for rows of the index (``domain.case.due`` for whole cases)."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._calendar = deps.catalogue.get_calendar(deps.zone)

    def read(self, row: CaseIndex, now: Moment) -> Reading | NotYetKnown | None:
        """Return the clock that binds the deciding zone now, or None when none runs."""
        item = self._deps.catalogue.get_item(ItemId(row.item_id), self._deps.zone)
        if row.stage == _BEFORE_ACCEPTANCE:
            limit, since = self._silence(item), Moment(row.received_at)
        elif row.stage in _AFTER_ACCEPTANCE and self._runs_from_receipt(item):
            since = Moment(row.received_at)
            limit = item.get_statutory_limit(since.on)
        elif row.stage in _AFTER_ACCEPTANCE and row.accepted_on is not None:
            limit, since = item.get_statutory_limit(row.accepted_on), _noon(row.accepted_on)
        else:
            return None
        if limit is None:
            return None
        pauses: tuple[Pause, ...] = ()
        if row.stage in _AFTER_ACCEPTANCE:
            regime = self._deps.catalogue.get_regime(item.regime)
            limit, pauses = find_limit(limit, regime, extended=row.is_extended), read_pauses(row.pauses)
        return find_reading(since, limit, pauses, self._calendar, now if now.at >= since.at else since)

    def soon(self) -> Q:
        """Return which rows are no longer green: those that began by the latest day of their limit.

        What counts in days stays the same all day and is composed once; hours and minutes every time.
        """
        now = Moment(self._deps.clock.now())
        kept = _KEPT.get(self._deps.zone)
        if kept is None or kept.catalogue is not self._deps.catalogue or kept.on != now.on:
            kept = _KEPT[self._deps.zone] = self._compose_day(now)
        return kept.wanted | self._began_early(kept.within_a_day, now) if kept.within_a_day else kept.wanted

    def _compose_day(self, now: Moment) -> _Day:
        stretches = self._stretches()
        of_days = {one: ids for one, ids in stretches.items() if one.limit.unit.is_of_day}
        shorter = {one: ids for one, ids in stretches.items() if not one.limit.unit.is_of_day}
        wanted = self._soon_of_moved(now.on) | self._began_early(of_days, now)
        return _Day(self._deps.catalogue, now.on, wanted, shorter)

    def _began_early(self, stretches: Mapping[_Stretch, list[ItemId]], now: Moment) -> Q:
        """Return which rows began early enough; items whose limits reach equally far are one condition."""
        latest: dict[TimeLimit, date] = {}
        merged: dict[tuple[_Stretch, date], list[ItemId]] = {}
        for stretch, item_ids in stretches.items():
            if stretch.limit not in latest:
                latest[stretch.limit] = self._latest_start(stretch.limit, now)
            alike = next(
                (one for one in merged if one[1] == latest[stretch.limit] and _binds_alike(one[0], stretch)),
                (stretch, latest[stretch.limit]),
            )
            merged.setdefault(alike, []).extend(item_ids)
        wanted = Q(pk__in=())
        for (stretch, last), item_ids in merged.items():
            rows = _among(item_ids) & Q(stage__in=stretch.stages, pauses="", is_extended=False)
            if stretch.from_receipt:
                rows &= Q(received_at__lt=_start_of(last + timedelta(days=1)))
                rows &= _within("received_at", stretch, _start_of)
            else:
                rows &= Q(accepted_on__lte=last)
                rows &= _within("accepted_on", stretch, lambda day: day)
            wanted |= rows
        return wanted

    def _soon_of_moved(self, today: date) -> Q:
        """Return which rows that were stopped or lengthened are no longer green: few, and by their due date.

        A row whose clock stands still now is none of them.
        """
        merged: dict[tuple[date, bool], list[ItemId]] = {}
        for limit, extended, item_ids in self._moved():
            merged.setdefault((self._latest_due(limit, today), extended), []).extend(item_ids)
        wanted = Q(pk__in=())
        for (last, extended), item_ids in merged.items():
            rows = _among(item_ids) & Q(stage__in=_AFTER_ACCEPTANCE, is_extended=extended)
            wanted |= rows & Q(due_on__lte=last)
        return wanted & Q(stopped_on__isnull=True) & (Q(is_extended=True) | ~Q(pauses=""))

    def _moved(self) -> Iterator[tuple[TimeLimit, bool, list[ItemId]]]:
        """Yield each limit after acceptance as it stands and as it may be lengthened, with its items."""
        for stretch, item_ids in self._stretches().items():
            if stretch.stages != _AFTER_ACCEPTANCE:
                continue
            yield stretch.limit, False, item_ids
            lengthened: dict[TimeLimit, list[ItemId]] = {}
            for item_id in item_ids:
                regime = self._deps.catalogue.get_regime(self._get_item(item_id).regime)
                limit = find_limit(stretch.limit, regime, extended=True)
                lengthened.setdefault(limit, []).append(item_id)
            for limit, ids in lengthened.items():
                yield limit, True, ids

    def _latest_due(self, limit: TimeLimit, today: date) -> date:
        """Return the last due date at which the lamp of a limit is not green today."""
        if not limit.unit.is_of_day:
            return today
        days = _SHORTEST_MONTH_DAYS if limit.unit is Unit.MONTH else 1
        left = limit.amount * days * self._deps.catalogue.agenda.warn_percent // 100
        unit = Unit.CALENDAR_DAY if limit.unit is Unit.MONTH else limit.unit
        with suppress(Refused):  # the published holidays end before that day: every known one lies in it
            return (
                count_until(today, replace(limit, amount=left, unit=unit), self._calendar) if left else today
            )
        return self._calendar.last_on

    def _get_item(self, item_id: ItemId) -> ServiceItem:
        return self._deps.catalogue.get_item(item_id, self._deps.zone)

    def _runs_from_receipt(self, item: ServiceItem) -> bool:
        return self._deps.catalogue.get_regime(item.regime).runs_from_receipt

    def _silence(self, item: ServiceItem) -> TimeLimit | None:
        return self._deps.catalogue.get_regime(item.regime).limits.get("correction-notice")

    def _stretches(self) -> Mapping[_Stretch, list[ItemId]]:
        """Return every stretch once, with the items that share it: many items have few different limits."""
        stretches: dict[_Stretch, list[ItemId]] = {}
        for item in self._deps.catalogue.list_items(self._deps.zone):
            silence = self._silence(item)
            if silence is not None:
                stretches.setdefault(_Stretch(silence, (_BEFORE_ACCEPTANCE,), from_receipt=True), []).append(
                    item.id
                )
            for place, dated in enumerate(item.statutory):
                later = item.statutory[place + 1 :]
                until_on = later[0].since - timedelta(days=1) if later else None
                received = self._runs_from_receipt(item)
                stretch = _Stretch(dated.limit, _AFTER_ACCEPTANCE, dated.since, until_on, received)
                stretches.setdefault(stretch, []).append(item.id)
        return stretches

    def _latest_start(self, limit: TimeLimit, now: Moment) -> date:
        """Return the last day on which a clock may have begun whose lamp is no longer green.

        An earlier beginning never leaves more time, so the day is found by halving.
        """
        green_days, other_days = -1, _OLDEST_DAYS
        while other_days - green_days > 1:
            middle = (green_days + other_days) // 2
            began = _noon(now.on - timedelta(days=middle))
            reading = find_reading(began, limit, (), self._calendar, max(now, began, key=lambda m: m.at))
            if read_lamp(reading, now.on, self._deps.catalogue.agenda.warn_percent) in (Light.GREEN, None):
                green_days = middle
            else:
                other_days = middle
        return now.on - timedelta(days=other_days)


def _binds_alike(one: _Stretch, other: _Stretch) -> bool:
    """Say whether two stretches bind the same rows, whatever their limits are called."""
    return replace(one, limit=other.limit) == other


def _within(column: str, stretch: _Stretch, as_value: Callable[[date], date]) -> Q:
    """Return which rows began while a limit was in force; ``as_value`` makes a day what the column holds."""
    rows = Q()
    if stretch.from_on is not None:
        rows &= Q(**{f"{column}__gte": as_value(stretch.from_on)})
    if stretch.until_on is not None:
        rows &= Q(**{f"{column}__lt": as_value(stretch.until_on + timedelta(days=1))})
    return rows


def _noon(day: date) -> Moment:
    return Moment(datetime.combine(day, time(12), CHINA_STANDARD_TIME))


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA_STANDARD_TIME)


def _among(item_ids: Sequence[ItemId]) -> Q:
    """Return which rows are of these items: one array, since a thousand values are resolved one by one."""
    listed = RawSQL("SELECT unnest(%s::text[])", [[str(one) for one in item_ids]])
    return Q(item_id__in=listed)
