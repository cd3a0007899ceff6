"""Tables change in one numbered line whose head stands in a file, so that two branches collide visibly."""

import os
import re
import subprocess
import sys

from tests.house.source import CHECKOUT, PACKAGE

FOLDER = PACKAGE / "store" / "migrations"
HEAD = FOLDER / "max_migration.txt"


def list_migrations() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("[0-9]*.py"))


def test_migrations_are_numbered_without_gaps() -> None:
    numbers = [int(re.match(r"\d{4}", name)[0]) for name in list_migrations()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_head_file_names_the_last_migration() -> None:
    assert HEAD.read_text(encoding="utf-8").split() == [list_migrations()[-1]]


def test_the_tables_in_the_code_have_their_migrations() -> None:
    asked = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        cwd=CHECKOUT, env={**os.environ, "DJANGO_SETTINGS_MODULE": "tongban.site.settings.test"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert asked.returncode == 0, asked.stdout + asked.stderr
