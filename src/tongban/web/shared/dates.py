"""Dates, instants and money as each language writes them."""

from datetime import date, datetime

from tongban.kernel.moment import CHINA_STANDARD_TIME, civil_date

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def say_date(value: date | datetime, language: str) -> str:
    """Return a civil date: 2026年11月23日, or 23 November 2026. An instant is read in China Standard Time."""
    on = civil_date(value) if isinstance(value, datetime) else value
    if language == "en":
        return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"
    return f"{on.year}年{on.month}月{on.day}日"


def say_moment(at: datetime, language: str) -> str:
    """Return an aware instant to the minute, in China Standard Time."""
    clock = at.astimezone(CHINA_STANDARD_TIME).strftime("%H:%M")
    separator = ", " if language == "en" else " "
    return f"{say_date(at, language)}{separator}{clock}"


def say_instant(at: datetime, language: str) -> str:
    """Return an aware instant to the second, in China Standard Time."""
    return f"{say_moment(at, language)}:{at:%S}"


def say_fen(fen: int) -> str:
    """Return an amount of money given in fen: ¥1,234.50."""
    sign = "-" if fen < 0 else ""
    return f"{sign}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
