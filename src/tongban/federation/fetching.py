"""Fetch the files that other zones have offered, piece by piece, until each is here (TB-FED 11).

What has come is kept, so a line that breaks costs one piece; nothing is believed before the whole is
compared.
"""

from dataclasses import dataclass, field

import structlog

from tongban.federation.codes import code_of
from tongban.federation.limits import FILES_AT_ONCE, MAX_PIECE_BYTES, WRONG_FILE_WAIT
from tongban.federation.retry import next_attempt
from tongban.federation.station import Station
from tongban.federation.transport import Transport, away
from tongban.flows.file_blob import blob_length
from tongban.flows.file_transfers import WantedFile
from tongban.flows.take_in_file import take_in_file
from tongban.kernel.errors import Fault, Refused
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text

log = structlog.get_logger("tongban.federation")

_PARTIAL, _NOT_FOUND = 206, 404


@dataclass(slots=True)
class _Round:
    """One run over what is due; a zone that turns out to be away is asked for nothing more in it."""

    station: Station
    transport: Transport
    away: dict[ZoneId, Fault] = field(default_factory=dict)


def fetch_files(station: Station, transport: Transport) -> int:
    """Fetch every file that is due, at most ``FILES_AT_ONCE``; return how many have arrived.

    Several workers may do so at once: each file is claimed by one of them. One that dies loses nothing.
    """
    run = _Round(station, transport)
    arrived = 0
    for _ in range(FILES_AT_ONCE):
        due = station.deps.transfers.claim_due(station.deps.clock.now(), 1)
        if not due:
            break
        arrived += _fetch(due[0], run)
    return arrived


def _fetch(wanted: WantedFile, run: _Round) -> bool:
    """Fetch one file as far as it goes now; return whether it is here."""
    deps = run.station.deps
    try:
        blob = _fetch_blob(wanted, run)
        take_in_file(wanted, blob, deps)
    except Fault as fault:
        return _fail(wanted, fault, run)
    except Refused as refused:
        # The very bytes that the signed offer names, and yet another file: asking again cannot mend it.
        log.error("file_refused", code=code_of(refused), peer=wanted.from_zone, blob=wanted.blob)
        deps.transfers.record_failure(wanted, code_of(refused), deps.clock.now(), None, keep=False)
        return False
    deps.transfers.drop_part(wanted)
    log.info("file_arrived", peer=wanted.from_zone, blob=wanted.blob, size_bytes=wanted.size_bytes)
    return True


def _fetch_blob(wanted: WantedFile, run: _Round) -> bytes:
    """Return the whole blob, going on behind what is here; raises Fault when the peer does not give it."""
    if wanted.from_zone in run.away:
        raise run.away[wanted.from_zone]
    transfers, clock = run.station.deps.transfers, run.station.deps.clock
    address = run.station.address(wanted.from_zone)
    if address is None:
        raise Fault("peer.no-address", _NO_ADDRESS)
    url = f"{address}/exchange/files/{wanted.blob}"
    blob, whole = bytearray(transfers.read_part(wanted)), blob_length(wanted.size_bytes)
    while len(blob) < whole:
        piece = _fetch_piece(url, len(blob), min(MAX_PIECE_BYTES, whole - len(blob)), run.transport)
        transfers.keep_part(wanted, len(blob), piece, clock.now())
        blob += piece
    return bytes(blob)


def _fetch_piece(url: str, begins_at: int, length: int, transport: Transport) -> bytes:
    answered = transport.get_piece(url, begins_at, length)
    if answered.status == _NOT_FOUND:
        raise Fault("file.not-here", _NOT_HERE)
    if answered.status != _PARTIAL or not answered.body:
        raise Fault("peer.busy", away().text)
    return answered.body


def _fail(wanted: WantedFile, fault: Fault, run: _Round) -> bool:
    if fault.code == "peer.away":
        run.away[wanted.from_zone] = fault
    deps = run.station.deps
    now = deps.clock.now()
    is_wrong = fault.code == "file.wrong-blob"
    if is_wrong or fault.code == "file.not-here":
        log.warning("file_not_taken", code=fault.code, peer=wanted.from_zone, blob=wanted.blob)
    again_at = next_attempt(wanted.attempts + 1, now, f"{run.station.zone}>{wanted.from_zone}")
    next_at = now + WRONG_FILE_WAIT if is_wrong else again_at
    deps.transfers.record_failure(wanted, fault.code, now, next_at, keep=not is_wrong)
    return False


_NO_ADDRESS = Text("名录中没有对方节点的地址。", "The directory gives no address for the other zone's node.")
_NOT_HERE = Text("对方节点没有这份文件。", "The other zone's node does not have this file.")
