"""A job that used up its tries, or whose worker was killed, is offered again, once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tongban.store.store import Store

HOUR = timedelta(hours=1)


def rows(where: str = "true") -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT status::text, args ->> 'flow' FROM procrastinate_jobs WHERE {where}")
        return sorted(cursor.fetchall())


def fail(flow: str) -> None:
    """Do what procrastinate does to a job whose last try was in vain."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE args ->> 'flow' = %s", [flow])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE args ->> 'flow' = %s", [flow])


def test_what_gave_up_is_taken_again_and_what_waits_is_left_alone(store: Store) -> None:
    with store.unit():
        store.jobs.defer("seal_document", case_id="SZ-1")
        store.jobs.defer("offer_files", case_id="SZ-2")
    fail("seal_document")
    now = datetime.now(UTC)
    assert store.jobs.take_failed_again(now - HOUR) == 0
    assert rows() == [("failed", "seal_document"), ("todo", "offer_files")]
    assert store.jobs.take_failed_again(now + HOUR) == 1
    assert rows() == [("todo", "offer_files"), ("todo", "seal_document")]
    assert rows("attempts > 0") == []
    assert store.jobs.take_failed_again(now + HOUR) == 0


def hand_to_worker(flow: str) -> int:
    """Do what procrastinate does when a worker takes a job; return the worker."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE args ->> 'flow' = %s",
            [worker, flow],
        )
    return worker


FORGOTTEN = "DELETE FROM procrastinate_workers WHERE id = %s"
SILENT = "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes' WHERE id = %s"


@pytest.mark.parametrize("end", [FORGOTTEN, SILENT])
def test_what_a_killed_worker_had_in_hand_is_taken_again_and_what_a_living_one_has_is_not(
    store: Store, end: str
) -> None:
    with store.unit():
        store.jobs.defer("seal_document", case_id="SZ-1")
        store.jobs.defer("offer_files", case_id="SZ-2")
    killed = hand_to_worker("seal_document")
    hand_to_worker("offer_files")
    assert store.jobs.take_orphans_again() == 0
    with connection.cursor() as cursor:
        cursor.execute(end, [killed])
    assert store.jobs.take_orphans_again() == 1
    assert rows() == [("doing", "offer_files"), ("todo", "seal_document")]
    assert rows("attempts > 0") == []
    assert store.jobs.take_orphans_again() == 0
