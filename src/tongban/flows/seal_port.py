"""What a zone keeps of its seal: who put it to use, every use, every refusal; the port that flows use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tongban.domain.seal.events import Custodian, SealAct
from tongban.domain.seal.state import Seal
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

LICENCE, COMPOSITE, PAPER = "licence", "composite", "paper"
"""The kinds of documents that are sealed."""
CUSTODY = "custody"
"""In the register of refusals: a custodian's secret that did not open the key, under login and day."""


@dataclass(frozen=True, slots=True)
class SealOrder:
    """A document that somebody wants sealed, and what it says it rests on. Nothing of it is believed.

    Args:
        kind: ``licence``, ``composite`` or ``paper``.
        document_id: number of the licence, or the document's id for addresses.
        printed_number: as the authority writes it.
        version: of the event in the case's history that lets it be sealed.
        zone: whose seal is asked for.
        source_digest: hex SHA-256 of what the event left to be printed: the signed part of a licence, or the
            document as data.
        drawn: the bytes to be sealed.
        drawn_digest: their hex SHA-256, told by whoever drew them.
    """

    kind: str
    document_id: str
    printed_number: str
    case_id: CaseId
    version: int
    zone: str
    source_digest: str
    drawn: bytes
    drawn_digest: str


@dataclass(frozen=True, slots=True)
class SealUse:
    """The seal was allowed to move, once, for one document.

    Args:
        drawn_digest, drawn_bytes: hex SHA-256 and length of the document as it was before the seal; a sealed
            document begins with just these bytes.
        activation: number of the act that put the seal to use.
        first, second: the custodians of that shift.
        salt: 128 bits of chance, with which the leaf tells case and custodians as a hash.
        sealed_digest: hex SHA-256 of the sealed document; empty until it is kept.
        number: in the register; 0 before it is kept.
    """

    kind: str
    document_id: str
    printed_number: str
    case_id: CaseId
    version: int
    event: str
    drawn_digest: str
    drawn_bytes: int
    activation: int
    first: Custodian
    second: Custodian
    at: datetime
    salt: str
    sealed_digest: str = ""
    number: int = 0

    @property
    def leaf_key(self) -> str:
        """Under which its leaf is filed; a document drawn anew in another shift is another use."""
        return f"seal-use:{self.kind}:{self.document_id}:{self.activation}:{self.drawn_digest[:16]}"


@dataclass(frozen=True, slots=True)
class FiledUse:
    """A use with its leaf in the ledger.

    Args:
        leaf, leaf_index, proof, checkpoint: as in ``public_record_port.PublicRecord``.
    """

    use: SealUse
    leaf: bytes
    leaf_index: int | None
    proof: tuple[str, ...]
    checkpoint: str


@dataclass(frozen=True, slots=True)
class SealRefusal:
    """The seal did not move for a document.

    Args:
        code: of the first reason; says: every reason; source: law key of the first.
        first_at, at: when it was refused first and last; times: how often.
        is_waiting: nothing is wrong with the document, and it is sealed once the seal may move.
        number: in the register; 0 before it is kept.
    """

    kind: str
    document_id: str
    case_id: CaseId
    version: int
    code: str
    says: Text
    source: str
    first_at: datetime
    at: datetime
    is_waiting: bool
    times: int = 1
    number: int = 0


class SealKey(Protocol):
    """The key under the seal: opened by two custodians' secrets for one shift, in one process' memory."""

    def give(self, custodian: str, secret: str, ends_at: datetime, waits_until: datetime) -> bool:
        """Take one custodian's secret for a shift; return whether the key is open for it now.

        Args:
            custodian: login.
            ends_at: when the shift ends and the key closes by itself; two have to give theirs for the same.
            waits_until: how long this one waits for the other.

        Raises:
            Refused: ``seal.wrong-secret`` or ``seal.no-share``.
            Fault: whoever keeps the key is away.
        """

    def is_open(self) -> bool:
        """Say whether the key is open; False when whoever keeps it is away."""

    def close(self) -> None:
        """Let go of the key at once, and of every secret that waits for another."""


class Seals(Protocol):
    """The seal of this zone. Acts and uses are only ever added."""

    def read(self) -> Seal:
        """Return the seal as its acts leave it."""

    def take(self) -> Seal:
        """Return the seal, and let nobody else take it until this unit ends; only inside a unit."""

    def record(self, act: SealAct) -> SealAct:
        """Add an act; return it with its number. Only with the seal taken."""

    def acts(self, limit: int) -> Sequence[SealAct]:
        """Return the newest acts, newest first."""

    def count_hour(self, hour: datetime) -> int:
        """Return how often the seal moved in the hour of the clock that begins at an instant."""

    def find_use(self, kind: str, document_id: str) -> SealUse | None:
        """Return the newest use for a document, or None."""

    def find_filed(self, sealed_digest: str) -> FiledUse | None:
        """Return the use that ended in a sealed document of this hex SHA-256, with its leaf, or None."""

    def add_use(self, use: SealUse, hour: datetime) -> SealUse:
        """Add a use and count it in its hour; return it with its number. Only with the seal taken."""

    def finish_use(self, number: int, sealed_digest: str) -> None:
        """Note the sealed document of a use, once; it no longer waits."""

    def refuse(self, refusal: SealRefusal) -> None:
        """Keep a refusal; the same for the same document is counted, not listed again."""

    def find_waiting(self, case_id: CaseId) -> SealRefusal | None:
        """Return why a document of a case waits, the newest reason; None when none does."""

    def claim_waiting(self, before: datetime, now: datetime, limit: int) -> Sequence[SealRefusal]:
        """Return documents that wait and were last looked at before an instant, the longest first.

        They count as looked at ``now``, so that two who ask do not get the same ones.
        """
