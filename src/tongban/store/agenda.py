"""The port ``Agenda`` in PostgreSQL: firing is one statement over a batch, whatever the number of cases."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from tongban.domain.agenda import Entry
from tongban.domain.case.state import Case
from tongban.flows.agenda_store import WAITS_FOR_CONFIRMATION, AgendaLine, Fired
from tongban.kernel.ids import CaseId
from tongban.store.session import Session
from tongban.store.writes import Write

STALE_ENTRIES = Write(
    "agenda_stale",
    "DELETE FROM store_agendaentry AS old USING {rows} WHERE old.case_id = given.case_id AND NOT "
    "(old.kind || ' ' || to_char(old.fires_on, 'YYYY-MM-DD') = ANY(string_to_array(given.keep, ','))) "
    "RETURNING 1",
    (("case_id", "text"), ("keep", "text")),
)
"""Takes off what a case no longer gives rise to; what stays is left alone: the same statement adds rows."""
_WAITS = f"given.kind IN ({', '.join(map(repr, WAITS_FOR_CONFIRMATION))})"
ENTRIES = Write(
    "agenda_entries",
    "INSERT INTO store_agendaentry (case_id, kind, fires_on, about_on, recipient, tells, fired_at) "  # noqa: S608
    "SELECT given.case_id, given.kind, given.fires_on, given.about_on, given.recipient, given.tells, "
    "fired.fired_at FROM {rows} LEFT JOIN store_firedentry AS fired "
    "ON (fired.case_id, fired.kind, fired.fires_on) = (given.case_id, given.kind, given.fires_on) "
    f"WHERE NOT ({_WAITS} AND (fired.fired_at IS NULL OR given.recipient <> 'head') "
    "AND EXISTS (SELECT FROM store_zoneact AS said WHERE said.case_id = given.case_id "
    "AND said.case_id <> '' AND said.register = 'receipt')) "
    "ON CONFLICT (case_id, kind, fires_on) DO UPDATE SET about_on = excluded.about_on "
    "WHERE store_agendaentry.about_on <> excluded.about_on RETURNING 1",
    (
        ("case_id", "text"),
        ("kind", "text"),
        ("fires_on", "date"),
        ("about_on", "date"),
        ("recipient", "text"),
        ("tells", "bool"),
    ),
)
"""What a hand-over waits for is left out once it was confirmed: that word is no event of the case."""
_FIRST_DUE = """
SELECT least(
    (SELECT min(fires_on) FROM store_agendaentry
        WHERE fired_at IS NULL AND NOT recipient = 'time' AND fires_on <= %b),
    (SELECT min(fires_on) FROM store_agendaentry
        WHERE fired_at IS NULL AND recipient = 'time' AND fires_on <= %b
            AND (put_off_until IS NULL OR put_off_until <= %b))
)
"""
_FIRE = """
WITH due AS (
    SELECT case_id, kind, fires_on FROM store_agendaentry
    WHERE fired_at IS NULL AND NOT recipient = 'time' AND fires_on <= %b
    ORDER BY fires_on, case_id LIMIT %b FOR UPDATE SKIP LOCKED
), lit AS (
    UPDATE store_agendaentry AS line SET fired_at = %b FROM due
    WHERE (line.case_id, line.kind, line.fires_on) = (due.case_id, due.kind, due.fires_on)
    RETURNING line.case_id, line.kind, line.fires_on, line.about_on, line.recipient, line.tells
), kept AS (
    INSERT INTO store_firedentry (case_id, kind, fires_on, about_on, recipient, tells, fired_at)
    SELECT lit.*, %b::timestamptz FROM lit ORDER BY fires_on, case_id, kind
    ON CONFLICT (case_id, kind, fires_on) DO NOTHING RETURNING 1
)
SELECT count(*), (SELECT count(*) FROM kept) FROM lit
"""
_CLAIM_ACTS = """
SELECT fires_on, case_id, kind, about_on FROM store_agendaentry
WHERE fired_at IS NULL AND recipient = 'time' AND fires_on <= %b
    AND (put_off_until IS NULL OR put_off_until <= %b)
ORDER BY fires_on, case_id LIMIT %b FOR UPDATE SKIP LOCKED
"""
_MARK_DONE = """
WITH given AS (
    SELECT * FROM unnest(%b::text[], %b::text[], %b::date[], %b::date[])
        AS given(case_id, kind, fires_on, about_on)
), lit AS (
    UPDATE store_agendaentry AS line SET fired_at = %b FROM given
    WHERE (line.case_id, line.kind, line.fires_on) = (given.case_id, given.kind, given.fires_on)
)
INSERT INTO store_firedentry (case_id, kind, fires_on, about_on, recipient, tells, fired_at)
SELECT given.*, 'time', true, %b::timestamptz FROM given
ON CONFLICT (case_id, kind, fires_on) DO NOTHING RETURNING number
"""
_PUT_OFF = """
UPDATE store_agendaentry SET put_off_until = %b WHERE case_id = %b AND kind = %b AND fires_on = %b RETURNING 1
"""
_SETTLE_RECEIPT = """
DELETE FROM store_agendaentry WHERE case_id = %b AND kind = ANY(%b::text[])
    AND (fired_at IS NULL OR recipient <> 'head') RETURNING 1
"""
_COUNT_AHEAD = """
SELECT fires_on, kind, count(*) FROM store_agendaentry WHERE fired_at IS NULL AND fires_on <= %b
GROUP BY fires_on, kind
"""
_LIST_AHEAD = """
SELECT fires_on, case_id, kind, about_on FROM (
    SELECT fires_on, case_id, kind, about_on,
        row_number() OVER (PARTITION BY fires_on, kind ORDER BY case_id) AS place
    FROM store_agendaentry WHERE fired_at IS NULL AND fires_on <= %b
) AS placed WHERE place <= %b ORDER BY fires_on, kind, case_id
"""
_CLAIM_UNTOLD = """
SELECT number, fires_on, case_id, kind, about_on, recipient, tells, fired_at FROM store_firedentry
WHERE told_at IS NULL AND tells AND NOT recipient = 'time' ORDER BY number LIMIT %b FOR UPDATE SKIP LOCKED
"""
_MARK_TOLD = "UPDATE store_firedentry SET told_at = %b WHERE number = ANY(%b::int8[]) RETURNING 1"


class DjangoAgenda:
    """The port ``Agenda``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find_first_due(self, on: date, at: datetime) -> date | None:
        """Return the oldest day with anything to fire or to do."""
        self._session.flush()
        rows = self._session.read(_FIRST_DUE, [on, on, at])
        return rows[0][0] if rows else None

    def fire(self, on: date, at: datetime, limit: int) -> int:
        """Fire a batch in one statement; rows that another worker has in hand are passed over."""
        with self._session.unit():
            self._session.flush()
            return int(self._session.write(_FIRE, [on, limit, at, at])[0][0])

    def claim_acts(self, on: date, at: datetime, limit: int) -> tuple[AgendaLine, ...]:
        """Return acts that are due; their rows stay locked until the unit ends."""
        with self._session.unit():
            self._session.flush()
            rows = self._session.write(_CLAIM_ACTS, [on, at, limit])
        return tuple(_line(*row) for row in rows)

    def mark_done(self, lines: Sequence[AgendaLine], at: datetime) -> None:
        """Keep that acts were done, behind whatever they changed on the agenda."""
        with self._session.unit():
            self._session.flush()
            columns: list[object] = [
                [line.case_id for line in lines],
                [line.kind for line in lines],
                [line.fires_on for line in lines],
                [line.about_on for line in lines],
            ]
            self._session.write(_MARK_DONE, [*columns, at, at])

    def put_off(self, line: AgendaLine, until: datetime) -> None:
        """Let an act wait."""
        with self._session.unit():
            self._session.write(_PUT_OFF, [until, line.case_id, line.kind, line.fires_on])

    def settle_receipt(self, case_id: CaseId) -> None:
        """Take off what waited for a confirmation."""
        with self._session.unit():
            self._session.flush()
            self._session.write(_SETTLE_RECEIPT, [case_id, list(WAITS_FOR_CONFIRMATION)])

    def count_ahead(self, until_on: date) -> Mapping[tuple[date, str], int]:
        """Count what is still to fire."""
        self._session.flush()
        rows = self._session.read(_COUNT_AHEAD, [until_on])
        return {(fires_on, kind): count for fires_on, kind, count in rows}

    def list_ahead(self, until_on: date, most: int) -> tuple[AgendaLine, ...]:
        """Return what is still to fire."""
        self._session.flush()
        return tuple(_line(*row) for row in self._session.read(_LIST_AHEAD, [until_on, most]))

    def claim_untold(self, limit: int) -> tuple[Fired, ...]:
        """Return what was not passed on yet; the rows stay locked until the unit ends."""
        with self._session.unit():
            rows = self._session.write(_CLAIM_UNTOLD, [limit])
        return tuple(
            Fired(number, AgendaLine(fires_on, CaseId(case_id), kind, about_on), to, tells, fired_at)
            for number, fires_on, case_id, kind, about_on, to, tells, fired_at in rows
        )

    def mark_told(self, numbers: Sequence[int], at: datetime) -> None:
        """Keep that these were passed on."""
        with self._session.unit():
            self._session.write(_MARK_TOLD, [at, list(numbers)])


def put_entries(session: Session, case: Case, entries: Sequence[Entry], *, is_new: bool) -> None:
    """Gather what falls due in a case, to be written with the event that changed it.

    Args:
        is_new: whether nothing of the case can lie on the agenda yet.
    """
    if not is_new:
        keep = ",".join(f"{entry.kind} {entry.fires_on.isoformat()}" for entry in entries)
        session.put(STALE_ENTRIES, case.id, (case.id, keep))
    for entry in entries:
        row = (case.id, entry.kind, entry.fires_on, entry.about_on, entry.to, entry.tells)
        session.put(ENTRIES, (case.id, entry.kind, entry.fires_on), row)


def _line(fires_on: date, case_id: str, kind: str, about_on: date) -> AgendaLine:
    return AgendaLine(fires_on, CaseId(case_id), kind, about_on)
