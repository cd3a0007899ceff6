"""What one zone keeps in memory, and the unit of work over it."""

import copy
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tongban.domain.assignment import (
    Absence,
    Assignment,
    CaseNote,
    DeclaredConflict,
    DeskDraft,
    DeskOfficer,
    Team,
)
from tongban.domain.bundle.opened import OpenedBundle
from tongban.domain.case.events import Recorded
from tongban.domain.evidence.exchange import HeldRecord
from tongban.domain.hall.appointment import Appointment
from tongban.domain.hall.provisional import Intake, IntakeConflict
from tongban.domain.hall.ticket import QueueTicket
from tongban.domain.inquiry import Inquiry
from tongban.domain.liaison.acts import ZoneAct
from tongban.domain.mandate import Mandate
from tongban.domain.precheck import Precheck
from tongban.domain.standard.acts import RecordedAct
from tongban.flows.file_transfers import OfferedFile, WantedFile
from tongban.flows.guard_ports import LaterCheck, RailAct
from tongban.flows.item_check_store import ItemCheck
from tongban.flows.liaison_port import Matter
from tongban.flows.memory_agenda import AgendaShelf
from tongban.flows.memory_intakes import GivenRange
from tongban.flows.memory_notifications import MessageRow
from tongban.flows.memory_papers import PaperShelf
from tongban.flows.memory_seals import SealShelf
from tongban.flows.memory_supervision import SupervisionShelf
from tongban.flows.memory_voices import VoiceShelf
from tongban.flows.message_store import ChannelHead, Received
from tongban.flows.notice_store import Notice
from tongban.flows.notification_store import Channel
from tongban.flows.ports import Issued, Outgoing
from tongban.flows.rating_store import Rating
from tongban.kernel.ids import BundleNumber, CaseId, CredentialId, EvidenceKindId, ItemId, MessageId, ZoneId


@dataclass
class Shelf:
    """Everything one zone keeps, so that a unit can put it back as it was."""

    histories: dict[CaseId, tuple[Recorded, ...]] = field(default_factory=dict)
    records: dict[tuple[EvidenceKindId, str], HeldRecord] = field(default_factory=dict)
    messages: list[tuple[Outgoing, dict[str, object], int]] = field(default_factory=list)
    jobs: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    leaves: dict[str, bytes] = field(default_factory=dict)
    bundles: dict[BundleNumber, OpenedBundle] = field(default_factory=dict)
    credentials: dict[CredentialId, Issued] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    loose: dict[str, datetime] = field(default_factory=dict)
    file_names: dict[str, str] = field(default_factory=dict)
    offered: dict[tuple[CaseId, str], OfferedFile] = field(default_factory=dict)
    wanted: dict[tuple[CaseId, str], WantedFile] = field(default_factory=dict)
    wanted_at: dict[tuple[CaseId, str], datetime | None] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)
    sealed: dict[MessageId, bytes] = field(default_factory=dict)
    receipts: dict[MessageId, str] = field(default_factory=dict)
    due_at: dict[MessageId, datetime | None] = field(default_factory=dict)
    received: dict[tuple[ZoneId, MessageId], Received] = field(default_factory=dict)
    heads: dict[tuple[ZoneId, str], ChannelHead] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    alliance: dict[str, RecordedAct] = field(default_factory=dict)
    zone_acts: dict[str, tuple[str, ZoneAct]] = field(default_factory=dict)
    matters: dict[str, Matter] = field(default_factory=dict)
    last_serial: int = 0
    rule_tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    rail_acts: list[RailAct] = field(default_factory=list)
    later_checks: dict[CaseId, LaterCheck] = field(default_factory=dict)
    papers: PaperShelf = field(default_factory=PaperShelf)
    ratings: dict[tuple[CaseId, str], Rating] = field(default_factory=dict)
    inquiries: dict[tuple[str, ZoneId], Inquiry] = field(default_factory=dict)
    prechecks: dict[CaseId, Precheck] = field(default_factory=dict)
    item_checks: dict[ItemId, ItemCheck] = field(default_factory=dict)
    tickets: dict[tuple[date, str], QueueTicket] = field(default_factory=dict)
    ticket_serials: dict[tuple[date, str], int] = field(default_factory=dict)
    appointments: dict[str, Appointment] = field(default_factory=dict)
    mandates: dict[str, Mandate] = field(default_factory=dict)
    mobiles: dict[str, str] = field(default_factory=dict)
    voices: VoiceShelf = field(default_factory=VoiceShelf)
    agenda: AgendaShelf = field(default_factory=AgendaShelf)
    ranges: list[GivenRange] = field(default_factory=list)
    intakes: dict[str, Intake] = field(default_factory=dict)
    conflicts: dict[tuple[str, str], IntakeConflict] = field(default_factory=dict)
    settled: dict[tuple[str, str], tuple[str, datetime]] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    desk_officers: dict[str, DeskOfficer] = field(default_factory=dict)
    assignments: dict[CaseId, tuple[Assignment, ...]] = field(default_factory=dict)
    declared: dict[tuple[str, str, str], DeclaredConflict] = field(default_factory=dict)
    absences: dict[str, Absence] = field(default_factory=dict)
    case_notes: dict[str, CaseNote] = field(default_factory=dict)
    desk_drafts: dict[CaseId, DeskDraft] = field(default_factory=dict)
    told: dict[int, MessageRow] = field(default_factory=dict)
    channels: dict[tuple[str, str], tuple[str, Channel]] = field(default_factory=dict)
    pickups: dict[CaseId, tuple[str, str, datetime]] = field(default_factory=dict)
    supervision: SupervisionShelf = field(default_factory=SupervisionShelf)
    seals: SealShelf = field(default_factory=SealShelf)


class MemoryUnit:
    """One transaction: what is written inside is put back when it fails."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._depth = 0
        self._is_broken = False

    def __call__(self) -> AbstractContextManager[None]:
        """Enter, or join the unit that is open."""
        return self._enter()

    @contextmanager
    def _enter(self) -> Iterator[None]:
        before = copy.copy(self._shelf.__dict__) if self._depth == 0 else None
        if before is not None:
            before = {name: copy.copy(value) for name, value in before.items()}
        self._depth += 1
        written = self._count_writes()
        try:
            yield
            if before is not None and self._is_broken:
                raise RuntimeError("a unit inside this one failed half-way and was ignored")
        except BaseException:
            self._is_broken = self._is_broken or self._count_writes() != written
            if before is not None:
                self._shelf.__dict__.update(before)
            raise
        finally:
            self._depth -= 1
            if before is not None:
                self._is_broken = False

    def _count_writes(self) -> tuple[object, ...]:
        """Something that is different after every write: which things are kept, and how many of each."""
        return tuple(
            (id(kept), len(kept)) if isinstance(kept, (dict, list)) else kept
            for kept in self._shelf.__dict__.values()
        )
