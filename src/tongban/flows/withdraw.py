"""Take an application back, at any zone."""

from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor
from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case
from tongban.flows.acts_under_way import WITHDRAW, check_not_held_back
from tongban.flows.mandates import require_mandate
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId


def withdraw(case_id: CaseId, reason: str, actor: Actor, deps: Deps, helper_id: str = "") -> Case:
    """Withdraw an application that is not decided yet.

    Args:
        helper_id: citizen number of who came for the applicant; held to what the applicant gave.

    Causes: ``Withdrawn`` in the deciding zone; in another zone a ``case.act`` message to it.

    Raises:
        Refused: in another zone, when a withdrawal is on its way already.
    """
    case = get_case(case_id, deps)
    require_mandate(case.applicant, helper_id, case.item_id, WITHDRAW, deps)
    if case.deciding_zone == deps.zone:
        return perform(case_id, c.Withdraw(deps.zone, reason), actor, deps)
    body = {"case": case_id, "act": WITHDRAW, "actor": to_plain(actor), "reason": reason}
    with deps.unit():
        check_not_held_back(WITHDRAW, case_id, deps)
        deps.exchange.post(case.deciding_zone, "case.act", body, case_id)
    return case
