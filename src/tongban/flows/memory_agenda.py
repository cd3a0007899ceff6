"""The port ``Agenda`` in memory: folds every case again whenever it is asked, so it cannot be stale."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import Protocol

from tongban.domain.agenda import Entry
from tongban.domain.case.events import Recorded
from tongban.domain.case.state import fold
from tongban.domain.liaison.acts import ZoneAct
from tongban.flows.agenda_store import WAITS_FOR_CONFIRMATION, AgendaLine, Fired
from tongban.flows.plan_agenda import Plan
from tongban.kernel.ids import CaseId


@dataclass
class AgendaShelf:
    """What fell due, what of it was passed on, which acts wait."""

    fired: dict[AgendaLine, Fired] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)
    put_off: dict[AgendaLine, datetime] = field(default_factory=dict)

    def __copy__(self) -> "AgendaShelf":
        return AgendaShelf(dict(self.fired), set(self.told), dict(self.put_off))


class HasAgenda(Protocol):
    """The part of a zone's shelf that the agenda needs."""

    agenda: AgendaShelf
    zone_acts: dict[str, tuple[str, ZoneAct]]
    histories: dict[CaseId, tuple[Recorded, ...]]


class MemoryAgenda:
    """What lies ahead, computed; what fired, in a dictionary."""

    def __init__(self, shelf: HasAgenda, plan: Plan) -> None:
        self._shelf, self._plan = shelf, plan

    def find_first_due(self, on: date, at: datetime) -> date | None:
        """Return the oldest day with anything to fire or to do."""
        waiting = self._shelf.agenda.put_off
        days = [line.fires_on for line, _ in self._ahead() if waiting.get(line, at) <= at]
        return min((day for day in days if day <= on), default=None)

    def fire(self, on: date, at: datetime, limit: int) -> int:
        """Fire what is due and in which nobody acts."""
        due = [(line, entry) for line, entry in self._ahead() if entry.to != "time" and line.fires_on <= on]
        for line, entry in due[:limit]:
            self._keep(line, entry.to, entry.tells, at)
        return len(due[:limit])

    def claim_acts(self, on: date, at: datetime, limit: int) -> tuple[AgendaLine, ...]:
        """Return acts of time that are due."""
        waiting = self._shelf.agenda.put_off
        due = [line for line, entry in self._ahead() if entry.to == "time" and line.fires_on <= on]
        return tuple(line for line in due if line not in waiting or waiting[line] <= at)[:limit]

    def mark_done(self, lines: Sequence[AgendaLine], at: datetime) -> None:
        """Keep that these acts were done."""
        for line in lines:
            self._keep(line, "time", True, at)

    def put_off(self, line: AgendaLine, until: datetime) -> None:
        """Let an act wait."""
        agenda = self._shelf.agenda
        self._shelf.agenda = replace(agenda, put_off={**agenda.put_off, line: until})

    def settle_receipt(self, case_id: CaseId) -> None:
        """Do nothing: whether a hand-over was confirmed is looked up whenever the agenda is asked."""

    def count_ahead(self, until_on: date) -> Mapping[tuple[date, str], int]:
        """Count what is still to fire."""
        counts: dict[tuple[date, str], int] = {}
        for line, _ in self._ahead():
            if line.fires_on <= until_on:
                counts[line.fires_on, line.kind] = counts.get((line.fires_on, line.kind), 0) + 1
        return counts

    def list_ahead(self, until_on: date, most: int) -> tuple[AgendaLine, ...]:
        """Return what is still to fire."""
        lines = sorted(
            (line for line, _ in self._ahead() if line.fires_on <= until_on),
            key=lambda line: (line.fires_on, line.kind, line.case_id),
        )
        groups = groupby(lines, key=lambda line: (line.fires_on, line.kind))
        return tuple(line for _, group in groups for line in list(group)[:most])

    def claim_untold(self, limit: int) -> tuple[Fired, ...]:
        """Return what was not passed on yet."""
        agenda = self._shelf.agenda
        fired = sorted(agenda.fired.values(), key=lambda one: one.number)
        return tuple(
            one for one in fired if one.tells and one.to != "time" and one.number not in agenda.told
        )[:limit]

    def mark_told(self, numbers: Sequence[int], at: datetime) -> None:  # noqa: ARG002 - the port's shape
        """Keep that these were passed on."""
        agenda = self._shelf.agenda
        self._shelf.agenda = replace(agenda, told={*agenda.told, *numbers})

    def _keep(self, line: AgendaLine, to: str, tells: bool, at: datetime) -> None:
        agenda = self._shelf.agenda
        if line.kind and not self._has_fired(line):
            fired = Fired(len(agenda.fired) + 1, line, to, tells, at)
            self._shelf.agenda = replace(agenda, fired={**agenda.fired, line: fired})

    def _has_fired(self, line: AgendaLine) -> bool:
        return any(_name(one) == _name(line) for one in self._shelf.agenda.fired)

    def _ahead(self) -> Iterator[tuple[AgendaLine, Entry]]:
        """Yield what has not fired yet, in order of day and case."""
        fired = {_name(one) for one in self._shelf.agenda.fired}
        confirmed = {one.case_id for of, one in self._shelf.zone_acts.values() if of == "receipt"}
        found = [
            (AgendaLine(entry.fires_on, case_id, entry.kind, entry.about_on), entry)
            for case_id, history in self._shelf.histories.items()
            for entry in self._plan(fold(case_id, history))
            if entry.kind not in WAITS_FOR_CONFIRMATION or case_id not in confirmed
        ]
        yield from sorted((pair for pair in found if _name(pair[0]) not in fired), key=lambda pair: pair[0])


def _name(line: AgendaLine) -> tuple[CaseId, str, date]:
    return line.case_id, line.kind, line.fires_on
