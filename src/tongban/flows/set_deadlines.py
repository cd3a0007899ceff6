"""Fix the days on which something comes of itself: an unanswered correction, a renewal."""

from tongban.domain.case.deadlines import compose_deadlines
from tongban.flows.perform import facts_now, get_case, machine_of, perform
from tongban.flows.ports import Deps
from tongban.kernel.errors import Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import Moment


def set_deadlines(case_id: CaseId, deps: Deps) -> None:
    """Fix every deadline that the case must have by now.

    Causes: ``DeadlineFixed`` for each.
    Twice:  nothing; a deadline has its name once.

    Source of law: all-2019#50.2; the days are the regime's and the pack's.
    """
    case = get_case(case_id, deps)
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    regime = deps.catalogue.get_regime(item.regime)
    if not regime.has_act("SetDeadline"):
        return
    calendar = deps.catalogue.get_calendar(case.deciding_zone)
    facts = facts_now(case, deps) if item.succeeds and case.is_open else {}
    try:
        lacking = tuple(compose_deadlines(case, item, regime, facts, calendar, Moment(deps.clock.now()).on))
    except Refused:
        # A calendar that is not loaded so far ahead; an officer closes the file by hand then.
        return
    for command in lacking:
        perform(case_id, command, machine_of(deps), deps)
