"""Laws of the stopped clock: it never makes anything due earlier, and a stop of no day does nothing."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import TUESDAY
from tests.domain.case.examining_cases import CALENDAR, LICENSING, TOBACCO, an_examined_case
from tongban.domain.case.due import due_on, find_due_on, running_clocks
from tongban.domain.case.examination import Examination, Stop
from tongban.domain.case.state import Case
from tongban.kernel.ids import LawKey
from tongban.kernel.moment import Moment

DAY = TUESDAY.date()


@st.composite
def some_stops(draw: st.DrawFn) -> tuple[Stop, ...]:
    """Return up to four stops in order; only the last may run on."""
    stops, began_on = [], DAY
    for _ in range(draw(st.integers(0, 4))):
        began_on += timedelta(days=draw(st.integers(0, 20)))
        ended_on = began_on + timedelta(days=draw(st.integers(0, 20)))
        stops.append(Stop("testing", LawKey("all-2019#55.1"), began_on, ended_on, ended_on))
        began_on = ended_on
    if stops and draw(st.booleans()):
        stops[-1] = replace(stops[-1], ended_on=None)
    return tuple(stops)


def stopped(stops: tuple[Stop, ...]) -> Case:
    return an_examined_case(examination=Examination(stops=stops))


def read_due(case: Case, days: int) -> dict[str, date]:
    """Return every clock's due date, read so many days after Tuesday."""
    now = Moment(TUESDAY + timedelta(days=days))
    return {
        clock.name: due_on(clock.reading) for clock in running_clocks(case, TOBACCO, LICENSING, CALENDAR, now)
    }


@given(some_stops(), st.integers(0, 100))
def test_stopping_never_makes_a_day_come_earlier(stops: tuple[Stop, ...], days: int) -> None:
    running, still = read_due(stopped(()), days), read_due(stopped(stops), days)
    assert set(running) == set(still) == {"statutory", "promised"}
    assert all(running[name] <= still[name] for name in running)


@given(some_stops())
def test_nor_does_the_day_by_which_a_list_is_sorted(stops: tuple[Stop, ...]) -> None:
    running = find_due_on(stopped(()), TOBACCO, LICENSING, CALENDAR)
    still = find_due_on(stopped(stops), TOBACCO, LICENSING, CALENDAR)
    assert running is not None
    assert still is not None
    assert running <= still


@given(st.lists(st.integers(0, 40), max_size=4), st.integers(0, 100))
def test_stops_of_no_day_change_nothing(offsets: list[int], days: int) -> None:
    on = [DAY + timedelta(days=offset) for offset in sorted(offsets)]
    stops = tuple(Stop("testing", LawKey("all-2019#55.1"), day, day, day) for day in on)
    assert read_due(stopped(stops), days) == read_due(stopped(()), days)


@given(some_stops(), st.integers(0, 60))
def test_a_stop_that_ended_later_is_due_no_earlier(stops: tuple[Stop, ...], more: int) -> None:
    if not stops or stops[-1].ended_on is None:
        return
    longer = (*stops[:-1], replace(stops[-1], ended_on=stops[-1].ended_on + timedelta(days=more)))
    first, second = read_due(stopped(stops), 100), read_due(stopped(longer), 100)
    assert all(first[name] <= second[name] for name in first)
