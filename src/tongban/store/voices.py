"""What people raise, in PostgreSQL; what they said and how to reach them is locked with the node's key."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tongban.crypto.canonical import canonical
from tongban.crypto.sealed_box import lock, unlock
from tongban.domain.case.plain import from_plain, to_plain
from tongban.domain.voice.plain import voice_from_plain
from tongban.domain.voice.voice import Voice
from tongban.flows.voice_store import PublishedAnswer
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, ItemId
from tongban.store.session import Session

_COLUMNS = (
    "number, kind, zone, filed_in, state, filed_at, due_on, sort_on, holder, case_id, item_id, subject,"
    " barred, is_late, ended_at, version, contact, box"
)
_ADD = f"""
INSERT INTO store_voice ({_COLUMNS}) VALUES ({", ".join(["%b"] * 18)}) ON CONFLICT DO NOTHING RETURNING number
"""  # noqa: S608
_SAVE = """
UPDATE store_voice SET zone = %b, state = %b, due_on = %b, sort_on = %b, ended_at = %b, version = %b, box = %b
WHERE number = %b AND version = %b RETURNING number
"""
_FIND = "SELECT number, contact, box FROM store_voice WHERE number = %b"
_OF_CASE = """
SELECT number, contact, box FROM store_voice WHERE case_id = %b AND case_id <> ''
ORDER BY filed_at, number LIMIT 50
"""
_OPEN = """
SELECT number, contact, box FROM store_voice WHERE kind = %b AND state IN ('filed', 'accepted')
ORDER BY sort_on, number LIMIT %b
"""
_ESCALATE = """
UPDATE store_voice SET escalated_at = %b WHERE number IN (
    SELECT number FROM store_voice
    WHERE state IN ('filed', 'accepted') AND escalated_at IS NULL AND due_on < %b
    ORDER BY due_on, number LIMIT %b FOR UPDATE SKIP LOCKED
) RETURNING due_on, number
"""
_FORGET = """
UPDATE store_voice SET contact = NULL WHERE number IN (
    SELECT number FROM store_voice WHERE contact IS NOT NULL AND ended_at < %b
    ORDER BY ended_at LIMIT %b FOR UPDATE SKIP LOCKED
) RETURNING number
"""
_PUBLISH = """
INSERT INTO store_publishedanswer (number, item_id, question, answer, published_at)
VALUES (%b, %b, %b, %b, %b) ON CONFLICT DO NOTHING RETURNING number
"""
_FIND_PUBLISHED = """
SELECT number, item_id, question, answer, published_at FROM store_publishedanswer WHERE number = %b
"""


class DjangoVoices:
    """The port ``Voices``. It is written at once: beside applications it is rare."""

    def __init__(self, session: Session, node_key: bytes) -> None:
        self._session, self._node_key = session, node_key

    def add(self, voice: Voice) -> None:
        """Keep a new one."""
        one = voice
        contact = None
        if one != one.without_asker():
            said = canonical({"contact": one.asker.contact, "name": one.asker.name})
            contact = lock(self._node_key, said, _about(one.number, "contact"))
        row = [
            one.number, one.kind, one.zone, one.filed_in, one.state, one.filed_at, one.due_on,
            one.due_on or date.max, one.asker.holder, one.about.case_id, one.about.item_id, one.about.subject,
            "".join(f"|{each}" for each in one.barred) + "|" if one.barred else "", one.is_late, one.ended_at,
            one.version, contact, self._lock(one),
        ]  # fmt: skip
        with self._session.unit():
            if not self._session.write(_ADD, row):
                raise Conflict(one.number)

    def find(self, number: str) -> Voice | None:
        """Return it, or None."""
        rows = self._session.read(_FIND, [number])
        return self._open(*rows[0]) if rows else None

    def save(self, before: Voice, after: Voice) -> None:
        """Keep what became of it."""
        row = [
            after.zone, after.state, after.due_on, after.due_on or date.max, after.ended_at, after.version,
            self._lock(after), before.number, before.version,
        ]  # fmt: skip
        with self._session.unit():
            if not self._session.write(_SAVE, row):
                raise Conflict(before.number)

    def list_of_case(self, case_id: CaseId) -> tuple[Voice, ...]:
        """Return what was raised about a case."""
        return tuple(self._open(*row) for row in self._session.read(_OF_CASE, [case_id]))

    def list_open(self, kind: str, limit: int) -> tuple[Voice, ...]:
        """Return what is open of a kind."""
        return tuple(self._open(*row) for row in self._session.read(_OPEN, [kind, limit]))

    def escalate_due(self, today: date, at: datetime, limit: int) -> Sequence[str]:
        """Mark what is overdue; two workers mark nothing twice."""
        with self._session.unit():
            return [number for _, number in sorted(self._session.write(_ESCALATE, [at, today, limit]))]

    def forget_contacts(self, ended_before: datetime, limit: int) -> int:
        """Forget ways to reach people."""
        with self._session.unit():
            return len(self._session.write(_FORGET, [ended_before, limit]))

    def publish(self, answer: PublishedAnswer) -> None:
        """Publish an answer once."""
        one = answer
        with self._session.unit():
            row = [one.number, one.item_id, one.question, one.answer, one.published_at]
            if not self._session.write(_PUBLISH, row):
                raise Conflict(one.number)

    def find_published(self, number: str) -> PublishedAnswer | None:
        """Return what was published."""
        rows = self._session.read(_FIND_PUBLISHED, [number])
        if not rows:
            return None
        number, item_id, *rest = rows[0]
        return PublishedAnswer(number, ItemId(item_id), *rest)

    def _lock(self, voice: Voice) -> bytes:
        bare = to_plain(voice.without_asker())
        return lock(self._node_key, canonical(bare), _about(voice.number, "box"))

    def _open(self, number: str, contact: Any, box: Any) -> Voice:
        plain = json.loads(unlock(self._node_key, box, _about(number, "box")))
        voice = voice_from_plain(from_plain(plain))
        if contact is None:
            return voice
        said = unlock(self._node_key, contact, _about(number, "contact"))
        # Rows from before names were forgotten hold the bare contact.
        asker = json.loads(said) if said.startswith(b"{") else {"contact": said.decode()}
        return replace(voice, asker=replace(voice.asker, **asker))


def _about(number: str, part: str) -> bytes:
    return f"voice|{number}|{part}".encode()
