"""Tickets of the alliance's table: a difference, its owner, its deadline, its closing note (销号)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tongban.domain.standard.acts import RecordedAct, TicketClosed, TicketOpened
from tongban.kernel.ids import ZoneId


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as all that is known of it makes it.

    Args:
        history: every act about it, oldest first.
        closing: the owner's note that ends it; None while it is open.
    """

    id: str
    zone: ZoneId
    by: str
    at: datetime
    opened: TicketOpened
    history: tuple[RecordedAct, ...]
    closing: RecordedAct | None

    def is_overdue(self, on: date) -> bool:
        """Say whether its day has passed and it is still open."""
        return self.closing is None and self.opened.due_on < on


def read_tickets(acts: Iterable[RecordedAct]) -> tuple[Ticket, ...]:
    """Return every ticket: the open ones by their deadline, then the closed ones, the newest first.

    Only the owner closes a ticket, and the first note counts. The order in which the acts came makes no
    difference.
    """
    by_subject: dict[str, list[RecordedAct]] = {}
    for one in sorted(acts, key=lambda act: (act.at, act.id)):
        by_subject.setdefault(one.subject, []).append(one)
    tickets = [ticket for history in by_subject.values() if (ticket := _read_one(history)) is not None]
    is_open = [one for one in tickets if one.closing is None]
    closed = [(one, one.closing.at) for one in tickets if one.closing is not None]
    is_open.sort(key=lambda one: (one.opened.due_on, one.id))
    closed.sort(key=lambda pair: (pair[1], pair[0].id), reverse=True)
    return (*is_open, *(one for one, _ in closed))


def _read_one(history: list[RecordedAct]) -> Ticket | None:
    begun = next(
        (one for one in history if one.id == one.subject and isinstance(one.act, TicketOpened)), None
    )
    if begun is None or not isinstance(begun.act, TicketOpened):
        return None
    owner = begun.act.owner
    closing = next((o for o in history if isinstance(o.act, TicketClosed) and o.zone == owner), None)
    return Ticket(begun.id, begun.zone, begun.by, begun.at, begun.act, tuple(history), closing)
