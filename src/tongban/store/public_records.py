"""What this zone says publicly about its own licences."""

from tongban.flows.ports import PublicRecord
from tongban.kernel.ids import CredentialId, ZoneId
from tongban.store.ledger import DjangoLedger
from tongban.store.session import Session

_FIND = """
SELECT state, signed_part, leaf_key, document_digest, act, ground, state_since FROM store_credential
WHERE credential_id = %b
"""


class OwnRecords:
    """The own zone's part of ``PublicRecords``; needs no case key, as nothing here names a holder."""

    def __init__(self, session: Session, zone: ZoneId, ledger: DjangoLedger) -> None:
        self._session, self._zone, self._ledger = session, zone, ledger

    def find(self, zone: ZoneId, credential_id: CredentialId) -> PublicRecord | None:
        """Return a record of this zone, or None; another zone's records are not here."""
        if zone != self._zone:
            return None
        self._session.flush()
        rows = self._session.read(_FIND, [credential_id])
        if not rows:
            return None
        state, signed_part, leaf_key, document_digest, act, ground, since = rows[0]
        proved = self._ledger.find_proof(leaf_key)
        checkpoint = proved.checkpoint if proved else None
        return PublicRecord(
            credential_id=credential_id,
            zone=zone,
            state=state,
            signed_part=signed_part,
            leaf=proved.leaf if proved and checkpoint else b"",
            leaf_index=proved.index if proved else None,
            proof=tuple(each.hex() for each in proved.proof) if proved else (),
            checkpoint=checkpoint.note if checkpoint else "",
            document_digest=document_digest,
            act=act,
            ground=ground,
            since=since if act else None,
        )
