"""Plays one application through three zones in memory and writes down every call that matters, in order.

A call is kept when it is a flow, or something that a flow asks of the domain, of crypto or of a port. The
in-memory adapters stand in for database, HTTP and printer, so nothing is recorded below a port.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, fields, replace
from types import FrameType
from typing import Any

from tests.builders import (
    AGENT,
    CHANGZHOU,
    SUZHOU,
    ZONES,
    DirectoryForTests,
    a_branch_application,
    a_network,
    keep_branch_records,
    key_record,
)
from tongban.crypto.sign import Ed25519Signer, KeyRecord
from tongban.domain.case.events import Recorded
from tongban.domain.credential.status import LicenceState
from tongban.domain.ledger.checkpoint import Checkpoint, sign_checkpoint
from tongban.domain.ledger.note import NoteKey, note_key
from tongban.domain.ledger.proof import inclusion_proof
from tongban.domain.ledger.tree import append, leaf_hash
from tongban.flows.ports import Deps, PublicRecord, Unit
from tongban.flows.post_office import settle
from tongban.flows.receive import Incoming
from tongban.flows.submit import submit
from tongban.flows.verify import Verdict, verify_number
from tongban.kernel.ids import CaseId, CredentialId, ZoneId

CASE = CaseId("SZ260303-WALK0001")
FLOWS, DOMAIN, CRYPTO = "tongban.flows.", "tongban.domain.", "tongban.crypto."
STAGEHANDS = ("memory", "file_transfers", "message_store", "ports", "post_office")
"""Modules of floor 3 that stand in for the outside; their insides are no part of the walk."""

WATCHERS = "tests.steps"
"""What stands between a flow and the domain only while tests are watched."""
QUIET_PORTS = {"clock", "chance", "catalogue", "directory", "unit"}
"""Pure readings, which are asked everywhere and change nothing; units are counted, not shown."""

ORIGIN = "changzhou.tongban.example/log"


@dataclass
class Call:
    """One call, with those that it made.

    Args:
        floor: 1 crypto, 2 domain, 3 a flow, 4 a port.
        zone: where it ran; empty for crypto and domain, which know no zone.
        notes: what it was given or gave back, as far as the walk tells it.
        transactions: how many units began and ended inside it; counted for the outermost calls only.
    """

    floor: int
    name: str
    zone: str = ""
    notes: list[str] = field(default_factory=list)
    inner: list["Call"] = field(default_factory=list)
    transactions: int = 0


@dataclass(frozen=True)
class Walk:
    """What happened: the calls, the histories they left in two zones, and the public check."""

    steps: tuple[Call, ...]
    decided: tuple[Recorded, ...]
    copied: tuple[Recorded, ...]
    leaves: tuple[str, ...]
    verdict: Verdict


class Recorder:
    """Listens to every call of this thread while its block lasts."""

    def __init__(self, network: Mapping[ZoneId, Deps]) -> None:
        self.top = Call(0, "")
        self._stack: list[Call | None] = []
        self._ports = {
            id(getattr(deps, part.name)): (part.name, str(zone))
            for zone, deps in network.items()
            for part in fields(Deps)
            if part.name not in QUIET_PORTS and not isinstance(getattr(deps, part.name), str)
        }

    def __enter__(self) -> "Recorder":
        sys.setprofile(self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def count_transaction(self) -> None:
        """Note that a unit ended in the outermost call that is running."""
        first = next((call for call in self._stack if call is not None), None)
        if first is not None:
            first.transactions += 1

    def _hear(self, frame: FrameType, event: str, result: Any) -> None:
        if event == "call":
            call = self._recognise(frame)
            if call is not None:
                self._above().inner.append(call)
                call.notes += describe_call(call.name, frame.f_locals)
            self._stack.append(call)
        elif event == "return" and self._stack:
            call = self._stack.pop()
            if call is not None:
                self._above().notes += describe_result(call.name, result)

    def _above(self) -> Call:
        return next((call for call in reversed(self._stack) if call is not None), self.top)

    def _recognise(self, frame: FrameType) -> Call | None:
        name, module = frame.f_code.co_name, str(frame.f_globals.get("__name__", ""))
        from_flow = is_flow(find_caller(frame))
        port = self._ports.get(id(frame.f_locals.get("self"))) if from_flow else None
        if port is not None and not name.startswith("_"):
            return Call(4, f"{port[0]}.{name}", port[1])
        if name.startswith(("_", "<")) or frame.f_code.co_qualname != name:
            return None
        if is_flow(module):
            deps = frame.f_locals.get("deps")
            zone = str(deps.zone) if isinstance(deps, Deps) else ""
            return Call(3, f"{module.removeprefix(FLOWS)}.{name}", zone)
        for floor, prefix in ((2, DOMAIN), (1, CRYPTO)):
            if from_flow and module.startswith(prefix):
                return Call(floor, f"{module.removeprefix('tongban.')}.{name}")
        return None


def find_caller(frame: FrameType) -> str:
    """Return the module from which a frame was called; what only watches in between is looked through."""
    above = frame.f_back
    while above is not None and str(above.f_globals.get("__name__", "")).startswith(WATCHERS):
        above = above.f_back
    return "" if above is None else str(above.f_globals.get("__name__", ""))


def is_stagehand(module: str) -> bool:
    """Say whether a module of floor 3 stands in for the outside."""
    name = module.removeprefix(FLOWS)
    return name in STAGEHANDS or name.startswith("memory_")


def is_flow(module: str) -> bool:
    """Whether a module is a flow and none of the stand-ins."""
    return module.startswith(FLOWS) and not is_stagehand(module)


def describe_call(name: str, given: Mapping[str, Any]) -> list[str]:
    """What a call was given, where the walk tells it."""
    match name:
        case "perform.perform":
            return [type(given["command"]).__name__]
        case "receive.receive":
            message: Incoming = given["message"]
            return [message.type, message.from_zone]
        case "exchange.post":
            return [f"{given['type_']} for {given['to_zone']}"]
        case "jobs.defer":
            return [given["name"]]
        case "registers.find":
            return [given["kind"]]
        case "ledger.append":
            return [given["leaf_key"].partition(":")[0]]
    return []


def describe_result(name: str, result: Any) -> list[str]:
    """What a call gave back, as a note on the call above it."""
    if name == "domain.case.decide.decide" and result is not None:
        return [type(event).__name__ for event in result]
    if name == "domain.rules.evaluate.evaluate" and result is not None:
        return [f"{len(result.marks)} criteria looked at: {result.outcome.value}"]
    return []


class CountedUnit:
    """A unit that tells the recorder each time an outermost one has ended."""

    def __init__(self, unit: Unit) -> None:
        self.recorder: Recorder | None = None
        self._unit, self._depth = unit, 0

    def __call__(self) -> AbstractContextManager[None]:
        """Enter, or join."""
        return self._enter()

    @contextmanager
    def _enter(self) -> Iterator[None]:
        self._depth += 1
        try:
            with self._unit():
                yield
        finally:
            self._depth -= 1
            if self._depth == 0 and self.recorder is not None:
                self.recorder.count_transaction()


def take_walk() -> Walk:
    """Hand in at Suzhou what Changzhou decides and Wuxi proves; let everything follow; check the licence."""
    network = {zone: replace(deps, unit=CountedUnit(deps.unit)) for zone, deps in a_network().items()}
    keep_branch_records(network)
    with Recorder(network) as recorder:
        for deps in network.values():
            deps.unit.recorder = recorder  # type: ignore[attr-defined]
        submit(CASE, a_branch_application(), AGENT, network[SUZHOU])
        settle(network)
    decided = network[CHANGZHOU]
    case = decided.cases.find(CASE)
    assert case is not None
    assert case.credential_id is not None
    asking = publish(network, case.credential_id)
    with Recorder({SUZHOU: asking}) as checking:
        verdict = verify_number(case.credential_id, "", asking)
    return Walk(
        steps=(*recorder.top.inner, *checking.top.inner),
        decided=decided.cases.history(CASE),
        copied=network[SUZHOU].cases.history(CASE),
        leaves=tuple(key.partition(":")[0] for key in leaves_of(decided)),
        verdict=verdict,
    )


def leaves_of(deps: Deps) -> dict[str, bytes]:
    """The leaves that a zone in memory keeps, by key and in order."""
    return deps.ledger._shelf.leaves  # type: ignore[attr-defined, no-any-return]


class DirectoryWithLog(DirectoryForTests):
    """Everybody's issuing keys, and the key of Changzhou's log."""

    def __init__(self, key: NoteKey) -> None:
        super().__init__(key_record(zone) for zone in ZONES)
        self._key = key

    def log_key(self, zone: ZoneId) -> NoteKey | None:
        """Return the key of Changzhou's log, None for the others."""
        return self._key if zone == CHANGZHOU else None


class OneRecord:
    """What Changzhou says publicly of one licence, as its node would."""

    def __init__(self, record: PublicRecord) -> None:
        self._record = record

    def find(self, zone: ZoneId, credential_id: CredentialId) -> PublicRecord | None:
        """Return the licence, if it is the one."""
        return self._record if (zone, credential_id) == (CHANGZHOU, self._record.credential_id) else None


def publish(network: Mapping[ZoneId, Deps], credential_id: CredentialId) -> Deps:
    """Give Changzhou's leaves their places, sign a checkpoint, and let Suzhou see the public record."""
    decided, asking = network[CHANGZHOU], network[SUZHOU]
    issued = decided.credentials.find(credential_id)
    assert issued is not None
    leaves = leaves_of(decided)
    growth = append(0, lambda _: {}, [leaf_hash(leaf) for leaf in leaves.values()])
    nodes = {(level, index): hash_ for level, index, hash_ in growth.nodes}
    signer = Ed25519Signer(f"{CHANGZHOU}#log1", bytes(32))
    start = decided.clock.now()
    public = KeyRecord(signer.kid, signer.alg, "log", CHANGZHOU, signer.public_jwk(), start, start)
    key = note_key(public, ORIGIN)
    index = list(leaves).index(issued.leaf_key)
    record = PublicRecord(
        credential_id=credential_id,
        zone=CHANGZHOU,
        state=LicenceState.VALID.value,
        signed_part=issued.token.partition("~")[0],
        leaf=leaves[issued.leaf_key],
        leaf_index=index,
        proof=tuple(each.hex() for each in inclusion_proof(index, growth.size, lambda _: nodes)),
        checkpoint=sign_checkpoint(Checkpoint(ORIGIN, growth.size, growth.root), key, signer),
        document_digest=issued.document_digest,
    )
    return replace(asking, directory=DirectoryWithLog(key), records=OneRecord(record))
