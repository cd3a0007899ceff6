"""What happens on the day, drawn from a seed: who hands in what, where, when, and how it goes on."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

ZONES = ("suzhou", "wuxi", "changzhou")
SHARES = {
    "straight": 36,
    "later": 15,
    "branch": 17,
    "granted-by-officer": 6,
    "refused-by-officer": 4,
    "corrected": 4,
    "withdrawn": 4,
    "silent": 3,
    "window": 6,
    "bundle": 5,
}
"""Parts in a hundred. ``straight`` is decided in the answer, ``later`` by a worker, ``branch`` elsewhere."""
TICKETS_IN_A_HUNDRED = 10
BUSINESSES = ("firms", "trades", "people", "collect")
HALL_HOURS = ((0.07, 0.38), (0.57, 0.92))
"""Parts of the day in which numbers are given, inside the hours of content/hall.yaml."""
KILLED = ("web", "worker", "worker", "backend")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the script.

    Args:
        key: its own name, and the idempotency key where one is sent.
        mode: one of ``SHARES``, or ``ticket``.
        zone: where it is handed in.
        word: what the mode needs besides: a queue, or nothing.
    """

    at: datetime
    key: str
    mode: str
    zone: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Kill:
    """A process that is killed after so many lines of the script: ``part`` is web, worker or backend."""

    after: int
    zone: str
    part: str


def write_script(seed: int, cases: int, opens_at: datetime, closes_at: datetime) -> list[Entry]:
    """Return the day in order of time: so many applications, and the numbers taken at the halls."""
    chance = random.Random(seed)  # noqa: S311  a script, not a secret
    length = closes_at - opens_at
    modes = _spread(cases)
    chance.shuffle(modes)
    entries = []
    for number, mode in enumerate(modes):
        at = opens_at + length * chance.random()
        entries.append(Entry(at, f"day-{seed}-{number:05d}", mode, _choose_zone(mode, chance)))
    for number in range(max(6, cases * TICKETS_IN_A_HUNDRED // 100)):
        first, last = chance.choice(HALL_HOURS)
        at = opens_at + length * (first + (last - first) * chance.random())
        zone, business = chance.choice(ZONES), chance.choice(BUSINESSES)
        entries.append(Entry(at, f"ticket-{number:05d}", "ticket", zone, business))
    return sorted(entries, key=lambda one: (one.at, one.key))


def plan_kills(seed: int, count: int, lines: int) -> list[Kill]:
    """Return who is killed when; every kind of process of every zone comes by in a long day."""
    chance = random.Random(seed + 1)  # noqa: S311  a script, not a secret
    places = sorted(chance.randrange(lines) for _ in range(count))
    return [Kill(after, chance.choice(ZONES), chance.choice(KILLED)) for after in places]


def _spread(cases: int) -> list[str]:
    """Return one mode for each case: every mode at least once, the shares as near as whole numbers come."""
    modes = list(SHARES)[:cases]
    whole = sum(SHARES.values())
    for mode, share in SHARES.items():
        modes += [mode] * max(0, cases * share // whole - 1)
    return (modes + ["straight"] * max(0, cases - len(modes)))[:cases]


def _choose_zone(mode: str, chance: random.Random) -> str:
    if mode in ("straight", "later", "window"):
        return "suzhou"
    if mode == "bundle":
        return "wuxi"
    return chance.choice(("suzhou", "wuxi"))


def count_modes(entries: Sequence[Entry]) -> dict[str, int]:
    """Return how often each mode comes."""
    return {mode: sum(1 for one in entries if one.mode == mode) for mode in (*SHARES, "ticket")}
