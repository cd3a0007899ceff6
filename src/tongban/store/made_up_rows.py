"""Made-up rows of the case index, for measuring lists; `store.rebuild` would take them away again."""

from datetime import date

from tongban.kernel.ids import ItemId, ZoneId
from tongban.store.session import Session

_FILL = """
INSERT INTO store_caseindex (case_id, item_id, stage, deciding_zone, receiving_zone, applicant_kind,
    applicant_id, applicant_name, agent_id, taken_in_by, channel, received_at, accepted_on, due_on, sort_on,
    needs_person, waits_for, credential_id, version, papers_version, updated_at)
SELECT 'ZZ000000-' || lpad(n::text, 8, '0'), %b::text, 'assessed', %b::text, %b::text, 'firm',
    'made-up', '量度用的虚构行 ' || n, '', '', 'online', now() - interval '10 days',
    %b::date - 10, %b::date + (n * 7919 %% 41)::int - 10, %b::date + (n * 7919 %% 41)::int - 10,
    true, 'person', '', 6, 6, now()
FROM generate_series(1, %b::int) AS n ON CONFLICT (case_id) DO NOTHING
"""


def fill_index(session: Session, zone: ZoneId, item_id: ItemId, count: int, today: date) -> None:
    """Let so many cases of an item seem to wait for a person, due from ten days ago to thirty from now.

    Their documents count as written, so that no worker looks for histories that are not there.
    """
    with session.unit():
        session.write(_FILL, [item_id, zone, zone, today, today, today, count])
        session.write("ANALYZE store_caseindex")
