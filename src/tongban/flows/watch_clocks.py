"""What time itself does: silence accepts, and what was left lying is taken up again."""

from datetime import date, datetime, time, timedelta

from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor
from tongban.flows.advance import advance_waiting
from tongban.flows.perform import perform
from tongban.flows.ports import Deps
from tongban.kernel.errors import Conflict, Refused
from tongban.kernel.moment import CHINA_STANDARD_TIME, Moment, civil_date

GROUP = 100
"""Most cases taken along in one transaction."""

_CALENDAR_DAYS_PER_WORKING_DAY = 1
"""No working day is shorter than a calendar day, so this bounds the search from below."""


def deem_accepted(deps: Deps, limit: int = GROUP) -> int:
    """Record acceptance by silence for applications that nobody answered in time.

    Causes: ``Accepted(deemed=True)`` from the day of receipt, for each; returns how many.
    Twice:  nothing; an accepted case is no longer silent.

    Source of law: all-2019#32.4.
    """
    today = Moment(deps.clock.now()).on
    calendar = deps.catalogue.get_calendar(deps.zone)
    time_actor = Actor("time", deps.zone)
    deemed = 0
    oldest_first = deps.cases.received_before(
        _start_of(today - timedelta(_CALENDAR_DAYS_PER_WORKING_DAY)), limit
    )
    for case_id in oldest_first:
        case = deps.cases.find(case_id)
        if case is None or case.received_at is None or case.stage != "received":
            continue
        item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
        regime = deps.catalogue.get_regime(item.regime)
        silence = regime.limits.get("correction-notice")
        if silence is None:
            continue
        try:
            if today <= calendar.add_working_days(civil_date(case.received_at), silence.amount):
                continue
            perform(case_id, c.DeemAccepted(), time_actor, deps)
            deemed += 1
        except (Refused, Conflict):
            # A calendar that is not loaded, or an officer who was quicker: looked at again next time.
            continue
    return deemed


def take_up(deps: Deps, limit: int = GROUP) -> int:
    """Advance cases that wait for the machine, in one group; returns how many were taken along.

    Several workers may do so at once: each is given other cases.
    """
    return advance_waiting(limit, deps)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA_STANDARD_TIME)
