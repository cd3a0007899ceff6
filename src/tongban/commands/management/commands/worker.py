"""`manage.py worker`: takes wake-ups from the queue, and does by itself what is due."""

import threading
from collections.abc import Callable

import structlog
from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError

from tongban.kernel.errors import Conflict, Fault, Refused
from tongban.wiring import get_node, settle_memory
from tongban.wiring.work import Duty, duties_of, run_due

log = structlog.get_logger("tongban.worker")

BEAT_SECONDS = 0.25
STALLED_AFTER_SECONDS = 30
JOBS_AT_ONCE = 4
AGAIN_SECONDS = 1.0


class Command(BaseCommand):
    """Runs until it is told to stop; then finishes what it has in hand."""

    help = "Work for this zone: jobs from the queue, ledger, deliveries, clocks."

    def handle(self, **options: object) -> None:  # noqa: ARG002 - Django's shape
        """Start the heart, then take jobs in the main thread, where signals arrive."""
        node = get_node()
        settle_memory()
        stop = threading.Event()
        heart = threading.Thread(target=beat, args=(duties_of(node), stop), name="heart", daemon=True)
        heart.start()
        try:
            keep_at(take_jobs, stop)
        finally:
            stop.set()
            heart.join(timeout=10)


def take_jobs() -> None:
    """Take jobs until a signal says stop."""
    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
        worker_app.run_worker(
            concurrency=JOBS_AT_ONCE,
            fetch_job_polling_interval=2.0,
            delete_jobs="successful",
            stalled_worker_timeout=STALLED_AFTER_SECONDS,
            shutdown_graceful_timeout=10,
        )


def keep_at(take: Callable[[], None], stop: threading.Event) -> None:
    """Begin again when the database was lost while a worker began or worked; the heart goes on meanwhile."""
    while True:
        try:
            take()
        except (ConnectorException, OperationalError) as lost:
            log.warning("worker_cut_off", why=type(lost).__name__)
        else:
            return
        if stop.wait(AGAIN_SECONDS):
            return


def beat(duties: tuple[Duty, ...], stop: threading.Event) -> None:
    """Do what is due until told to stop; a duty that fails is tried at its next time."""
    clock = get_node().deps.clock
    pause = BEAT_SECONDS
    while not stop.wait(pause):
        now, pause = clock.now(), BEAT_SECONDS
        try:
            run_due(duties, now)
            if any(duty.is_due(now) for duty in duties):
                pause = 0.0
        except (Fault, Conflict, Refused) as fault:
            log.warning("duty_failed", why=type(fault).__name__)
        except Exception:
            # The heart must not stop: the node would look well and do nothing.
            log.exception("duty_broken")
