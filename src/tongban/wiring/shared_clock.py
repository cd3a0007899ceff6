"""The clock of a node: the machine's, or that of a played day (make day), which its conductor moves on."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


class SharedClock:
    """Reads the time from a file that says what it was at an instant of the machine, and how fast it runs.

    The file holds ``machine`` and ``shown``, seconds since 1970, and ``factor``; it is replaced as a whole.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = -1
        self._machine = self._shown = self._factor = 0.0
        self._read(path.stat().st_mtime_ns)

    def now(self) -> datetime:
        """Return the played present as an aware UTC instant."""
        stamp = self._path.stat().st_mtime_ns
        if stamp != self._stamp:
            self._read(stamp)
        elapsed = max(0.0, time.time() - self._machine)
        return datetime.fromtimestamp(self._shown + elapsed * self._factor, UTC)

    def _read(self, stamp: int) -> None:
        held = json.loads(self._path.read_text(encoding="utf-8"))
        self._machine, self._shown = float(held["machine"]), float(held["shown"])
        self._factor, self._stamp = float(held["factor"]), stamp


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present."""
        return datetime.now(UTC)


def open_clock() -> SystemClock | SharedClock:
    """Return the machine's clock, or that of a played day (settings/day.py alone names one)."""
    return SystemClock() if settings.CLOCK_FILE is None else SharedClock(settings.CLOCK_FILE)
