"""Set the days on which something is due: a deferred paper, the check of a promise, the next life check."""

from tongban.domain.case.facts import signed_pledges
from tongban.domain.case.later import compose_schedule
from tongban.flows.perform import get_case, machine_of, perform
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import Moment


def schedule_checks(case_id: CaseId, deps: Deps) -> None:
    """Set every check that the case must have by now.

    Causes: ``CheckScheduled`` for each.
    Twice:  nothing; a check has its name once.

    Source of law: state-council-office-2020-42#later-check; the numbers are the pack's.
    """
    case = get_case(case_id, deps)
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    if not item.pledges and item.recurs is None:
        return
    calendar = deps.catalogue.get_calendar(case.deciding_zone)
    today = Moment(deps.clock.now()).on
    for command in compose_schedule(case, item, signed_pledges(case, item), today, calendar):
        perform(case_id, command, machine_of(deps), deps)
