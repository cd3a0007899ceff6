"""The ports through which tickets and appointments are kept; the store fills them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tongban.domain.hall.appointment import Appointment
from tongban.domain.hall.ticket import QueueTicket
from tongban.flows.intake_port import Intakes, Pickups
from tongban.flows.mandate_port import Mandates


class Tickets(Protocol):
    """The queues of this zone's hall. Numbers count by day and business."""

    def draw_serial(self, on: date, business: str) -> int:
        """Return the next number of a queue on a day, inside a unit; given back when the unit fails."""

    def add(self, ticket: QueueTicket) -> None:
        """Keep a new ticket; raises Conflict when its label was given out on that day."""

    def find(self, on: date, label: str) -> QueueTicket | None:
        """Return a ticket, or None."""

    def claim_next(self, on: date, businesses: Sequence[str], window: str) -> QueueTicket | None:
        """Return the ticket to be called next at a window, inside a unit; nobody else is given it meanwhile.

        Who was sent to this window comes before the queues; of the rest the first in order.
        """

    def save(self, before: QueueTicket, after: QueueTicket) -> None:
        """Keep what became of a ticket; raises Conflict when it is not as it was read.

        A window that has called a ticket has no second one: Conflict too.
        """

    def find_current(self, on: date, window: str) -> QueueTicket | None:
        """Return the ticket that is being served at a window, or None."""

    def list_called(self, on: date, limit: int) -> tuple[QueueTicket, ...]:
        """Return the tickets called to windows now, the newest first."""

    def list_passed(self, on: date, window: str, limit: int) -> tuple[QueueTicket, ...]:
        """Return the tickets of a window whom nobody came for, the newest first."""

    def count_waiting(self, on: date) -> Mapping[str, int]:
        """Return how many wait, by business; a queue that is empty need not be there."""

    def count_before(self, ticket: QueueTicket) -> int:
        """Return how many of the same queue will be called before a waiting ticket."""


class Appointments(Protocol):
    """Booked places in slots. A telephone number is locked, and gone when the appointment ends."""

    def book(self, appointment: Appointment, capacity: int, mobile: str) -> bool:
        """Book a place; False when the slot is full.

        Raises Conflict when the holder has a place with this business on that day already.
        """

    def mark_mobile(self, mobile: str) -> str:
        """Return the holder's mark for a number: the same for the same number, and not to be read back."""

    def find(self, code: str) -> Appointment | None:
        """Return an appointment, or None."""

    def find_mobile(self, code: str) -> str:
        """Return the number to be reminded under; empty when there is none or it has been forgotten."""

    def end(self, code: str, state: str) -> None:
        """Note that an appointment was used or cancelled; raises Conflict when it had ended.

        A cancelled one gives its place back. The number is forgotten.
        """

    def count_booked(self, business: str, first_on: date, last_on: date) -> Mapping[datetime, int]:
        """Return how many places are taken, by beginning of the slot; empty slots need not be there."""

    def list_of_holder(self, holder: str, limit: int) -> tuple[Appointment, ...]:
        """Return what somebody has booked, the newest first."""

    def claim_reminders(self, before: datetime, now: datetime, limit: int) -> tuple[Appointment, ...]:
        """Return booked appointments that begin before an instant and after now, each once ever."""

    def forget_past(self, on: date, limit: int) -> int:
        """Mark appointments of days before as missed and forget their numbers; return how many."""


@dataclass(frozen=True, slots=True)
class Hall:
    """The ports of the service hall, together."""

    tickets: Tickets
    appointments: Appointments
    intakes: Intakes
    mandates: Mandates
    pickups: Pickups
