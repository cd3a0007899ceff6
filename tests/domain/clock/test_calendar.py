"""Working days, make-up weekends, closures and the edge past which nothing is computed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.domain.clock.calendar import Holiday, WorkingCalendar, close_locally, merge_calendars
from tongban.kernel.errors import Refused
from tongban.kernel.text import Text

FIRST_ON, LAST_ON = date(2024, 1, 1), date(2026, 12, 31)
WEEKEND = frozenset({5, 6})
loaded_days = st.dates(FIRST_ON, LAST_ON)


def a_span(name: str, first_on: date, last_on: date, *holidays: Holiday) -> WorkingCalendar:
    return WorkingCalendar(name, first_on, last_on, WEEKEND, holidays)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("after", "amount", "expected"),
    [
        (date(2025, 1, 24), 5, date(2025, 2, 7)),  # Sunday 26 January is worked
        (date(2025, 9, 25), 20, date(2025, 10, 29)),
        (date(2025, 4, 25), 5, date(2025, 5, 6)),
        (date(2025, 4, 30), 1, date(2025, 5, 6)),
        (date(2025, 5, 30), 10, date(2025, 6, 16)),
    ],
)
def test_published_vectors_of_2025_hold(
    china: WorkingCalendar, after: date, amount: int, expected: date
) -> None:
    assert china.add_working_days(after, amount) == expected
    assert china.count_working_days(after, expected) == amount


def test_a_count_runs_across_the_turn_of_the_year(china: WorkingCalendar) -> None:
    # 31 December 2025 is a Wednesday; 1 to 3 January are off, Sunday 4 January is worked
    assert china.add_working_days(date(2025, 12, 30), 2) == date(2026, 1, 4)


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2027, 1, 1)])
def test_a_day_outside_the_calendar_is_refused_not_guessed(china: WorkingCalendar, day: date) -> None:
    with pytest.raises(Refused) as refusal:
        china.is_working_day(day)
    assert codes(refusal) == ["calendar.not-loaded"]
    assert str(day.year) in refusal.value.problems[0].text.zh
    assert refusal.value.problems[0].next_step is not None


def test_a_count_that_ends_past_the_calendar_is_refused(china: WorkingCalendar) -> None:
    left = china.count_working_days(date(2026, 12, 1), LAST_ON)
    assert china.add_working_days(date(2026, 12, 1), left) == LAST_ON
    with pytest.raises(Refused) as refusal:
        china.add_working_days(date(2026, 12, 1), left + 1)
    assert codes(refusal) == ["calendar.not-loaded"]


@given(day=loaded_days, amount=st.integers(1, 60))
def test_a_day_is_planned_as_counted_inside_the_calendar_and_by_weekends_past_it(
    china: WorkingCalendar, day: date, amount: int
) -> None:
    planned = china.plan_working_days(day, amount)
    known = china.count_working_days(day, LAST_ON)
    if amount <= known:
        assert planned == china.add_working_days(day, amount)
        return
    assert planned > LAST_ON
    assert planned.weekday() not in WEEKEND
    past = (LAST_ON + timedelta(days=n) for n in range(1, (planned - LAST_ON).days + 1))
    assert known + sum(one.weekday() not in WEEKEND for one in past) == amount


def test_a_day_is_planned_from_past_the_calendar_and_never_from_before_it(china: WorkingCalendar) -> None:
    assert china.plan_working_days(date(2027, 1, 7), 2) == date(2027, 1, 11)
    with pytest.raises(Refused) as refusal:
        china.plan_working_days(FIRST_ON - timedelta(days=1), 1)
    assert codes(refusal) == ["calendar.not-loaded"]


def test_counting_no_days_at_all_is_a_bug(china: WorkingCalendar) -> None:
    with pytest.raises(ValueError, match="at least one"):
        china.add_working_days(date(2026, 3, 2), 0)


@given(day=loaded_days, amount=st.integers(1, 60))
def test_adding_agrees_with_walking_day_by_day(china: WorkingCalendar, day: date, amount: int) -> None:
    walked, counted = day, 0
    while counted < amount and walked < LAST_ON:
        walked += timedelta(days=1)
        counted += china.is_working_day(walked)
    if counted < amount:
        with pytest.raises(Refused):
            china.add_working_days(day, amount)
    else:
        assert china.add_working_days(day, amount) == walked
        assert china.count_working_days(day, walked) == amount


@given(one=loaded_days, two=loaded_days, three=loaded_days)
def test_counts_of_two_stretches_add_up(china: WorkingCalendar, one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    assert china.count_working_days(first, last) == china.count_working_days(
        first, middle
    ) + china.count_working_days(middle, last)


@given(day=loaded_days)
def test_rolling_forward_lands_on_a_working_day_and_never_goes_back(
    china: WorkingCalendar, day: date
) -> None:
    rolled = china.roll_forward(day)
    assert china.is_working_day(rolled)
    assert rolled >= day


def test_a_local_closure_beats_even_a_make_up_day(china: WorkingCalendar) -> None:
    typhoon = Holiday(
        Text("台风停办（虚构）", "Typhoon closure (fictional)"),
        date(2026, 9, 18),
        date(2026, 9, 20),
        source="停办通知〔2026〕99号（虚构）",
    )
    closed = close_locally(china, [typhoon])
    assert china.is_working_day(date(2026, 9, 20))
    assert not closed.is_working_day(date(2026, 9, 20))
    assert closed.add_working_days(date(2026, 9, 17), 1) == date(2026, 9, 21)


def test_a_local_closure_without_a_basis_is_refused(china: WorkingCalendar) -> None:
    nameless = Holiday(Text("停办", "Closed"), date(2026, 9, 18), date(2026, 9, 18))
    with pytest.raises(Refused) as refusal:
        close_locally(china, [nameless, nameless])
    assert codes(refusal) == ["calendar.closure-without-basis"] * 2


def test_years_merge_in_any_order(china: WorkingCalendar) -> None:
    spring = a_span("spring", date(2025, 1, 1), date(2025, 6, 30))
    autumn = a_span("autumn", date(2025, 7, 1), date(2025, 12, 31))
    merged = merge_calendars(autumn, spring)
    assert merged == merge_calendars(spring, autumn)
    assert merged.name == "spring…autumn"
    assert merged.count_working_days(date(2025, 6, 30), date(2025, 7, 1)) == 1
    assert len(china.notices) == 3


def test_a_later_notice_may_take_days_off_the_year_before() -> None:
    new_year = Holiday(
        Text("元旦（虚构）", "New Year (fictional)"),
        date(2025, 12, 31),
        date(2026, 1, 1),
        (date(2025, 12, 28),),
    )
    merged = merge_calendars(
        a_span("one", date(2025, 1, 1), date(2025, 12, 31)),
        a_span("two", date(2026, 1, 1), date(2026, 12, 31), new_year),
    )
    assert not merged.is_working_day(date(2025, 12, 31))
    assert merged.is_working_day(date(2025, 12, 28))


def test_years_that_leave_a_gap_or_overlap_are_refused_all_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        merge_calendars(
            a_span("one", date(2024, 1, 1), date(2024, 12, 31)),
            a_span("two", date(2024, 12, 31), date(2025, 12, 30)),
            WorkingCalendar("three", date(2026, 1, 1), date(2026, 12, 31), frozenset({6})),
        )
    assert codes(refusal) == ["calendar.overlap", "calendar.gap", "calendar.weekly-rest"]


def test_merging_nothing_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        merge_calendars()
    assert codes(refusal) == ["calendar.none"]


def test_holidays_and_make_up_days_are_found_by_range(china: WorkingCalendar) -> None:
    found = china.find_holidays(date(2026, 2, 20), date(2026, 4, 4))
    assert [holiday.name.en for holiday in found] == ["Spring Festival", "Qingming Festival"]
    made_up = china.find_make_up_days(date(2026, 2, 1), date(2026, 2, 28))
    assert [day for day, _ in made_up] == [date(2026, 2, 14), date(2026, 2, 28)]
