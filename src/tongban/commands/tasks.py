"""The one task that job rows name; found by procrastinate because this room is an installed app."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tongban.kernel.errors import Conflict, Fault
from tongban.wiring import get_node
from tongban.wiring.work import wake

RETRY = RetryStrategy(max_attempts=8, exponential_wait=2, retry_exceptions={Conflict, Fault})
"""Two seconds, then four, and so on; after that the sweep of `worker` finds what is still undone."""


@app.task(name="run_flow", queue="flows", retry=RETRY)
def run_flow(flow: str, **arguments: str) -> None:
    """Carry out one wake-up; see ``wiring.work.wake``."""
    wake(get_node(), flow, arguments)
