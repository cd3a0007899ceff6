"""The port through which the public part of any zone's register of licences is asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tongban.kernel.ids import CredentialId, ZoneId


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """What a zone says publicly about a licence: enough to check it, nothing about its holder.

    Args:
        signed_part: the issuer-signed JWT, without disclosures.
        leaf: canonical bytes of the ledger leaf; empty while it waits for its place.
        leaf_index: place in the log; None while it waits.
        proof: hex hashes of the inclusion proof.
        checkpoint: the signed note; empty while there is none that covers the leaf.
        document_digest: hex SHA-256 of the sealed document, or empty.
        act, ground, since: which act led to the state, on which article, and when; empty and None while no
            act did.
    """

    credential_id: CredentialId
    zone: ZoneId
    state: str
    signed_part: str
    leaf: bytes
    leaf_index: int | None
    proof: tuple[str, ...]
    checkpoint: str
    document_digest: str
    act: str = ""
    ground: str = ""
    since: datetime | None = None


class PublicRecords(Protocol):
    """Public records of licences, this zone's and other zones'."""

    def find(self, zone: ZoneId, credential_id: CredentialId) -> PublicRecord | None:
        """Return a record, or None when that zone has none; raises Fault when the zone is away."""
