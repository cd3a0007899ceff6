"""The demonstration's common standard: the stewards agree by real messages, once (make demo, make up)."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from tongban.hosting.nodes import Node, ask_command

PATIENCE_SECONDS = 180
LOOK_EVERY_SECONDS = 0.5


def agree(
    nodes: Sequence[Node], ask: Callable[[Node], str] = lambda node: ask_command(node, "seedstandard")
) -> bool:
    """Let every zone do its part until all say that nothing is left; False when messages take too long.

    Raises:
        CannotRun: a zone's part did not succeed.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    waiting = list(nodes)
    with ThreadPoolExecutor(len(nodes)) as pool:
        while waiting:
            said = list(pool.map(ask, waiting))
            waiting = [node for node, word in zip(waiting, said, strict=True) if word != "done"]
            if waiting and time.monotonic() > deadline:
                return False
            if waiting:
                time.sleep(LOOK_EVERY_SECONDS)
    return True
