"""The clock as it stands on a day: laws that hold for every case, and days worked out by hand."""

import doctest
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.domain.clock import reading as reading_module
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.reading import Light, Reading, add_months, read_clock, read_light, read_moment_clock
from tongban.domain.clock.statute import Extension, Pause, TimeLimit, Unit
from tongban.kernel.errors import Refused
from tongban.kernel.ids import LawKey

ARTICLE_42, ARTICLE_45 = LawKey("all-2019#42"), LawKey("all-2019#45")
TWENTY = TimeLimit(20, Unit.WORKING_DAY, ARTICLE_42)

days = st.dates(date(2024, 1, 1), date(2025, 12, 31))
limits = st.builds(
    TimeLimit,
    st.integers(1, 6),
    st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH]),
    st.just(ARTICLE_42),
)
extensions = st.lists(st.builds(Extension, st.integers(1, 10), st.just(ARTICLE_42)), max_size=1)


@st.composite
def pauses_after(draw: st.DrawFn, accepted_on: date, may_be_open: bool = True) -> list[Pause]:
    """Draw up to three pauses in order and apart, the last perhaps open."""
    found, began_on = [], accepted_on - timedelta(days=3)
    for _ in range(draw(st.integers(0, 3))):
        began_on += timedelta(days=draw(st.integers(2, 12)))
        ended_on = began_on + timedelta(days=draw(st.integers(0, 10)))
        found.append(Pause(began_on, ended_on, ARTICLE_45))
        began_on = ended_on
    if found and may_be_open and draw(st.booleans()):
        found[-1] = Pause(found[-1].began_on, None, ARTICLE_45)
    return found


def test_the_example_of_the_docstring_is_true() -> None:
    assert doctest.testmod(reading_module) == (0, 5)


def test_the_day_of_acceptance_is_not_counted(china: WorkingCalendar) -> None:
    same_day = read_clock(date(2026, 3, 2), TWENTY, [], china, date(2026, 3, 2))
    assert (same_day.used, same_day.left, same_day.due_on) == (0, 20, date(2026, 3, 30))
    assert read_clock(date(2026, 3, 2), TWENTY, [], china, date(2026, 3, 3)).used == 1


def test_a_pause_shows_the_clock_as_stopped(china: WorkingCalendar) -> None:
    test = Pause(date(2026, 3, 4), date(2026, 3, 6), ARTICLE_45)
    paused = [
        read_clock(date(2026, 3, 2), TWENTY, [test], china, date(2026, 3, day)).paused for day in (3, 4, 6, 7)
    ]
    assert paused == [False, True, True, False]


def test_an_open_pause_moves_the_due_date_on_day_by_day(china: WorkingCalendar) -> None:
    hearing = Pause(date(2026, 3, 4), None, ARTICLE_45)
    one = read_clock(date(2026, 3, 2), TWENTY, [hearing], china, date(2026, 3, 10))
    two = read_clock(date(2026, 3, 2), TWENTY, [hearing], china, date(2026, 3, 11))
    assert (one.used, one.left) == (two.used, two.left) == (1, 19)
    assert (one.due_on, two.due_on) == (date(2026, 4, 7), date(2026, 4, 8))


def test_a_pause_after_the_last_day_changes_nothing_about_it(china: WorkingCalendar) -> None:
    late = Pause(date(2026, 3, 31), None, ARTICLE_45)
    reading = read_clock(date(2026, 3, 2), TWENTY, [late], china, date(2026, 4, 8))
    assert (reading.due_on, reading.overdue, reading.left) == (date(2026, 3, 30), True, 0)


def test_an_extension_adds_working_days(china: WorkingCalendar) -> None:
    ten_more = [Extension(10, ARTICLE_42)]
    reading = read_clock(date(2026, 3, 2), TWENTY, [], china, date(2026, 3, 3), ten_more)
    assert (reading.total, reading.left, reading.due_on) == (30, 29, date(2026, 4, 14))


def test_calendar_days_run_through_weekends_and_end_on_a_working_day(china: WorkingCalendar) -> None:
    limit = TimeLimit(5, Unit.CALENDAR_DAY, ARTICLE_42)
    # 5 days after Monday 27 April 2026 is Saturday 2 May, in the Labour Day holiday of 1 to 5 May
    on_the_holiday = read_clock(date(2026, 4, 27), limit, [], china, date(2026, 5, 4))
    assert (on_the_holiday.due_on, on_the_holiday.left, on_the_holiday.overdue) == (
        date(2026, 5, 6),
        0,
        False,
    )
    late = read_clock(date(2026, 4, 27), limit, [], china, date(2026, 5, 8))
    assert (late.used, late.left, late.overdue) == (7, -2, True)


def test_a_limit_in_months_ends_on_the_same_day_or_the_months_last(china: WorkingCalendar) -> None:
    month = TimeLimit(1, Unit.MONTH, ARTICLE_42)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2025, 11, 30), 3) == date(2026, 2, 28)
    # 28 February 2026 is a Saturday but a make-up working day
    assert read_clock(date(2026, 1, 31), month, [], china, date(2026, 2, 2)).due_on == date(2026, 2, 28)
    reading = read_clock(date(2026, 3, 2), month, [], china, date(2026, 3, 12))
    assert (reading.due_on, reading.unit, reading.total) == (date(2026, 4, 2), Unit.CALENDAR_DAY, 31)


def test_a_clock_read_too_early_reads_as_on_the_day_of_acceptance(china: WorkingCalendar) -> None:
    early = read_clock(date(2026, 3, 2), TWENTY, [], china, date(2026, 3, 1))
    assert early == read_clock(date(2026, 3, 2), TWENTY, [], china, date(2026, 3, 2))


def test_a_due_date_past_the_calendar_is_refused(china: WorkingCalendar) -> None:
    with pytest.raises(Refused) as refusal:
        read_clock(date(2026, 12, 21), TWENTY, [], china, date(2026, 12, 22))
    assert refusal.value.problems[0].code == "calendar.not-loaded"


@pytest.mark.parametrize(
    "pauses",
    [
        [Pause(date(2026, 3, 4), date(2026, 3, 6), ARTICLE_45), Pause(date(2026, 3, 6), None, ARTICLE_45)],
        [Pause(date(2026, 3, 4), None, ARTICLE_45), Pause(date(2026, 3, 9), None, ARTICLE_45)],
        [Pause(date(2026, 3, 9), date(2026, 3, 9), ARTICLE_45), Pause(date(2026, 3, 4), None, ARTICLE_45)],
    ],
)
def test_pauses_that_overlap_are_a_bug(china: WorkingCalendar, pauses: list[Pause]) -> None:
    with pytest.raises(ValueError, match="in order"):
        read_clock(date(2026, 3, 2), TWENTY, pauses, china, date(2026, 3, 20))


def test_a_limit_in_hours_is_not_read_in_days(china: WorkingCalendar) -> None:
    with pytest.raises(ValueError, match="read_moment_clock"):
        read_clock(date(2026, 3, 2), TimeLimit(2, Unit.HOUR, ARTICLE_42), [], china, date(2026, 3, 2))
    with pytest.raises(ValueError, match="read_clock"):
        read_moment_clock(datetime(2026, 3, 2, tzinfo=UTC), TWENTY, [], datetime(2026, 3, 2, tzinfo=UTC))


@given(st.data(), days, limits, extensions, st.integers(0, 60))
def test_used_and_left_always_make_the_total(
    china: WorkingCalendar,
    data: st.DataObject,
    accepted_on: date,
    limit: TimeLimit,
    more: list[Extension],
    later: int,
) -> None:
    pauses = data.draw(pauses_after(accepted_on))
    reading = read_clock(accepted_on, limit, pauses, china, accepted_on + timedelta(days=later), more)
    assert reading.used + reading.left == reading.total
    assert reading.used >= 0
    if limit.unit is not Unit.MONTH:
        assert reading.total == limit.amount + sum(one.days for one in more)
    if not reading.overdue:
        assert reading.left >= 0


@given(st.data(), days, limits, st.integers(0, 60))
def test_the_due_date_is_a_working_day_on_which_nothing_is_left(
    china: WorkingCalendar, data: st.DataObject, accepted_on: date, limit: TimeLimit, later: int
) -> None:
    pauses = data.draw(pauses_after(accepted_on, may_be_open=False))
    reading = read_clock(accepted_on, limit, pauses, china, accepted_on + timedelta(days=later))
    assert china.is_working_day(reading.due_on)
    on_the_day = read_clock(accepted_on, limit, pauses, china, reading.due_on)
    assert (on_the_day.left, on_the_day.overdue) == (0, False)
    assert read_clock(accepted_on, limit, pauses, china, reading.due_on + timedelta(days=1)).overdue


@given(st.data(), days, limits, st.integers(0, 60))
def test_a_pause_never_makes_a_case_due_earlier(
    china: WorkingCalendar, data: st.DataObject, accepted_on: date, limit: TimeLimit, later: int
) -> None:
    pauses = data.draw(pauses_after(accepted_on))
    today = accepted_on + timedelta(days=later)
    for fewer in range(len(pauses)):
        shorter = read_clock(accepted_on, limit, pauses[:fewer], china, today)
        longer = read_clock(accepted_on, limit, pauses[: fewer + 1], china, today)
        assert longer.due_on >= shorter.due_on
        assert longer.used <= shorter.used


@given(st.data(), days, limits)
def test_a_longer_limit_or_an_extension_is_never_due_earlier(
    china: WorkingCalendar, data: st.DataObject, accepted_on: date, limit: TimeLimit
) -> None:
    pauses = data.draw(pauses_after(accepted_on))
    due_on = read_clock(accepted_on, limit, pauses, china, accepted_on).due_on
    longer = TimeLimit(limit.amount + 1, limit.unit, limit.source)
    assert read_clock(accepted_on, longer, pauses, china, accepted_on).due_on >= due_on
    extended = [Extension(1, ARTICLE_42)]
    assert read_clock(accepted_on, limit, pauses, china, accepted_on, extended).due_on >= due_on


@given(st.data(), days, limits, st.integers(0, 60))
def test_time_only_moves_on(
    china: WorkingCalendar, data: st.DataObject, accepted_on: date, limit: TimeLimit, later: int
) -> None:
    pauses = data.draw(pauses_after(accepted_on))
    today = read_clock(accepted_on, limit, pauses, china, accepted_on + timedelta(days=later))
    tomorrow = read_clock(accepted_on, limit, pauses, china, accepted_on + timedelta(days=later + 1))
    assert today.used <= tomorrow.used <= today.used + 1 or limit.unit is not Unit.WORKING_DAY
    assert today.used <= tomorrow.used
    assert not today.overdue or tomorrow.overdue


AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)  # 16:30 in China


def test_hours_run_on_through_the_night() -> None:
    limit = TimeLimit(24, Unit.HOUR, ARTICLE_42)
    reading = read_moment_clock(AT, limit, [], AT + timedelta(hours=10, minutes=59))
    assert (reading.due_at, reading.due_on) == (AT + timedelta(hours=24), date(2026, 3, 3))
    assert (reading.used, reading.left, reading.overdue) == (10, 14, False)


def test_a_limit_in_minutes_is_overdue_after_its_last_minute() -> None:
    limit = TimeLimit(10, Unit.MINUTE, ARTICLE_42)
    on_time = read_moment_clock(AT, limit, [], AT + timedelta(minutes=10))
    late = read_moment_clock(AT, limit, [], AT + timedelta(minutes=12, seconds=1))
    assert (on_time.left, on_time.overdue) == (0, False)
    assert (late.left, late.overdue) == (-2, True)


def test_a_pause_takes_whole_days_out_of_a_limit_in_hours() -> None:
    limit = TimeLimit(24, Unit.HOUR, ARTICLE_42)
    pause = Pause(date(2026, 3, 3), date(2026, 3, 4), ARTICLE_45)
    during = read_moment_clock(AT, limit, [pause], datetime(2026, 3, 3, 12, tzinfo=UTC))
    assert (during.paused, during.used) == (True, 7)  # 16:30 to midnight
    assert during.due_at == AT + timedelta(hours=72)


@given(
    st.integers(1, 200),
    st.sampled_from([Unit.HOUR, Unit.MINUTE]),
    st.data(),
    st.integers(-60, 60 * 24 * 20),
)
def test_used_and_left_make_the_limit_in_hours_too(
    amount: int, unit: Unit, data: st.DataObject, later_minutes: int
) -> None:
    limit = TimeLimit(amount, unit, ARTICLE_42)
    pauses = data.draw(pauses_after(date(2026, 3, 2)))
    now = AT + timedelta(minutes=later_minutes)
    reading = read_moment_clock(AT, limit, pauses, now)
    assert reading.used + reading.left == reading.total == amount
    assert reading.due_at is not None
    without = read_moment_clock(AT, limit, pauses[:-1], now)
    assert without.due_at is not None
    assert reading.due_at >= without.due_at
    if not reading.overdue:
        assert reading.left >= 0


def a_reading(left: int, overdue: bool = False) -> Reading:
    return Reading(date(2026, 3, 30), 20 - left, left, False, 20, Unit.WORKING_DAY, overdue)


def test_the_light_turns_yellow_at_the_share_it_is_given_and_red_when_overdue() -> None:
    assert [read_light(a_reading(left), 20) for left in (5, 4, 0)] == [
        Light.GREEN,
        Light.YELLOW,
        Light.YELLOW,
    ]
    assert read_light(a_reading(4), 10) is Light.GREEN
    # overdue on a Saturday: no working day has passed yet, but the last day has
    assert read_light(a_reading(0, overdue=True), 20) is Light.RED
