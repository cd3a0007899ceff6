"""Three zones in one process that speak the real protocol, over a wire that can be cut."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from tests.builders import TUESDAY, ZONES, SealerForTests, catalogue, issue_signer, key_record
from tongban.crypto.sign import Ed25519Signer, KeyRecord
from tongban.federation.client import Tally
from tongban.federation.directory import FileDirectory, compose_key_file
from tongban.federation.envelope import Header, seal_message
from tongban.federation.exchange import PeerExchange
from tongban.federation.inbound import Response
from tongban.federation.limits import LIFETIME
from tongban.federation.station import Station
from tongban.federation.transport import Answered, away
from tongban.flows.memory import MemoryClock, MemoryJobs, memory_deps
from tongban.flows.memory_messages import MemoryMessages
from tongban.flows.memory_shelf import Shelf
from tongban.flows.message_store import ChannelHead
from tongban.flows.ports import Deps
from tongban.flows.reactions import FLOWS
from tongban.kernel.errors import Fault
from tongban.kernel.ids import CaseId, MessageId, ZoneId

Tamper = Callable[[ZoneId, str, bytes], bytes]


def message_signer(zone: ZoneId, number: int = 1) -> Ed25519Signer:
    """Return a zone's message key for tests."""
    return Ed25519Signer(f"{zone}#msg{number}", bytes([40 + 10 * number + ZONES.index(zone)]) * 32)


def message_key(signer: Ed25519Signer, zone: ZoneId, use: str = "msg") -> KeyRecord:
    """Return what is publicly known of a key."""
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    return KeyRecord(signer.kid, "Ed25519", use, zone, signer.public_jwk(), start, end)


def log_signer(zone: ZoneId) -> Ed25519Signer:
    """Return a zone's ledger key for tests: no message may be signed with it."""
    return Ed25519Signer(f"{zone}#log1", bytes([90 + ZONES.index(zone)]) * 32)


def write_directory(folder: Path) -> None:
    """Write the public keys of all zones, one file each."""
    for zone in ZONES:
        records = [
            message_key(message_signer(zone), zone),
            message_key(log_signer(zone), zone, "log"),
            key_record(zone),
        ]
        (folder / f"{zone}.json").write_bytes(compose_key_file(records))


@dataclass
class Wire:
    """The way between zones of one process.

    Args:
        down: zones that cannot be reached.
        deaf: zones whose answers get lost on the way back, although the message arrived.
        without_batches: zones whose nodes know no batches.
        tamper: changes what is sent, as an attacker on the way would.
        sent: (zone, path, content) of everything that set out.
        pieces: changes what comes of a file, given its path and first byte; may raise Fault.
        asked_pieces: zone and first byte of every piece of a file that was asked for.
    """

    nodes: dict[ZoneId, PeerExchange] = field(default_factory=dict)
    down: set[ZoneId] = field(default_factory=set)
    deaf: set[ZoneId] = field(default_factory=set)
    without_batches: set[ZoneId] = field(default_factory=set)
    tamper: Tamper | None = None
    answers: Callable[[str, Response], Response] | None = None
    sent: list[tuple[ZoneId, str, bytes]] = field(default_factory=list)
    pieces: Callable[[str, int, Answered], Answered] | None = None
    asked_pieces: list[tuple[ZoneId, int]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def post(self, url: str, content: bytes, media_type: str, max_bytes: int = 0) -> Answered:
        """Carry a request and bring back the answer; the hooks see messages one by one."""
        with self.lock:
            zone, path = self._find(url)
            self.sent.append((zone, path, content))
            if zone in self.down:
                raise away()
            is_batch = path == "exchange/batches"
            each = "exchange/messages" if is_batch else path
            parts = content.split(b"\n") if is_batch else [content]
            parts = [self.tamper(zone, each, part) for part in parts] if self.tamper else parts
            response = self._take(zone, path, b"\n".join(parts))
            if zone in self.deaf:
                raise away()
            if self.answers and is_batch and response.status == 200:
                response = self._change_answers(response)
            elif self.answers:
                response = self.answers(path, response)
            return Answered(response.status, response.body)

    def _take(self, zone: ZoneId, path: str, content: bytes) -> Response:
        node = self.nodes[zone]
        if path == "exchange/batches":
            return Response(404, b"") if zone in self.without_batches else node.accept_batch(content)
        return node.accept_message(content) if path == "exchange/messages" else node.accept_receipts(content)

    def _change_answers(self, response: Response) -> Response:
        """Let the hook change each answer of a batch, as if it had been given alone."""
        assert self.answers
        changed = []
        for told in json.loads(response.body)["answers"]:
            status = told.pop("status")
            one = self.answers("exchange/messages", Response(status, json.dumps(told).encode()))
            changed.append({**json.loads(one.body), "status": one.status})
        return Response(200, json.dumps({"answers": changed}).encode())

    def get(self, url: str, max_bytes: int) -> Answered:
        """Bring back a public record."""
        zone, path = self._find(url)
        if zone in self.down:
            raise away()
        response = self.nodes[zone].read_record(path.removeprefix("exchange/records/"))
        if len(response.body) > max_bytes:
            raise Fault("peer.too-long", away().text)
        return Answered(response.status, response.body)

    def get_piece(self, url: str, begins_at: int, length: int) -> Answered:
        """Bring back a part of a file."""
        zone, path = self._find(url)
        self.asked_pieces.append((zone, begins_at))
        if zone in self.down:
            raise away()
        asked = f"bytes={begins_at}-{begins_at + length - 1}"
        told = self.nodes[zone].read_file(path.removeprefix("exchange/files/"), asked)
        answered = Answered(told.status, told.body)
        answered = self.pieces(path, begins_at, answered) if self.pieces else answered
        if len(answered.body) > length:
            raise Fault("peer.too-long", away().text)
        return answered

    def messages_to(self, zone: ZoneId) -> list[bytes]:
        """Return the messages that were sent to a zone, every attempt."""
        requests = [content for to, path, content in self.sent if to == zone and path in _WITH_MESSAGES]
        return [message for content in requests for message in content.split(b"\n")]

    def _find(self, url: str) -> tuple[ZoneId, str]:
        zone, path = url.removeprefix("http://").split("/", 1)
        return ZoneId(zone), path


_WITH_MESSAGES = ("exchange/messages", "exchange/batches")


@dataclass
class Network:
    """Zones, the wire between them, and what each keeps."""

    wire: Wire
    clock: MemoryClock
    folder: Path
    shelves: dict[ZoneId, Shelf]

    def node(self, zone: ZoneId) -> PeerExchange:
        """Return a zone's end of the federation."""
        return self.wire.nodes[zone]

    def deps(self, zone: ZoneId) -> Deps:
        """Return a zone's ports."""
        return self.node(zone).station.deps

    def all_deps(self) -> Mapping[ZoneId, Deps]:
        """Return every zone's ports."""
        return {zone: node.station.deps for zone, node in self.wire.nodes.items()}

    def settle(self) -> None:
        """Run wake-ups and send what is due until nothing more happens."""
        while sum(self._work(zone) for zone in self.wire.nodes):
            pass

    def _work(self, zone: ZoneId) -> bool:
        deps = self.deps(zone)
        assert isinstance(deps.jobs, MemoryJobs)
        waiting = deps.jobs.waiting()
        for name, arguments in waiting:
            FLOWS[name](CaseId(arguments["case_id"]), deps)
            deps.jobs.done(name, arguments)
        tally = self.deliver(zone)
        fetched = self.node(zone).fetch()
        return bool(waiting) or sum(tally.counts.values()) + fetched > 0

    def deliver(self, zone: ZoneId) -> Tally:
        """Send what is due from one zone."""
        return self.node(zone).deliver()


def a_network(folder: Path, at: datetime = TUESDAY) -> Network:
    """Return three zones that know each other's keys from real files."""
    write_directory(folder)
    wire, clock, shelves = Wire(), MemoryClock(at), {}
    directory = FileDirectory(folder, {zone: f"http://{zone}" for zone in ZONES})
    for zone in ZONES:
        shelves[zone] = shelf = Shelf()
        deps = memory_deps(zone, catalogue(), clock, SealerForTests(issue_signer(zone)), directory, shelf)
        messages = MemoryMessages(shelf, zone, clock)
        station = Station(deps, messages, message_signer(zone), directory.address)
        wire.nodes[zone] = PeerExchange(station, wire)
    return Network(wire, clock, folder, shelves)


def a_header(from_zone: ZoneId, to_zone: ZoneId, type_: str, **changes: object) -> Header:
    """Return an envelope's header as an honest zone would write it on TUESDAY, with changes."""
    header = Header(MessageId("m-1"), from_zone, to_zone, type_, TUESDAY, TUESDAY + LIFETIME)
    return replace(header, **changes)  # type: ignore[arg-type]


def sealed(
    header: Header, body: Mapping[str, object], head: ChannelHead | None = None,
    signer: Ed25519Signer | None = None,
) -> bytes:  # fmt: skip
    """Return a message signed by its sender, or by whom the test wants."""
    return seal_message(signer or message_signer(header.from_zone), header, head or ChannelHead(), body)
