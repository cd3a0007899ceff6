"""Erasing a case: its key is destroyed, so that what stays in the append-only log is noise (ADR 0003).

What is public about a licence stays checkable: it names nobody. Files are erased one by one
(``DjangoFiles.erase``), because the same file may belong to another case. The deleted key lies in the table's
dead rows until the next VACUUM, and in copies made before: backups are kept no longer than the notice of
erasure promises.
"""

from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId
from tongban.store.session import Session

_ERASE = """
WITH index AS (DELETE FROM store_caseindex WHERE case_id = %b),
licence AS (UPDATE store_credential SET disclosed = '' WHERE case_id = %b),
message AS (
    UPDATE store_outgoingmessage SET body = '', sealed = '', next_at = NULL WHERE case_id = %b
),
offer AS (DELETE FROM store_offeredfile WHERE case_id = %b),
wish AS (DELETE FROM store_wantedfile WHERE case_id = %b),
agenda AS (DELETE FROM store_agendaentry WHERE case_id = %b),
opinion AS (DELETE FROM store_machineopinion WHERE case_id = %b)
DELETE FROM store_casekey WHERE case_id = %b RETURNING case_id
"""


def erase_case(session: Session, case_id: CaseId) -> None:
    """Make a case unreadable for ever, and take it off every list. Raises NotFound for a case not here.

    Source of law: pipl-2021#47.
    """
    with session.unit():
        if not session.write(_ERASE, [case_id] * 8):
            raise NotFound(case_id)
