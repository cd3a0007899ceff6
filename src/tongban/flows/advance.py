"""Take a case as far as the machine can: one, or a group in a single transaction."""

from collections.abc import Callable, Sequence

from tongban.flows.accept import accept
from tongban.flows.assess import assess
from tongban.flows.gather_evidence import gather_evidence, own_records_wanted
from tongban.flows.issue import issue
from tongban.flows.open_parts import open_parts
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.kernel.errors import Conflict, Fault, NotFound, Refused
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
                open_parts(case_id, deps)
                assess(case_id, deps)
            case "granted":
                issue(case_id, deps)


def advance_group(case_ids: Sequence[CaseId], deps: Deps) -> int:
    """Advance many cases in one transaction; return how many were taken along.

    Cases do not depend on each other, so when one of them fails the group is taken apart and each goes
    by itself: one bad case never holds up the rest.
    """
    return _advance_together(lambda: case_ids, deps)


def advance_waiting(limit: int, deps: Deps) -> int:
    """Advance a group of those that wait for the machine and that no other worker has in hand."""
    return _advance_together(lambda: deps.cases.waiting_for_machine(limit), deps)


def _advance_together(choose: Callable[[], Sequence[CaseId]], deps: Deps) -> int:
    case_ids: Sequence[CaseId] = ()
    try:
        with deps.unit():
            case_ids = choose()
            _read_ahead(case_ids, deps)
            for case_id in case_ids:
                advance(case_id, deps)
        return len(case_ids)
    except _FAILURES:
        return sum(_advance_alone(case_id, deps) for case_id in case_ids)


def _read_ahead(case_ids: Sequence[CaseId], deps: Deps) -> None:
    """Read the group's histories with one question, and what the own registers hold for it with another."""
    deps.cases.preload(case_ids)
    cases = [case for case_id in case_ids if (case := deps.cases.find(case_id)) is not None]
    deps.registers.preload([wanted for case in cases for wanted in own_records_wanted(case, deps)])


def _advance_alone(case_id: CaseId, deps: Deps) -> int:
    try:
        advance(case_id, deps)
    except _FAILURES:
        return 0
    return 1


_FAILURES = (Refused, Conflict, Fault, NotFound)
