"""The tables' history: one line, nothing forgotten."""

from pathlib import Path

import pytest
from django.core.management import call_command

import tongban.store.migrations as migrations_room

FOLDER = Path(next(iter(migrations_room.__path__)))


def test_migrations_are_one_numbered_line_and_the_head_file_names_the_last() -> None:
    names = sorted(path.stem for path in FOLDER.glob("[0-9]*.py"))
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    assert (FOLDER / "max_migration.txt").read_text().strip() == names[-1]


@pytest.mark.django_db
def test_the_models_have_no_change_that_no_migration_makes() -> None:
    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0)
