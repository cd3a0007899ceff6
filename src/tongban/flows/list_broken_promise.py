"""Put who broke a promise on the zone's list, from which every zone is answered."""

from tongban.domain.case.facts import BROKEN_PROMISES
from tongban.domain.evidence.exchange import HeldRecord
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import Moment


def list_broken_promise(case_id: CaseId, deps: Deps) -> None:
    """Keep an entry for the applicant of a case in which an officer found a promise broken.

    Causes: one row in the register ``broken-promises``; nothing when every promise was kept.
    Twice:  the same row again.

    Source of law: state-council-office-2020-42#broken-promise.
    """
    case = get_case(case_id, deps)
    if not any(check.outcome == "broken" for check in case.checks.values()):
        return
    moment = Moment(deps.clock.now())
    facts = {"is_listed": True, "listed_on": moment.on, "about": case.item_id}
    authority = deps.catalogue.zones[deps.zone].authority.name
    deps.registers.keep(
        HeldRecord(BROKEN_PROMISES, case.applicant.id, facts, moment.at, authority, cause=case.id)
    )
