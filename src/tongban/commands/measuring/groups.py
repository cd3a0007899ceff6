"""Groups: what waits for the machine, decided and issued a hundred at a time, as the workers do it."""

import multiprocessing
import time
from collections.abc import Sequence
from multiprocessing.synchronize import Barrier
from typing import Any

from django.db import connections

from tongban.commands.measuring.samples import food_application, hand_in_many
from tongban.commands.measuring.timing import Figures
from tongban.flows.watch_clocks import take_up
from tongban.kernel.ids import CaseId
from tongban.wiring import get_deps

WORKERS = (1, 2)
"""One worker process, then as many as the cores for which the goal was set; they share what waits."""

_PATIENCE_SECONDS = 240
_LOOKED_AT = 50


def measure_groups(count: int) -> Figures:
    """Return cases a second from received to issued, each group one durable transaction.

    ``per_s`` is what two workers do together, ``per_s_alone`` what one does.
    """
    alone, together = (_measure(count, workers) for workers in WORKERS)
    return {"cases": count, "per_s": together, "per_s_alone": alone}


def _measure(count: int, workers: int) -> float:
    """Let processes work until nothing waits; from the first one's beginning to the last one's end."""
    deps = get_deps()
    numbers = hand_in_many(food_application(deps, decide_now=False), count, deps)
    connections.close_all()  # a connection belongs to one process
    forking = multiprocessing.get_context("fork")
    start, told = forking.Barrier(workers), forking.Queue()
    children = [forking.Process(target=_work, args=(start, told)) for _ in range(workers)]
    for child in children:
        child.start()
    spans = [told.get(timeout=_PATIENCE_SECONDS) for _ in children]
    for child in children:
        child.join()
    _require_issued(numbers)
    return count / (max(ended for _, ended in spans) - min(began for began, _ in spans))


def _require_issued(numbers: Sequence[CaseId]) -> None:
    """Look whether nothing waits any more, and at some of the cases, whether they have their licence."""
    deps = get_deps()
    some = [deps.cases.find(number) for number in numbers[:: max(1, len(numbers) // _LOOKED_AT)]]
    if deps.cases.waiting_for_machine(1) or not all(case and case.credential_id for case in some):
        raise RuntimeError("not every case was issued")


def _work(start: Barrier, told: Any) -> None:
    deps = get_deps()
    deps.cases.waiting_for_machine(1)  # connects, so that nobody waits for that once it counts
    start.wait()
    began = time.monotonic()
    while take_up(deps):
        pass
    told.put((began, time.monotonic()))
