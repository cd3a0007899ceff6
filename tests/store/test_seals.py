"""The seal on PostgreSQL: many at once stay below the limit, a suspension is obeyed, the register stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from tests.ports.histories import NOON
from tests.ports.test_seals import USE, A, B
from tests.store.threads import run_together
from tongban.domain.seal.events import SealAct, SealActivated, SealSuspended
from tongban.kernel.text import Text
from tongban.store.store import Store

LIMIT = 5
HOUR = NOON.replace(minute=0, second=0)
SHIFT = SealActivated(A, B, NOON, NOON + timedelta(hours=4))


def move(store: Store, number: int) -> Callable[[], bool]:
    """One worker that wants the seal, as ``flows.use_seal`` takes it."""

    def act() -> bool:
        with store.unit():
            seal = store.seals.take()
            if not seal.is_active(NOON) or store.seals.count_hour(HOUR) >= LIMIT:
                return False
            store.seals.add_use(replace(USE, document_id=f"L-{number}"), HOUR)
            return True

    return act


def count_uses() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM store_sealuse")
        return cursor.fetchone()[0]


def record(store: Store, event: object) -> None:
    with store.unit():
        store.seals.take()
        store.seals.record(SealAct(event, NOON))


def test_of_many_at_once_no_more_than_the_limit_move_it(store: Store) -> None:
    record(store, SHIFT)
    results = run_together([move(store, number) for number in range(3 * LIMIT)])
    assert sorted(results) == [False] * 2 * LIMIT + [True] * LIMIT
    assert count_uses() == LIMIT
    assert store.seals.count_hour(HOUR) == LIMIT


def test_once_a_suspension_is_kept_nobody_moves_it(store: Store) -> None:
    record(store, SHIFT)

    def stop() -> int:
        with store.unit():
            store.seals.take()
            store.seals.record(SealAct(SealSuspended(A, Text("演示", "demonstration")), NOON))
            return count_uses()

    results = run_together([*(move(store, number) for number in range(3)), stop, move(store, 9)])
    assert count_uses() == results[3]


def test_a_use_that_was_counted_in_a_unit_that_fails_is_not_counted(store: Store) -> None:
    record(store, SHIFT)

    def move_and_fail() -> None:
        with store.unit():
            store.seals.take()
            store.seals.add_use(USE, HOUR)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        move_and_fail()
    assert (count_uses(), store.seals.count_hour(HOUR)) == (0, 0)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE store_sealact SET first_id = 'somebody'",
        "DELETE FROM store_sealact",
        "TRUNCATE store_sealact",
        "UPDATE store_sealuse SET case_id = 'CZ-9'",
        "UPDATE store_sealuse SET sealed_digest = repeat('d', 64)",
        "UPDATE store_sealuse SET sealed_digest = ''",
        "DELETE FROM store_sealuse",
        "TRUNCATE store_sealuse",
    ],
)
def test_the_database_lets_nobody_change_what_was_done_with_the_seal(store: Store, sql: str) -> None:
    record(store, SHIFT)
    with store.unit():
        use = store.seals.add_use(USE, HOUR)
    store.seals.finish_use(use.number, "c" * 64)
    with pytest.raises(IntegrityError, match=r"append-only|finished once"), connection.cursor() as cursor:
        cursor.execute(sql)
