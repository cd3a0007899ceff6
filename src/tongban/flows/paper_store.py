"""What a zone keeps of its written documents; the port that flows write them through."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tongban.domain.paperwork.paper import Paper
from tongban.kernel.ids import CaseId


@dataclass(frozen=True, slots=True)
class KeptPaper:
    """A written document as the zone keeps it.

    Args:
        digest: hex SHA-256 of the document as data (``domain.case.plain`` in canonical form).
        file_digest: hex SHA-256 of its sealed PDF; empty while nobody has asked for it.
    """

    paper: Paper
    digest: str
    file_digest: str = ""


@dataclass(frozen=True, slots=True)
class PublicPaper:
    """What a zone says publicly about a document: enough to check it, nothing about whom it concerns.

    Args:
        digest: hex SHA-256 of the document as data.
        leaf, leaf_index, proof, checkpoint: as in ``ports.PublicRecord``.
    """

    paper_id: str
    number: str
    kind: str
    dated_on: date
    digest: str
    leaf: bytes
    leaf_index: int | None
    proof: tuple[str, ...]
    checkpoint: str


LEAF_KEY = "paper:{paper_id}"
"""Under which the ledger keeps the leaf of a document."""


class Papers(Protocol):
    """The written documents of this zone, and their numbers."""

    def claim_due(self, limit: int) -> tuple[CaseId, ...]:
        """Return cases in which something happened since their documents were written, the latest first.

        Asked inside a unit they are claimed: until it ends nobody else is given them.
        """

    def mark_written(self, case_id: CaseId, version: int) -> None:
        """Note up to which event the documents of a case are written."""

    def next_serial(self, series: str, year: int, count: int) -> int:
        """Return the first of so many consecutive numbers of a series.

        Others wait until this unit ends; when it fails the numbers are given out again, so none is missing.
        """

    def add(self, kept: KeptPaper) -> None:
        """Keep a document; a second one of the same kind after the same event is a Conflict."""

    def list_of(self, case_ids: Iterable[CaseId]) -> Mapping[CaseId, tuple[KeptPaper, ...]]:
        """Return the documents of cases in order of their events, with one question."""

    def find(self, paper_id: str) -> KeptPaper | None:
        """Return a document by its id, or None."""

    def find_public(self, paper_id: str) -> PublicPaper | None:
        """Return what is public of a document, or None; it stays when the case is erased."""

    def find_by_file(self, file_digest: str) -> PublicPaper | None:
        """Return what is public of the document whose sealed PDF has this digest, or None."""

    def set_file(self, paper_id: str, file_digest: str) -> None:
        """Note its sealed PDF."""
