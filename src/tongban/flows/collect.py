"""Hand out a licence at the window, once, to the applicant or to somebody who may collect it."""

from tongban.domain.case.ending import Delivered
from tongban.domain.case.events import Actor
from tongban.domain.delivery import PICK_UP
from tongban.flows.deliver import deliver, is_handed_over, note_pickup
from tongban.flows.mandates import require_mandate
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.kernel.errors import Conflict, Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text


def collect(case_id: CaseId, helper_id: str, actor: Actor, deps: Deps) -> None:
    """Record that a licence was handed to who has opened the case at the window with their document.

    Causes: the proof of service (``deliver``), with the line of the window's list in the same transaction;
        that line alone where the procedure knows no service.

    Args:
        helper_id: citizen number of the agent who came, or empty for the applicant.
        actor: the clerk, who has seen the document.

    Raises:
        Refused: there is no licence, or the agent may not collect it.
        Conflict: it has reached its holder before.

    Source of law: all-2019#29.2 (an agent acts within what was given), all-2019#44.
    """
    case = get_case(case_id, deps)
    if not case.credential_id:
        raise Refused(Problem("collect.nothing", _NOTHING, "case"))
    require_mandate(case.applicant, helper_id, case.item_id, "collect", deps)
    if is_handed_over(case, deps):
        raise Conflict(f"{case_id}: handed over already")
    who = case.applicant
    authority = _AS_AUTHORISED.fill(number=helper_id).zh if helper_id else ""
    name = who.agent_name if helper_id and helper_id == who.agent_id else who.name
    delivered = Delivered(
        PICK_UP,
        name or helper_id,
        civil_date(deps.clock.now()),
        deps.zone,
        "",
        authority,
        True,
        _AT_WINDOW.zh,
    )
    regime = deps.catalogue.get_regime(deps.catalogue.get_item(case.item_id, case.deciding_zone).regime)
    if regime.find_arrow(case.stage, "RecordDelivery") is not None:
        deliver(case_id, delivered, actor, deps)
        return
    with deps.unit():
        note_pickup(case_id, delivered, actor, deps)


_NOTHING = Text("这件办件还没有可以领取的结果", "There is nothing to collect in this case yet")
_AS_AUTHORISED = Text("按登记的授权代领，{number}", "As authorised on record, {number}")
_AT_WINDOW = Text("窗口当面交付", "Handed over at the window")
