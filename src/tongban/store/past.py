"""Past decisions, walked in batches: one question for the numbers, one for all their histories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.domain.case.events import Recorded
from tongban.kernel.errors import Fault
from tongban.kernel.ids import CaseId, ZoneId
from tongban.store.cases import DjangoCases
from tongban.store.session import Session

_BY_CASE = """
SELECT DISTINCT case_id FROM store_caseevent WHERE name = 'Assessed' AND zone = %b AND case_id > %b
ORDER BY case_id LIMIT %b
"""
_BY_TIME = """
SELECT at, case_id FROM store_caseevent WHERE name = 'Assessed' AND zone = %b
AND (at, case_id) > (%b, %b) AND at <= %b ORDER BY at, case_id LIMIT %b
"""


@dataclass(frozen=True, slots=True)
class DecidedCase:
    """A case with a decision of this zone's machine.

    Args:
        history: every event; empty when nobody can read it any more.
        is_erased: its key was destroyed, as the law wants it; else an empty history is a fault.
    """

    case_id: CaseId
    history: tuple[Recorded, ...]
    is_erased: bool = False


class Past:
    """Reads, never writes."""

    def __init__(self, session: Session, zone: ZoneId, cases: DjangoCases) -> None:
        self._session, self._zone, self._cases = session, zone, cases

    def by_case(self, after: str, limit: int) -> list[DecidedCase]:
        """Return the next cases behind a number, in order of number; none when there are no more."""
        rows = self._session.read(_BY_CASE, [self._zone, after, limit])
        return self._read([CaseId(row[0]) for row in rows])

    def by_time(
        self, at: datetime, case_id: str, until: datetime, limit: int
    ) -> tuple[list[DecidedCase], tuple[datetime, str] | None]:
        """Return the next decisions behind an instant, and the place of the last, or None."""
        rows = self._session.read(_BY_TIME, [self._zone, at, case_id, until, limit])
        if not rows:
            return [], None
        return self._read([CaseId(row[1]) for row in rows]), (rows[-1][0], rows[-1][1])

    def _read(self, case_ids: Sequence[CaseId]) -> list[DecidedCase]:
        if not case_ids:
            return []
        try:
            histories, erased = self._cases.read_histories(case_ids)
        except (Fault, KeyError, TypeError, ValueError):
            if len(case_ids) == 1:
                return [DecidedCase(case_ids[0], ())]
            # One of them cannot be read: taken apart, the others still are.
            return [case for case_id in case_ids for case in self._read([case_id])]
        return [
            DecidedCase(case_id, histories.get(case_id, ()), case_id in erased)
            for case_id in dict.fromkeys(case_ids)
        ]
