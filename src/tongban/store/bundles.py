"""Receipts of bundles in PostgreSQL, locked with the node's key."""

import json

from tongban.crypto.sealed_box import lock, unlock
from tongban.domain.bundle.opened import OpenedBundle
from tongban.domain.bundle.plain import opened_from_plain, opened_to_plain
from tongban.domain.case.events import ApplicantRef
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import BundleNumber
from tongban.store.session import Session

_FIND = "SELECT number, data FROM store_bundlereceipt WHERE number = %b"
_LIST = """
SELECT number, data FROM store_bundlereceipt
WHERE applicant_id = %b AND applicant_kind = %b AND (%b = '' OR agent_id = %b)
ORDER BY opened_at DESC, number DESC LIMIT %b
"""
_INSERT = """
INSERT INTO store_bundlereceipt
(number, version, bundle_id, applicant_kind, applicant_id, agent_id, opened_at, data)
VALUES (%b, %b, %b, %b, %b, %b, %b, %b) ON CONFLICT (number) DO NOTHING RETURNING 1
"""
_UPDATE = """
UPDATE store_bundlereceipt SET version = %b, data = %b WHERE number = %b AND version = %b RETURNING 1
"""


class DjangoBundles:
    """The port ``Bundles``. A receipt is written at once: it is rare, and its version must be sure."""

    def __init__(self, session: Session, node_key: bytes) -> None:
        self._session, self._node_key = session, node_key

    def find(self, number: BundleNumber) -> OpenedBundle | None:
        """Return a receipt, or None when there is none here."""
        rows = self._session.read(_FIND, [number])
        return self._open(*rows[0]) if rows else None

    def save(self, opened: OpenedBundle) -> None:
        """Keep a receipt; raises Conflict unless it is the next version."""
        plain = json.dumps(opened_to_plain(opened), ensure_ascii=False, separators=(",", ":")).encode()
        data = lock(self._node_key, plain, _about(opened.number))
        who = opened.applicant
        with self._session.unit():
            if opened.version == 1:
                row = [opened.number, 1, opened.bundle_id, who.kind, who.id, who.agent_id, opened.opened_at]
                kept = self._session.write(_INSERT, [*row, data])
            else:
                place = [opened.number, opened.version - 1]
                kept = self._session.write(_UPDATE, [opened.version, data, *place])
            if not kept:
                raise Conflict(f"{opened.number}: version {opened.version} is not the next")

    def list_of(self, party: ApplicantRef, limit: int) -> tuple[OpenedBundle, ...]:
        """Return a party's receipts, newest first; an agent's are those it handed in."""
        rows = self._session.read(_LIST, [party.id, party.kind, party.agent_id, party.agent_id, limit])
        return tuple(self._open(*row) for row in rows)

    def _open(self, number: str, data: bytes) -> OpenedBundle:
        plain = unlock(self._node_key, bytes(data), _about(number))
        return opened_from_plain(json.loads(plain))


def _about(number: str) -> bytes:
    return f"bundle|{number}".encode()
