"""Runs over past decisions, and what came out otherwise; a run that was broken off is gone on with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.domain.guard.replay import Drift
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.store.session import Session

DRIFTS_KEPT = 1_000
"""Most drifts of one run that are kept by case; the count is exact however many there are."""

_RUN = """
SELECT id, reason, build, started_at, finished_at, after, checked, drifted, unreadable FROM store_replayrun
"""
_OPEN = _RUN + "WHERE finished_at IS NULL AND reason = %b ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"
_LAST = _RUN + "WHERE reason = ANY(%b::text[]) ORDER BY id DESC LIMIT 1"
_BY_ID = _RUN + "WHERE id = %b"
_START = "INSERT INTO store_replayrun (reason, build, started_at) VALUES (%b, %b, %b) RETURNING id"
_GO_ON = """
UPDATE store_replayrun SET after = %b, checked = checked + %b, drifted = drifted + %b,
       unreadable = unreadable + %b, finished_at = %b
WHERE id = %b
"""
_DRIFTS = """
INSERT INTO store_replaydrift (run_id, case_id, kind, says_zh, says_en)
SELECT %b, * FROM unnest(%b::text[], %b::text[], %b::text[], %b::text[])
"""
_LOCK = 7_105_202
"""The advisory lock under which a night's run is begun; any number that nothing else here uses."""


@dataclass(frozen=True, slots=True)
class ReplayRun:
    """One run.

    Args:
        reason: ``nightly`` or ``asked``.
        after: the last case done.
        checked: decisions run again; drifted: those that came out otherwise; unreadable: erased or broken.
    """

    id: int
    reason: str
    build: str
    started_at: datetime
    finished_at: datetime | None
    after: str
    checked: int
    drifted: int
    unreadable: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What one batch of a run brought."""

    after: str
    checked: int
    drifted: int
    unreadable: int
    drifts: Sequence[Drift]
    finished_at: datetime | None


class Replays:
    """Keeps runs."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def start(self, reason: str, build: str, at: datetime) -> ReplayRun:
        """Begin a run."""
        with self._session.unit():
            ((number,),) = self._session.write(_START, [reason, build, at])
            return self.find(number)

    def start_if_due(self, since: datetime, build: str, at: datetime) -> bool:
        """Begin the night's run if none was begun since; of several workers one does."""
        with self._session.unit():
            if not self._session.write("SELECT pg_try_advisory_xact_lock(%b)", [_LOCK])[0][0]:
                return False
            last = self.find_last("nightly")
            if last is not None and (last.started_at >= since or last.finished_at is None):
                return False
            self._session.write(_START, ["nightly", build, at])
            return True

    def claim(self, reason: str) -> ReplayRun | None:
        """Return a run that is not finished, for this unit alone, or None."""
        rows = self._session.write(_OPEN, [reason])
        return ReplayRun(*rows[0]) if rows else None

    def go_on(self, run: ReplayRun, batch: Batch) -> None:
        """Keep what a batch brought."""
        self._session.write(
            _GO_ON,
            [batch.after, batch.checked, batch.drifted, batch.unreadable, batch.finished_at, run.id],
        )
        kept = batch.drifts[: max(0, DRIFTS_KEPT - run.drifted)]
        if kept:
            columns = zip(*((d.case_id, d.kind, d.says.zh, d.says.en) for d in kept), strict=True)
            self._session.write(_DRIFTS, [run.id, *(list(column) for column in columns)])

    def find_last(self, *reasons: str) -> ReplayRun | None:
        """Return the newest run, of these reasons if any are named, or None."""
        rows = self._session.read(_LAST, [list(reasons or ("nightly", "asked"))])
        return ReplayRun(*rows[0]) if rows else None

    def find(self, run_id: int) -> ReplayRun:
        """Return a run as it stands; raises LookupError when there is none of this number."""
        rows = self._session.read(_BY_ID, [run_id])
        if not rows:
            raise LookupError(run_id)
        return ReplayRun(*rows[0])

    def drifts(self, run_id: int, limit: int) -> list[Drift]:
        """Return what came out otherwise in a run, in order of case number."""
        rows = self._session.read(
            "SELECT case_id, kind, says_zh, says_en FROM store_replaydrift WHERE run_id = %b "
            "ORDER BY id LIMIT %b",
            [run_id, limit],
        )
        return [Drift(CaseId(case_id), kind, Text(zh, en)) for case_id, kind, zh, en in rows]
