"""Wake-ups as rows of procrastinate's queue, written in the transaction that wants them."""

import json

from tongban.store.session import Session
from tongban.store.writes import JOBS

TASK = "run_flow"
"""The one task: its arguments are ``flow`` and what the flow is called with. Wiring registers it."""

QUEUE = "flows"
DELIVERY_QUEUE = "delivery"
"""Talking to peers has its own queue, so that a slow peer holds up nothing else."""


class DjangoJobs:
    """The port ``Jobs``. The same flow with the same arguments is woken once a unit."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def defer(self, name: str, **arguments: str) -> None:
        """Have a worker run the named flow with these arguments."""
        put_job(self._session, QUEUE, name, arguments)


def put_job(session: Session, queue: str, flow: str, arguments: dict[str, str]) -> None:
    """Gather one wake-up."""
    plain = json.dumps({"flow": flow, **arguments}, sort_keys=True)
    session.put(JOBS, (queue, plain), (queue, TASK, plain))
