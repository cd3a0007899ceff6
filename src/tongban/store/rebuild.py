"""Throw index, agenda and opinions away and fold every case again: none of them is ever the truth."""

from collections.abc import Sequence

from tongban.domain.case.state import fold
from tongban.kernel.ids import CaseId, ItemId
from tongban.store.agenda import put_entries
from tongban.store.case_data import CaseErased
from tongban.store.case_index import DueOn, Plan, index_row
from tongban.store.cases import DjangoCases
from tongban.store.desk import SHOW_ASSIGNED
from tongban.store.opinions import put_opinions
from tongban.store.session import Session
from tongban.store.writes import CASE_INDEX

_GROUP = 500
_NEXT = """
SELECT case_id FROM store_caseevent WHERE version = 1 AND case_id > %b ORDER BY case_id LIMIT %b
"""


_OF_ITEMS = """
SELECT case_id FROM store_caseindex
WHERE item_id = ANY(%b::text[]) AND stage = ANY(%b::text[]) ORDER BY case_id
"""


def list_of_items(session: Session, items: Sequence[ItemId], stages: Sequence[str]) -> tuple[CaseId, ...]:
    """Return the cases of some items that stand in one of these stages, those decided elsewhere too."""
    return tuple(CaseId(row[0]) for row in session.read(_OF_ITEMS, [list(items), list(stages)]))


def rebuild_index(session: Session, cases: DjangoCases, due_on: DueOn, plan: Plan) -> int:
    """Rebuild index, agenda and opinions in one transaction; return how many cases are in them.

    Pages read the old index until it is done; whoever writes a case waits. An erased case is left out.
    """
    count = 0
    with session.unit() as unit:
        session.write("LOCK TABLE store_caseindex IN SHARE ROW EXCLUSIVE MODE")
        session.write("DELETE FROM store_caseindex")
        session.write("DELETE FROM store_agendaentry")
        session.write("DELETE FROM store_machineopinion")
        last = CaseId("")
        while group := [CaseId(row[0]) for row in session.read(_NEXT, [last, _GROUP])]:
            cases.preload(group)
            for case_id in group:
                try:
                    history = cases.history(case_id)
                except CaseErased:
                    continue
                case = fold(case_id, history)
                planned = plan(case)
                session.put(CASE_INDEX, case_id, index_row(case, history[-1].at, due_on, planned))
                put_entries(session, case, planned, is_new=True)
                put_opinions(session, case.item_id, history, cases.zone)
                count += 1
            session.flush()
            unit.histories.clear()
            unit.keys.clear()
            last = group[-1]
        session.write(SHOW_ASSIGNED)
    return count
