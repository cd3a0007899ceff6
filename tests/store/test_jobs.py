"""A job that used up its tries is offered again, once, and only after a while."""

from datetime import UTC, datetime, timedelta

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
