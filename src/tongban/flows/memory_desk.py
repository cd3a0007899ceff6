"""The port ``Desk`` in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from tongban.domain.assignment import (
    OF_CASE,
    Absence,
    Assignment,
    CaseNote,
    DeclaredConflict,
    DeskDraft,
    DeskOfficer,
    Team,
)
from tongban.domain.case.events import Recorded
from tongban.domain.case.state import Case, fold
from tongban.flows.desk_port import LOAD_COUNTED_AT_MOST
from tongban.flows.liaison_port import Matter
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId


class HasDesk(Protocol):
    """The part of a zone's shelf that the desk needs."""

    histories: dict[CaseId, tuple[Recorded, ...]]
    teams: dict[str, Team]
    desk_officers: dict[str, DeskOfficer]
    assignments: dict[CaseId, tuple[Assignment, ...]]
    declared: dict[tuple[str, str, str], DeclaredConflict]
    absences: dict[str, Absence]
    case_notes: dict[str, CaseNote]
    desk_drafts: dict[CaseId, DeskDraft]
    matters: dict[str, Matter]


class MemoryDesk:
    """Whose each case is, in dictionaries."""

    def __init__(self, shelf: HasDesk) -> None:
        self._shelf = shelf

    def keep_team(self, team: Team) -> None:
        """Keep a group."""
        self._shelf.teams = {**self._shelf.teams, team.id: team}

    def keep_officer(self, officer: DeskOfficer) -> None:
        """Keep an officer."""
        self._shelf.desk_officers = {**self._shelf.desk_officers, officer.username: officer}

    def list_teams(self) -> tuple[Team, ...]:
        """Return every group."""
        return tuple(one for _, one in sorted(self._shelf.teams.items()))

    def list_officers(self) -> tuple[DeskOfficer, ...]:
        """Return every officer."""
        return tuple(one for _, one in sorted(self._shelf.desk_officers.items()))

    def count_loads(self, usernames: Sequence[str]) -> Mapping[str, int]:
        """Return how many undecided cases each has."""
        parts = self._open_parts()
        held = [
            kept[-1].officer
            for case_id, kept in self._shelf.assignments.items()
            if self._is_undecided(case_id) or case_id in parts
        ]
        return {name: min(held.count(name), LOAD_COUNTED_AT_MOST) for name in usernames}

    def find(self, case_id: CaseId) -> Assignment | None:
        """Return the last one."""
        kept = self.history(case_id)
        return kept[-1] if kept else None

    def find_all(self, case_ids: Collection[CaseId]) -> Mapping[CaseId, Assignment]:
        """Return the last one of each."""
        return {one: kept[-1] for one in case_ids if (kept := self.history(one))}

    def history(self, case_id: CaseId) -> tuple[Assignment, ...]:
        """Return all, oldest first."""
        return self._shelf.assignments.get(case_id, ())

    def assign(self, assignment: Assignment) -> None:
        """Add one behind the others."""
        kept = (*self.history(assignment.case_id), assignment)
        self._shelf.assignments = {**self._shelf.assignments, assignment.case_id: kept}

    def list_of_applicant(self, officer: str, applicant_id: str, limit: int) -> tuple[CaseId, ...]:
        """Return an applicant's undecided cases that are an officer's."""
        found = (
            case_id
            for case_id, kept in sorted(self._shelf.assignments.items())
            if kept[-1].officer == officer
            and self._is_undecided(case_id)
            and self._fold(case_id).applicant.id == applicant_id
        )
        return tuple(found)[:limit]

    def list_parts(self, officer: str, limit: int) -> tuple[str, ...]:
        """Return the joint handlings in which an officer has an open sub-case."""
        kept = self._shelf.assignments
        found = (
            one for number, one in self._open_parts().items()
            if number in kept and kept[number][-1].officer == officer
        )  # fmt: skip
        return tuple(sorted(found)[:limit])

    def _open_parts(self) -> dict[CaseId, str]:
        """Return joint handlings by the number of the open sub-case."""
        matters = self._shelf.matters.values()
        return {CaseId(one.about): one.subject for one in matters if one.register == "part" and one.is_open}

    def declare(self, conflict: DeclaredConflict) -> None:
        """Keep the first of its kind."""
        key = (conflict.officer, conflict.about, conflict.subject)
        self._shelf.declared = {key: conflict, **self._shelf.declared}

    def list_conflicted(self, case_id: CaseId, applicant_id: str) -> frozenset[str]:
        """Return who said so."""
        return frozenset(
            one.officer
            for one in self._shelf.declared.values()
            if one.subject == (case_id if one.about == OF_CASE else applicant_id)
        )

    def keep_absence(self, absence: Absence) -> None:
        """Keep it once."""
        if absence.id in self._shelf.absences:
            raise Conflict(f"{absence.id}: kept already")
        self._shelf.absences = {**self._shelf.absences, absence.id: absence}

    def list_absences(self, since: date) -> tuple[Absence, ...]:
        """Return what lasts, the earliest first."""
        found = (one for one in self._shelf.absences.values() if one.ended_at is None)
        return tuple(
            sorted((one for one in found if one.until_on >= since), key=lambda one: (one.from_on, one.id))
        )

    def end_absence(self, absence_id: str, at: datetime) -> None:
        """End it once."""
        one = self._shelf.absences.get(absence_id)
        if one is None or one.ended_at is not None:
            raise Conflict(f"{absence_id}: nothing to end")
        self._shelf.absences = {**self._shelf.absences, absence_id: replace(one, ended_at=at)}

    def add_note(self, note: CaseNote) -> None:
        """Keep it once."""
        if note.id in self._shelf.case_notes:
            raise Conflict(f"{note.id}: kept already")
        self._shelf.case_notes = {**self._shelf.case_notes, note.id: note}

    def list_notes(self, case_id: CaseId, limit: int) -> tuple[CaseNote, ...]:
        """Return the newest first."""
        own = [one for one in self._shelf.case_notes.values() if one.case_id == case_id]
        return tuple(sorted(own, key=lambda one: (one.at, one.id), reverse=True)[:limit])

    def _fold(self, case_id: CaseId) -> Case:
        return fold(case_id, self._shelf.histories[case_id])

    def _is_undecided(self, case_id: CaseId) -> bool:
        if case_id not in self._shelf.histories:
            return False
        case = self._fold(case_id)
        return case.is_open and case.decision is None

    def keep_draft(self, draft: DeskDraft) -> None:
        """Keep it in place of the earlier one."""
        self._shelf.desk_drafts = {**self._shelf.desk_drafts, draft.case_id: draft}

    def find_draft(self, case_id: CaseId) -> DeskDraft | None:
        """Return it, or None."""
        return self._shelf.desk_drafts.get(case_id)

    def drop_draft(self, case_id: CaseId) -> None:
        """Throw it away."""
        self._shelf.desk_drafts = {
            number: draft for number, draft in self._shelf.desk_drafts.items() if number != case_id
        }

    def list_drafts(self, username: str, limit: int) -> tuple[tuple[CaseId, str, datetime], ...]:
        """Return the newest first."""
        own = [one for one in self._shelf.desk_drafts.values() if one.by == username]
        own.sort(key=lambda one: (one.at, one.case_id), reverse=True)
        return tuple((one.case_id, one.act, one.at) for one in own[:limit])
