"""Accept a complete application, or ask once for everything that is missing."""

from tongban.domain.case import commands as c
from tongban.flows.perform import get_case, machine_of, perform
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId


def accept(case_id: CaseId, deps: Deps) -> None:
    """Accept or ask for corrections, once no register is being asked any more.

    Causes: ``Accepted``, ``CorrectionRequested`` with one complete list, or ``Referred``.
    Twice:  nothing; only a received case is looked at.

    Source of law: all-2019#32.
    """
    case = get_case(case_id, deps)
    if case.stage == "received" and not case.pending:
        perform(case_id, c.Accept(), machine_of(deps), deps)
