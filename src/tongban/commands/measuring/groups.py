"""Groups: what waits for the machine, decided and issued a hundred at a time, as the worker does it."""

from tongban.commands.measuring.samples import food_application, hand_in_many
from tongban.commands.measuring.timing import Figures, seconds_of
from tongban.flows.watch_clocks import take_up
from tongban.wiring import get_deps


def measure_groups(count: int) -> Figures:
    """Return cases a second from received to issued, each group one durable transaction."""
    deps = get_deps()
    numbers = hand_in_many(food_application(deps, decide_now=False), count, deps)

    def work() -> None:
        while take_up(deps):
            pass

    seconds = seconds_of(work)
    issued = sum(
        (case := deps.cases.find(number)) is not None and case.stage == "concluded" for number in numbers
    )
    if issued != count:
        raise RuntimeError(f"{issued} of {count} cases were issued")
    return {"cases": count, "per_s": count / seconds}
