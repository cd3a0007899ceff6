"""The tables. Only the store and the reads know them."""

from tongban.store.models.agenda import AgendaEntry, FiredEntry
from tongban.store.models.alliance import AllianceAct
from tongban.store.models.bundles import BundleReceipt
from tongban.store.models.cases import CaseEvent, CaseIndex, CaseKey
from tongban.store.models.credentials import Credential
from tongban.store.models.desk import (
    CaseAssignment,
    CaseNote,
    DeskAbsence,
    DeskConflict,
    DeskDraft,
    DeskMember,
    DeskTeam,
)
from tongban.store.models.files import OfferedFile, StoredFile, WantedFile
from tongban.store.models.guard import (
    DriftAlarm,
    LaterCheck,
    MachineOpinion,
    Proposal,
    RailAct,
    ReplayDrift,
    ReplayRun,
    RuleTable,
    ShadowDifference,
    WatchBlock,
    WatchCursor,
)
from tongban.store.models.hall import (
    HallAppointment,
    HallIntake,
    HallIntakeConflict,
    HallPickup,
    HallRange,
    HallSerial,
    HallSlot,
    HallTicket,
)
from tongban.store.models.inquiries import Inquiry
from tongban.store.models.item_checks import ItemCheck
from tongban.store.models.ledger import Checkpoint, LedgerLeaf, LedgerNode
from tongban.store.models.liaison import Matter, ZoneAct
from tongban.store.models.mandates import Mandate
from tongban.store.models.messages import IncomingMessage, OutgoingMessage, PeerChannel
from tongban.store.models.notices import Notice
from tongban.store.models.notifications import Notification, NotificationChannel
from tongban.store.models.papers import Paper, PaperSerial
from tongban.store.models.parties import ROLE_NAMES, Account, ApiToken
from tongban.store.models.prechecks import Precheck
from tongban.store.models.ratings import Rating
from tongban.store.models.registers import HeldRecord
from tongban.store.models.seals import SealAct, SealHour, SealRefusal, SealUse
from tongban.store.models.supervision import SupervisionAlert, SupervisionHandling, SupervisionMark
from tongban.store.models.voices import PublishedAnswer, Voice

__all__ = [
    "ROLE_NAMES",
    "Account",
    "AgendaEntry",
    "AllianceAct",
    "ApiToken",
    "BundleReceipt",
    "CaseAssignment",
    "CaseEvent",
    "CaseIndex",
    "CaseKey",
    "CaseNote",
    "Checkpoint",
    "Credential",
    "DeskAbsence",
    "DeskConflict",
    "DeskDraft",
    "DeskMember",
    "DeskTeam",
    "DriftAlarm",
    "FiredEntry",
    "HallAppointment",
    "HallIntake",
    "HallIntakeConflict",
    "HallPickup",
    "HallRange",
    "HallSerial",
    "HallSlot",
    "HallTicket",
    "HeldRecord",
    "IncomingMessage",
    "Inquiry",
    "ItemCheck",
    "LaterCheck",
    "LedgerLeaf",
    "LedgerNode",
    "MachineOpinion",
    "Mandate",
    "Matter",
    "Notice",
    "Notification",
    "NotificationChannel",
    "OfferedFile",
    "OutgoingMessage",
    "Paper",
    "PaperSerial",
    "PeerChannel",
    "Precheck",
    "Proposal",
    "PublishedAnswer",
    "RailAct",
    "Rating",
    "ReplayDrift",
    "ReplayRun",
    "RuleTable",
    "SealAct",
    "SealHour",
    "SealRefusal",
    "SealUse",
    "ShadowDifference",
    "StoredFile",
    "SupervisionAlert",
    "SupervisionHandling",
    "SupervisionMark",
    "Voice",
    "WantedFile",
    "WatchBlock",
    "WatchCursor",
    "ZoneAct",
]
