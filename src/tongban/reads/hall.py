"""What the pages of the hall show: queues with their length, who is called where, free slots."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tongban.domain.hall.appointment import list_slots
from tongban.domain.hall.book import Business
from tongban.domain.hall.ticket import WAITING, QueueTicket
from tongban.flows.ports import Deps
from tongban.kernel.moment import civil_date

_BOARD_LINES = 8
_PASSED_LINES = 12


@dataclass(frozen=True, slots=True)
class Queue:
    """A business with how many wait for it."""

    business: Business
    waiting: int


@dataclass(frozen=True, slots=True)
class Board:
    """What the board shows: the newest calls first, and every queue."""

    called: Sequence[QueueTicket]
    queues: Sequence[Queue]
    at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A ticket with how many are called before it; None when it no longer waits."""

    ticket: QueueTicket
    business: Business
    before: int | None


@dataclass(frozen=True, slots=True)
class WindowQueue:
    """What a window's clerk sees of the queues.

    Args:
        current: being served here now, or None.
        queues: of this window's businesses, in its order.
    """

    window: str
    current: QueueTicket | None
    passed: Sequence[QueueTicket]
    queues: Sequence[Queue]


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot with its free places; ``is_past`` when it has begun."""

    starts_at: datetime
    free: int
    is_past: bool


def read_board(deps: Deps) -> Board:
    """Return the board: two questions, however many wait."""
    now = deps.clock.now()
    called = deps.hall.tickets.list_called(civil_date(now), _BOARD_LINES)
    is_open = deps.catalogue.hall.of(deps.zone).is_open(now, deps.catalogue.get_calendar(deps.zone))
    return Board(called, read_queues(deps), now, is_open)


def read_queues(deps: Deps, businesses: Sequence[str] | None = None) -> tuple[Queue, ...]:
    """Return every queue, or those named, with its length."""
    book = deps.catalogue.hall.of(deps.zone)
    waiting = deps.hall.tickets.count_waiting(civil_date(deps.clock.now()))
    chosen = book.businesses if businesses is None else [book.get_business(name) for name in businesses]
    return tuple(Queue(one, waiting.get(one.id, 0)) for one in chosen)


def read_place(ticket: QueueTicket, deps: Deps) -> Place:
    """Return where a ticket stands."""
    before = deps.hall.tickets.count_before(ticket) if ticket.state == WAITING else None
    return Place(ticket, deps.catalogue.hall.get_business(ticket.business), before)


def read_window_queue(window: str, deps: Deps) -> WindowQueue:
    """Return what a window sees; three questions."""
    on = civil_date(deps.clock.now())
    businesses = deps.catalogue.hall.windows[deps.zone][window]
    return WindowQueue(
        window,
        deps.hall.tickets.find_current(on, window),
        deps.hall.tickets.list_passed(on, window, _PASSED_LINES),
        read_queues(deps, businesses),
    )


def list_days(deps: Deps) -> tuple[date, ...]:
    """Return the days that can be booked, closed ones left out."""
    today, book = civil_date(deps.clock.now()), deps.catalogue.hall.of(deps.zone)
    calendar = deps.catalogue.get_calendar(deps.zone)
    days = (today + timedelta(days=ahead) for ahead in range(book.slots.days_ahead + 1))
    return tuple(day for day in days if list_slots(day, book, calendar))


def read_slots(business: str, on: date, deps: Deps) -> tuple[Slot, ...]:
    """Return the slots of a day with what is free in them; one question."""
    book, now = deps.catalogue.hall.of(deps.zone), deps.clock.now()
    capacity = book.slots.capacity.get(business, 0)
    booked = deps.hall.appointments.count_booked(business, on, on)
    return tuple(
        Slot(starts_at, max(0, capacity - booked.get(starts_at, 0)), starts_at <= now)
        for starts_at in list_slots(on, book, deps.catalogue.get_calendar(deps.zone))
    )
