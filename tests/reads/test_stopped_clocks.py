"""Stopped and lengthened clocks in the worklist: the lamp of a row and the filter that finds it agree."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from tests.builders import TUESDAY, catalogue
from tests.domain.case.examining_cases import CALENDAR, LICENSING, SIMPLE, an_examined_case
from tongban.domain.case.agenda import Outlook, list_entries
from tongban.domain.case.due import find_due_on
from tongban.domain.case.examination import Examination, Stop
from tongban.domain.case.state import Case
from tongban.domain.clock.reading import Light
from tongban.domain.clock.statute import Pause
from tongban.kernel.ids import CaseId, LawKey
from tongban.reads.worklist import Wish, count_waiting, read_worklist
from tongban.store.case_index import index_row, read_pauses, write_pauses
from tongban.store.models import CaseIndex
from tongban.store.writes import CASE_INDEX

TODAY, DAY, TESTS = TUESDAY.date(), timedelta(days=1), LawKey("all-2019#55.1")


def a_case(number: int, accepted: int, began: int | None, lasted: int | None, *, extended: bool) -> Case:
    """Return a case accepted so many days ago, stopped so many days after that for so many days."""
    accepted_on = TODAY - accepted * DAY
    stops: tuple[Stop, ...] = ()
    if began is not None and began <= accepted:
        started_on = accepted_on + began * DAY
        ended_on = None if lasted is None else min(started_on + lasted * DAY, TODAY)
        stops = (Stop("testing", TESTS, started_on, started_on + 5 * DAY, ended_on),)
    return replace(
        an_examined_case(SIMPLE),
        id=CaseId(f"CZ260303-{number:08d}"),
        accepted_on=accepted_on,
        accepted_at=TUESDAY - accepted * DAY,
        received_at=TUESDAY - accepted * DAY,
        extended=extended,
        examination=Examination(stops=stops),
    )


def put(case: Case) -> None:
    def due_on(one: Case) -> date | None:
        return find_due_on(one, SIMPLE, LICENSING, CALENDAR)

    planned = list_entries(Outlook(case, SIMPLE, LICENSING, CALENDAR, catalogue().agenda, case.deciding_zone))
    names = [name for name, _ in CASE_INDEX.columns]
    CaseIndex.objects.create(**dict(zip(names, index_row(case, TUESDAY, due_on, planned), strict=True)))


def fill() -> None:
    ways = product(range(0, 61, 3), (None, 0, 2, 9, 30), (None, 0, 4, 15), (False, True))
    for number, (accepted, began, lasted, extended) in enumerate(ways):
        if began is not None or lasted is None:
            put(a_case(number, accepted, began, lasted, extended=extended))


def test_the_lamp_of_every_row_is_the_one_by_which_it_is_found(node):
    fill()
    lamps = {row.case_id: row.light for row in read_worklist(Wish(), None, node.deps, 2_000).rows}
    assert len(lamps) > 500
    assert set(lamps.values()) == set(Light)
    for light in Light:
        found = {row.case_id for row in read_worklist(Wish(light=light.value), None, node.deps, 2_000).rows}
        assert found == {number for number, lamp in lamps.items() if lamp is light}, light
    counts = count_waiting(Wish(), node.deps)
    assert (counts.red, counts.yellow, counts.green) == tuple(
        sum(lamp is light for lamp in lamps.values()) for light in (Light.RED, Light.YELLOW, Light.GREEN)
    )


def test_a_row_shows_the_due_date_that_the_case_itself_reads(node):
    case = a_case(1, 18, 2, 8, extended=True)
    put(case)
    (row,) = read_worklist(Wish(), None, node.deps).rows
    assert row.reading.due_on == find_due_on(case, SIMPLE, LICENSING, CALENDAR)


def test_a_case_whose_clock_stands_still_is_not_urgent_however_long_it_stands(node):
    put(a_case(1, 90, 2, None, extended=False))
    (row,) = read_worklist(Wish(), None, node.deps).rows
    assert row.light is Light.GREEN
    assert row.reading.paused


def test_a_stop_that_began_too_late_saves_nobody(node):
    put(a_case(1, 90, 60, None, extended=False))
    (row,) = read_worklist(Wish(light=Light.RED.value), None, node.deps).rows
    assert row.light is Light.RED


def test_pauses_are_read_as_they_were_written():
    pauses = (Pause(TODAY, TODAY + 3 * DAY, TESTS), Pause(TODAY + 9 * DAY, None, TESTS))
    assert read_pauses(write_pauses(pauses)) == pauses
    assert write_pauses(()) == ""
