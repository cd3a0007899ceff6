"""Past the published year nothing is guessed: the reading says what is not yet known, and why."""

from datetime import UTC, date, datetime

from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.provisional import NotYetKnown, describe_provisional, find_reading
from tongban.domain.clock.reading import Reading
from tongban.domain.clock.statute import Pause, TimeLimit, Unit
from tongban.kernel.ids import LawKey
from tongban.kernel.moment import Moment

ARTICLE_42 = LawKey("all-2019#42")
TWENTY = TimeLimit(20, Unit.WORKING_DAY, ARTICLE_42)


def noon(year: int, month: int, day: int) -> Moment:
    return Moment(datetime(year, month, day, 4, tzinfo=UTC))


def test_a_reading_inside_the_calendar_is_a_plain_reading(china: WorkingCalendar) -> None:
    reading = find_reading(noon(2026, 3, 2), TWENTY, [], china, noon(2026, 3, 3))
    assert isinstance(reading, Reading)
    assert reading.due_on == date(2026, 3, 30)


def test_the_civil_date_is_that_of_china(china: WorkingCalendar) -> None:
    late_evening_utc = Moment(datetime(2026, 3, 1, 17, tzinfo=UTC))  # 01:00 on 2 March in China
    reading = find_reading(late_evening_utc, TWENTY, [], china, noon(2026, 3, 2))
    assert isinstance(reading, Reading)
    assert reading.due_on == date(2026, 3, 30)


def test_hours_need_no_calendar(china: WorkingCalendar) -> None:
    reading = find_reading(noon(2030, 1, 1), TimeLimit(2, Unit.HOUR, ARTICLE_42), [], china, noon(2030, 1, 1))
    assert isinstance(reading, Reading)
    assert reading.left == 2


def test_a_due_date_in_an_unpublished_year_is_not_guessed(china: WorkingCalendar) -> None:
    reading = find_reading(noon(2026, 12, 21), TWENTY, [], china, noon(2026, 12, 22))
    assert isinstance(reading, NotYetKnown)
    assert (reading.due_after_on, reading.due_on) == (date(2026, 12, 31), None)
    assert "date to follow" in describe_provisional(reading).en
    assert "2026年12月31日" in describe_provisional(reading).zh


def test_a_due_date_that_has_passed_stays_known_in_an_unpublished_year(china: WorkingCalendar) -> None:
    reading = find_reading(noon(2026, 3, 2), TWENTY, [], china, noon(2027, 1, 4))
    assert isinstance(reading, NotYetKnown)
    assert reading.due_on == date(2026, 3, 30)
    assert "30 March 2026, past" in describe_provisional(reading).en


def test_an_open_pause_in_an_unpublished_year_leaves_the_due_date_open(china: WorkingCalendar) -> None:
    pause = Pause(date(2026, 3, 4), None, LawKey("all-2019#45"))
    reading = find_reading(noon(2026, 3, 2), TWENTY, [pause], china, noon(2027, 1, 4))
    assert isinstance(reading, NotYetKnown)
    assert reading.due_on is None


def test_a_case_older_than_the_calendar_is_due_after_its_acceptance(china: WorkingCalendar) -> None:
    reading = find_reading(noon(2023, 12, 1), TWENTY, [], china, noon(2024, 1, 5))
    assert isinstance(reading, NotYetKnown)
    assert (reading.due_after_on, reading.due_on) == (date(2023, 12, 1), None)


def test_a_case_accepted_past_the_calendar_is_due_after_its_acceptance(china: WorkingCalendar) -> None:
    reading = find_reading(noon(2027, 1, 11), TWENTY, [], china, noon(2027, 1, 12))
    assert isinstance(reading, NotYetKnown)
    assert reading.due_after_on == date(2027, 1, 11)
