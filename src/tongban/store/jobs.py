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
"""Rows that are offered anew in one transaction."""
HEART_STOPPED_SECONDS = 60
"""A worker whose heart (one beat in ten seconds) was not heard for so long is taken for dead."""
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
_TAKE_ORPHANS = """
WITH orphaned AS (
    SELECT job.id FROM procrastinate_jobs AS job
    WHERE job.status = 'doing' AND job.task_name = %b
    AND NOT EXISTS (
        SELECT FROM procrastinate_workers AS worker
        WHERE worker.id = job.worker_id AND worker.last_heartbeat >= now() - make_interval(secs => %b)
    )
    ORDER BY job.id LIMIT %b FOR UPDATE SKIP LOCKED
)
DELETE FROM procrastinate_jobs AS job USING orphaned WHERE job.id = orphaned.id
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
        return self._offer_anew(_TAKE_AGAIN, [TASK, before, MOST_AT_ONCE])

    def take_orphans_again(self) -> int:
        """Put jobs that a worker had in hand when it was killed into the queue anew; return how many.

        The queue forgets a worker whose heart stopped only when another one starts, and leaves its jobs to
        nobody.

        Twice: nothing; each orphaned row goes in the statement that makes the new one.
        """
        return self._offer_anew(_TAKE_ORPHANS, [TASK, HEART_STOPPED_SECONDS, MOST_AT_ONCE])

    def _offer_anew(self, statement: str, values: list[object]) -> int:
        with self._session.unit():
            taken = self._session.write(statement, values)
            for queue, arguments in taken:
                plain = json.dumps(json.loads(arguments), sort_keys=True)
                self._session.put(JOBS, (queue, plain), (queue, TASK, plain))
        return len(taken)


def put_job(session: Session, queue: str, flow: str, arguments: dict[str, str]) -> None:
    """Gather one wake-up."""
    plain = json.dumps({"flow": flow, **arguments}, sort_keys=True)
    session.put(JOBS, (queue, plain), (queue, TASK, plain))
