"""Hand an application over to the zone that decides; the receiving zone keeps a copy to show."""

from tongban.domain.case.plain import recorded_to_plain
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId


def hand_over(case_id: CaseId, deps: Deps) -> None:
    """Queue the application for its deciding zone.

    Causes: one ``case.submit`` message with the first event; the clock runs from this receipt.
    Twice:  nothing; a case that was handed over has its message already.

    Source of law: state-council-office-2020-35 (received here, decided there; powers unchanged).
    """
    case = get_case(case_id, deps)
    if any(message.type == "case.submit" for message in deps.exchange.outgoing(case_id)):
        return
    first = deps.cases.history(case_id)[0]
    deps.exchange.post(case.deciding_zone, "case.submit", {"recorded": recorded_to_plain(first)}, case_id)
