"""Dates and instants in words, Chinese and English, without the machine's locale."""

from datetime import date, datetime

from tongban.kernel.moment import CHINA_STANDARD_TIME
from tongban.kernel.text import Text

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
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


def day_in_words(day: date) -> Text:
    """Return a civil date with its weekday: ``2026年3月2日（周一）``, ``Monday 2 March 2026``."""
    return Text(
        f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS_ZH[day.weekday()]}）",
        f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]} {day.year}",
    )


def range_in_words(first_on: date, last_on: date) -> Text:
    """Return a range of civil dates, both included; a range of one day is that day."""
    first, last = day_in_words(first_on), day_in_words(last_on)
    return first if first_on == last_on else Text(f"{first.zh}至{last.zh}", f"{first.en} to {last.en}")


def instant_in_words(at: datetime) -> Text:
    """Return an aware instant as date and minute in China Standard Time."""
    local = at.astimezone(CHINA_STANDARD_TIME)
    day = day_in_words(local.date())
    return Text(f"{day.zh} {local:%H:%M}", f"{day.en} {local:%H:%M}")
