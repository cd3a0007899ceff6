"""The played clock as its conductor holds it: moved on, never back."""

import json
import os
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import yaml

CHINA = timezone(timedelta(hours=8))
WEEKDAYS = 5


class Clockwork:
    """Writes the file that every node reads its time from."""

    def __init__(self, path: Path, starts_at: datetime) -> None:
        self._path, self._shown, self._machine, self._factor = path, starts_at, time.time(), 1.0
        self._write()

    def now(self) -> datetime:
        """Return the played present."""
        return self._shown + timedelta(seconds=(time.time() - self._machine) * self._factor)

    def move_to(self, at: datetime, factor: float = 1.0) -> None:
        """Move on to an instant, or stay where the clock is when that is later; run so fast from there."""
        self._shown, self._machine, self._factor = max(at, self.now()), time.time(), factor
        self._write()

    def _write(self) -> None:
        plain = {"machine": self._machine, "shown": self._shown.timestamp(), "factor": self._factor}
        beside = self._path.with_suffix(".new")
        beside.write_text(json.dumps(plain), encoding="utf-8")
        os.replace(beside, self._path)


def list_working_days(after: date, count: int, calendars: Path) -> list[date]:
    """Return the first working days from a day on, as the calendars of the content have them."""
    off, made_up, last = set(), set(), date.min
    for path in sorted(calendars.glob("cn-*.yaml")):
        year = yaml.safe_load(path.read_text(encoding="utf-8"))
        last = max(last, year["last_day"])
        for holiday in year["holidays"]:
            length = (holiday["to"] - holiday["from"]).days + 1
            off |= {holiday["from"] + timedelta(days=n) for n in range(length)}
            made_up |= set(holiday.get("make_up", ()))
    days = []
    on = after
    while len(days) < count and on <= last:
        if on not in off and (on in made_up or on.weekday() < WEEKDAYS):
            days.append(on)
        on += timedelta(days=1)
    return days


def at_clock(on: date, hour: int, minute: int = 0) -> datetime:
    """Return an instant of a day in China as UTC."""
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=CHINA).astimezone(UTC)
