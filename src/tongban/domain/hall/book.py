"""What a zone's hall has arranged: queues, priorities, windows, hours, slots. Data; nothing here is law."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from tongban.domain.clock.calendar import WorkingCalendar
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import ItemId, LawKey, ZoneId
from tongban.kernel.moment import CHINA_STANDARD_TIME
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Business:
    """Items that share a queue.

    Args:
        letter: first sign of its tickets.
        items: empty for a queue that is for no item, such as collecting.
    """

    id: str
    letter: str
    title: Text
    items: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True)
class Priority:
    """Why somebody is called earlier.

    Args:
        lead_minutes: as if they had come so much earlier; nobody is overtaken by more.
        shown_by: how it is shown at the window.
        by_code: only the code of an appointment gives it.
    """

    id: str
    title: Text
    shown_by: Text
    lead_minutes: int
    source: LawKey
    by_code: bool = False

    @property
    def lead(self) -> timedelta:
        """The lead as a length of time."""
        return timedelta(minutes=self.lead_minutes)


@dataclass(frozen=True, slots=True)
class Opening:
    """A stretch of the day in which windows are open, in the zone's time; its end is outside it."""

    from_time: time
    until_time: time


@dataclass(frozen=True, slots=True)
class SlotRule:
    """How appointments are laid out.

    Args:
        minutes: length of a slot.
        days_ahead: how many calendar days ahead may be booked.
        grace_minutes: how long after its slot's end an appointment still leads in the queue.
        capacity: appointments in one slot, by business; a business that is not here takes none.
    """

    minutes: int
    days_ahead: int
    grace_minutes: int
    capacity: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ScanRule:
    """From when a scanned picture gets a hint; bounds of the hall's own, no rule of law.

    Args:
        least_pixels: of the long side.
        least_contrast: standard deviation of grey, below which a page counts as blank.
        least_brightness: mean grey, 0 to 255.
        most_askew_degrees: from which it is said to stand askew.
    """

    least_pixels: int
    least_contrast: int
    least_brightness: int
    most_askew_degrees: int


@dataclass(frozen=True, slots=True)
class OwnHall:
    """Where a zone's hall differs from what is common.

    Args:
        hours, capacity: None where the common ones hold.
    """

    hours: tuple[Opening, ...] | None = None
    capacity: Mapping[str, int] | None = None


NO_SCAN_RULE = ScanRule(0, 0, 0, 90)
"""Hints at nothing."""


@dataclass(frozen=True, slots=True)
class HallBook:
    """Everything the halls have arranged.

    Args:
        most_waiting: tickets that may wait in one queue at once.
        windows: by zone, each window's businesses, the one it is mainly for first.
        provisional_numbers: how many numbers a window is given beforehand, for a lost connection.
        is_synthetic: it is made up; pages say so.
        own: by zone, where its hall differs.
    """

    businesses: tuple[Business, ...]
    priorities: tuple[Priority, ...]
    hours: tuple[Opening, ...]
    most_waiting: int
    slots: SlotRule
    provisional_numbers: int
    windows: Mapping[ZoneId, Mapping[str, tuple[str, ...]]]
    is_synthetic: bool
    scans: ScanRule = NO_SCAN_RULE
    own: Mapping[ZoneId, OwnHall] = field(default_factory=dict)

    def of(self, zone: ZoneId) -> "HallBook":
        """Return the book as it holds in one zone's hall: its own hours and capacity where it has some."""
        own = self.own.get(zone, OwnHall())
        hours = self.hours if own.hours is None else own.hours
        capacity = self.slots.capacity if own.capacity is None else own.capacity
        return replace(self, hours=hours, slots=replace(self.slots, capacity=capacity), own={})

    def get_business(self, business_id: str) -> Business:
        """Return a business, or raise NotFound."""
        found = next((one for one in self.businesses if one.id == business_id), None)
        if found is None:
            raise NotFound(business_id)
        return found

    def find_priority(self, priority_id: str) -> Priority | None:
        """Return a priority, or None."""
        return next((one for one in self.priorities if one.id == priority_id), None)

    def find_business_of(self, item_id: ItemId) -> Business | None:
        """Return the queue of an item, or None when it has none."""
        return next((one for one in self.businesses if item_id in one.items), None)

    def is_open(self, at: datetime, calendar: WorkingCalendar) -> bool:
        """Say whether windows are open at an instant: on a working day, inside the hours."""
        here = at.astimezone(CHINA_STANDARD_TIME)
        if not calendar.first_on <= here.date() <= calendar.last_on:
            return False
        return calendar.is_working_day(here.date()) and any(
            opening.from_time <= here.time() < opening.until_time for opening in self.hours
        )


NO_HALL = HallBook((), (), (), 0, SlotRule(1, 0, 0, {}), 0, {}, True)
"""For a content folder without halls: nobody queues."""
