"""The port through which it is kept whose a case is; the store fills it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from tongban.domain.assignment import (
    Absence,
    Assignment,
    CaseNote,
    DeclaredConflict,
    DeskDraft,
    DeskOfficer,
    Team,
)
from tongban.kernel.ids import CaseId

LOAD_COUNTED_AT_MOST = 500
"""Counting somebody's open cases stops here, so that a draw costs the same at any size."""


class Desk(Protocol):
    """Groups, officers, and whose each case is. What was assigned, declared or handed over is never lost."""

    def keep_team(self, team: Team) -> None:
        """Keep a group in place of the earlier one of its id."""

    def keep_officer(self, officer: DeskOfficer) -> None:
        """Keep an officer's groups in place of the earlier ones."""

    def list_teams(self) -> tuple[Team, ...]:
        """Return every group, in order of id."""

    def list_officers(self) -> tuple[DeskOfficer, ...]:
        """Return every officer, in order of username."""

    def count_loads(self, usernames: Sequence[str]) -> Mapping[str, int]:
        """Return how many undecided cases and open sub-cases each has, up to ``LOAD_COUNTED_AT_MOST``."""

    def find(self, case_id: CaseId) -> Assignment | None:
        """Return whose a case is now, or None when it was never assigned."""

    def find_all(self, case_ids: Collection[CaseId]) -> Mapping[CaseId, Assignment]:
        """Return whose each of these is now; those never assigned are left out. One question."""

    def history(self, case_id: CaseId) -> tuple[Assignment, ...]:
        """Return every assignment of a case, oldest first."""

    def assign(self, assignment: Assignment) -> None:
        """Let a case be somebody's from now on."""

    def list_of_applicant(self, officer: str, applicant_id: str, limit: int) -> tuple[CaseId, ...]:
        """Return an applicant's cases that are an officer's and undecided."""

    def list_parts(self, officer: str, limit: int) -> tuple[str, ...]:
        """Return the numbers of joint handlings in which an officer has an open sub-case, in order."""

    def declare(self, conflict: DeclaredConflict) -> None:
        """Keep a declared conflict; saying the same again changes nothing."""

    def list_conflicted(self, case_id: CaseId, applicant_id: str) -> frozenset[str]:
        """Return who has declared a conflict with a case or its applicant."""

    def keep_absence(self, absence: Absence) -> None:
        """Keep a hand-over; raises Conflict when its id is there."""

    def list_absences(self, since: date) -> tuple[Absence, ...]:
        """Return what lasts until a day or longer and was not ended, the earliest first."""

    def end_absence(self, absence_id: str, at: datetime) -> None:
        """End a hand-over early; raises Conflict when it had been ended, or is none."""

    def add_note(self, note: CaseNote) -> None:
        """Keep a note; raises Conflict when its id is there."""

    def list_notes(self, case_id: CaseId, limit: int) -> tuple[CaseNote, ...]:
        """Return the notes of a case, the newest first."""

    def keep_draft(self, draft: DeskDraft) -> None:
        """Keep the draft of a case in place of its earlier one."""

    def find_draft(self, case_id: CaseId) -> DeskDraft | None:
        """Return the draft of a case, or None."""

    def drop_draft(self, case_id: CaseId) -> None:
        """Throw the draft of a case away; nothing when there is none."""

    def list_drafts(self, username: str, limit: int) -> tuple[tuple[CaseId, str, datetime], ...]:
        """Return case, act and instant of somebody's drafts, the newest first."""
