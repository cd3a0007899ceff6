"""Lights for lists: the binding clock of an index row, and its lamp.

Which rows a lamp finds stands in the rows themselves (``CaseIndex.warn_on`` and ``due_on``).
"""

from datetime import date, datetime, time

from tongban.domain.case.due import find_limit
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.provisional import NotYetKnown, find_reading
from tongban.domain.clock.reading import Light, Reading, read_light
from tongban.domain.clock.statute import Pause, TimeLimit
from tongban.flows.ports import Deps
from tongban.kernel.ids import ItemId
from tongban.kernel.moment import CHINA_STANDARD_TIME, Moment
from tongban.store.case_index import read_pauses
from tongban.store.models import CaseIndex

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

    def _runs_from_receipt(self, item: ServiceItem) -> bool:
        return self._deps.catalogue.get_regime(item.regime).runs_from_receipt

    def _silence(self, item: ServiceItem) -> TimeLimit | None:
        return self._deps.catalogue.get_regime(item.regime).limits.get("correction-notice")


def _noon(day: date) -> Moment:
    return Moment(datetime.combine(day, time(12), CHINA_STANDARD_TIME))
