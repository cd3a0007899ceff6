"""The tables. Only the store and the reads know them."""

from tongban.store.models.alliance import AllianceAct
from tongban.store.models.bundles import BundleReceipt
from tongban.store.models.cases import CaseEvent, CaseIndex, CaseKey
from tongban.store.models.credentials import Credential
from tongban.store.models.files import OfferedFile, StoredFile, WantedFile
from tongban.store.models.guard import (
    DriftAlarm,
    LaterCheck,
    Proposal,
    RailAct,
    ReplayDrift,
    ReplayRun,
    RuleTable,
    ShadowDifference,
    WatchBlock,
    WatchCursor,
)
from tongban.store.models.item_checks import ItemCheck
from tongban.store.models.ledger import Checkpoint, LedgerLeaf, LedgerNode
from tongban.store.models.messages import IncomingMessage, OutgoingMessage, PeerChannel
from tongban.store.models.notices import Notice
from tongban.store.models.papers import Paper, PaperSerial
from tongban.store.models.parties import ROLE_NAMES, Account, ApiToken
from tongban.store.models.ratings import Rating
from tongban.store.models.registers import HeldRecord

__all__ = [
    "ROLE_NAMES",
    "Account",
    "AllianceAct",
    "ApiToken",
    "BundleReceipt",
    "CaseEvent",
    "CaseIndex",
    "CaseKey",
    "Checkpoint",
    "Credential",
    "DriftAlarm",
    "HeldRecord",
    "IncomingMessage",
    "ItemCheck",
    "LaterCheck",
    "LedgerLeaf",
    "LedgerNode",
    "Notice",
    "OfferedFile",
    "OutgoingMessage",
    "Paper",
    "PaperSerial",
    "PeerChannel",
    "Proposal",
    "RailAct",
    "Rating",
    "ReplayDrift",
    "ReplayRun",
    "RuleTable",
    "ShadowDifference",
    "StoredFile",
    "WantedFile",
    "WatchBlock",
    "WatchCursor",
]
