"""The register of licences in PostgreSQL; what a licence says of its holder is locked with the case's key."""

from datetime import datetime
from typing import Protocol

from tongban.crypto.sealed_box import lock, unlock
from tongban.flows.ports import Issued
from tongban.kernel.ids import CaseId, CredentialId
from tongban.store.cases import DjangoCases
from tongban.store.session import Session
from tongban.store.writes import CREDENTIALS, DOCUMENTS, STATES

_FIND = """
SELECT credential_id, case_id, signed_part, disclosed, leaf_key, state, state_since, document_digest,
       act, ground
FROM store_credential WHERE credential_id = %b
"""


_LIST = "SELECT credential_id FROM store_credential WHERE case_id = %b ORDER BY credential_id"


class _Clock(Protocol):
    def now(self) -> datetime:
        """Return the present as an aware UTC instant."""


class DjangoCredentials:
    """The port ``Credentials``. ``find`` raises CaseErased when the licence's case has been erased."""

    def __init__(self, session: Session, cases: DjangoCases, clock: _Clock) -> None:
        self._session, self._cases, self._clock = session, cases, clock

    def save(self, issued: Issued) -> None:
        """Keep a credential; the same id twice is kept once, as it was first."""
        if self._session.gathered(CREDENTIALS, issued.credential_id):
            return
        signed_part, mark, disclosed = issued.token.partition("~")
        box = lock(
            self._cases.key_of(issued.case_id), (mark + disclosed).encode(), _about(issued.credential_id)
        )
        row = (
            issued.credential_id,
            issued.case_id,
            signed_part,
            box,
            issued.leaf_key,
            str(issued.state),
            self._clock.now(),
            issued.document_digest,
            issued.act,
            issued.ground,
        )
        self._session.put(CREDENTIALS, issued.credential_id, row)

    def find(self, credential_id: CredentialId) -> Issued | None:
        """Return a credential, or None when it is not of this zone."""
        row = self._session.gathered(CREDENTIALS, credential_id)
        if row is None:
            rows = self._session.read(_FIND, [credential_id])
            row = rows[0] if rows else None
        if row is None:
            return None
        _, case_id, signed_part, box, leaf_key, state, _, document_digest, act, ground = row
        pending = self._session.gathered(DOCUMENTS, credential_id)
        restated = self._session.gathered(STATES, credential_id)
        disclosed = unlock(self._cases.key_of(CaseId(case_id)), box, _about(credential_id)).decode()
        return Issued(
            credential_id,
            CaseId(case_id),
            signed_part + disclosed,
            leaf_key,
            restated[1] if restated else state,
            pending[1] if pending else document_digest,
            restated[3] if restated else act,
            restated[4] if restated else ground,
        )

    def list_of_case(self, case_id: CaseId) -> tuple[Issued, ...]:
        """Return every credential kept with a case, in order of number."""
        self._session.flush()
        rows = self._session.read(_LIST, [case_id])
        found = (self.find(CredentialId(number)) for (number,) in rows)
        return tuple(issued for issued in found if issued is not None)

    def set_document(self, credential_id: CredentialId, document_digest: str) -> None:
        """Note which sealed document belongs to it."""
        row = self._session.gathered(CREDENTIALS, credential_id)
        if row is not None:
            self._session.put(CREDENTIALS, credential_id, (*row[:7], document_digest, *row[8:]))
        else:
            self._session.put(DOCUMENTS, credential_id, (credential_id, document_digest))

    def set_state(self, credential_id: CredentialId, state: str, act: str = "", ground: str = "") -> None:
        """Note its state from now on, and the act that led to it."""
        since = self._clock.now()
        row = self._session.gathered(CREDENTIALS, credential_id)
        if row is not None:
            self._session.put(CREDENTIALS, credential_id, (*row[:5], state, since, row[7], act, ground))
        else:
            self._session.put(STATES, credential_id, (credential_id, state, since, act, ground))


def _about(credential_id: CredentialId) -> bytes:
    return f"credential|{credential_id}".encode()
