"""Files on their way between zones: what this one offers, what it fetches, and what has come so far."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from tongban.crypto.sealed_box import lock, unlock
from tongban.flows.file_transfers import OfferedFile, WantedFile
from tongban.kernel.ids import CaseId
from tongban.store.jobs import DELIVERY_QUEUE, put_job
from tongban.store.session import Row, Session
from tongban.store.writes import OFFERED_FILES, WANTED_FILES

FETCH = "fetch_files"
"""The flow that is woken when a file is offered."""

CLAIM = timedelta(seconds=60)
"""For how long a claimed file is kept from other workers; each piece that comes begins it anew."""

_PARTS = ".coming"
_MAX_FAULT_CHARACTERS = 200
_OFFERED = "SELECT blob, case_id, digest, to_zone, key FROM store_offeredfile"
_COLUMNS = (
    "case_id, digest, from_zone, blob, key, size_bytes, name, wanted_at, attempts, last_fault, arrived_at, "
    "given_up_at"
)
_CLAIM = f"""
WITH due AS (
    SELECT case_id, digest FROM store_wantedfile WHERE next_at <= %b
    ORDER BY next_at, case_id, digest LIMIT %b FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE store_wantedfile AS file SET next_at = %b FROM due
    WHERE (file.case_id, file.digest) = (due.case_id, due.digest) RETURNING file.*
)
SELECT {_COLUMNS} FROM claimed ORDER BY wanted_at, case_id, digest
"""  # noqa: S608  names of columns only
_IS_DUE = "SELECT 1 FROM store_wantedfile WHERE next_at <= %b LIMIT 1"
_HOLD = """
UPDATE store_wantedfile SET next_at = %b
WHERE case_id = %b AND digest = %b AND blob = %b AND arrived_at IS NULL
"""
_FAILED = """
UPDATE store_wantedfile SET attempts = attempts + 1, last_fault = %b, next_at = %b::timestamptz,
    given_up_at = CASE WHEN %b::timestamptz IS NULL THEN %b::timestamptz END
WHERE case_id = %b AND digest = %b AND blob = %b AND arrived_at IS NULL
"""
_ARRIVED = """
UPDATE store_wantedfile SET key = '', next_at = NULL, last_fault = '', arrived_at = %b
WHERE case_id = %b AND digest = %b AND blob = %b AND arrived_at IS NULL
"""


class DjangoTransfers:
    """The port ``Transfers``. Keys and names are locked with the node's key; parts by their own."""

    def __init__(self, session: Session, folder: Path, node_key: bytes) -> None:
        self._session, self._folder, self._node_key = session, folder / _PARTS, node_key

    def offer(self, offered: OfferedFile) -> None:
        """Keep an offer; Conflict at the unit's end when this file of this case was offered before."""
        one = offered
        box = lock(self._node_key, one.key, _about(one.blob, "key"))
        row = (one.blob, one.case_id, one.digest, one.to_zone, box)
        self._session.put(OFFERED_FILES, (one.case_id, one.digest), row)

    def offered(self, case_id: CaseId) -> tuple[OfferedFile, ...]:
        """Return what this zone has offered of a case."""
        self._session.flush()
        rows = self._session.read(f"{_OFFERED} WHERE case_id = %b ORDER BY digest", [case_id])
        return tuple(self._read_offered(row) for row in rows)

    def find_offered(self, blob: str) -> OfferedFile | None:
        """Return the offer of a blob, or None."""
        self._session.flush()
        rows = self._session.read(f"{_OFFERED} WHERE blob = %b", [blob])
        return self._read_offered(rows[0]) if rows else None

    def _read_offered(self, row: Row) -> OfferedFile:
        blob, case_id, digest, to_zone, box = row
        return OfferedFile(blob, case_id, digest, to_zone, unlock(self._node_key, box, _about(blob, "key")))

    def want(self, wanted: WantedFile) -> None:
        """Keep that a file is to be fetched, and wake a worker."""
        one = wanted
        key = b"" if one.arrived_at else lock(self._node_key, one.key, _about(one.blob, "key"))
        name = lock(self._node_key, one.name.encode(), _about(one.blob, "name"))
        next_at = None if one.arrived_at else one.wanted_at
        row = (
            one.case_id, one.digest, one.from_zone, one.blob, key, one.size_bytes, name, one.wanted_at,
            one.arrived_at, next_at,
        )  # fmt: skip
        with self._session.unit():
            self._session.put(WANTED_FILES, (one.case_id, one.digest), row)
            put_job(self._session, DELIVERY_QUEUE, FETCH, {})

    def wanted(self, case_id: CaseId) -> tuple[WantedFile, ...]:
        """Return what this zone fetches or has fetched of a case, oldest first."""
        self._session.flush()
        sql = f"SELECT {_COLUMNS} FROM store_wantedfile WHERE case_id = %b ORDER BY wanted_at, digest"  # noqa: S608
        return self._read_wanted(self._session.read(sql, [case_id]))

    def claim_due(self, now: datetime, limit: int) -> tuple[WantedFile, ...]:
        """Take files whose hour has come, oldest first; nobody else is given them for a minute."""
        with self._session.unit():
            self._session.flush()
            rows = self._session.write(_CLAIM, [now, limit, now + CLAIM])
        return self._read_wanted(rows)

    def wake_due(self, now: datetime) -> int:
        """Wake a worker when a file's hour has come; return whether one has."""
        is_due = bool(self._session.read(_IS_DUE, [now]))
        if is_due:
            put_job(self._session, DELIVERY_QUEUE, FETCH, {})
        return int(is_due)

    def _read_wanted(self, rows: Sequence[Row]) -> tuple[WantedFile, ...]:
        found = []
        for case_id, digest, from_zone, blob, key_box, size_bytes, name_box, *rest in rows:
            key = unlock(self._node_key, key_box, _about(blob, "key")) if key_box else b""
            name = unlock(self._node_key, name_box, _about(blob, "name")).decode()
            found.append(WantedFile(case_id, digest, from_zone, blob, key, size_bytes, name, *rest))
        return tuple(found)

    def read_part(self, wanted: WantedFile) -> bytes:
        """Return what has come of a blob so far."""
        try:
            return self._part(wanted).read_bytes()
        except FileNotFoundError:
            return b""

    def keep_part(self, wanted: WantedFile, begins_at: int, piece: bytes, now: datetime) -> None:
        """Keep a piece from a byte on, and the claim; a part that a crash leaves behind is gone on with."""
        path = self._part(wanted)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("r+b" if path.exists() else "w+b") as stream:
            stream.seek(begins_at)
            stream.write(piece)
            stream.truncate()
        self._write(_HOLD, [now + CLAIM], wanted)

    def record_failure(
        self, wanted: WantedFile, fault: str, now: datetime, next_at: datetime | None, *, keep: bool = True
    ) -> None:
        """Note an attempt in vain, and when to try again; without ``next_at`` it is given up."""
        self._write(_FAILED, [fault[:_MAX_FAULT_CHARACTERS], next_at, next_at, now], wanted)
        if not keep:
            self.drop_part(wanted)

    def record_arrival(self, wanted: WantedFile, now: datetime) -> None:
        """Note that the file is here; its key is forgotten."""
        self._write(_ARRIVED, [now], wanted)

    def drop_part(self, wanted: WantedFile) -> None:
        """Throw away what has come of a blob."""
        self._part(wanted).unlink(missing_ok=True)

    def _write(self, sql: str, parameters: Sequence[object], wanted: WantedFile) -> None:
        with self._session.unit():
            self._session.flush()
            self._session.write(sql, [*parameters, wanted.case_id, wanted.digest, wanted.blob])

    def _part(self, wanted: WantedFile) -> Path:
        return self._folder / wanted.blob


def _about(blob: str, part: str) -> bytes:
    return f"transfer|{blob}|{part}".encode()
