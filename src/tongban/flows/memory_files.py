"""Files and their way between zones in memory, on the shelf that a unit puts back when it fails."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from tongban.crypto.digest import hex_digest
from tongban.flows.file_transfers import OfferedFile, WantedFile
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId

_CLAIM = timedelta(seconds=60)
_Key = tuple[CaseId, str]


class _Shelf(Protocol):
    files: dict[str, bytes]
    loose: dict[str, datetime]
    file_names: dict[str, str]
    offered: dict[_Key, OfferedFile]
    wanted: dict[_Key, WantedFile]
    wanted_at: dict[_Key, datetime | None]
    parts: dict[str, bytes]


class MemoryFiles:
    """Files by digest."""

    def __init__(self, shelf: _Shelf) -> None:
        self._shelf = shelf

    def put(
        self,
        content: bytes,
        media_type: str,  # noqa: ARG002 - the port's shape
        name: str,
        loose_since: datetime | None = None,
    ) -> str:
        """Keep a file, loose only if it is new or was so."""
        digest = hex_digest(content)
        if loose_since is None:
            self._shelf.loose.pop(digest, None)
        elif digest not in self._shelf.files or digest in self._shelf.loose:
            self._shelf.loose[digest] = loose_since
        self._shelf.files[digest] = content
        self._shelf.file_names.setdefault(digest, name)
        return digest

    def find(self, digest: str) -> bytes | None:
        """Return a file, or None."""
        return self._shelf.files.get(digest)

    def find_name(self, digest: str) -> str:
        """Return what a file was called first, or nothing."""
        return self._shelf.file_names.get(digest, "")

    def hold(self, digests: Collection[str]) -> None:
        """Keep these for good."""
        for digest in digests:
            self._shelf.loose.pop(digest, None)

    def touch(self, digests: Collection[str], now: datetime) -> None:
        """Note that a draft still refers to these."""
        for digest in digests:
            if digest in self._shelf.loose:
                self._shelf.loose[digest] = now

    def forget_loose(self, before: datetime, limit: int) -> int:
        """Throw away what nothing has named or touched since."""
        old = sorted((at, digest) for digest, at in self._shelf.loose.items() if at < before)[:limit]
        for _, digest in old:
            for shelf in (self._shelf.loose, self._shelf.files, self._shelf.file_names):
                shelf.pop(digest, None)
        return len(old)


class MemoryTransfers:
    """The port ``Transfers``; no worker is woken, as whoever plays with memory asks for what is due."""

    def __init__(self, shelf: _Shelf) -> None:
        self._shelf = shelf

    def offer(self, offered: OfferedFile) -> None:
        """Keep an offer, once a file of a case."""
        key = (offered.case_id, offered.digest)
        if key in self._shelf.offered:
            raise Conflict(offered.digest)
        self._shelf.offered[key] = offered

    def offered(self, case_id: CaseId) -> tuple[OfferedFile, ...]:
        """Return what was offered of a case."""
        return tuple(one for one in self._shelf.offered.values() if one.case_id == case_id)

    def find_offered(self, blob: str) -> OfferedFile | None:
        """Return the offer of a blob, or None."""
        return next((one for one in self._shelf.offered.values() if one.blob == blob), None)

    def want(self, wanted: WantedFile) -> None:
        """Keep that a file is to be fetched; another blob takes the place of one that has not arrived."""
        key = (wanted.case_id, wanted.digest)
        known = self._shelf.wanted.get(key)
        if known is not None and (known.arrived_at or known.blob == wanted.blob):
            return
        self._shelf.wanted[key] = _forget_key(wanted) if wanted.arrived_at else wanted
        self._shelf.wanted_at[key] = None if wanted.arrived_at else wanted.wanted_at

    def wanted(self, case_id: CaseId) -> tuple[WantedFile, ...]:
        """Return what is or was fetched of a case, oldest first."""
        mine = [one for one in self._shelf.wanted.values() if one.case_id == case_id]
        return tuple(sorted(mine, key=lambda one: (one.wanted_at, one.digest)))

    def claim_due(self, now: datetime, limit: int) -> tuple[WantedFile, ...]:
        """Take files whose hour has come, oldest first."""
        ripe = sorted((at, key) for key, at in self._shelf.wanted_at.items() if at and at <= now)
        for _, key in ripe[:limit]:
            self._shelf.wanted_at[key] = now + _CLAIM
        return tuple(self._shelf.wanted[key] for _, key in ripe[:limit])

    def read_part(self, wanted: WantedFile) -> bytes:
        """Return what has come so far."""
        return self._shelf.parts.get(wanted.blob, b"")

    def keep_part(self, wanted: WantedFile, begins_at: int, piece: bytes, now: datetime) -> None:
        """Keep a piece, and the claim."""
        self._shelf.parts[wanted.blob] = self.read_part(wanted)[:begins_at] + piece
        self._set(wanted, now + _CLAIM)

    def record_failure(
        self, wanted: WantedFile, fault: str, now: datetime, next_at: datetime | None, *, keep: bool = True
    ) -> None:
        """Note an attempt in vain."""
        given_up_at = now if next_at is None else None
        self._set(wanted, next_at, attempts=True, last_fault=fault, given_up_at=given_up_at)
        if not keep:
            self.drop_part(wanted)

    def record_arrival(self, wanted: WantedFile, now: datetime) -> None:
        """Note that the file is here."""
        self._set(wanted, None, last_fault="", arrived_at=now, key=b"")

    def drop_part(self, wanted: WantedFile) -> None:
        """Throw away what has come so far."""
        self._shelf.parts.pop(wanted.blob, None)

    def _set(
        self, wanted: WantedFile, next_at: datetime | None, *, attempts: bool = False, **changes: object
    ) -> None:
        key = (wanted.case_id, wanted.digest)
        known = self._shelf.wanted.get(key)
        if known is None or known.blob != wanted.blob or known.arrived_at:
            return
        tries = known.attempts + 1 if attempts else known.attempts
        self._shelf.wanted[key] = replace(known, attempts=tries, **changes)  # type: ignore[arg-type]
        self._shelf.wanted_at[key] = next_at


def _forget_key(wanted: WantedFile) -> WantedFile:
    return replace(wanted, key=b"")
