"""Whose each case is, in PostgreSQL; the index carries a copy, so that lists need no second question."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tongban.crypto.sealed_box import lock, unlock
from tongban.domain.assignment import (
    OF_APPLICANT,
    OF_CASE,
    Absence,
    Assignment,
    CaseNote,
    DeclaredConflict,
    DeskDraft,
    DeskOfficer,
    Team,
)
from tongban.flows.desk_port import LOAD_COUNTED_AT_MOST
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text
from tongban.store.cases import DjangoCases
from tongban.store.models.cases import UNDECIDED_STAGES
from tongban.store.session import Session

_KEEP_TEAM = """
INSERT INTO store_deskteam (id, title_zh, title_en, items) VALUES (%b, %b, %b, %b::jsonb)
ON CONFLICT (id) DO UPDATE
SET title_zh = EXCLUDED.title_zh, title_en = EXCLUDED.title_en, items = EXCLUDED.items
"""
_KEEP_OFFICER = """
INSERT INTO store_deskmember (username, name, teams) VALUES (%b, %b, %b::jsonb)
ON CONFLICT (username) DO UPDATE SET name = EXCLUDED.name, teams = EXCLUDED.teams
"""
_TEAMS = "SELECT id, title_zh, title_en, items FROM store_deskteam ORDER BY id"
_OFFICERS = "SELECT username, name, teams FROM store_deskmember ORDER BY username"
_UNDECIDED = ", ".join(f"'{stage}'" for stage in UNDECIDED_STAGES)
_PARTS = "register = 'part' AND is_open AND officer <> ''"
_LOADS = f"""
SELECT given.name, (SELECT count(*) FROM (
    (SELECT 1 FROM store_caseindex
    WHERE officer = given.name AND officer <> '' AND stage IN ({_UNDECIDED}))
    UNION ALL (SELECT 1 FROM store_matter WHERE officer = given.name AND {_PARTS})
    LIMIT {LOAD_COUNTED_AT_MOST}) AS counted)
FROM unnest(%b::text[]) AS given(name)
"""  # noqa: S608
_COLUMNS = "case_id, officer, officer_name, team, way, by, by_name, reason, at"
_HISTORY = f"SELECT {_COLUMNS} FROM store_caseassignment WHERE case_id = %b ORDER BY number"  # noqa: S608
_FIND = f"{_HISTORY} DESC LIMIT 1"
_FIND_ALL = f"""
SELECT DISTINCT ON (case_id) {_COLUMNS} FROM store_caseassignment WHERE case_id = ANY(%b::text[])
ORDER BY case_id, number DESC
"""  # noqa: S608
_ASSIGN = f"""
INSERT INTO store_caseassignment ({_COLUMNS}, number)
SELECT %b::text, %b::text, %b::text, %b::text, %b::text, %b::text, %b::text, %b::text, %b::timestamptz,
    1 + (SELECT count(*) FROM store_caseassignment WHERE case_id = %b::text)
"""  # noqa: S608
_SHOW = "UPDATE store_caseindex SET officer = %b, team = %b WHERE case_id = %b RETURNING 1"
_SHOW_PART = "UPDATE store_matter SET officer = %b WHERE register = 'part' AND about = %b RETURNING 1"
_PARTS_OF = f"""
SELECT subject FROM store_matter WHERE officer = %b AND {_PARTS} ORDER BY subject LIMIT %b
"""  # noqa: S608
SHOW_ASSIGNED = """
UPDATE store_caseindex AS shown SET officer = held.officer, team = held.team
FROM (SELECT DISTINCT ON (case_id) case_id, officer, team FROM store_caseassignment
    ORDER BY case_id, number DESC) AS held
WHERE held.case_id = shown.case_id
"""
"""Puts into a rebuilt index whose each case is."""
_OF_APPLICANT = f"""
SELECT case_id FROM store_caseindex
WHERE applicant_id = %b AND officer = %b AND officer <> '' AND stage IN ({_UNDECIDED})
ORDER BY case_id LIMIT %b
"""  # noqa: S608
_DECLARE = """
INSERT INTO store_deskconflict (officer, about, subject, case_id, reason, at) VALUES (%b, %b, %b, %b, %b, %b)
ON CONFLICT DO NOTHING
"""
_CONFLICTED = """
SELECT officer FROM store_deskconflict
WHERE (subject = %b AND about = %b) OR (subject = %b AND about = %b)
"""
_ABSENCE = "id, officer, substitute, from_on, until_on, by, reason, at, ended_at"
_KEEP_ABSENCE = f"INSERT INTO store_deskabsence ({_ABSENCE}) VALUES ({', '.join(['%b'] * 9)})"  # noqa: S608
_ABSENCES = f"""
SELECT {_ABSENCE} FROM store_deskabsence WHERE ended_at IS NULL AND until_on >= %b ORDER BY from_on, id
"""  # noqa: S608
_END_ABSENCE = "UPDATE store_deskabsence SET ended_at = %b WHERE id = %b AND ended_at IS NULL RETURNING id"


_ADD_NOTE = """
INSERT INTO store_casenote (id, case_id, "by", by_name, words, at) VALUES (%b, %b, %b, %b, %b, %b)
"""
_NOTES = """
SELECT id, case_id, "by", by_name, words, at FROM store_casenote
WHERE case_id = %b ORDER BY at DESC, id DESC LIMIT %b
"""
_KEEP_DRAFT = """
INSERT INTO store_deskdraft (case_id, act, "by", by_name, words, at) VALUES (%b, %b, %b, %b, %b, %b)
ON CONFLICT (case_id) DO UPDATE SET act = EXCLUDED.act, "by" = EXCLUDED."by", by_name = EXCLUDED.by_name,
    words = EXCLUDED.words, at = EXCLUDED.at
"""
_DRAFT = 'SELECT act, "by", by_name, words, at FROM store_deskdraft WHERE case_id = %b'
_DRAFTS = """
SELECT case_id, act, at FROM store_deskdraft WHERE "by" = %b ORDER BY at DESC, case_id DESC LIMIT %b
"""
_DROP_DRAFT = "DELETE FROM store_deskdraft WHERE case_id = %b"


class DjangoDesk:
    """The port ``Desk``."""

    def __init__(self, session: Session, cases: DjangoCases) -> None:
        self._session, self._cases = session, cases

    def keep_team(self, team: Team) -> None:
        """Keep a group."""
        row = [team.id, team.title.zh, team.title.en, json.dumps(sorted(team.items))]
        self._write(_KEEP_TEAM, row)

    def keep_officer(self, officer: DeskOfficer) -> None:
        """Keep an officer."""
        self._write(_KEEP_OFFICER, [officer.username, officer.name, json.dumps(sorted(officer.teams))])

    def list_teams(self) -> tuple[Team, ...]:
        """Return every group, in order of id."""
        return tuple(
            Team(id_, Text(zh, en), frozenset(ItemId(one) for one in _plain(items)))
            for id_, zh, en, items in self._session.read(_TEAMS)
        )

    def list_officers(self) -> tuple[DeskOfficer, ...]:
        """Return every officer, in order of username."""
        rows = self._session.read(_OFFICERS)
        return tuple(DeskOfficer(username, name, frozenset(_plain(teams))) for username, name, teams in rows)

    def count_loads(self, usernames: Sequence[str]) -> Mapping[str, int]:
        """Return how many undecided cases and open sub-cases each has."""
        self._session.flush()
        return dict(self._session.read(_LOADS, [list(usernames)]))

    def find(self, case_id: CaseId) -> Assignment | None:
        """Return whose a case is now."""
        rows = self._session.read(_FIND, [case_id])
        return Assignment(*rows[0]) if rows else None

    def find_all(self, case_ids: Collection[CaseId]) -> Mapping[CaseId, Assignment]:
        """Return the last one of each."""
        rows = self._session.read(_FIND_ALL, [list(case_ids)]) if case_ids else ()
        return {CaseId(row[0]): Assignment(*row) for row in rows}

    def history(self, case_id: CaseId) -> tuple[Assignment, ...]:
        """Return every assignment, oldest first."""
        return tuple(Assignment(*row) for row in self._session.read(_HISTORY, [case_id]))

    def assign(self, assignment: Assignment) -> None:
        """Add a row and show it in its list; two at once meet at the number, and one gets Conflict."""
        one = assignment
        with self._session.unit():
            self._session.flush()  # the case's row of the index may only be gathered yet
            self._session.write(_ASSIGN, [
                one.case_id, one.officer, one.officer_name, one.team, one.way, one.by, one.by_name,
                one.reason, one.at, one.case_id,
            ])  # fmt: skip
            if not self._session.write(_SHOW, [one.officer, one.team, one.case_id]):
                self._session.write(_SHOW_PART, [one.officer, one.case_id])

    def list_of_applicant(self, officer: str, applicant_id: str, limit: int) -> tuple[CaseId, ...]:
        """Return an applicant's undecided cases that are an officer's."""
        self._session.flush()
        rows = self._session.read(_OF_APPLICANT, [applicant_id, officer, limit])
        return tuple(CaseId(row[0]) for row in rows)

    def list_parts(self, officer: str, limit: int) -> tuple[str, ...]:
        """Return the joint handlings in which an officer has an open sub-case."""
        return tuple(row[0] for row in self._session.read(_PARTS_OF, [officer, limit]))

    def declare(self, conflict: DeclaredConflict) -> None:
        """Keep it once."""
        one = conflict
        self._write(_DECLARE, [one.officer, one.about, one.subject, one.case_id, one.reason, one.at])

    def list_conflicted(self, case_id: CaseId, applicant_id: str) -> frozenset[str]:
        """Return who has declared a conflict with a case or its applicant."""
        rows = self._session.read(_CONFLICTED, [case_id, OF_CASE, applicant_id, OF_APPLICANT])
        return frozenset(row[0] for row in rows)

    def keep_absence(self, absence: Absence) -> None:
        """Keep it once; an id that is there makes the unit end with Conflict."""
        one = absence
        self._write(_KEEP_ABSENCE, [
            one.id, one.officer, one.substitute, one.from_on, one.until_on, one.by, one.reason, one.at,
            one.ended_at,
        ])  # fmt: skip

    def list_absences(self, since: date) -> tuple[Absence, ...]:
        """Return what lasts until a day or longer, the earliest first."""
        return tuple(Absence(*row) for row in self._session.read(_ABSENCES, [since]))

    def end_absence(self, absence_id: str, at: datetime) -> None:
        """End it once."""
        with self._session.unit():
            if not self._session.write(_END_ABSENCE, [at, absence_id]):
                raise Conflict(f"{absence_id}: nothing to end")

    def add_note(self, note: CaseNote) -> None:
        """Keep it once, locked with the case's key: erased with the case."""
        words = lock(self._cases.key_of(note.case_id), note.words.encode(), _about(note.case_id, note.id))
        self._write(_ADD_NOTE, [note.id, note.case_id, note.by, note.by_name, words, note.at])

    def list_notes(self, case_id: CaseId, limit: int) -> tuple[CaseNote, ...]:
        """Return the newest first."""
        rows = self._session.read(_NOTES, [case_id, limit])
        key = self._cases.key_of(case_id) if rows else b""
        return tuple(
            CaseNote(id_, case, by, name, unlock(key, words, _about(case, id_)).decode(), at)
            for id_, case, by, name, words, at in rows
        )

    def keep_draft(self, draft: DeskDraft) -> None:
        """Keep it locked with the case's key, in place of the earlier one."""
        typed = json.dumps(dict(draft.values)).encode()
        words = lock(self._cases.key_of(draft.case_id), typed, _about_draft(draft.case_id))
        row = [draft.case_id, draft.act, draft.by, draft.by_name, words, draft.at]
        self._write(_KEEP_DRAFT, row)

    def find_draft(self, case_id: CaseId) -> DeskDraft | None:
        """Return it, or None."""
        for act, by, name, words, at in self._session.read(_DRAFT, [case_id]):
            typed = unlock(self._cases.key_of(case_id), words, _about_draft(case_id))
            return DeskDraft(case_id, act, by, name, json.loads(typed), at)
        return None

    def drop_draft(self, case_id: CaseId) -> None:
        """Throw it away."""
        self._write(_DROP_DRAFT, [case_id])

    def list_drafts(self, username: str, limit: int) -> tuple[tuple[CaseId, str, datetime], ...]:
        """Return the newest first."""
        rows = self._session.read(_DRAFTS, [username, limit])
        return tuple((CaseId(case_id), act, at) for case_id, act, at in rows)

    def _write(self, sql: str, parameters: Sequence[object]) -> None:
        with self._session.unit():
            self._session.write(sql, parameters)


def _about(case_id: str, note_id: str) -> bytes:
    """Return what binds a note to its place."""
    return f"note {case_id} {note_id}".encode()


def _plain(value: Any) -> list[str]:
    return json.loads(value) if isinstance(value, str) else value


def _about_draft(case_id: str) -> bytes:
    """Return what binds a draft to its case."""
    return f"draft {case_id}".encode()
