"""Lights for lists: the binding clock of an index row, and the same lights as a predicate of the database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.provisional import NotYetKnown, find_reading
from tongban.domain.clock.reading import Light, Reading, read_light
from tongban.domain.clock.statute import TimeLimit
from tongban.flows.ports import Deps
from tongban.kernel.ids import ItemId
from tongban.kernel.moment import CHINA_STANDARD_TIME, Moment
from tongban.store.models import CaseIndex

WARN_PERCENT = 20
"""A lamp turns yellow when at most this part of the limit is left; a habit of the halls, not of the law."""

_OLDEST_DAYS = 800
"""No limit is longer than two years, so no case with time left began earlier than this."""
_BEFORE_ACCEPTANCE = "received"
_AFTER_ACCEPTANCE = ("accepted", "assessed")


def read_lamp(reading: Reading | NotYetKnown | None, today: date) -> Light | None:
    """Return the lamp of a clock: red is certain even when a later year's holidays are unknown."""
    match reading:
        case Reading():
            return read_light(reading, WARN_PERCENT)
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
        return find_reading(since, limit, (), self._calendar, now if now.at >= since.at else since)

    def soon(self) -> Q:
        """Return which rows are no longer green: those that began by the latest day of their limit."""
        now = Moment(self._deps.clock.now())
        wanted, latest = Q(pk__in=()), dict[TimeLimit, date]()
        for stretch, item_ids in self._stretches().items():
            if stretch.limit not in latest:
                latest[stretch.limit] = self._latest_start(stretch.limit, now)
            rows = Q(item_id__in=item_ids, stage__in=stretch.stages)
            if stretch.from_receipt:
                rows &= Q(received_at__lt=_start_of(latest[stretch.limit] + timedelta(days=1)))
                rows &= _within("received_at", stretch, _start_of)
            else:
                rows &= Q(accepted_on__lte=latest[stretch.limit])
                rows &= _within("accepted_on", stretch, lambda day: day)
            wanted |= rows
        return wanted

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
            if read_lamp(reading, now.on) in (Light.GREEN, None):
                green_days = middle
            else:
                other_days = middle
        return now.on - timedelta(days=other_days)


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
