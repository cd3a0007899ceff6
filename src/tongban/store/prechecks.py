"""Drafts in pre-check in PostgreSQL; who applies and what is answered is locked with the node's key."""

import json
from dataclasses import replace
from datetime import datetime

from tongban.crypto.canonical import canonical
from tongban.crypto.sealed_box import lock, unlock
from tongban.domain.case.plain import reader_for, to_plain
from tongban.domain.precheck import Advice, Precheck
from tongban.kernel.ids import CaseId
from tongban.store.session import Session

_FIND = "SELECT number, body FROM store_precheck WHERE number = %b"
_LIST = "SELECT number, body FROM store_precheck ORDER BY is_answered, until_on, number LIMIT %b"
_OF = """
SELECT number, body FROM store_precheck WHERE applicant_id = %b ORDER BY asked_at DESC, number DESC LIMIT %b
"""
_KEEP = """
INSERT INTO store_precheck (number, applicant_id, asked_at, until_on, is_answered, body)
VALUES (%b, %b, %b, %b, %b, %b)
ON CONFLICT (number) DO UPDATE SET asked_at = excluded.asked_at, until_on = excluded.until_on,
    is_answered = excluded.is_answered, body = excluded.body
RETURNING 1
"""
_ANSWER = """
UPDATE store_precheck SET is_answered = true, body = %b
WHERE number = %b AND asked_at = %b AND NOT is_answered RETURNING 1
"""
_DROP = "DELETE FROM store_precheck WHERE number = %b RETURNING 1"
_FORGET = "DELETE FROM store_precheck WHERE asked_at < %b RETURNING 1"


class DjangoPrechecks:
    """The port ``Prechecks``. A draft is written at once: it is rare."""

    def __init__(self, session: Session, node_key: bytes) -> None:
        self._session, self._node_key = session, node_key

    def find(self, number: CaseId) -> Precheck | None:
        """Return a draft, or None."""
        rows = self._session.read(_FIND, [number])
        return self._open(*rows[0]) if rows else None

    def keep(self, precheck: Precheck) -> None:
        """Keep a draft in place of the one before."""
        one = precheck
        row = [
            one.number,
            one.applicant.id,
            one.asked_at,
            one.until_on,
            one.advice is not None,
            self._lock(one),
        ]
        with self._session.unit():
            self._session.write(_KEEP, row)

    def answer(self, number: CaseId, asked_at: datetime, advice: Advice) -> bool:
        """Keep an answer to the draft that waits."""
        with self._session.unit():
            one = self.find(number)
            if one is None:
                return False
            row = [self._lock(replace(one, advice=advice)), number, asked_at]
            return bool(self._session.write(_ANSWER, row))

    def list_all(self, limit: int) -> tuple[Precheck, ...]:
        """Return drafts, those that wait first."""
        return tuple(self._open(*row) for row in self._session.read(_LIST, [limit]))

    def list_of(self, applicant_id: str, limit: int) -> tuple[Precheck, ...]:
        """Return an applicant's drafts, the newest first."""
        return tuple(self._open(*row) for row in self._session.read(_OF, [applicant_id, limit]))

    def drop(self, number: CaseId) -> None:
        """Forget a draft."""
        with self._session.unit():
            self._session.write(_DROP, [number])

    def forget_before(self, at: datetime) -> int:
        """Forget what was put before an instant."""
        with self._session.unit():
            return len(self._session.write(_FORGET, [at]))

    def _lock(self, one: Precheck) -> bytes:
        return lock(self._node_key, canonical(to_plain(one)), _about(one.number))

    def _open(self, number: str, body: bytes) -> Precheck:
        plain = json.loads(unlock(self._node_key, body, _about(number)))
        found: Precheck = reader_for(Precheck)(plain)
        return found


def _about(number: str) -> bytes:
    return f"precheck|{number}".encode()
