"""The day on which a lamp turns is kept with the row, also for rows that are older than the column."""

from importlib import import_module

from django.db import connection

from tongban.domain.agenda import DUE_SOON
from tongban.store.case_index import NEVER
from tongban.store.models import AgendaEntry, CaseIndex


def test_the_day_is_that_of_the_reminder(node):
    case_id = node.referred("CZ260303-REFERRED")
    reminder = AgendaEntry.objects.get(case_id=case_id, kind=DUE_SOON)
    assert CaseIndex.objects.get(case_id=case_id).warn_on == reminder.fires_on


def test_rows_from_before_the_column_learn_their_day_from_the_agenda(node):
    known, unknown = node.referred("CZ260303-KNOWN"), node.referred("CZ260303-UNKNOWN")
    before = CaseIndex.objects.get(case_id=known).warn_on
    AgendaEntry.objects.filter(case_id=unknown).delete()
    CaseIndex.objects.update(warn_on=NEVER)
    with connection.cursor() as cursor:
        cursor.execute(import_module("tongban.store.migrations.0036_warn_on").FILL)
    kept = dict(CaseIndex.objects.values_list("case_id", "warn_on"))
    assert before != NEVER
    assert kept == {known: before, unknown: NEVER}
