"""Behind a place lies what a list shows after it, whichever way the list goes."""

from datetime import date, timedelta
from itertools import product

import pytest

from tongban.reads.keyset import lies_behind
from tongban.store.models import AgendaEntry

pytestmark = pytest.mark.django_db
COLUMNS = ("fires_on", "case_id", "kind")
ROWS = tuple(
    (date(2026, 3, 3) + timedelta(days=days), case_id, kind)
    for days, case_id, kind in product((0, 1), ("CZ-1", "CZ-a", "SZ-0"), ("due-soon", "overdue"))
)


@pytest.fixture
def rows():
    for on, case_id, kind in ROWS:
        AgendaEntry.objects.create(
            case_id=case_id, kind=kind, fires_on=on, about_on=on, recipient="head", tells=True
        )
    return AgendaEntry.objects.values_list(*COLUMNS)


@pytest.mark.parametrize("place", ROWS, ids=lambda row: f"{row[0]} {row[1]} {row[2]}")
def test_every_row_lies_behind_a_place_or_before_it_or_is_it(rows, place) -> None:
    at, ordered = dict(zip(COLUMNS, place, strict=True)), sorted(ROWS)
    assert sorted(rows.filter(lies_behind(at))) == [row for row in ordered if row > place]
    assert sorted(rows.filter(lies_behind(at, is_before=True))) == [row for row in ordered if row < place]


def test_a_place_that_no_row_has_divides_the_rows_all_the_same(rows) -> None:
    at = {"fires_on": date(2026, 3, 3), "case_id": "CZ-5"}
    assert {row[1] for row in rows.filter(lies_behind(at), fires_on=date(2026, 3, 3))} == {"CZ-a", "SZ-0"}
