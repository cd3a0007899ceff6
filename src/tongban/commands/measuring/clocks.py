"""The clock's own work when a million cases are open: one day's, and ten days' after a stop."""

import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tongban.commands.measuring.samples import BRANCH, branch_application, hand_in_many
from tongban.commands.measuring.timing import Figures
from tongban.flows.keep_time import catch_up
from tongban.wiring import get_deps
from tongban.wiring.made_up import fill_agenda

DAYS_STOPPED = 10
ACTS_PART = 1000
"""Of so many open cases one has an application that nobody answered: silence accepts it in these days."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StandingClock:
    """A clock that stands at an instant."""

    at: datetime

    def now(self) -> datetime:
        """Return that instant."""
        return self.at


def measure_clocks(count: int) -> Figures:
    """Return seconds for the first day's sweep, and for the one after ten days in which no worker ran.

    Of the open cases two in a hundred have something due on each day; one in a thousand is accepted by
    silence, case by case, in the ten days.
    """
    deps = get_deps()
    acts = max(1, count // ACTS_PART)
    fill_agenda(BRANCH, count)
    hand_in_many(branch_application(deps), acts, deps)
    figures: Figures = {"cases": count, "acts": acts}
    began_at = deps.clock.now()
    for name, days in (("day", 1), ("stopped", 1 + DAYS_STOPPED)):
        at_that_time = replace(deps, clock=StandingClock(began_at + days * _DAY))
        began = time.perf_counter()
        figures[f"{name}_fired"] = catch_up(at_that_time)
        figures[f"{name}_s"] = time.perf_counter() - began
    if figures["stopped_fired"] < count * 2 * DAYS_STOPPED // 100:
        raise RuntimeError(f"too little fired: {figures}")
    return figures
