"""The port through which files go from the zone that holds them to the zone that needs them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from tongban.kernel.ids import CaseId, ZoneId


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file that this zone has offered to another one, which may fetch it as a blob.

    Args:
        blob: hex SHA-256 of the locked bytes; under this name they are fetched.
        digest: hex SHA-256 of the file.
        key: 32 bytes that lock this one blob and nothing else.
    """

    blob: str
    case_id: CaseId
    digest: str
    to_zone: ZoneId
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file that another zone has offered and that this zone fetches until it is here.

    Args:
        blob, digest, key: as in ``OfferedFile``; the key is empty once the file is here.
        size_bytes: length of the file; the blob is a little longer.
        wanted_at: since when this zone asks for it.
        attempts: how often it was asked for in vain.
        last_fault: why the last attempt failed, or empty.
        arrived_at: when it was here, whole and compared; None before.
        given_up_at: when what came turned out to be another file than the offer said; None otherwise.
    """

    case_id: CaseId
    digest: str
    from_zone: ZoneId
    blob: str
    key: bytes = field(repr=False)
    size_bytes: int
    name: str
    wanted_at: datetime
    attempts: int = 0
    last_fault: str = ""
    arrived_at: datetime | None = None
    given_up_at: datetime | None = None


class Transfers(Protocol):
    """Files on their way between zones, one row a file of a case in each direction."""

    def offer(self, offered: OfferedFile) -> None:
        """Keep an offer; Conflict when this file of this case was offered before."""

    def offered(self, case_id: CaseId) -> tuple[OfferedFile, ...]:
        """Return what this zone has offered of a case."""

    def find_offered(self, blob: str) -> OfferedFile | None:
        """Return the offer of a blob, or None."""

    def want(self, wanted: WantedFile) -> None:
        """Keep that a file is to be fetched, and wake a worker.

        Twice: nothing. Another blob for the same file takes the place of one that has not arrived.
        """

    def wanted(self, case_id: CaseId) -> tuple[WantedFile, ...]:
        """Return what this zone fetches or has fetched of a case, oldest first."""

    def claim_due(self, now: datetime, limit: int) -> tuple[WantedFile, ...]:
        """Take files whose hour has come, oldest first; nobody else is given them for a minute."""

    def read_part(self, wanted: WantedFile) -> bytes:
        """Return what has come of a blob so far; empty when nothing has."""

    def keep_part(self, wanted: WantedFile, begins_at: int, piece: bytes, now: datetime) -> None:
        """Keep a piece of a blob from a byte on, and the claim for another minute.

        Locked bytes of which nothing is believed yet; they are kept outside the unit.
        """

    def record_failure(
        self, wanted: WantedFile, fault: str, now: datetime, next_at: datetime | None, *, keep: bool = True
    ) -> None:
        """Note an attempt in vain, and when to try again; without ``next_at`` it is given up.

        ``keep`` False throws away what has come so far.
        """

    def record_arrival(self, wanted: WantedFile, now: datetime) -> None:
        """Note that the file is here; its key is forgotten."""

    def drop_part(self, wanted: WantedFile) -> None:
        """Throw away what has come of a blob; nothing when nothing has."""


def find_wanted(wanted: Sequence[WantedFile], digest: str) -> WantedFile | None:
    """Return the row of one file, or None."""
    return next((one for one in wanted if one.digest == digest), None)
