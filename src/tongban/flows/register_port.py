"""What the flows ask of the zone's own registers."""

from collections.abc import Iterable
from typing import Protocol

from tongban.domain.evidence.exchange import HeldRecord
from tongban.kernel.ids import EvidenceKindId


class Registers(Protocol):
    """The zone's own registers of what it holds."""

    def find(self, kind: EvidenceKindId, subject: str) -> HeldRecord | None:
        """Return the record, or None when nothing is held."""

    def preload(self, wanted: Iterable[tuple[EvidenceKindId, str]]) -> None:
        """Read many records with one question."""

    def keep(self, *records: HeldRecord) -> None:
        """Put records into the register; one of the same kind and subject is replaced.

        Raises, at the latest when the unit ends:
            Conflict: somebody wrote the row since it was looked up (``HeldRecord.revision``).
        """

    def load(self, *records: HeldRecord) -> None:
        """Put in what comes from outside; a row that a case has written meanwhile stays as it is."""
