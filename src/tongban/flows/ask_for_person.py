"""Ask that a person decides; no machine does from then on."""

from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor
from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case
from tongban.flows.acts_under_way import ASK_FOR_PERSON, check_not_held_back, find_under_way
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId


def ask_for_person(case_id: CaseId, actor: Actor, deps: Deps) -> Case:
    """Ask for a person, without losing the place in the queue.

    Causes: ``PersonRequested`` in the deciding zone; in another zone a ``case.act`` message to it.
    Twice:  nothing.

    Source of law: pipl-2021#24.
    """
    case = get_case(case_id, deps)
    if case.deciding_zone == deps.zone:
        return perform(case_id, c.AskForPerson(deps.zone), actor, deps)
    body = {"case": case_id, "act": ASK_FOR_PERSON, "actor": to_plain(actor)}
    news_at = deps.cases.history(case_id)[-1].at
    if any(m.act == ASK_FOR_PERSON for m in find_under_way(deps.exchange.outgoing(case_id), news_at)):
        return case
    with deps.unit():
        check_not_held_back(ASK_FOR_PERSON, case_id, deps)
        deps.exchange.post(case.deciding_zone, "case.act", body, case_id)
    return case
