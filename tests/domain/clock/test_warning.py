"""The day on which a lamp turns yellow is the day on which it is first read as yellow."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CHANGZHOU, catalogue
from tongban.domain.clock.elapsed import read_elapsed
from tongban.domain.clock.reading import Light, read_clock, read_light
from tongban.domain.clock.statute import Pause, TimeLimit, Unit
from tongban.domain.clock.warning import find_day_before, find_warn_on
from tongban.kernel.errors import Refused
from tongban.kernel.ids import LawKey
from tongban.kernel.moment import CHINA_STANDARD_TIME, Moment

CALENDAR = catalogue().get_calendar(CHANGZHOU)
ARTICLE = LawKey("all-2019#42.1")
DAY = timedelta(days=1)
DAYS = st.dates(date(2025, 1, 1), date(2026, 3, 1))


def noon(on: date) -> Moment:
    return Moment(datetime(on.year, on.month, on.day, 12, tzinfo=CHINA_STANDARD_TIME))


@given(DAYS, st.integers(1, 60), st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY]), st.integers(0, 100))
def test_it_is_the_first_day_that_is_not_green(since: date, amount: int, unit: Unit, percent: int) -> None:
    limit = TimeLimit(amount, unit, ARTICLE)
    warn_on = find_warn_on(noon(since), limit, (), CALENDAR, percent)

    def light(on: date) -> Light:
        return read_light(read_clock(since, limit, (), CALENDAR, on), percent)

    assert light(warn_on) is not Light.GREEN
    assert warn_on == since or light(warn_on - DAY) is Light.GREEN


@given(DAYS, st.integers(1, 12))
def test_months_turn_yellow_within_them(since: date, months: int) -> None:
    limit = TimeLimit(min(months, 6), Unit.MONTH, ARTICLE)
    warn_on = find_warn_on(noon(since), limit, (), CALENDAR, 20)
    reading = read_clock(since, limit, (), CALENDAR, warn_on)
    assert read_light(reading, 20) is Light.YELLOW


@given(DAYS, st.integers(5, 30), st.integers(0, 10), st.integers(0, 10))
def test_a_pause_moves_it_as_it_moves_the_due_date(since: date, amount: int, after: int, long: int) -> None:
    limit = TimeLimit(amount, Unit.WORKING_DAY, ARTICLE)
    pause = Pause(since + after * DAY, since + (after + long) * DAY, LawKey("all-2019#45"))
    warn_on = find_warn_on(noon(since), limit, [pause], CALENDAR, 20)
    assert read_light(read_clock(since, limit, [pause], CALENDAR, warn_on), 20) is not Light.GREEN
    if warn_on - DAY > since:
        assert read_light(read_clock(since, limit, [pause], CALENDAR, warn_on - DAY), 20) is Light.GREEN


def test_hours_and_an_unloaded_year_have_no_day() -> None:
    with pytest.raises(ValueError, match="hours"):
        find_warn_on(noon(date(2026, 3, 2)), TimeLimit(4, Unit.HOUR, ARTICLE), (), CALENDAR, 20)
    with pytest.raises(Refused):
        find_warn_on(noon(date(2026, 12, 30)), TimeLimit(20, Unit.WORKING_DAY, ARTICLE), (), CALENDAR, 20)


@given(st.dates(date(2025, 6, 1), date(2026, 12, 31)), st.integers(1, 30))
def test_counting_back_is_counting_forward_the_other_way(end: date, amount: int) -> None:
    before = find_day_before(end, TimeLimit(amount, Unit.WORKING_DAY, ARTICLE), CALENDAR)
    assert before is not None
    assert CALENDAR.is_working_day(before)
    assert CALENDAR.count_working_days(before - DAY, end - DAY) == amount


def test_an_end_in_a_year_without_a_calendar_has_no_day_before_it() -> None:
    assert find_day_before(date(2030, 1, 1), TimeLimit(30, Unit.WORKING_DAY, ARTICLE), CALENDAR) is None


@given(DAYS, st.integers(0, 200), st.integers(0, 200))
def test_the_users_clock_counts_everything_and_never_runs_back(since: date, first: int, more: int) -> None:
    begun = noon(since)
    early = read_elapsed(begun, None, noon(since + first * DAY), CALENDAR)
    late = read_elapsed(begun, None, noon(since + (first + more) * DAY), CALENDAR)
    assert (early.days, late.days) == (first, first + more)
    assert late.minutes >= early.minutes
    assert (late.working_days or 0) <= late.days


def test_a_delivered_case_has_its_time_for_ever_and_a_year_unknown_has_no_working_days() -> None:
    since, until = noon(date(2026, 3, 2)), noon(date(2026, 3, 9))
    elapsed = read_elapsed(since, until, noon(date(2026, 9, 1)), CALENDAR)
    assert (elapsed.days, elapsed.working_days, elapsed.until) == (7, 5, until.at)
    assert read_elapsed(since, None, noon(date(2031, 1, 1)), CALENDAR).working_days is None
    assert read_elapsed(until, None, since, CALENDAR).minutes == 0
