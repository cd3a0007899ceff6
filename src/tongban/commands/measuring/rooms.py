"""Where the time of one straight-through application goes, room by room, inside a web process."""

import cProfile
import json
import pstats
from collections import Counter
from pathlib import Path

from django.test import Client

import tongban
from tongban.commands.measuring.samples import FOOD, food_application
from tongban.commands.measuring.timing import Figures
from tongban.wiring import get_deps
from tongban.wiring.programs import create_token

_SOURCE = str(Path(tongban.__file__).parent) + "/"
_WARM = 20
_PARTS = {
    "psycopg": "psycopg (waiting for PostgreSQL too)",
    "django": "Django",
    "ninja": "django-ninja",
    "pydantic": "pydantic",
    "cryptography": "cryptography",
    "structlog": "structlog",
}


def measure_rooms(count: int) -> Figures:
    """Return percent of the time by room, from POST to answer; the profiler slows small calls most."""
    deps = get_deps()
    answers = dict(food_application(deps, decide_now=True).raw_answers)
    body = json.dumps({"item_id": FOOD, "zone": deps.zone, "answers": answers})
    client = Client(headers={"Authorization": f"Bearer {create_token('shop', 'measuring', 1)}"})

    def hand_in(times: int) -> None:
        for _ in range(times):
            answer = client.post("/api/v1/applications", body, content_type="application/json")
            if answer.status_code != 201:
                raise RuntimeError(answer.content.decode())

    hand_in(_WARM)
    profile = cProfile.Profile()
    profile.runcall(hand_in, count)
    return _by_room(pstats.Stats(profile))


def _by_room(stats: pstats.Stats) -> Figures:
    """Return each room's own time in percent, what its built-in calls took included, largest first."""
    spent: Counter[str] = Counter()
    for (file, _, name), (_, _, own, _, callers) in stats.stats.items():  # type: ignore[attr-defined]
        if file != "~":
            spent[_room_of(file)] += own
            continue
        room = "psycopg" if "psycopg" in name else ""
        for (caller, _, _), (_, _, part, _) in callers.items():
            spent[_PARTS[room] if room else _room_of(caller)] += part
    total = sum(spent.values())
    return {room: round(own / total * 100, 1) for room, own in spent.most_common(16)}


def _room_of(file: str) -> str:
    if file.startswith(_SOURCE):
        return ".".join(Path(file.removeprefix(_SOURCE)).with_suffix("").parts[:2])
    return next((words for part, words in _PARTS.items() if f"/{part}" in file), "Python's own library")
