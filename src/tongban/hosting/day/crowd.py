"""Many clients at once: each takes a line of the script, and lays it back where it has to wait."""

import queue
import threading
import time

from tongban.hosting.day.clients import GaveUp, Record, Steps, World, play
from tongban.hosting.day.script import Entry

AT_ONCE = 6
WAITING_AT_MOST = 12
PAUSE_SECONDS = 0.25
LONGEST_SECONDS = 900
Held = tuple[Steps, Record, float, float]


class Crowd:
    """Threads that play entries; ``records`` say what they were answered."""

    def __init__(self, world: World, at_once: int = AT_ONCE) -> None:
        self._world = world
        self._fresh: queue.Queue[Held] = queue.Queue(WAITING_AT_MOST)
        self._laid_back: queue.Queue[Held] = queue.Queue()
        self.records: list[Record] = []
        self._left = 0
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(at_once)]
        self._is_over = False
        for thread in self._threads:
            thread.start()

    def take(self, entry: Entry) -> Record:
        """Give an entry to whoever is free; waits while everybody has enough to do."""
        record = Record(entry.key, entry.mode, entry.zone)
        with self._lock:
            self.records.append(record)
            self._left += 1
        self._fresh.put((play(entry, record, self._world), record, time.monotonic(), 0.0))
        return record

    @property
    def left(self) -> int:
        """How many have not come to the end of their way."""
        with self._lock:
            return self._left

    def stop(self) -> None:
        """Send everybody home."""
        self._is_over = True
        for thread in self._threads:
            thread.join(timeout=5)

    def _work(self) -> None:
        while not self._is_over:
            held = self._find_next()
            if held is None:
                time.sleep(PAUSE_SECONDS / 5)
            else:
                self._go_on(*held)

    def _find_next(self) -> Held | None:
        """Whatever was laid back long enough ago goes first, then what is new."""
        try:
            held = self._laid_back.get_nowait()
            if time.monotonic() >= held[3]:
                return held
            self._laid_back.put(held)
        except queue.Empty:
            pass
        try:
            return self._fresh.get_nowait()
        except queue.Empty:
            return None

    def _go_on(self, steps: Steps, record: Record, began: float, _: float) -> None:
        now = time.monotonic()
        try:
            next(steps)
        except StopIteration:
            self._end(record, began)
        except Exception as trouble:  # one client's trouble is told in the report, not the day's end
            record.fault = record.fault or f"{type(trouble).__name__}: {str(trouble)[:300]}"
            if not isinstance(trouble, GaveUp):
                record.fault = f"broken: {record.fault}"
            self._end(record, began)
        else:
            if now - began > LONGEST_SECONDS:
                record.fault = "what it waited for did not come"
                self._end(record, began)
            else:
                self._laid_back.put((steps, record, began, time.monotonic() + 2 * PAUSE_SECONDS))

    def _end(self, record: Record, began: float) -> None:
        record.seconds, record.is_over = time.monotonic() - began, True
        with self._lock:
            self._left -= 1
