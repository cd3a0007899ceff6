"""Replay: past decisions run again in one pass over the histories."""

from tongban.commands.measuring.samples import food_application, hand_in_many
from tongban.commands.measuring.timing import Figures, seconds_of
from tongban.wiring import get_node
from tongban.wiring.replaying import replay_all


def measure_replay(count: int) -> Figures:
    """Return decisions run again a second: read, unlocked, folded, evaluated twice, compared."""
    node = get_node()
    hand_in_many(food_application(node.deps, decide_now=True), count, node.deps)
    seconds = seconds_of(lambda: replay_all(node))
    run = node.store.replays.find_last("asked")
    if run is None or run.drifted or run.checked < count:
        raise RuntimeError(f"a replay of the build that decided must bring nothing: {run}")
    return {"decisions": run.checked, "per_s": run.checked / seconds, "seconds": seconds}
