"""The officer's worklist when a hundred thousand cases wait."""

import random
from datetime import timedelta

from tongban.commands.measuring.samples import FOOD
from tongban.commands.measuring.timing import Figures, milliseconds, seconds_of
from tongban.kernel.moment import civil_date
from tongban.reads.worklist import Place, Wish, count_waiting, read_worklist
from tongban.wiring import get_deps
from tongban.wiring.made_up import fill_worklist

_ASKED = 300
_DAYS = 30


def measure_lists(count: int) -> Figures:
    """Return p50 and p99 of one page of the list with its counts, at random places in it."""
    fill_worklist(FOOD, count)
    deps, chance = get_deps(), random.Random(1)  # noqa: S311  a sample, not a secret
    today = civil_date(deps.clock.now())

    def look() -> None:
        on = today + timedelta(days=chance.randint(-10, _DAYS))
        at = Place(on, f"ZZ000000-{chance.randint(1, count):08d}") if chance.random() > 0.5 else None
        page = read_worklist(Wish(), at, deps)
        count_waiting(Wish(), deps)
        if not page.rows:
            raise RuntimeError("an empty page")

    for _ in range(10):
        look()
    return {"cases": count, **milliseconds([seconds_of(look) for _ in range(_ASKED)])}
