"""Written documents on the real database: numbers under concurrency, and what it refuses to change."""

import psycopg
import pytest
from django.db import connection
from django.db.utils import IntegrityError

from tests.ports.histories import ACCEPTED, SUBMITTED, add
from tests.ports.test_papers import CASE, a_paper
from tests.store.threads import run_together
from tongban.store.store import Store

DRAWS, THREADS = 20, 4


@pytest.mark.django_db(transaction=True)
def test_numbers_have_neither_doubles_nor_gaps_when_many_draw_and_some_fail(store: Store) -> None:
    def draw() -> list[int]:
        mine = []
        for turn in range(DRAWS):
            try:
                with store.unit():
                    number = store.papers.next_serial("grant", 2026, 1)
                    if turn % 5 == 4:
                        raise KeyError(number)
            except KeyError:
                continue
            mine.append(number)
        return mine

    drawn = sorted(number for numbers in run_together([draw] * THREADS) for number in numbers)
    assert drawn == list(range(1, THREADS * DRAWS * 4 // 5 + 1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE store_paper SET number = 'x'",
        "UPDATE store_paper SET file_digest = 'b'",
        "DELETE FROM store_paper",
    ],
)
def test_the_database_refuses_to_change_what_was_written(store: Store, change: str) -> None:
    add(store.cases, "CZ-1", SUBMITTED, ACCEPTED)
    with store.unit():
        store.papers.add(a_paper())
    store.papers.set_file("cz-acceptance-2026-1", "a" * 64)
    with pytest.raises((IntegrityError, psycopg.Error)), connection.cursor() as cursor:
        cursor.execute(change)
    assert store.papers.list_of([CASE])[CASE][0].file_digest == "a" * 64


@pytest.mark.django_db(transaction=True)
def test_what_one_worker_writes_another_passes_over(store: Store) -> None:
    for number in range(4):
        add(store.cases, f"CZ-{number}", SUBMITTED)
    with store.unit():
        mine = store.papers.claim_due(2)

        def claim() -> tuple[str, ...]:
            with store.unit():
                return store.papers.claim_due(10)

        (theirs,) = run_together([claim])
    assert len(mine) == len(theirs) == 2
    assert not set(mine) & set(theirs)
