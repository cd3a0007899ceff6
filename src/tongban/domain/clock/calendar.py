"""Working days: weekly rest, holidays and make-up weekends (调休) as published; refuses to guess beyond."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from tongban.domain.clock.wording import day_in_words
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Notice:
    """The paper a calendar year was taken from.

    Args:
        number: as printed, e.g. ``国办发明电〔2025〕7号``.
        title: as printed, with our translation.
        issued_on: date of the notice.
        verified: what our transcription was compared with, and what it was not.
    """

    number: str
    title: Text
    issued_on: date
    verified: Text


@dataclass(frozen=True, slots=True)
class Holiday:
    """A run of days off, first and last included, with its name and the paper behind it.

    Args:
        make_up_on: weekend days worked in exchange.
        source: number of the notice, or the basis of a local closure.
        is_local: True for a closure of one place, e.g. after a typhoon.
    """

    name: Text
    first_on: date
    last_on: date
    make_up_on: tuple[date, ...] = ()
    source: str = ""
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days a zone's authorities work, from the first to the last day loaded, and no further.

    Every count is a look-up in arrays laid out once, so a calendar is made at start and kept.

    Args:
        name: e.g. ``cn-2026``, or ``cn-2024…cn-2026`` after merging.
        first_on: first day loaded.
        last_on: last day loaded; nothing is computed past it.
        weekly_rest: weekdays off, Monday is 0.
        holidays: in order of ``first_on``; a local closure beats a make-up day, which beats a holiday.
        notices: the papers the data was taken from.

    Source of law: all-2019#82 (working days leave out statutory holidays).
    """

    name: str
    first_on: date
    last_on: date
    weekly_rest: frozenset[int]
    holidays: tuple[Holiday, ...] = ()
    notices: tuple[Notice, ...] = ()
    _first: int = field(init=False, repr=False, compare=False)
    _upto: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _days: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.last_on < self.first_on:
            raise ValueError("a calendar cannot end before it begins")
        days, upto = [], []
        off, closed, make_up = self._sets()
        for ordinal in range(self.first_on.toordinal(), self.last_on.toordinal() + 1):
            day = date.fromordinal(ordinal)
            resting = day in off or day.weekday() in self.weekly_rest
            if day not in closed and (day in make_up or not resting):
                days.append(day)
            upto.append(len(days))
        object.__setattr__(self, "_first", self.first_on.toordinal())
        object.__setattr__(self, "_upto", tuple(upto))
        object.__setattr__(self, "_days", tuple(days))

    def is_working_day(self, day: date) -> bool:
        """True when authorities work on ``day``; raises ``calendar.not-loaded`` outside the calendar."""
        at = self._index(day)
        return self._upto[at] > (self._upto[at - 1] if at else 0)

    def add_working_days(self, day: date, amount: int) -> date:
        """Return the ``amount``-th working day strictly after ``day``; ``day`` itself is not counted.

        Args:
            amount: 1 or more.

        Raises:
            Refused: ``calendar.not-loaded`` when the answer lies past the last day loaded.
        """
        if amount < 1:
            raise ValueError("count at least one working day")
        at = self._upto[self._index(day)] + amount - 1
        if at >= len(self._days):
            raise Refused(self._not_loaded(self.last_on + _ONE_DAY))
        return self._days[at]

    def plan_working_days(self, day: date, amount: int) -> date:
        """Return a day to work towards: as published so far, and past the calendar by the weekly rest alone.

        For what must stand on paper today and binds only authorities among themselves; never for a limit
        that takes a right away, a deemed act or a lamp. Holidays that are still unpublished move the lawful
        day back, as a rule, and never this one; whoever shows it says that it was planned (``is_loaded``).

        Args:
            amount: 1 or more working days after ``day``, which is not counted.

        Raises:
            Refused: ``calendar.not-loaded`` when ``day`` lies before the calendar.

        Source: none; a rule of the house, docs/adr/0067-days-past-the-calendar.md.
        """
        if day < self.first_on:
            raise Refused(self._not_loaded(day))
        known = self.count_working_days(day, self.last_on)
        if amount <= known:
            return self.add_working_days(day, amount)
        planned, left = max(day, self.last_on), amount - known
        while left:
            planned += _ONE_DAY
            left -= planned.weekday() not in self.weekly_rest
        return planned

    def count_working_days(self, after: date, upto: date) -> int:
        """Return how many working days lie after ``after``, up to and including ``upto``; 0 when none do."""
        if upto <= after:
            return 0
        return self._upto[self._index(upto)] - self._upto[self._index(after)]

    def roll_forward(self, day: date) -> date:
        """Return ``day`` if it is a working day, otherwise the next one (civil-code-2020#203)."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def is_loaded(self, day: date) -> bool:
        """True when ``day`` lies between the first and the last day loaded."""
        return self.first_on <= day <= self.last_on

    def find_holidays(self, first_on: date, last_on: date) -> tuple[Holiday, ...]:
        """Return the holidays and closures that touch the range, both ends included, in order."""
        upto = bisect_right(self.holidays, last_on, key=lambda holiday: holiday.first_on)
        return tuple(holiday for holiday in self.holidays[:upto] if holiday.last_on >= first_on)

    def find_make_up_days(self, first_on: date, last_on: date) -> tuple[tuple[date, Holiday], ...]:
        """Return the weekend days worked in the range, each with the holiday it makes up for, in order."""
        found = [(day, holiday) for holiday in self.holidays for day in holiday.make_up_on]
        return tuple(
            sorted(
                (
                    (day, holiday)
                    for day, holiday in found
                    if first_on <= day <= last_on and self.is_working_day(day)
                ),
                key=lambda pair: pair[0],
            )
        )

    def _index(self, day: date) -> int:
        at = day.toordinal() - self._first
        if not 0 <= at < len(self._upto):
            raise Refused(self._not_loaded(day))
        return at

    def _sets(self) -> tuple[set[date], set[date], set[date]]:
        """Return the days off by notice, the days closed locally, and the make-up days."""
        off = {day for holiday in self.holidays if not holiday.is_local for day in days_of(holiday)}
        closed = {day for holiday in self.holidays if holiday.is_local for day in days_of(holiday)}
        make_up = {day for holiday in self.holidays for day in holiday.make_up_on}
        return off, closed, make_up

    def _not_loaded(self, day: date) -> Problem:
        asked, first, last = day_in_words(day), day_in_words(self.first_on), day_in_words(self.last_on)
        return Problem(
            "calendar.not-loaded",
            Text(
                f"工作日历只载入了{first.zh}至{last.zh}，算不到{asked.zh}；系统不推测尚未公布的放假安排。",
                f"The working calendar is loaded from {first.en} to {last.en} and says nothing about "
                f"{asked.en}; we do not guess holidays that are not published.",
            ),
            self.name,
            next_step=Text(
                "国务院办公厅公布放假安排后载入该年日历，日期会自动重算。",
                "Load that year's calendar once the State Council's General Office has published it; "
                "the date is then computed again.",
            ),
        )


def days_of(holiday: Holiday) -> Iterator[date]:
    """Yield each day of a holiday or closure, first and last included."""
    for offset in range((holiday.last_on - holiday.first_on).days + 1):
        yield holiday.first_on + timedelta(days=offset)


def close_locally(calendar: WorkingCalendar, closures: Iterable[Holiday]) -> WorkingCalendar:
    """Return the calendar with one place's closures added; each needs a basis in ``source``.

    Source of law: none in general; a closure counts only with the order that ordered it.
    """
    added = tuple(replace(closure, is_local=True) for closure in closures)
    baseless = [closure for closure in added if not closure.source]
    if baseless:
        raise Refused(
            *(
                Problem(
                    "calendar.closure-without-basis",
                    Text(
                        f"停办“{one.name.zh}”没有写明依据。", f"The closure “{one.name.en}” names no basis."
                    ),
                    calendar.name,
                    next_step=Text(
                        "请写明停办通知的文号。", "Give the number of the order that closed the offices."
                    ),
                )
                for one in baseless
            )
        )
    return replace(calendar, holidays=_in_order((*calendar.holidays, *added)))


def merge_calendars(*calendars: WorkingCalendar) -> WorkingCalendar:
    """Return one calendar from several that follow each other without a gap, in any order.

    A year's notice may name days of the year before (a New Year holiday that begins on 31 December);
    those days are taken from the later notice.

    Raises:
        Refused: ``calendar.gap`` or ``calendar.overlap``, each pair that does not fit; ``calendar.none``;
            ``calendar.weekly-rest`` when the weekly days off differ.
    """
    ordered = sorted(calendars, key=lambda calendar: calendar.first_on)
    problems = _check_sequence(ordered)
    if problems:
        raise Refused(*problems)
    first, last = ordered[0], ordered[-1]
    return WorkingCalendar(
        first.name if len(ordered) == 1 else f"{first.name}…{last.name}",
        first.first_on,
        last.last_on,
        first.weekly_rest,
        _in_order(holiday for calendar in ordered for holiday in calendar.holidays),
        tuple(notice for calendar in ordered for notice in calendar.notices),
    )


def _in_order(holidays: Iterable[Holiday]) -> tuple[Holiday, ...]:
    return tuple(sorted(holidays, key=lambda holiday: (holiday.first_on, holiday.last_on)))


def _check_sequence(ordered: list[WorkingCalendar]) -> list[Problem]:
    """Return what keeps calendars from being read as one."""
    if not ordered:
        return [Problem("calendar.none", Text("没有载入任何工作日历。", "No working calendar is loaded."))]
    problems = []
    for before, after in pairwise(ordered):
        expected = before.last_on + _ONE_DAY
        if after.first_on != expected:
            fault = "gap" if after.first_on > expected else "overlap"
            problems.append(
                Problem(
                    f"calendar.{fault}",
                    Text(
                        f"日历 {before.name} 之后应从{day_in_words(expected).zh}开始，{after.name} 却从"
                        f"{day_in_words(after.first_on).zh}开始。",
                        f"After {before.name} the next calendar must begin on {day_in_words(expected).en}; "
                        f"{after.name} begins on {day_in_words(after.first_on).en}.",
                    ),
                    after.name,
                )
            )
        if after.weekly_rest != before.weekly_rest:
            problems.append(
                Problem(
                    "calendar.weekly-rest",
                    Text(
                        "相接的日历每周休息日不同。",
                        "Calendars that follow each other have different weekly rest days.",
                    ),
                    after.name,
                )
            )
    return problems
