"""Take a case as far as the machine can: one, or a group in a single transaction."""

from collections.abc import Sequence

from tongban.flows.accept import accept
from tongban.flows.assess import assess
from tongban.flows.gather_evidence import gather_evidence
from tongban.flows.issue import issue
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.kernel.errors import Conflict, Fault, Refused
from tongban.kernel.ids import CaseId


def advance(case_id: CaseId, deps: Deps) -> None:
    """Do whatever the stage of a case leaves for the machine to do.

    The truth is in the case, so a job that was lost, or ran twice, makes no difference.
    """
    with deps.unit():
        case = get_case(case_id, deps)
        if case.deciding_zone != deps.zone:
            return
        match case.stage:
            case "received":
                gather_evidence(case_id, deps)
                accept(case_id, deps)
            case "accepted":
                assess(case_id, deps)
            case "granted":
                issue(case_id, deps)


def advance_group(case_ids: Sequence[CaseId], deps: Deps) -> int:
    """Advance many cases in one transaction; return how many were taken along.

    Cases do not depend on each other, so when one of them fails the group is taken apart and each goes
    by itself: one bad case never holds up the rest.
    """
    try:
        with deps.unit():
            deps.cases.preload(case_ids)
            for case_id in case_ids:
                advance(case_id, deps)
        return len(case_ids)
    except (Refused, Conflict, Fault):
        return sum(_advance_alone(case_id, deps) for case_id in case_ids)


def _advance_alone(case_id: CaseId, deps: Deps) -> int:
    try:
        advance(case_id, deps)
    except (Refused, Conflict, Fault):
        return 0
    return 1
