"""What time itself does at a deadline: an unanswered correction ends, silence renews."""

from datetime import date

from tongban.domain.case import ending_commands as c
from tongban.domain.case.events import Actor
from tongban.domain.case.later import find_act_on
from tongban.domain.case.state import Case
from tongban.flows.perform import perform
from tongban.flows.ports import Deps


def act_on_deadlines(case: Case, today: date, deps: Deps) -> bool:
    """Do the first thing whose day has come; return whether there was one.

    Causes: ``CorrectionLapsed``; or ``RenewalDeemed`` and ``Granted`` by silence, then the licence is issued.
    Twice:  nothing; what was done has no day any more.

    Source of law: all-2019#50.2 (silence renews).
    """
    who = Actor("time", deps.zone)
    for name in sorted(case.ending.deadlines):
        act_on = find_act_on(name, case)
        if act_on is None or act_on > today:
            continue
        match name.partition(":")[0]:
            case "correction":
                perform(case.id, c.LapseCorrection(name), who, deps)
            case "renewal":
                perform(case.id, c.DeemRenewed(), who, deps)
        return True
    return False
