"""A plain mapping, as read from ``content/calendars``, becomes a working calendar; all its faults at once."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from tongban.domain.clock.calendar import Holiday, Notice, WorkingCalendar, days_of
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KEYS = {"name", "notice", "first_day", "last_day", "weekly_rest", "holidays", "closures"}
_MOST_DAYS = 366 * 10
_SPILL = timedelta(days=31)
"""A notice may name days just outside its year, such as a New Year holiday that begins in December."""


class _Reader:
    """Reads values and keeps every problem, so that a file is mended in one go."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.problems: list[Problem] = []

    def report(self, code: str, where: str, zh: str, en: str) -> None:
        self.problems.append(Problem(f"calendar.{code}", Text(zh, en), f"{self.file_name}:{where}"))

    def mapping(self, value: object, where: str, keys: set[str]) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            self.report(
                "not-a-mapping", where, "这里应为键值表。", "This should be a mapping of keys to values."
            )
            return {}
        for key in sorted(set(map(str, value)) - keys):
            self.report("unknown-key", f"{where}.{key}", f"不认识的键“{key}”。", f"Unknown key “{key}”.")
        return value

    def sequence(self, value: object, where: str) -> Sequence[Any]:
        if isinstance(value, Sequence) and not isinstance(value, str):
            return value
        if value is not None:
            self.report("not-a-list", where, "这里应为列表。", "This should be a list.")
        return ()

    def day(self, value: object, where: str) -> date:
        if type(value) is date:
            return value
        if isinstance(value, str):
            with suppress(ValueError):
                return date.fromisoformat(value)
        shown = repr(value)[:40]
        self.report("bad-date", where, f"{shown} 不是日期（年-月-日）。", f"{shown} is no date (YYYY-MM-DD).")
        return date.min

    def text(self, value: object, where: str) -> Text:
        plain = self.mapping(value, where, {"zh", "en"})
        zh, en = plain.get("zh"), plain.get("en")
        if not (isinstance(zh, str) and zh and isinstance(en, str) and en):
            self.report(
                "no-words", where, "中文和英文都要写。", "Give both the Chinese (zh) and the English (en)."
            )
            return Text("", "")
        return Text(zh, en)

    def line(self, value: object, where: str) -> str:
        if isinstance(value, str) and value.strip():
            return value
        self.report("no-words", where, "此处不能为空。", "This may not be empty.")
        return ""


def parse_calendar(plain: Mapping[str, Any], file_name: str) -> WorkingCalendar:
    """Read one year's (or one span's) calendar from a plain mapping.

    Args:
        plain: keys ``name``, ``notice`` (number, title, issued_on, verified), ``first_day``, ``last_day``,
            ``weekly_rest`` (days, basis), ``holidays`` (name, from, to, make_up), ``closures``
            (name, from, to, basis); dates as dates or ISO text.
        file_name: for the pointers of problems.

    Raises:
        Refused: with every problem: unknown keys, bad dates, days outside the span, overlapping holidays,
            a make-up day that is no weekly rest day or lies in a holiday, a closure without a basis.
    """
    read = _Reader(file_name)
    top = read.mapping(plain, "top", _KEYS)
    name = read.line(top.get("name"), "name")
    first_on, last_on = read.day(top.get("first_day"), "first_day"), read.day(top.get("last_day"), "last_day")
    if not read.problems and not 0 <= (last_on - first_on).days < _MOST_DAYS:
        read.report(
            "bad-span", "last_day", "起止日期不合理。", "The first and last day make no sensible span."
        )
    weekly_rest = _weekly_rest(read, top.get("weekly_rest"))
    notice = _notice(read, top.get("notice"))
    holidays = [
        _holiday(read, row, f"holidays[{at}]", notice.number)
        for at, row in enumerate(read.sequence(top.get("holidays"), "holidays"))
    ]
    closures = parse_closures(top.get("closures"), file_name, read)
    if not read.problems:
        _check_days(read, holidays, first_on, last_on, weekly_rest)
    if read.problems:
        raise Refused(*read.problems)
    ordered = sorted([*holidays, *closures], key=lambda one: (one.first_on, one.last_on))
    return WorkingCalendar(name, first_on, last_on, weekly_rest, tuple(ordered), (notice,))


def parse_closures(rows: object, file_name: str, read: _Reader | None = None) -> tuple[Holiday, ...]:
    """Read one place's closures (name, from, to, basis), e.g. from a zone's data, for ``close_locally``."""
    own = read or _Reader(file_name)
    closures = tuple(
        _closure(own, row, f"closures[{at}]") for at, row in enumerate(own.sequence(rows, "closures"))
    )
    if own.problems and read is None:
        raise Refused(*own.problems)
    return closures


def _notice(read: _Reader, value: object) -> Notice:
    plain = read.mapping(value, "notice", {"number", "title", "issued_on", "verified"})
    return Notice(
        read.line(plain.get("number"), "notice.number"),
        read.text(plain.get("title"), "notice.title"),
        read.day(plain.get("issued_on"), "notice.issued_on"),
        read.text(plain.get("verified"), "notice.verified"),
    )


def _weekly_rest(read: _Reader, value: object) -> frozenset[int]:
    plain = read.mapping(value, "weekly_rest", {"days", "basis"})
    read.text(plain.get("basis"), "weekly_rest.basis")
    days = read.sequence(plain.get("days"), "weekly_rest.days")
    for day in days:
        if day not in _WEEKDAYS:
            read.report("bad-weekday", "weekly_rest.days", f"{day!r} 不是星期。", f"{day!r} is no weekday.")
    return frozenset(_WEEKDAYS.index(day) for day in days if day in _WEEKDAYS)


def _holiday(read: _Reader, value: object, where: str, source: str) -> Holiday:
    plain = read.mapping(value, where, {"name", "from", "to", "make_up"})
    make_up = read.sequence(plain.get("make_up"), f"{where}.make_up")
    return Holiday(
        read.text(plain.get("name"), f"{where}.name"),
        read.day(plain.get("from"), f"{where}.from"),
        read.day(plain.get("to"), f"{where}.to"),
        tuple(read.day(day, f"{where}.make_up[{at}]") for at, day in enumerate(make_up)),
        source,
    )


def _closure(read: _Reader, value: object, where: str) -> Holiday:
    plain = read.mapping(value, where, {"name", "from", "to", "basis"})
    closure = Holiday(
        read.text(plain.get("name"), f"{where}.name"),
        read.day(plain.get("from"), f"{where}.from"),
        read.day(plain.get("to"), f"{where}.to"),
        source=read.line(plain.get("basis"), f"{where}.basis"),
        is_local=True,
    )
    _check_run(read, closure, where)
    return closure


def _check_run(read: _Reader, one: Holiday, where: str) -> bool:
    """Report a run of days off that is back to front or absurdly long; return whether it is sound."""
    if 0 <= (one.last_on - one.first_on).days <= _SPILL.days:
        return True
    read.report("bad-run", where, "放假起止日期不合理。", "The first and last day off make no sensible run.")
    return False


def _check_days(
    read: _Reader, holidays: Sequence[Holiday], first_on: date, last_on: date, weekly_rest: frozenset[int]
) -> None:
    """Report days that contradict each other or the weekly rest."""
    off: set[date] = set()
    for at, holiday in enumerate(holidays):
        where = f"holidays[{at}]"
        if not _check_run(read, holiday, where):
            continue
        days = set(days_of(holiday))
        if off & days:
            read.report("overlap", where, "与另一个假期重叠。", "This overlaps another holiday.")
        off |= days
        if holiday.last_on < first_on - _SPILL or holiday.first_on > last_on:
            read.report("outside", where, "不在本日历年度内。", "This lies outside the calendar's span.")
    for at, holiday in enumerate(holidays):
        for number, day in enumerate(holiday.make_up_on):
            where = f"holidays[{at}].make_up[{number}]"
            if not first_on - _SPILL <= day <= last_on:
                read.report("outside", where, "不在本日历年度内。", "This lies outside the calendar's span.")
            if day.weekday() not in weekly_rest:
                read.report("not-a-rest-day", where, f"{day} 本来就上班。", f"{day} is a working day anyway.")
            if day in off:
                read.report("both", where, f"{day} 又放假又上班。", f"{day} is both off and worked.")
