"""Throw the index away and fold every case again: the index is never the truth."""

from tongban.domain.case.state import fold
from tongban.kernel.ids import CaseId
from tongban.store.case_data import CaseErased
from tongban.store.case_index import DueOn, index_row
from tongban.store.cases import DjangoCases
from tongban.store.session import Session
from tongban.store.writes import CASE_INDEX

_GROUP = 500
_NEXT = """
SELECT case_id FROM store_caseevent WHERE version = 1 AND case_id > %b ORDER BY case_id LIMIT %b
"""


def rebuild_index(session: Session, cases: DjangoCases, due_on: DueOn) -> int:
    """Rebuild the index in one transaction; return how many cases are in it.

    Pages read the old index until it is done; whoever writes a case waits. An erased case is left out.
    """
    count = 0
    with session.unit() as unit:
        session.write("LOCK TABLE store_caseindex IN SHARE ROW EXCLUSIVE MODE")
        session.write("DELETE FROM store_caseindex")
        last = CaseId("")
        while group := [CaseId(row[0]) for row in session.read(_NEXT, [last, _GROUP])]:
            cases.preload(group)
            for case_id in group:
                try:
                    history = cases.history(case_id)
                except CaseErased:
                    continue
                row = index_row(fold(case_id, history), history[-1].at, due_on)
                session.put(CASE_INDEX, case_id, row)
                count += 1
            session.flush()
            unit.histories.clear()
            unit.keys.clear()
            last = group[-1]
    return count
