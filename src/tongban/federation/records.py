"""Public records of licences over HTTP: this zone's for others, and other zones' for this one (TB-FED 8).

The way there needs no trust: whoever reads a record checks its signature, its proof and its checkpoint.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tongban.crypto.base64url import parse_base64url, to_base64url
from tongban.crypto.canonical import canonical
from tongban.crypto.jws import BadSignature, parse_object
from tongban.federation.limits import MAX_RECORD_BYTES
from tongban.federation.transport import Transport, away
from tongban.flows.ports import PublicRecord, PublicRecords
from tongban.kernel.errors import Fault
from tongban.kernel.ids import CredentialId, ZoneId
from tongban.kernel.text import Text

_LICENCE_ID = re.compile(r"[0-9A-Z.]{1,100}")
_OK, _NOT_FOUND = 200, 404
_MAX_PROOF_HASHES = 64
"""A log of 2**64 leaves."""


@dataclass(frozen=True, slots=True)
class PeerRecords:
    """The port ``PublicRecords``: this zone's own from the store, the others' by asking their nodes.

    Args:
        own: reads this zone's records.
        address: base URL of a zone's node, or None.
    """

    zone: ZoneId
    own: PublicRecords
    transport: Transport
    address: Callable[[ZoneId], str | None]

    def find(self, zone: ZoneId, credential_id: CredentialId) -> PublicRecord | None:
        """Return a record, or None when that zone has none.

        Raises:
            Fault: ``peer.away`` and the like: the zone could not be asked; ``peer.bad-record``: it answered
                something else.
        """
        if zone == self.zone:
            return self.own.find(zone, credential_id)
        address = self.address(zone)
        if address is None:
            raise away()
        if not may_be_licence(credential_id):
            return None
        answered = self.transport.get(f"{address}/exchange/records/{credential_id}", MAX_RECORD_BYTES)
        if answered.status == _NOT_FOUND:
            return None
        if answered.status != _OK:
            raise away()
        return parse_record(answered.body, zone, credential_id)


def may_be_licence(number: str) -> bool:
    """Say whether a text can be a licence number at all: what cannot is not looked for."""
    return _LICENCE_ID.fullmatch(number) is not None


def compose_record(record: PublicRecord) -> bytes:
    """Return a record as JSON."""
    return canonical(
        {
            "credential_id": record.credential_id,
            "zone": record.zone,
            "state": record.state,
            "signed_part": record.signed_part,
            "leaf": to_base64url(record.leaf),
            "leaf_index": record.leaf_index,
            "proof": record.proof,
            "checkpoint": record.checkpoint,
            "document_digest": record.document_digest,
            "act": record.act,
            "ground": record.ground,
            "since": record.since.isoformat() if record.since else "",
        }
    )


def parse_record(body: bytes, zone: ZoneId, credential_id: CredentialId) -> PublicRecord:
    """Read a record of a zone that was asked for one licence; raises Fault ``peer.bad-record``."""
    try:
        plain = parse_object(body)
        texts = {name: plain[name] for name in _TEXTS}
        # An older node says nothing of acts.
        told = {name: plain.get(name, "") for name in ("act", "ground", "since")}
        leaf, index, proof = plain["leaf"], plain["leaf_index"], plain["proof"]
        if (plain["credential_id"], plain["zone"]) != (credential_id, zone):
            raise ValueError("another licence")
        if not all(isinstance(text, str) for text in (*texts.values(), *told.values(), leaf)):
            raise ValueError("no text")
        if not isinstance(proof, list) or len(proof) > _MAX_PROOF_HASHES:
            raise ValueError("no proof")
        if index is not None and (not isinstance(index, int) or isinstance(index, bool) or index < 0):
            raise ValueError("no index")
        return PublicRecord(
            credential_id=credential_id,
            zone=zone,
            state=str(texts["state"]),
            signed_part=str(texts["signed_part"]),
            leaf=parse_base64url(str(leaf)),
            leaf_index=index,
            proof=tuple(str(each) for each in proof),
            checkpoint=str(texts["checkpoint"]),
            document_digest=str(texts["document_digest"]),
            act=str(told["act"])[:_MAX_WORD],
            ground=str(told["ground"])[:_MAX_WORD],
            since=_read_since(str(told["since"])),
        )
    except (BadSignature, KeyError, ValueError) as error:
        raise Fault("peer.bad-record", _BAD_RECORD) from error


def _read_since(text: str) -> datetime | None:
    """Return the instant of an act, or None where none was; raises ValueError for what is no instant."""
    if not text:
        return None
    since = datetime.fromisoformat(text)
    if since.tzinfo is None:
        raise ValueError("no time zone")
    return since


_MAX_WORD = 80
_TEXTS = ("state", "signed_part", "checkpoint", "document_digest")
_BAD_RECORD = Text("对方节点的登记无法读取。", "The other zone's record cannot be read.")
