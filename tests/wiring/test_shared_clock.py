"""The clock of a played day: what its conductor writes, every node reads, and time never runs back."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tongban.hosting.day.clockwork import Clockwork
from tongban.wiring.shared_clock import SharedClock

OPENS, CLOSES = datetime(2026, 3, 3, 0, 30, tzinfo=UTC), datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


def test_the_played_clock_is_moved_on_and_never_back(tmp_path: Path) -> None:
    conductor = Clockwork(tmp_path / "clock.json", OPENS)
    clock = SharedClock(tmp_path / "clock.json")
    assert OPENS <= clock.now() < CLOSES
    conductor.move_to(CLOSES)
    assert clock.now() >= CLOSES
    conductor.move_to(OPENS)
    assert clock.now() >= CLOSES
    conductor.move_to(CLOSES + timedelta(days=1), factor=0.0)
    assert clock.now() == clock.now() == CLOSES + timedelta(days=1)


def test_a_clock_of_any_pace_never_runs_back(tmp_path: Path) -> None:
    chance = random.Random(3)
    conductor = Clockwork(tmp_path / "clock.json", OPENS)
    clock = SharedClock(tmp_path / "clock.json")
    seen = [clock.now()]
    for _ in range(50):
        conductor.move_to(
            OPENS + timedelta(seconds=chance.randrange(30_000)), chance.choice((0.0, 1.0, 60.0))
        )
        seen.append(clock.now())
    assert seen == sorted(seen)
