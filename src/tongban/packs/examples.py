"""Play an example case through the real flows, in memory and with a key that everybody knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import cast

from tongban.crypto.sign import EcdsaP256Signer, KeyRecord
from tongban.domain.case.events import (
    Actor,
    ApplicantRef,
    CorrectionRequested,
    CredentialIssued,
    Recorded,
    Returned,
)
from tongban.domain.case.state import Case
from tongban.domain.credential.sd_jwt import compose_sd_jwt
from tongban.domain.evidence.exchange import HeldRecord
from tongban.domain.ledger.note import NoteKey
from tongban.domain.rules.evaluate import from_plain
from tongban.domain.rules.table import Mark
from tongban.flows.ask_for_person import ask_for_person
from tongban.flows.correct import correct
from tongban.flows.memory import MemoryClock, MemoryRegisters, memory_deps
from tongban.flows.memory_authorities import MemoryAuthorities
from tongban.flows.memory_shelf import Shelf
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.submit import Application, submit
from tongban.flows.watch_clocks import ask_again
from tongban.kernel.errors import Refused
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.moment import CHINA_STANDARD_TIME
from tongban.kernel.text import Text
from tongban.packs.load import PackCatalogue
from tongban.packs.parse_example import Example, Held
from tongban.packs.play_later import play_later, sign_all

_MORNING = time(10)
_CASE = "EXAMPLE-{number:08d}"
_WHO = Actor("applicant", "example", "演示申请人")
_REGISTER = Text("示例登记", "example register")


@dataclass(frozen=True, slots=True)
class Played:
    """What came of an example, in the words of ``Expected``.

    Args:
        marks: criterion to mark, of the assessment if there was one.
        history: every event, as the deciding zone has it.
    """

    stage: str
    outcome: str
    events: tuple[str, ...]
    ledger: int
    unmet: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    valid_until: date | None = None
    licence_state: str = ""
    checks: tuple[tuple[str, str], ...] = ()
    marks: Mapping[str, Mark] | None = None
    history: tuple[Recorded, ...] = ()


@dataclass(frozen=True, slots=True)
class ExampleSealer:
    """Signs licences of examples; its key is in this file, so they prove nothing to anybody."""

    signer: EcdsaP256Signer

    def seal_credential(self, always: Mapping[str, object], disclosable: Mapping[str, object]) -> str:
        """Return a real SD-JWT whose salts are counted: the same example gives the same claims."""
        salts = [f"{number:022d}" for number in range(len(disclosable))]
        return compose_sd_jwt(self.signer, always, disclosable, salts).token


class NobodysDirectory:
    """Knows no keys: examples are never verified by a stranger."""

    def keys(self, use: str) -> Mapping[str, KeyRecord]:  # noqa: ARG002 - the port's shape
        """Return nothing."""
        return {}

    def log_key(self, zone: ZoneId) -> NoteKey | None:  # noqa: ARG002 - the port's shape
        """Return nothing."""
        return None

    def address(self, zone: ZoneId) -> str | None:  # noqa: ARG002 - the port's shape
        """No node has an address here."""
        return None


def play_example(example: Example, item_id: ItemId, catalogue: PackCatalogue) -> Played:
    """Hand the example in, let everything follow, and tell what came of it."""
    shelves = {zone: Shelf() for zone in catalogue.zones}
    network = _network(example, catalogue, shelves)
    for held in example.held:
        _keep(network[held.zone], held)
    here = network[example.received_in]
    case_id = CaseId(_CASE.format(number=1))
    application = Application(
        item_id,
        example.decided_in,
        _applicant(example),
        dict(example.answers),
        example.channel,
        pledges=sign_all(example, catalogue.get_item(item_id, example.decided_in)),
    )
    for deps in network.values():
        cast(MemoryAuthorities, deps.authorities).away.update(map(str, example.away))
    reachable = {zone: deps for zone, deps in network.items() if zone not in example.away}
    try:
        submit(case_id, application, _WHO, here)
    except Refused as refused:
        pointers = tuple(problem.pointer for problem in refused.problems)
        return Played("nothing", "refused", (), _count_leaves(shelves[example.decided_in]), refused=pointers)
    settle(reachable)
    if example.asks_for_person:
        ask_for_person(case_id, _WHO, here)
        settle(reachable)
    if example.corrections:
        correct(case_id, dict(example.corrections), _WHO, here)
        settle(reachable)
    if example.comes_back:
        for deps in network.values():
            cast(MemoryAuthorities, deps.authorities).away.clear()
            ask_again(deps)
        settle(network)
    play_later(example, case_id, network if example.comes_back else reachable)
    # Where the deciding zone is away, the case is still only with the zone that took it in.
    keeper = example.decided_in if shelves[example.decided_in].histories else example.received_in
    case = network[keeper].cases.find(case_id) or Case(case_id)
    return _tell(case, network[keeper].cases.history(case_id), _count_leaves(shelves[example.decided_in]))


def _network(
    example: Example, catalogue: PackCatalogue, shelves: Mapping[ZoneId, Shelf]
) -> dict[ZoneId, Deps]:
    at = datetime.combine(example.today, _MORNING, CHINA_STANDARD_TIME).astimezone(UTC)
    clock, directory = MemoryClock(at), NobodysDirectory()
    return {
        zone: memory_deps(
            zone, catalogue, clock, ExampleSealer(example_signer(zone, number)), directory, shelf
        )
        for number, (zone, shelf) in enumerate(shelves.items(), start=1)
    }


def example_signer(zone: ZoneId, number: int) -> EcdsaP256Signer:
    """Return a zone's signer for examples, whose key everybody knows."""
    return EcdsaP256Signer(f"{zone}#example", bytes([number]) * 32)


def _keep(deps: Deps, held: Held) -> None:
    as_of = deps.clock.now() - timedelta(days=held.held_days_ago)
    record = HeldRecord(held.kind, held.subject, held.facts, as_of, _REGISTER, held.trust)
    cast(MemoryRegisters, deps.registers).keep(record)


def _applicant(example: Example) -> ApplicantRef:
    who = example.applicant
    return ApplicantRef(who["kind"], who["id"], who["name"], who.get("mobile", ""))


def _count_leaves(shelf: Shelf) -> int:
    """Return how many leaves a case left; what the seal and its custodians did is told by themselves."""
    return sum(not key.startswith("seal-") for key in shelf.leaves)


def _tell(case: Case, history: tuple[Recorded, ...], leaves: int) -> Played:
    marks = _marks(case)
    events = [recorded.event for recorded in history]
    issued = next((event for event in events if isinstance(event, CredentialIssued)), None)
    return Played(
        stage=case.stage,
        outcome=_outcome(case),
        events=tuple(type(event).__name__ for event in events),
        ledger=leaves,
        unmet=tuple(name for name, mark in marks.items() if mark is Mark.UNMET),
        unknown=tuple(name for name, mark in marks.items() if mark is Mark.UNKNOWN),
        corrected=tuple(
            problem.pointer
            for event in events
            if isinstance(event, CorrectionRequested | Returned)
            for problem in event.problems
        ),
        told=tuple((str(zone), notice) for zone, notice in case.notified),
        valid_until=issued.valid_until if issued else None,
        licence_state=case.licence_state,
        checks=tuple(sorted((check.id, check.outcome or "open") for check in case.checks.values())),
        marks=marks,
        history=history,
    )


def _marks(case: Case) -> dict[str, Mark]:
    if case.assessment is None:
        return {}
    assessment = from_plain(case.assessment.record)
    return {row.criterion: mark for row, mark in zip(assessment.rows, assessment.marks, strict=True)}


def _outcome(case: Case) -> str:
    if case.decision is not None and case.decision.granted:
        return "grant"
    if case.decision is not None:
        return "denied"
    if case.stage == "returned":
        return "returned"
    if case.needs_person and case.stage not in ("elsewhere", "published"):
        return "refer"
    return "correct" if case.stage == "correcting" else "wait"
