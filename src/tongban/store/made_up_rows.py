"""Made-up rows of the case index, for measuring lists; `store.rebuild` would take them away again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tongban.kernel.ids import ItemId, ZoneId
from tongban.store.session import Session

_FILL = """
INSERT INTO store_caseindex (case_id, item_id, stage, deciding_zone, receiving_zone, applicant_kind,
    applicant_id, applicant_name, agent_id, taken_in_by, channel, received_at, accepted_on, due_on, sort_on,
    warn_on, needs_person, waits_for, credential_id, version, papers_version, updated_at)
SELECT %b::text || lpad(n::text, 8, '0'), %b::text, 'assessed', %b::text, %b::text, 'firm',
    'made-up', '量度用的虚构行 ' || n, '', '', 'online', now() - interval '10 days',
    %b::date - 10, %b::date + (n::bigint * 7919 %% 41)::int - 10,
    %b::date + (n::bigint * 7919 %% 41)::int - 10, %b::date + (n::bigint * 7919 %% 41)::int - 16,
    true, 'person', '', 6, 6, now()
FROM generate_series(%b::int, %b::int) AS n ON CONFLICT (case_id) DO NOTHING
"""

_A_STATEMENT = 50_000
"""Rows made in one statement, so that none runs into the node's time limit for statements."""
_OF_LISTS, _OF_AGENDA, _OF_PAGES = "ZZ000000-", "ZY000000-", "ZX000000-"
_FILL_AGENDA = """
INSERT INTO store_agendaentry (case_id, kind, fires_on, about_on, recipient, tells)
SELECT %b::text || lpad(n::text, 8, '0'), kind, %b::date + 1 + ((n::bigint * 7919 + shift) %% 100)::int,
    %b::date, recipient, true
FROM generate_series(%b::int, %b::int) AS n,
    (VALUES ('due-soon', 'officer', 0), ('overdue', 'head', 50)) AS kinds(kind, recipient, shift)
ON CONFLICT DO NOTHING
"""


def fill_agenda(session: Session, zone: ZoneId, item_id: ItemId, count: int, today: date) -> None:
    """Let so many cases seem to be open, two in a hundred of them with something due on each day to come."""
    for first in range(1, count + 1, _A_STATEMENT):
        last = min(count, first + _A_STATEMENT - 1)
        with session.unit():
            session.write(_FILL, [_OF_AGENDA, item_id, zone, zone, *[today] * 4, first, last])
            session.write(_FILL_AGENDA, [_OF_AGENDA, today, today, first, last])
    with session.unit():
        session.write("ANALYZE store_caseindex")
        session.write("ANALYZE store_agendaentry")


def fill_index(session: Session, zone: ZoneId, item_id: ItemId, count: int, today: date) -> None:
    """Let so many cases of an item seem to wait for a person, due from ten days ago to thirty from now.

    Their documents count as written, so that no worker looks for histories that are not there.
    """
    with session.unit():
        session.write(_FILL, [_OF_LISTS, item_id, zone, zone, *[today] * 4, 1, count])
        session.write("ANALYZE store_caseindex")


_FILL_PAGES = """
INSERT INTO store_caseindex (case_id, item_id, stage, deciding_zone, receiving_zone, applicant_kind,
    applicant_id, applicant_name, agent_id, taken_in_by, channel, received_at, accepted_on, due_on, sort_on,
    warn_on, decided_on, needs_person, waits_for, check_due_on, credential_id, version,
    papers_version, updated_at, officer)
SELECT %b::text || lpad(n::text, 8, '0'), (%b::text[])[1 + n %% %b::int],
    CASE WHEN n %% 10 < 5 THEN 'assessed' WHEN n %% 10 < 8 THEN 'concluded'
        WHEN n %% 10 = 8 THEN 'refused' ELSE 'correcting' END,
    %b::text, %b::text, 'firm', CASE WHEN n %% 100 = 0 THEN %b::text ELSE 'made-up-' || n %% 100000 END,
    '量度用的虚构行 ' || n, '', CASE WHEN n %% 4 = 0 THEN %b::text ELSE '' END, 'window',
    now() - n * interval '31 seconds', %b::date - 10,
    CASE WHEN n %% 10 < 5 THEN %b::date + (n::bigint * 7919 %% 41)::int - 10 END,
    %b::date + (n::bigint * 7919 %% 41)::int - 10, %b::date + (n::bigint * 7919 %% 41)::int - 16,
    CASE WHEN n %% 10 BETWEEN 5 AND 8 THEN %b::date END,
    n %% 10 < 5, CASE WHEN n %% 10 < 5 THEN 'person' WHEN n %% 10 = 9 THEN 'applicant' ELSE '' END,
    CASE WHEN n %% 50 = 5 THEN %b::date + (n %% 60)::int END,
    CASE WHEN n %% 10 BETWEEN 5 AND 7 THEN 'made-up-' || n ELSE '' END, 6, 6, now(),
    CASE WHEN n %% 10 < 5 THEN (%b::text[])[1 + n / 10 %% %b::int] ELSE '' END
FROM generate_series(%b::int, %b::int) AS n ON CONFLICT (case_id) DO NOTHING
"""
_FILL_ESCALATIONS = """
INSERT INTO store_agendaentry (case_id, kind, fires_on, about_on, recipient, tells, fired_at)
SELECT %b::text || lpad(n::text, 8, '0'), 'overdue', %b::date - (n %% 300)::int, %b::date, 'head', true, now()
FROM generate_series(%b::int, %b::int) AS n WHERE n %% 10 = 0 ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class MadeUpPeople:
    """Whom the rows are about: an applicant of one in a hundred, the clerk of one in four, the officers."""

    applicant_id: str
    clerk: str
    officers: Sequence[str]


def fill_pages(
    session: Session, zone: ZoneId, items: Sequence[ItemId], people: MadeUpPeople, count: int, today: date
) -> None:
    """Let so many cases of many items be there, in every stage, of many people, one in ten escalated."""
    named, officers = [str(one) for one in items], list(people.officers)
    for first in range(1, count + 1, _A_STATEMENT):
        last = min(count, first + _A_STATEMENT - 1)
        party = [zone, zone, people.applicant_id, people.clerk]
        drawn = [officers, len(officers), first, last]
        with session.unit():
            session.write(_FILL_PAGES, [_OF_PAGES, named, len(named), *party, *[today] * 6, *drawn])
            session.write(_FILL_ESCALATIONS, [_OF_PAGES, today, today, first, last])
    with session.unit():
        session.write("ANALYZE store_caseindex")
        session.write("ANALYZE store_agendaentry")
