"""How an example is decided by people: by one officer, or by as many as must sign, and with the head."""

from tongban.domain.case.events import Actor
from tongban.domain.case.may_decide import (
    find_verification,
    list_approval_reasons,
    must_tell_parties,
)
from tongban.flows import examine, make_decision
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

_HEAD = Actor("head", "example-head", "演示负责人")


def play_decision(case_id: CaseId, granted: bool, reasons: Text, officer: Actor, deps: Deps) -> None:
    """Let the officer grant or refuse, after everything that the item's data wants to have happened."""
    case = get_case(case_id, deps)
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    regime = deps.catalogue.get_regime(item.regime)
    if must_tell_parties(case, item, regime):
        examine.note_no_party(case_id, reasons, officer, deps)
    wanted = find_verification(item, regime)
    for number in range(wanted.officers if wanted else 0):
        colleague = Actor("officer", f"{officer.id}-{number + 1}", officer.name)
        examine.sign_finding(case_id, reasons, colleague, deps)
    if list_approval_reasons(case, item, regime, granted=granted):
        examine.submit_for_approval(case_id, granted, reasons, officer, deps)
        examine.approve(case_id, Text("", ""), _HEAD, deps)
    elif granted:
        make_decision.grant(case_id, reasons, officer, deps)
    else:
        make_decision.refuse(case_id, reasons, officer, deps)
