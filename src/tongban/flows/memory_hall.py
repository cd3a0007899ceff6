"""The ports ``Tickets`` and ``Appointments`` in memory."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from tongban.domain.hall.appointment import BOOKED, CANCELLED, MISSED, Appointment
from tongban.domain.hall.ticket import CALLED, PASSED, WAITING, QueueTicket
from tongban.flows.hall_ports import Hall
from tongban.flows.memory_intakes import HasIntakes, MemoryIntakes, MemoryPickups
from tongban.flows.memory_mandates import HasMandates, MemoryMandates
from tongban.kernel.errors import Conflict


class HasHall(Protocol):
    """The part of a zone's shelf that the hall needs."""

    tickets: dict[tuple[date, str], QueueTicket]
    ticket_serials: dict[tuple[date, str], int]
    appointments: dict[str, Appointment]
    mobiles: dict[str, str]


class MemoryTickets:
    """Tickets in a dictionary."""

    def __init__(self, shelf: HasHall) -> None:
        self._shelf = shelf

    def draw_serial(self, on: date, business: str) -> int:
        """Count up."""
        serial = self._shelf.ticket_serials.get((on, business), 0) + 1
        self._shelf.ticket_serials = {**self._shelf.ticket_serials, (on, business): serial}
        return serial

    def add(self, ticket: QueueTicket) -> None:
        """Keep a ticket once."""
        key = (ticket.on, ticket.label)
        if key in self._shelf.tickets:
            raise Conflict(f"{ticket.label}: given out already")
        self._shelf.tickets = {**self._shelf.tickets, key: ticket}

    def find(self, on: date, label: str) -> QueueTicket | None:
        """Return a ticket, or None."""
        return self._shelf.tickets.get((on, label))

    def claim_next(self, on: date, businesses: Sequence[str], window: str) -> QueueTicket | None:
        """Return the first in order; nobody else is here to be given it."""
        waiting = self._list(on, WAITING)
        for_here = [one for one in waiting if one.for_window == window]
        queued = [one for one in waiting if not one.for_window and one.business in businesses]
        return min(for_here or queued, key=lambda one: one.order, default=None)

    def save(self, before: QueueTicket, after: QueueTicket) -> None:
        """Keep what became of a ticket."""
        key = (before.on, before.label)
        current = self.find_current(after.on, after.window) if after.state == CALLED else None
        if self._shelf.tickets.get(key) != before or (current and current.label != after.label):
            raise Conflict(f"{before.label}: changed meanwhile")
        self._shelf.tickets = {**self._shelf.tickets, key: after}

    def find_current(self, on: date, window: str) -> QueueTicket | None:
        """Return the ticket at a window."""
        return next((one for one in self._list(on, CALLED) if one.window == window), None)

    def list_called(self, on: date, limit: int) -> tuple[QueueTicket, ...]:
        """Return the newest first."""
        return tuple(sorted(self._list(on, CALLED), key=_called_last)[:limit])

    def list_passed(self, on: date, window: str, limit: int) -> tuple[QueueTicket, ...]:
        """Return the newest first."""
        passed = [one for one in self._list(on, PASSED) if one.window == window]
        return tuple(sorted(passed, key=_called_last)[:limit])

    def count_waiting(self, on: date) -> Mapping[str, int]:
        """Count the waiting."""
        return Counter(one.business for one in self._list(on, WAITING))

    def count_before(self, ticket: QueueTicket) -> int:
        """Count who is ahead."""
        same = [one for one in self._list(ticket.on, WAITING) if one.business == ticket.business]
        return sum(one.order < ticket.order for one in same)

    def _list(self, on: date, state: str) -> list[QueueTicket]:
        return [one for one in self._shelf.tickets.values() if one.on == on and one.state == state]


def _called_last(ticket: QueueTicket) -> tuple[float, str]:
    return (-ticket.called_at.timestamp() if ticket.called_at else 0.0, ticket.label)


class MemoryAppointments:
    """Appointments in a dictionary, their numbers in another."""

    def __init__(self, shelf: HasHall) -> None:
        self._shelf = shelf

    def book(self, appointment: Appointment, capacity: int, mobile: str) -> bool:
        """Book a place, or say that there is none."""
        one = appointment
        booked = [other for other in self._shelf.appointments.values() if other.state == BOOKED]
        if any((o.holder, o.business, o.on) == (one.holder, one.business, one.on) for o in booked):
            raise Conflict(f"{one.code}: has a place on that day")
        taken = [o for o in self._taken() if (o.business, o.starts_at) == (one.business, one.starts_at)]
        if len(taken) >= capacity:
            return False
        self._shelf.appointments = {**self._shelf.appointments, one.code: one}
        if mobile:
            self._shelf.mobiles = {**self._shelf.mobiles, one.code: mobile}
        return True

    def mark_mobile(self, mobile: str) -> str:
        """Turn it round; the store does better."""
        return f"mobile:{mobile[::-1]}"

    def find(self, code: str) -> Appointment | None:
        """Return an appointment, or None."""
        return self._shelf.appointments.get(code)

    def find_mobile(self, code: str) -> str:
        """Return the number, or nothing."""
        return self._shelf.mobiles.get(code, "")

    def end(self, code: str, state: str) -> None:
        """Note the end once."""
        one = self._shelf.appointments.get(code)
        if one is None or one.state != BOOKED:
            raise Conflict(f"{code}: has ended")
        self._end(one, state)

    def _end(self, one: Appointment, state: str) -> None:
        self._shelf.appointments = {**self._shelf.appointments, one.code: replace(one, state=state)}
        self._shelf.mobiles = {key: kept for key, kept in self._shelf.mobiles.items() if key != one.code}

    def count_booked(self, business: str, first_on: date, last_on: date) -> Mapping[datetime, int]:
        """Count places taken."""
        return Counter(
            one.starts_at
            for one in self._taken()
            if one.business == business and first_on <= one.on <= last_on
        )

    def _taken(self) -> list[Appointment]:
        return [one for one in self._shelf.appointments.values() if one.state != CANCELLED]

    def list_of_holder(self, holder: str, limit: int) -> tuple[Appointment, ...]:
        """Return the newest first."""
        own = [one for one in self._shelf.appointments.values() if one.holder == holder]
        return tuple(sorted(own, key=lambda one: (one.starts_at, one.code), reverse=True)[:limit])

    def claim_reminders(self, before: datetime, now: datetime, limit: int) -> tuple[Appointment, ...]:
        """Return each once."""
        due = [
            one
            for one in self._shelf.appointments.values()
            if one.state == BOOKED and one.reminded_at is None and now < one.starts_at < before
        ]
        chosen = sorted(due, key=lambda one: (one.starts_at, one.code))[:limit]
        reminded = tuple(replace(one, reminded_at=now) for one in chosen)
        self._shelf.appointments = {**self._shelf.appointments, **{one.code: one for one in reminded}}
        return reminded

    def forget_past(self, on: date, limit: int) -> int:
        """Note who did not come."""
        past = [one for one in self._shelf.appointments.values() if one.state == BOOKED and one.on < on]
        for one in past[:limit]:
            self._end(one, MISSED)
        return len(past[:limit])


class HasAll(HasHall, HasIntakes, HasMandates, Protocol):
    """The part of a zone's shelf that the hall needs, intakes included."""


def memory_hall(shelf: HasAll) -> Hall:
    """Return the hall's ports in memory."""
    return Hall(
        MemoryTickets(shelf),
        MemoryAppointments(shelf),
        MemoryIntakes(shelf),
        MemoryMandates(shelf),
        MemoryPickups(shelf),
    )
