"""The one task that job rows name; found by procrastinate because this room is an installed app."""

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tongban.kernel.errors import Conflict, Fault
from tongban.wiring import get_node
from tongban.wiring.work import wake

log = structlog.get_logger("tongban.worker")

RETRY = RetryStrategy(max_attempts=8, exponential_wait=2, retry_exceptions={Conflict, Fault})
"""Two seconds, then four, and so on; after that the sweep of `worker` finds what is still undone."""


@app.task(name="run_flow", queue="flows", retry=RETRY)
def run_flow(flow: str, **arguments: str) -> None:
    """Carry out one wake-up; see ``wiring.work.wake``. Why one must be tried again is in the log."""
    try:
        wake(get_node(), flow, arguments)
    except (Conflict, Fault) as error:
        log.warning("wake_up_failed", flow=flow, why=str(error))
        raise
