"""Close every part of a joint case with the lead's one result."""

from tongban.domain.case.state import Case
from tongban.domain.liaison.acts import JointClosed
from tongban.flows.joint import find_joint
from tongban.flows.liaison import tell_zone_act, zones_of
from tongban.flows.perform import get_case, machine_of
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId

BY_RULES = "rules"
"""What a machine decides was never handled jointly, and costs no question here."""


def close_parts(case_id: CaseId, deps: Deps) -> None:
    """Tell the zones of a joint case the lead's result, which closes their sub-cases.

    Causes: a signed message to each of them; nothing for a case that is not handled jointly.
    Twice:  nothing; whether it is closed is read first.

    Source of law: all-2019#26.2 (one result for all).
    """
    case = get_case(case_id, deps)
    if case.decision is not None and case.decision.by == BY_RULES:
        return
    with deps.unit():
        joint = find_joint(case, deps)
        if joint is None or joint.zone != deps.zone or joint.closing is not None:
            return
        closed = JointClosed(_name_result(case), str(case.credential_id or ""))
        to_zones = joint.parties | zones_of(case)
        tell_zone_act(closed, joint.history[0], case.id, to_zones, machine_of(deps), deps)


def _name_result(case: Case) -> str:
    if case.credential_id:
        return "granted"
    return case.stage if case.stage in ("refused", "withdrawn") else "ended"
