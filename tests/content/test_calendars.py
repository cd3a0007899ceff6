"""The calendars shipped with the house agree with two independent libraries, day by day."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
import yaml

from tongban.domain.clock.calendar import WorkingCalendar, days_of
from tongban.domain.clock.parse import parse_calendar

CALENDARS = Path(__file__).parents[2] / "content" / "calendars"
YEARS = (2024, 2025, 2026)


def load(year: int) -> WorkingCalendar:
    path = CALENDARS / f"cn-{year}.yaml"
    return parse_calendar(yaml.safe_load(path.read_text(encoding="utf-8")), path.name)


def every_day(year: int) -> list[date]:
    first_on = date(year, 1, 1)
    return [first_on + timedelta(days=at) for at in range((date(year + 1, 1, 1) - first_on).days)]


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year_agrees_with_chinesecalendar(year: int) -> None:
    calendar = load(year)
    differing = [
        day for day in every_day(year) if calendar.is_working_day(day) != chinese_calendar.is_workday(day)
    ]
    assert differing == []


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year_agrees_with_holidays(year: int) -> None:
    calendar, oracle = load(year), holidays.country_holidays("CN", years=year)
    differing = [day for day in every_day(year) if calendar.is_working_day(day) != oracle.is_working_day(day)]
    assert differing == []


@pytest.mark.parametrize(
    ("year", "days_off", "make_up_days"),
    [(2024, 28, 8), (2025, 28, 5), (2026, 33, 6)],
)
def test_the_notice_names_so_many_days_off_and_make_up_days(
    year: int, days_off: int, make_up_days: int
) -> None:
    calendar = load(year)
    assert sum(len(list(days_of(holiday))) for holiday in calendar.holidays) == days_off
    assert sum(len(holiday.make_up_on) for holiday in calendar.holidays) == make_up_days


@pytest.mark.parametrize("year", YEARS)
def test_the_calendar_names_its_notice_and_what_it_was_compared_with(year: int) -> None:
    (notice,) = load(year).notices
    assert notice.number.startswith(f"国办发明电〔{year - 1}〕")
    assert f"{year}年" in notice.title.zh
    assert notice.issued_on.year == year - 1
    assert "chinesecalendar" in notice.verified.en
    assert "was not opened" in notice.verified.en


@pytest.mark.parametrize("year", YEARS)
def test_the_calendar_covers_its_year_and_no_more(year: int) -> None:
    calendar = load(year)
    assert (calendar.first_on, calendar.last_on) == (date(year, 1, 1), date(year, 12, 31))
