"""What was written cannot be changed: the database itself refuses, whoever asks."""

from datetime import date

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from tests.domain.liaison.told import a_journey
from tests.ports.histories import ACCEPTED, NOON, SUBMITTED, add
from tongban.domain.supervision.alert import AlertHandling, SupervisionAlert
from tongban.kernel.ids import CaseId
from tongban.store.models import CaseEvent
from tongban.store.models import SupervisionAlert as Alert
from tongban.store.store import Store

TABLES = (
    "store_caseevent",
    "store_ledgerleaf",
    "store_ledgernode",
    "store_checkpoint",
    "store_firedentry",
    "store_zoneact",
    "store_supervisionalert",
    "store_supervisionhandling",
)
CHANGES = {
    "store_caseevent": "SET name = 'Granted'",
    "store_ledgerleaf": "SET data = 'x'",
    "store_ledgernode": "SET hash = 'x'",
    "store_checkpoint": "SET note = 'x'",
    "store_zoneact": "SET subject = 'x'",
    "store_supervisionalert": "SET cause = 'x', handled_at = now()",
    "store_supervisionhandling": "SET words = 'x'",
    "store_firedentry": "SET kind = 'overdue', told_at = now()",
}


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with rows in every append-only table."""
    add(store.cases, "CZ-1", SUBMITTED, ACCEPTED)
    for number in range(3):
        store.ledger.append(f"leaf-{number}", {"n": number})
    assert store.ledger.sequence_leaves(10, NOON) == 3
    assert store.liaison.keep(a_journey()[0], "original")
    assert store.agenda.fire(date(2026, 4, 1), NOON, 9) == 2
    alert = SupervisionAlert("late", CaseId("CZ-1"), "overdue", date(2026, 3, 7), NOON, date(2026, 3, 10))
    assert store.supervision.keep([alert]) == 1
    kept = store.supervision.find(Alert.objects.get().number)
    assert kept is not None
    store.supervision.answer(kept, AlertHandling(NOON, "head-1", "演示", "explained", "演示"))
    return store


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def contents(table: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5({table}::text) FROM {table} ORDER BY 1")
        return cursor.fetchall()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("act", ["change", "delete", "empty"])
def test_a_row_that_was_written_stays_as_it_is(filled: Store, table: str, act: str) -> None:
    before = contents(table)
    assert before
    sql = {
        "change": f"UPDATE {table} {CHANGES[table]}",
        "delete": f"DELETE FROM {table}",
        "empty": f"TRUNCATE {table} CASCADE",
    }[act]
    with pytest.raises(
        IntegrityError, match=r"append-only|given its place once|passed on once|answered once"
    ):
        run(sql)
    assert contents(table) == before


def test_what_fell_due_is_passed_on_once_and_not_taken_back(filled: Store) -> None:
    run("UPDATE store_firedentry SET told_at = now()")
    with pytest.raises(IntegrityError, match="passed on once"):
        run("UPDATE store_firedentry SET told_at = NULL")


def test_django_cannot_change_an_event_either(filled: Store) -> None:
    event = CaseEvent.objects.get(case_id="CZ-1", version=1)
    event.name = "Granted"
    with pytest.raises(IntegrityError, match="append-only"):
        event.save()
    with pytest.raises(IntegrityError, match="append-only"):
        CaseEvent.objects.all().delete()


@pytest.mark.parametrize("place", ["7", "NULL"])
def test_a_leaf_gets_its_place_once(filled: Store, place: str) -> None:
    with pytest.raises(IntegrityError, match="given its place once"):
        run(f"UPDATE store_ledgerleaf SET idx = {place} WHERE key = 'leaf-0'")


def test_an_event_cannot_be_slipped_in_at_a_place_that_is_taken(filled: Store) -> None:
    with pytest.raises(IntegrityError, match="store_caseevent_pkey"):
        run(
            "INSERT INTO store_caseevent SELECT case_id, version, at, zone, actor, 'Granted', data "
            "FROM store_caseevent WHERE version = 2"
        )
