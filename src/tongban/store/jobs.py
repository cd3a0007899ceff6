"""Wake-ups as rows of procrastinate's queue, written in the transaction that wants them."""

import json
from datetime import datetime

from tongban.store.session import Session
from tongban.store.writes import JOBS

TASK = "run_flow"
"""The one task: its arguments are ``flow`` and what the flow is called with. Wiring registers it."""

QUEUE = "flows"
DELIVERY_QUEUE = "delivery"
"""Talking to peers has its own queue, so that a slow peer holds up nothing else."""

MOST_AT_ONCE = 100
_TAKE_AGAIN = """
WITH failed AS (
    SELECT job.id FROM procrastinate_jobs AS job
    WHERE job.status = 'failed' AND job.task_name = %b
    AND (SELECT max(event.at) FROM procrastinate_events AS event WHERE event.job_id = job.id) < %b
    ORDER BY job.id LIMIT %b FOR UPDATE SKIP LOCKED
)
DELETE FROM procrastinate_jobs AS job USING failed WHERE job.id = failed.id
RETURNING job.queue_name, job.args::text
"""


class DjangoJobs:
    """The port ``Jobs``. The same flow with the same arguments is woken once a unit."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def defer(self, name: str, **arguments: str) -> None:
        """Have a worker run the named flow with these arguments."""
        put_job(self._session, QUEUE, name, arguments)

    def take_failed_again(self, before: datetime) -> int:
        """Put jobs that gave up before an instant into the queue anew; return how many.

        Twice: nothing; each failed row goes in the statement that makes the new one.
        """
        with self._session.unit():
            failed = self._session.write(_TAKE_AGAIN, [TASK, before, MOST_AT_ONCE])
            for queue, arguments in failed:
                plain = json.dumps(json.loads(arguments), sort_keys=True)
                self._session.put(JOBS, (queue, plain), (queue, TASK, plain))
        return len(failed)


def put_job(session: Session, queue: str, flow: str, arguments: dict[str, str]) -> None:
    """Gather one wake-up."""
    plain = json.dumps({"flow": flow, **arguments}, sort_keys=True)
    session.put(JOBS, (queue, plain), (queue, TASK, plain))
