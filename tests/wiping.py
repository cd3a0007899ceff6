"""How tests empty the database between them, although its history cannot be emptied.

Only the owner of the tables may do this, and only by taking the guards away first (migration 0002): the
product never does. Django's own flush also leaves the job queue's tables alone, as it does not manage them.
"""

from typing import Any

from django.db.backends.postgresql.operations import DatabaseOperations

GUARDED = (
    *("store_caseevent", "store_ledgerleaf", "store_ledgernode", "store_checkpoint"),
    *("store_ruletable", "store_railact", "store_notice", "store_paper", "store_rating"),
    "store_allianceact",
    "store_zoneact",
    "store_firedentry",
    "store_caseassignment",
    "store_deskconflict",
    *("store_sealact", "store_sealuse"),
    "store_casenote",
    *("store_supervisionalert", "store_supervisionhandling"),
)
QUEUE = (
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_jobs",
    "procrastinate_workers",
)


def allow_wiping() -> None:
    """Let the flush after a transactional test take the guards away and put them back."""
    plain_flush = DatabaseOperations.sql_flush

    def sql_flush(operations: Any, style: Any, tables: list[str], **options: Any) -> list[str]:
        flush = plain_flush(operations, style, tables, **options)
        if not flush or not set(GUARDED) & set(tables):
            return flush
        lift = [f"ALTER TABLE {table} DISABLE TRIGGER store_keep_table" for table in GUARDED]
        guard = [f"ALTER TABLE {table} ENABLE TRIGGER store_keep_table" for table in GUARDED]
        return [*lift, *flush, f"TRUNCATE {', '.join(QUEUE)}", *guard]

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]
