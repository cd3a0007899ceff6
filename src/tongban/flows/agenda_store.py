"""The port of a zone's agenda: what falls due in its cases, and what has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tongban.kernel.ids import CaseId

WAITS_FOR_CONFIRMATION = ("confirm-due", "step-late")
"""Fall due where nobody confirms a hand-over; a confirmation is an act of a zone, no event of the case."""


@dataclass(frozen=True, slots=True, order=True)
class AgendaLine:
    """One thing that falls due in one case (see ``domain.agenda.Entry``)."""

    fires_on: date
    case_id: CaseId
    kind: str
    about_on: date


@dataclass(frozen=True, slots=True)
class Fired:
    """Something that fell due, once and for ever: case, kind and day are its name.

    Args:
        number: counts up in this zone, with gaps.
        to: whom it reaches, one of ``domain.agenda.RECIPIENTS``; ``time`` for an act of time.
        tells: whether this zone sends word of it to the outside.
    """

    number: int
    line: AgendaLine
    to: str
    tells: bool
    fired_at: datetime


class Agenda(Protocol):
    """What lies ahead is written by ``Cases.append`` with the event that changes it; this port fires it."""

    def find_first_due(self, on: date, at: datetime) -> date | None:
        """Return the oldest day up to ``on`` with anything to fire or to do, or None when nothing is due.

        Acts put off until after ``at`` do not count.
        """

    def fire(self, on: date, at: datetime, limit: int) -> int:
        """Fire up to so many things due by a day in which nobody acts, oldest first; return how many.

        Set-based, in one statement. Several workers may do so at once: each is given others. What fired once
        does not fire again, not even after the agenda was made anew.
        """

    def claim_acts(self, on: date, at: datetime, limit: int) -> tuple[AgendaLine, ...]:
        """Return acts of time that are due by a day, oldest first; inside a unit nobody else is given them.

        Those put off until after ``at`` are left out.
        """

    def mark_done(self, lines: Sequence[AgendaLine], at: datetime) -> None:
        """Keep that these acts fell due and were done, in the unit in which they were."""

    def put_off(self, line: AgendaLine, until: datetime) -> None:
        """Let an act that could not be done wait, so that it holds up no other."""

    def settle_receipt(self, case_id: CaseId) -> None:
        """Take off what waited for the confirmation of a hand-over, in the unit that keeps it.

        No event of the case brings it back. What the head was told stays.
        """

    def count_ahead(self, until_on: date) -> Mapping[tuple[date, str], int]:
        """Return how many things are still to fire by a day, by the day on which they are due and by kind."""

    def list_ahead(self, until_on: date, most: int) -> tuple[AgendaLine, ...]:
        """Return what is still to fire by a day, at most so many of each day and kind, in order."""

    def claim_untold(self, limit: int) -> tuple[Fired, ...]:
        """Return what fired, reaches somebody outside and was not passed on yet, oldest first.

        For whoever sends word. Inside a unit nobody else is given them; ``mark_told`` in the same unit.
        """

    def mark_told(self, numbers: Sequence[int], at: datetime) -> None:
        """Keep that these were passed on."""
