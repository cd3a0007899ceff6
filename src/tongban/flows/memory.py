"""Every port in memory: for tests, for playing examples, and as the plainest reading of each contract."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tongban.crypto.canonical import canonical
from tongban.domain.case.events import Recorded
from tongban.domain.case.later import find_wake_on, is_done_with
from tongban.domain.case.state import Case, fold
from tongban.domain.evidence.exchange import UNSEEN, HeldRecord
from tongban.domain.notification import OUTSIDE
from tongban.flows.memory_agenda import MemoryAgenda
from tongban.flows.memory_alliance import MemoryAllianceActs
from tongban.flows.memory_authorities import MemoryAuthorities
from tongban.flows.memory_bundles import MemoryBundles
from tongban.flows.memory_desk import MemoryDesk
from tongban.flows.memory_files import MemoryFiles, MemoryTransfers
from tongban.flows.memory_hall import memory_hall
from tongban.flows.memory_inquiries import MemoryInquiries
from tongban.flows.memory_item_checks import MemoryItemChecks
from tongban.flows.memory_liaison import MemoryLiaisonActs
from tongban.flows.memory_notices import MemoryNotices
from tongban.flows.memory_notifications import MemoryCarrier, MemoryChannels, MemoryNotifications
from tongban.flows.memory_papers import MemoryPapers
from tongban.flows.memory_prechecks import MemoryPrechecks
from tongban.flows.memory_press import NoRecords, PlainPress
from tongban.flows.memory_rails import MemoryRails, MemoryRuleTables
from tongban.flows.memory_ratings import MemoryRatings
from tongban.flows.memory_review import MemoryReviewBody
from tongban.flows.memory_seals import MemorySealKey, MemorySeals
from tongban.flows.memory_shelf import MemoryUnit, Shelf
from tongban.flows.memory_supervision import MemorySupervision
from tongban.flows.memory_voices import MemoryVoices
from tongban.flows.plan_agenda import plan_for
from tongban.flows.ports import (
    Catalogue,
    Deps,
    Directory,
    Issued,
    Outgoing,
    Sealer,
)
from tongban.flows.reactions import MACHINE
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, CredentialId, EvidenceKindId, ItemId, MessageId, ZoneId
from tongban.kernel.moment import civil_date


@dataclass
class MemoryClock:
    """A clock that stands until it is moved."""

    at: datetime

    def now(self) -> datetime:
        """Return the instant it was set to."""
        return self.at


class CountingChance:
    """Chance without surprise: counts, so that a replay draws other numbers but a test can name them."""

    def __init__(self, start: int = 0) -> None:
        self._drawn = start

    def token(self, length: int) -> str:
        """Return the next number, padded with zeros."""
        self._drawn += 1
        return f"{self._drawn:0{length}d}"

    def salts(self, count: int) -> Sequence[str]:
        """Return distinct salts of 22 base64url characters, as long as 128 bits."""
        return [f"salt{self.token(18)}" for _ in range(count)]

    def draw(self, below: int) -> int:
        """Return the last number below ``below``: nothing is ever chosen that is rarer than always."""
        return below - 1


class MemoryCases:
    """Histories in a dictionary."""

    def __init__(self, shelf: Shelf, zone: ZoneId) -> None:
        self._shelf, self._zone = shelf, zone

    def find(self, case_id: CaseId) -> Case | None:
        """Return the folded case, or None."""
        history = self._shelf.histories.get(case_id)
        return fold(case_id, history) if history else None

    def history(self, case_id: CaseId) -> tuple[Recorded, ...]:
        """Return every event in order."""
        return self._shelf.histories.get(case_id, ())

    def append(self, before: Case, events: Sequence[Recorded], after: Case) -> None:
        """Append; raises Conflict when the history is longer than was read."""
        history = self._shelf.histories.get(before.id, ())
        if len(history) != before.version:
            raise Conflict(f"{before.id}: read at {before.version}, now at {len(history)}")
        if after.version != before.version + len(events):
            raise ValueError(f"{before.id}: {len(events)} events do not lead to version {after.version}")
        self._shelf.histories = {**self._shelf.histories, before.id: (*history, *events)}

    def preload(self, case_ids: Iterable[CaseId]) -> None:
        """Nothing to read ahead of here."""

    def waiting_for_machine(self, limit: int) -> tuple[CaseId, ...]:
        """Return cases the machine can take further now, oldest first."""
        return self._some(waits_for_machine, limit)

    def received_before(self, at: datetime, limit: int) -> tuple[CaseId, ...]:
        """Return unanswered applications received before an instant, oldest first."""
        return self._some(
            lambda case: case.stage == "received" and case.received_at is not None and case.received_at < at,
            limit,
        )

    def waking_by(self, on: date, limit: int) -> tuple[CaseId, ...]:
        """Return cases on which time acts by a day, the longest due first."""
        due = [(find_wake_on(case), case) for case in self._own()]
        ready = sorted((wake, case.id) for wake, case in due if wake is not None and wake <= on)
        return tuple(case_id for _, case_id in ready[:limit])

    def of_applicant(self, applicant_id: str, item_ids: Sequence[ItemId]) -> tuple[CaseId, ...]:
        """Return an applicant's concluded cases of some items, oldest first."""

        def fits(case: Case) -> bool:
            is_theirs = case.applicant.id == applicant_id and case.item_id in item_ids
            return is_theirs and case.stage == "concluded"

        return self._some(fits, len(self._shelf.histories))

    def closed_by(self, on: date, item_ids: Sequence[ItemId], limit: int) -> tuple[CaseId, ...]:
        """Return cases with nothing left to do and no event since a day, the longest first."""
        closed = [
            (civil_date(self._shelf.histories[case.id][-1].at), case.id)
            for case in self._own()
            if is_done_with(case) and case.item_id in item_ids
        ]
        return tuple(case_id for since, case_id in sorted(closed)[:limit] if since <= on)

    def waiting_for_authority(self, limit: int) -> tuple[CaseId, ...]:
        """Return cases that lie with another authority, oldest first."""
        return self._some(lambda case: case.stage == "elsewhere", limit)

    def _own(self) -> list[Case]:
        cases = (fold(case_id, history) for case_id, history in self._shelf.histories.items())
        return [case for case in cases if case.deciding_zone == self._zone]

    def _some(self, wanted: Callable[[Case], bool], limit: int) -> tuple[CaseId, ...]:
        own = [case for case in self._own() if wanted(case)]
        own.sort(key=lambda case: (case.received_at is None, case.received_at, case.id))
        return tuple(case.id for case in own[:limit])


def waits_for_machine(case: Case) -> bool:
    """Say whether the machine can take a case further now (see ``Cases.waiting_for_machine``)."""
    match case.stage:
        case "received":
            return not case.pending and not case.needs_person
        case "accepted" | "granted":
            return True
    return False


class MemorySerials:
    """Counts up."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def next(self) -> int:
        """Return the next number."""
        self._shelf.last_serial += 1
        return self._shelf.last_serial


class MemoryRegisters:
    """Records in a dictionary."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def find(self, kind: EvidenceKindId, subject: str) -> HeldRecord | None:
        """Return the record, or None."""
        return self._shelf.records.get((kind, subject))

    def preload(self, wanted: Iterable[tuple[EvidenceKindId, str]]) -> None:
        """Nothing to read ahead of here."""

    def keep(self, *records: HeldRecord) -> None:
        """Put records into the register; raises Conflict when a row was written since it was read."""
        for record in records:
            known = self._shelf.records.get((record.kind, record.subject))
            revision = 0 if known is None else known.revision
            if 0 <= record.revision != revision:
                raise Conflict(f"{record.kind} of {record.subject}: read at {record.revision}")
            kept = replace(record, revision=revision + 1)
            self._shelf.records = {**self._shelf.records, (record.kind, record.subject): kept}

    def load(self, *records: HeldRecord) -> None:
        """Put in what comes from outside, but where a case has written."""
        for record in records:
            known = self._shelf.records.get((record.kind, record.subject))
            if known is None or not (known.cause or known.attested_as):
                self.keep(replace(record, revision=UNSEEN))


class MemoryExchange:
    """A queue of messages; ``flows.post_office`` carries them between zones in one process."""

    def __init__(self, shelf: Shelf, zone: ZoneId, clock: MemoryClock) -> None:
        self._shelf, self._zone, self._clock = shelf, zone, clock

    def post(
        self,
        to_zone: ZoneId,
        type_: str,
        body: Mapping[str, object],
        case_id: CaseId,
        reported_version: int = 0,
    ) -> MessageId:
        """Queue a message; the body must have a canonical form, as the real envelope demands."""
        canonical(body)
        message_id = MessageId(f"{self._zone}-{len(self._shelf.messages) + 1}")
        act = str(body.get("act", "")) if type_ == "case.act" else ""
        message = Outgoing(message_id, to_zone, type_, case_id, self._clock.now(), 0, "", None, act=act)
        self._shelf.messages.append((message, dict(body), reported_version))
        return message_id

    def reported_version(self, case_id: CaseId) -> int:
        """Return the last version that any message told."""
        return max(
            (told for message, _, told in self._shelf.messages if message.case_id == case_id), default=0
        )

    def outgoing(self, case_id: CaseId) -> tuple[Outgoing, ...]:
        """Return messages about a case, oldest first."""
        return tuple(message for message, _, _ in self._shelf.messages if message.case_id == case_id)

    def acts_elsewhere(self, limit: int) -> tuple[Outgoing, ...]:
        """Return the newest acts about cases that are not here."""
        acts = [m for m, _, _ in self._shelf.messages if m.act and m.case_id not in self._shelf.histories]
        return tuple(reversed(acts))[:limit]

    def undelivered(self) -> tuple[tuple[Outgoing, dict[str, object]], ...]:
        """Return what waits to be carried, oldest first."""
        return tuple((m, body) for m, body, _ in self._shelf.messages if m.is_on_its_way)

    def mark_delivered(self, message_id: MessageId) -> None:
        """Noted that the receiver has it."""
        self._shelf.messages = [
            (replace(m, delivered_at=self._clock.now()) if m.message_id == message_id else m, body, told)
            for m, body, told in self._shelf.messages
        ]

    def mark_failed(self, message_id: MessageId, fault: str, *, is_final: bool = False) -> None:
        """Noted one more attempt in vain; a final one is not made again."""
        at = self._clock.now() if is_final else None

        def noted(m: Outgoing) -> Outgoing:
            return replace(m, attempts=m.attempts + 1, last_fault=fault, given_up_at=at)

        self._shelf.messages = [
            (noted(m) if m.message_id == message_id else m, body, told)
            for m, body, told in self._shelf.messages
        ]


class MemoryJobs:
    """A list of wake-ups."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def defer(self, name: str, **arguments: str) -> None:
        """Add a wake-up; the same one that is already waiting is not added again."""
        if (name, arguments) not in self._shelf.jobs:
            self._shelf.jobs.append((name, arguments))

    def waiting(self) -> tuple[tuple[str, dict[str, str]], ...]:
        """Return what waits."""
        return tuple(self._shelf.jobs)

    def done(self, name: str, arguments: dict[str, str]) -> None:
        """Take a wake-up off the list."""
        self._shelf.jobs.remove((name, arguments))


class MemoryLedger:
    """Leaves by key."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def append(self, leaf_key: str, leaf: Mapping[str, object]) -> None:
        """Keep the first leaf under a key."""
        if leaf_key not in self._shelf.leaves:
            self._shelf.leaves = {**self._shelf.leaves, leaf_key: canonical(leaf)}


class MemoryCredentials:
    """Licences by number."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def save(self, issued: Issued) -> None:
        """Keep a licence once."""
        self._shelf.credentials.setdefault(issued.credential_id, issued)

    def find(self, credential_id: CredentialId) -> Issued | None:
        """Return a licence, or None."""
        return self._shelf.credentials.get(credential_id)

    def list_of_case(self, case_id: CaseId) -> tuple[Issued, ...]:
        """Return every credential kept with a case, in order of number."""
        return tuple(one for _, one in sorted(self._shelf.credentials.items()) if one.case_id == case_id)

    def set_document(self, credential_id: CredentialId, document_digest: str) -> None:
        """Noted its document."""
        kept = self._shelf.credentials[credential_id]
        self._shelf.credentials[credential_id] = replace(kept, document_digest=document_digest)

    def set_state(self, credential_id: CredentialId, state: str, act: str = "", ground: str = "") -> None:
        """Note its state."""
        kept = replace(self._shelf.credentials[credential_id], state=state, act=act, ground=ground)
        self._shelf.credentials = {**self._shelf.credentials, credential_id: kept}


def memory_deps(
    zone: ZoneId, catalogue: Catalogue, clock: MemoryClock, sealer: Sealer, directory: Directory,
    shelf: Shelf | None = None,
) -> Deps:  # fmt: skip
    """Return everything a flow may ask, in memory, for one zone."""
    shelf = shelf or Shelf()
    return Deps(
        zone=zone,
        machine=MACHINE,
        clock=clock,
        chance=CountingChance(),
        catalogue=catalogue,
        unit=MemoryUnit(shelf),
        cases=MemoryCases(shelf, zone),
        bundles=MemoryBundles(shelf),
        serials=MemorySerials(shelf),
        registers=MemoryRegisters(shelf),
        notices=MemoryNotices(shelf),
        jobs=MemoryJobs(shelf),
        ledger=MemoryLedger(shelf),
        credentials=MemoryCredentials(shelf),
        files=MemoryFiles(shelf),
        transfers=MemoryTransfers(shelf),
        authorities=MemoryAuthorities(clock),
        review_body=MemoryReviewBody(clock),
        exchange=MemoryExchange(shelf, zone, clock),
        sealer=sealer,
        press=PlainPress(),
        records=NoRecords(),
        directory=directory,
        agenda=MemoryAgenda(shelf, plan_for(catalogue, zone)),
        public_url=f"https://{zone}.example",
        rota=catalogue.seal.rota_of(zone),
        seal_key=MemorySealKey(catalogue.seal.secrets_of(zone), clock.now),
        supervision=MemorySupervision(shelf, zone),
        **_beside_the_cases(shelf),
    )


def _beside_the_cases(shelf: Shelf) -> dict[str, Any]:
    """Return the ports that hold what no case's history holds."""
    return {
        "rule_tables": MemoryRuleTables(shelf),
        "rails": MemoryRails(shelf),
        "papers": MemoryPapers(shelf),
        "alliance": MemoryAllianceActs(shelf),
        "liaison": MemoryLiaisonActs(shelf),
        "ratings": MemoryRatings(shelf),
        "item_checks": MemoryItemChecks(shelf),
        "inquiries": MemoryInquiries(shelf),
        "prechecks": MemoryPrechecks(shelf),
        "hall": memory_hall(shelf),
        "desk": MemoryDesk(shelf),
        "seals": MemorySeals(shelf),
        "notifications": MemoryNotifications(shelf),
        "channels": MemoryChannels(shelf),
        "carriers": {name: MemoryCarrier() for name in OUTSIDE},
        "voices": MemoryVoices(shelf),
    }
