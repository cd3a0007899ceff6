"""The federation in one hand, for the roof: wiring builds it, the machines' door and the worker call it."""

import json
from dataclasses import dataclass

from tongban.federation.acknowledge import accept_receipts
from tongban.federation.batch import accept_batch
from tongban.federation.client import Tally, deliver
from tongban.federation.fetching import fetch_files
from tongban.federation.files import Piece, read_piece
from tongban.federation.inbound import Response, accept_message
from tongban.federation.limits import (
    MAX_BATCH_BYTES,
    MAX_MESSAGE_BYTES,
    MAX_RECEIPTS_BYTES,
    PROTOCOL,
    RETRY_AFTER_SECONDS,
)
from tongban.federation.records import compose_record, may_be_licence
from tongban.federation.station import Station
from tongban.federation.transport import Transport
from tongban.kernel.ids import CredentialId, ZoneId


@dataclass(frozen=True, slots=True)
class PeerExchange:
    """Everything a node does with other nodes. One for a process; safe for several threads.

    Args:
        station: this zone's ports and message key.
        transport: the way to the peers.
    """

    station: Station
    transport: Transport

    max_message_bytes = MAX_MESSAGE_BYTES
    max_batch_bytes = MAX_BATCH_BYTES
    max_receipts_bytes = MAX_RECEIPTS_BYTES
    retry_after_seconds = RETRY_AFTER_SECONDS

    def accept_message(self, raw: bytes) -> Response:
        """Take in what a peer posted to ``/exchange/messages``."""
        return accept_message(raw, self.station)

    def accept_batch(self, raw: bytes) -> Response:
        """Take in what a peer posted to ``/exchange/batches``."""
        return accept_batch(raw, self.station)

    def accept_receipts(self, raw: bytes) -> Response:
        """Take in what a peer posted to ``/exchange/receipts``."""
        return accept_receipts(raw, self.station)

    def read_record(self, credential_id: str) -> Response:
        """Answer what this zone says publicly about one of its licences, or 404."""
        deps = self.station.deps
        asked = CredentialId(credential_id)
        record = deps.records.find(deps.zone, asked) if may_be_licence(credential_id) else None
        if record is None:
            return Response(404, json.dumps({"code": "record.not-here"}).encode("ascii"))
        return Response(200, compose_record(record))

    def read_file(self, blob: str, asked: str = "") -> Piece:
        """Answer the locked bytes of a file that this zone has offered, or the part that ``asked`` names."""
        return read_piece(blob, asked, self.station.deps)

    def read_health(self) -> Response:
        """Answer who this is and which protocol it speaks; asks no database."""
        return Response(200, json.dumps({"zone": self.station.zone, "protocol": PROTOCOL}).encode("ascii"))

    def deliver(self, to_zone: ZoneId | None = None) -> Tally:
        """Send what is due; called by the worker when something is queued, and now and then for retries."""
        return deliver(self.station, self.transport, to_zone)

    def fetch(self) -> int:
        """Fetch the files that other zones have offered; called by the worker as ``deliver`` is."""
        return fetch_files(self.station, self.transport)
