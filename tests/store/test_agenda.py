"""The agenda on PostgreSQL: workers share what is due, and every question has its index."""

from datetime import date, timedelta

import pytest
from django.db import connection

from tests.ports.histories import ACCEPTED, NOON, SUBMITTED, add
from tests.store.threads import run_together
from tongban.store.models import AgendaEntry, FiredEntry
from tongban.store.store import Store

LATER = date(2026, 4, 1)


@pytest.fixture
def many(store: Store) -> Store:
    """Twenty accepted cases: forty notices and twenty acts."""
    with store.unit():
        for number in range(20):
            add(store.cases, f"CZ-{number:02d}", SUBMITTED, ACCEPTED)
    return store


def test_two_workers_at_once_fire_everything_once(many: Store) -> None:
    def work() -> int:
        count = 0
        while did := many.agenda.fire(LATER, NOON, 7):
            count += did
        return count

    assert sum(run_together([work, work])) == 40  # type: ignore[arg-type]
    assert FiredEntry.objects.count() == 40
    assert not AgendaEntry.objects.exclude(recipient="time").filter(fired_at__isnull=True).exists()


def test_an_act_in_one_workers_hand_is_not_given_to_another(many: Store) -> None:
    with many.unit():
        first = many.agenda.claim_acts(LATER, NOON, 12)
        (second,) = run_together([lambda: many.agenda.claim_acts(LATER, NOON, 12)])
    assert isinstance(second, tuple)
    assert (len(first), len(second)) == (12, 8)
    assert not set(first) & set(second)


@pytest.mark.parametrize(
    ("question", "index"),
    [
        ("fired_at IS NULL AND NOT recipient = 'time' AND fires_on <= '2026-04-01'", "agenda_due"),
        ("fired_at IS NULL AND recipient = 'time' AND fires_on <= '2026-04-01'", "agenda_acts"),
        ("fired_at IS NOT NULL AND recipient = 'head'", "agenda_standing"),
    ],
)
def test_what_is_due_and_what_stands_is_found_by_its_own_index(
    many: Store, question: str, index: str
) -> None:
    many.agenda.fire(LATER - timedelta(days=20), NOON, 9)
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(
            f"EXPLAIN SELECT * FROM store_agendaentry WHERE {question} ORDER BY fires_on, case_id LIMIT 9"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("RESET enable_seqscan")
    assert index in plan
    assert "Sort" not in plan
