"""The port ``Supervision`` in PostgreSQL: a rule is one question with an index, a batch one statement."""

from collections.abc import Sequence
from datetime import UTC, datetime

from tongban.domain.supervision.alert import AlertHandling, Sighting, SupervisionAlert, fold_handlings
from tongban.domain.supervision.book import (
    AGENDA,
    CORRECTIONS,
    RECEIPTS,
    REFUSALS,
    SEALING,
    SupervisionRule,
)
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, ZoneId
from tongban.store.session import Session

_FIRED = """
SELECT case_id, kind AS cause, fires_on AS cause_on, fired_at AS seen_at FROM store_firedentry
WHERE kind = ANY(%b::text[]) AND tells AND fired_at >= %b AND fired_at <= %b
"""
_CORRECTIONS = """
SELECT one.case_id, one.version::text AS cause, (one.at AT TIME ZONE 'Asia/Shanghai')::date AS cause_on,
    one.at AS seen_at
FROM store_caseevent AS one
WHERE one.name = 'CorrectionRequested' AND one.zone = %b AND one.at >= %b AND one.at <= %b
    AND %b <= (SELECT count(*) FROM store_caseevent AS before WHERE before.case_id = one.case_id
        AND before.version <= one.version AND before.name = 'CorrectionRequested')
"""
_UNSEALED = """
SELECT one.case_id, one.version::text AS cause,
    ((one.at + %b::interval) AT TIME ZONE 'Asia/Shanghai')::date AS cause_on, one.at + %b::interval AS seen_at
FROM store_caseevent AS one
WHERE one.name = 'Granted' AND one.zone = %b AND one.at >= %b::timestamptz - %b::interval
    AND one.at <= %b::timestamptz - %b::interval
    AND NOT EXISTS (SELECT 1 FROM store_caseevent AS sealed WHERE sealed.case_id = one.case_id
        AND sealed.version > one.version AND sealed.name = 'DocumentSealed'
        AND sealed.at <= one.at + %b::interval)
"""
_UNANSWERED = """
SELECT case_id, message_id AS cause,
    ((queued_at + %b::interval) AT TIME ZONE 'Asia/Shanghai')::date AS cause_on,
    queued_at + %b::interval AS seen_at
FROM store_outgoingmessage
WHERE queued_at >= %b::timestamptz - %b::interval AND queued_at <= %b::timestamptz - %b::interval
    AND (delivered_at IS NULL OR delivered_at > queued_at + %b::interval)
"""
_REFUSED = """
SELECT case_id, substr(code, 6) AS cause, (first_at AT TIME ZONE 'Asia/Shanghai')::date AS cause_on,
    first_at AS seen_at
FROM store_sealrefusal WHERE first_at >= %b AND first_at <= %b AND substr(code, 6) = ANY(%b::text[])
"""
_NEW = """
SELECT case_id, cause, cause_on, seen_at FROM ({seen}) AS seen
WHERE NOT EXISTS (SELECT 1 FROM store_supervisionalert AS alert WHERE alert.rule = %b
    AND alert.case_id = seen.case_id AND alert.cause_on = seen.cause_on)
ORDER BY seen_at, case_id, cause LIMIT %b
"""
_KEEP = """
INSERT INTO store_supervisionalert (rule, case_id, cause, cause_on, raised_at, handle_by)
SELECT * FROM unnest(%b::text[], %b::text[], %b::text[], %b::date[], %b::timestamptz[], %b::date[])
ON CONFLICT (rule, case_id, cause_on) DO NOTHING RETURNING number
"""
_FIND = """
SELECT rule, case_id, cause, cause_on, raised_at, handle_by, number FROM store_supervisionalert
WHERE number = %b
"""
_HANDLINGS = (
    "SELECT at, by, name, answer, words FROM store_supervisionhandling WHERE alert = %b ORDER BY place"
)
_HANDLE = """
INSERT INTO store_supervisionhandling (alert, place, at, by, name, answer, words)
SELECT %b, %b, %b, %b, %b, %b, %b
WHERE %b = (SELECT count(*) FROM store_supervisionhandling WHERE alert = %b)
ON CONFLICT (alert, place) DO NOTHING RETURNING place
"""
_HANDLED = """
UPDATE store_supervisionalert SET handled_at = %b WHERE number = %b AND handled_at IS NULL RETURNING number
"""
_FIND_MARK = "SELECT upto FROM store_supervisionmark WHERE rule = %b"
_SET_MARK = """
INSERT INTO store_supervisionmark (rule, upto) VALUES (%b, %b)
ON CONFLICT (rule) DO UPDATE SET upto = greatest(store_supervisionmark.upto, excluded.upto) RETURNING upto
"""
_EVER = datetime(2000, 1, 1, tzinfo=UTC)
"""Before any node ran."""


class DjangoSupervision:
    """The port ``Supervision``."""

    def __init__(self, session: Session, zone: ZoneId) -> None:
        self._session, self._zone = session, zone

    def find_sightings(
        self, rule: SupervisionRule, since: datetime | None, until: datetime, limit: int
    ) -> tuple[Sighting, ...]:
        """Return what a rule looks for and has no alert yet, with one question."""
        start, wait = since or _EVER, rule.patience
        questions: dict[str, tuple[str, list[object]]] = {
            AGENDA: (_FIRED, [list(rule.kinds), start, until]),
            CORRECTIONS: (_CORRECTIONS, [self._zone, start, until, rule.times]),
            SEALING: (_UNSEALED, [wait, wait, self._zone, start, wait, until, wait, wait]),
            REFUSALS: (_REFUSED, [start, until, list(rule.kinds)]),
            RECEIPTS: (_UNANSWERED, [wait, wait, start, wait, until, wait, wait]),
        }
        sql, parameters = questions[rule.watches]
        self._session.flush()
        rows = self._session.read(_NEW.format(seen=sql), [*parameters, rule.id, limit])
        return tuple(Sighting(CaseId(case_id), *rest) for case_id, *rest in rows)

    def keep(self, alerts: Sequence[SupervisionAlert]) -> int:
        """Keep alerts with one statement."""
        if not alerts:
            return 0
        rows = [(a.rule, a.case_id, a.cause, a.cause_on, a.raised_at, a.handle_by) for a in alerts]
        with self._session.unit():
            return len(self._session.write(_KEEP, [list(column) for column in zip(*rows, strict=True)]))

    def find(self, number: int) -> SupervisionAlert | None:
        """Return an alert with its answers, or None."""
        rows = self._session.read(_FIND, [number])
        if not rows:
            return None
        handlings = tuple(AlertHandling(*row) for row in self._session.read(_HANDLINGS, [number]))
        rule, case_id, *rest = rows[0]
        return fold_handlings(SupervisionAlert(rule, CaseId(case_id), *rest), handlings)

    def answer(self, before: SupervisionAlert, handling: AlertHandling) -> None:
        """Add an answer, and note the first one with the alert."""
        place, one = len(before.handlings), handling
        row = [before.number, place, one.at, one.by, one.name, one.answer, one.words, place, before.number]
        with self._session.unit():
            if not self._session.write(_HANDLE, row):
                raise Conflict(f"alert {before.number}")
            self._session.write(_HANDLED, [one.at, before.number])

    def find_mark(self, rule: str) -> datetime | None:
        """Return until when a rule was looked after, or None."""
        rows = self._session.read(_FIND_MARK, [rule])
        return rows[0][0] if rows else None

    def set_mark(self, rule: str, upto: datetime) -> None:
        """Keep until when."""
        with self._session.unit():
            self._session.write(_SET_MARK, [rule, upto])
