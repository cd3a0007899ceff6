"""What the law sets: limits, pauses and extensions, each with the article that sets it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

MOST = 9_999
"""The largest amount a limit may have in any unit; more than this is a slip of the pen."""

_HOURS_A_DAY, _MINUTES_AN_HOUR = 24, 60
_SHORTEST_MONTH_DAYS, _LONGEST_MONTH_DAYS = 28, 31


class Unit(StrEnum):
    """In what a limit is counted; the law says which, and a bare 日 is a calendar day."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    HOUR = "hour"
    MINUTE = "minute"

    @property
    def is_of_day(self) -> bool:
        """True when whole civil dates are counted, false when the clock runs from the moment."""
        return self not in (Unit.HOUR, Unit.MINUTE)


UNIT_WORDS: Mapping[Unit, tuple[str, str, str]] = {
    Unit.WORKING_DAY: ("个工作日", "working day", "working days"),
    Unit.CALENDAR_DAY: ("日", "calendar day", "calendar days"),
    Unit.MONTH: ("个月", "month", "months"),
    Unit.HOUR: ("小时", "hour", "hours"),
    Unit.MINUTE: ("分钟", "minute", "minutes"),
}
"""The unit after a number: Chinese, English for one, English for any other number."""


class LimitKind(StrEnum):
    """Who set the limit: the law, or the zone that promises to be quicker."""

    STATUTORY = "statutory"
    PROMISED = "promised"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long an act may take, and the article or promise that says so.

    Args:
        amount: 1 to 9999 of the unit; "at once" is written in minutes or as one working day.
        unit: what is counted.
        source: the article that sets it; for a promise, the article that allows or binds the promise.
        kind: statutory, or promised by a zone (never longer than the statutory one).
    """

    amount: int
    unit: Unit
    source: LawKey
    kind: LimitKind = LimitKind.STATUTORY

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= MOST:
            raise ValueError(f"a time limit of {self.amount} is no time limit")

    @property
    def in_words(self) -> Text:
        """The limit as a phrase, e.g. ``20个工作日`` and ``20 working days``."""
        return amount_in_words(self.amount, self.unit)


@dataclass(frozen=True, slots=True)
class DatedLimit:
    """A time limit and the day from which it is in force."""

    since: date
    limit: TimeLimit


def get_in_force(dated: Sequence[DatedLimit], on: date) -> TimeLimit:
    """Return the newest limit whose day has come; raises LookupError when none has. Oldest stands first."""
    for row in reversed(dated):
        if row.since <= on:
            return row.limit
    raise LookupError(f"no time limit in force on {on}")


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that are not counted: from the first up to and including the last.

    Args:
        began_on: first civil date that is not counted.
        ended_on: last civil date that is not counted; None while the pause is open.
        source: the article that stops the clock, e.g. ``all-2019#45``.
    """

    began_on: date
    ended_on: date | None
    source: LawKey

    def __post_init__(self) -> None:
        if self.ended_on is not None and self.ended_on < self.began_on:
            raise ValueError("a pause cannot end before it began")


@dataclass(frozen=True, slots=True)
class Extension:
    """Days the head of the authority added, with the article that allows it (all-2019#42).

    Args:
        days: working days for a limit in working days, calendar days for any other.
        source: the article that allows it.
    """

    days: int
    source: LawKey

    def __post_init__(self) -> None:
        if not 1 <= self.days <= MOST:
            raise ValueError(f"an extension of {self.days} days is no extension")


def amount_in_words(amount: int, unit: Unit) -> Text:
    """Return ``amount`` with its unit, in Chinese and in English."""
    zh, one, many = UNIT_WORDS[unit]
    return Text(f"{amount}{zh}", f"{amount} {one if amount == 1 else many}")


def parse_time_limit(row: Mapping[str, Any], pointer: str = "", kind: LimitKind | None = None) -> TimeLimit:
    """Read a limit from ``{amount, unit, source}`` and, if given there, ``kind``.

    Raises:
        Refused: with every problem at once: not a whole number from 1 to 9999, an unknown unit or kind,
            no source, an unknown key.
    """
    problems = _check_time_limit(row, pointer)
    if problems:
        raise Refused(*problems)
    said = LimitKind(row.get("kind", LimitKind.STATUTORY))
    return TimeLimit(row["amount"], Unit(row["unit"]), LawKey(row["source"]), kind or said)


def check_pause(pause: Pause, stopping: Collection[LawKey], pointer: str = "") -> tuple[Problem, ...]:
    """Return a problem when the pause's article is not one of those that stop this clock.

    Args:
        stopping: the articles that may stop it, from the regime's data; ``all-2019#45`` covers
            whatever stands in it.

    Source of law: all-2019#45 is the whole list for licences; asking for a supplement is not on it.
    """
    if any(pause.source == key or pause.source.startswith(f"{key}.") for key in stopping):
        return ()
    return (
        Problem(
            "clock.pause-not-allowed",
            Text(
                f"{pause.source} 不是可以停止计算期限的依据，期限继续计算。",
                f"{pause.source} is not an article that stops this clock; the clock runs on.",
            ),
            pointer,
            next_step=Text(
                "请引用法律规定可以扣除时间的条款，或者不暂停。",
                "Cite an article that takes time off the limit, or do not pause.",
            ),
        ),
    )


def check_promise(promised: TimeLimit, statutory: TimeLimit, pointer: str = "") -> tuple[Problem, ...]:
    """Return a problem unless the promised limit can never fall due after the statutory one.

    Different units are compared on the safe side: a month may have 28 days, a working day is at least one
    calendar day, and working days against calendar days or months are refused because a long holiday
    may make them longer.
    """
    if _is_never_longer(promised, statutory):
        return ()
    return (
        Problem(
            "limit.promise-longer",
            Text(
                f"承诺时限{promised.in_words.zh}不能保证不长于法定时限{statutory.in_words.zh}。",
                f"The promised limit of {promised.in_words.en} is not sure to be within the statutory "
                f"{statutory.in_words.en}.",
            ),
            pointer,
            statutory.source,
            Text(
                "请缩短承诺时限，或改用与法定时限相同的单位。",
                "Shorten the promise, or give it in the unit of the statutory limit.",
            ),
        ),
    )


def _is_never_longer(promised: TimeLimit, statutory: TimeLimit) -> bool:
    """True when the promise falls due no later, whatever the day of acceptance and the holidays."""
    if promised.unit == statutory.unit:
        return promised.amount <= statutory.amount
    if not promised.unit.is_of_day:
        allowed = (
            _in_minutes(statutory)
            if not statutory.unit.is_of_day
            else _fewest_days(statutory) * _HOURS_A_DAY * _MINUTES_AN_HOUR
        )
        return _in_minutes(promised) <= allowed
    if not statutory.unit.is_of_day or promised.unit is Unit.WORKING_DAY:
        return False
    return _most_days(promised) <= _fewest_days(statutory)


def _in_minutes(limit: TimeLimit) -> int:
    return limit.amount * (_MINUTES_AN_HOUR if limit.unit is Unit.HOUR else 1)


def _fewest_days(limit: TimeLimit) -> int:
    return limit.amount * (_SHORTEST_MONTH_DAYS if limit.unit is Unit.MONTH else 1)


def _most_days(limit: TimeLimit) -> int:
    return limit.amount * (_LONGEST_MONTH_DAYS if limit.unit is Unit.MONTH else 1)


def _check_time_limit(row: Mapping[str, Any], pointer: str) -> list[Problem]:
    """Return everything that is wrong with a limit's row."""
    problems = []
    amount = row.get("amount")
    if not isinstance(amount, int) or isinstance(amount, bool) or not 1 <= amount <= MOST:
        problems.append(_wrong("amount", amount, pointer, f"1 … {MOST}"))
    if row.get("unit") not in list(Unit):
        problems.append(_wrong("unit", row.get("unit"), pointer, ", ".join(Unit)))
    if row.get("kind", LimitKind.STATUTORY) not in list(LimitKind):
        problems.append(_wrong("kind", row.get("kind"), pointer, ", ".join(LimitKind)))
    if not isinstance(row.get("source"), str) or "#" not in row["source"]:
        problems.append(_wrong("source", row.get("source"), pointer, "all-2019#42"))
    for key in sorted(set(map(str, row)) - {"amount", "unit", "source", "kind"}):
        problems.append(_wrong(key, row.get(key), pointer, "amount, unit, source, kind"))
    return problems


def _wrong(key: str, value: object, pointer: str, allowed: str) -> Problem:
    shown = repr(value)[:60]
    return Problem(
        f"limit.{key}" if key in ("amount", "unit", "source", "kind") else "limit.unknown-key",
        Text(f"时限的“{key}”不能是 {shown}。", f"A time limit's “{key}” cannot be {shown}."),
        f"{pointer}.{key}" if pointer else key,
        next_step=Text(f"可以是：{allowed}", f"Allowed: {allowed}"),
    )
