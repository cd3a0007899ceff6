"""The environment is read in one place, and .env.example tells all of it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tongban.site.settings import environment

PROJECT = Path(__file__).parents[2]
URL = "postgresql://role:a%40b@db.example:5433/zone"


def start(settings: str, **variables: str) -> str:
    """What a fresh process says when it reads the settings: the last line it prints, if it fails."""
    result = subprocess.run(
        [sys.executable, "-c", f"import tongban.site.settings.{settings}"],
        env={"PYTHONPATH": str(PROJECT / "src"), "PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stderr.strip().splitlines()[-1] if result.returncode else ""


def test_the_example_names_every_variable_with_its_meaning_and_no_other():
    text = (PROJECT / ".env.example").read_text()
    named = re.findall(r"^#? ?(TONGBAN_\w+)=", text, re.MULTILINE)
    assert {v.name for v in environment.VARIABLES} <= set(named)
    for variable in environment.VARIABLES:
        assert variable.meaning in text, variable.name


def test_no_other_file_of_the_site_or_the_pages_reads_the_environment():
    rooms = [PROJECT / "src/tongban/site", PROJECT / "src/tongban/web", PROJECT / "src/tongban/api"]
    readers = {
        path.name
        for room in rooms
        for path in room.rglob("*.py")
        if re.search(r"os\.environ(?!\.setdefault\(\"DJANGO)|getenv", path.read_text())
    }
    assert readers == {"environment.py"}


def test_the_settings_stay_under_two_hundred_lines():
    for path in (PROJECT / "src/tongban/site/settings").glob("*.py"):
        assert len(path.read_text().splitlines()) < 200, path.name


def test_a_database_is_read_from_its_address(monkeypatch):
    monkeypatch.setenv("TONGBAN_DATABASE_URL", URL)
    assert environment.read_database("TONGBAN_DATABASE_URL") == {
        "NAME": "zone",
        "USER": "role",
        "PASSWORD": "a@b",
        "HOST": "db.example",
        "PORT": "5433",
    }


def test_a_socket_folder_may_stand_for_the_host(monkeypatch):
    monkeypatch.setenv("TONGBAN_DATABASE_URL", "postgresql://role@/zone?host=%2Frun%2Fpg&port=5433")
    read = environment.read_database("TONGBAN_DATABASE_URL")
    assert (read["HOST"], read["PORT"]) == ("/run/pg", "5433")


@pytest.mark.parametrize("address", ["mysql://a@b/c", "postgresql://a@b", "nonsense"])
def test_an_address_of_something_else_is_refused_with_a_sentence(monkeypatch, address):
    monkeypatch.setenv("TONGBAN_DATABASE_URL", address)
    with pytest.raises(environment.SettingMissing, match="postgresql://"):
        environment.read_database("TONGBAN_DATABASE_URL")


def test_peers_are_pairs(monkeypatch):
    monkeypatch.setenv("TONGBAN_PEERS", "wuxi=http://127.0.0.1:8002/, changzhou=http://127.0.0.1:8003")
    assert environment.read_pairs("TONGBAN_PEERS") == {
        "wuxi": "http://127.0.0.1:8002",
        "changzhou": "http://127.0.0.1:8003",
    }
    monkeypatch.setenv("TONGBAN_PEERS", "wuxi")
    with pytest.raises(environment.SettingMissing, match="zone=url"):
        environment.read_pairs("TONGBAN_PEERS")


def test_production_does_not_start_with_an_open_door_and_says_which():
    good = {
        "TONGBAN_SECRET_KEY": "k" * 60,
        "TONGBAN_PUBLIC_URL": "https://tongban.example",
        "TONGBAN_DATABASE_URL": URL,
    }
    assert start("prod", **good) == ""
    for name in good:
        said = start("prod", **{key: value for key, value in good.items() if key != name})
        assert name in said


def test_development_starts_with_nothing_set():
    assert start("dev") == ""


def test_only_a_played_day_reads_another_clock_than_the_machines(tmp_path: Path):
    variables = {"TONGBAN_CLOCK_FILE": "/somewhere/clock.json", "TONGBAN_ZONE": "suzhou",
                 "TONGBAN_DATABASE_URL": URL,
                 "TONGBAN_SECRET_KEY": "x" * 60, "TONGBAN_PUBLIC_URL": "https://suzhou.example"}  # fmt: skip
    told = {name: read_clock_file(name, variables) for name in ("prod", "dev", "day")}
    assert told == {"prod": "None", "dev": "None", "day": "/somewhere/clock.json"}


def read_clock_file(settings: str, variables: dict[str, str]) -> str:
    """What a fresh process has for the clock's file."""
    result = subprocess.run(
        [sys.executable, "-c", f"import tongban.site.settings.{settings} as s; print(s.CLOCK_FILE)"],
        env={"PYTHONPATH": str(PROJECT / "src"), "PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.strip()
