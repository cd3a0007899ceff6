"""A document that names a file or a folder of the house names one that is there."""

import re
from pathlib import Path

import pytest

from tests.house.source import CHECKOUT, PACKAGE, list_files, short

PAGES = [path for path in list_files() if path.suffix == ".md"]
NAMED = re.compile(r"`([^`\s]+)`")
PATH = re.compile(r"[a-z_.][a-z0-9_.-]*(?:/[a-z0-9_.*-]+)*/?")
"""Small letters only: a name in capitals, as in ``items/ITEM``, stands for any."""

PLACES = (CHECKOUT, PACKAGE, CHECKOUT / "docs", CHECKOUT / "src")
SUFFIXES = {".py", ".md", ".yaml", ".yml", ".toml", ".sql", ".typ", ".css", ".html", ".in", ".txt"}


def is_path(name: str) -> bool:
    """Whether a name in a document is meant as a file or a folder of ours."""
    if not PATH.fullmatch(name) or "/" not in name:
        return False
    return Path(name).suffix in SUFFIXES or name.startswith(("src/", "tests/", "content/", "docs/", "tools/"))


def is_there(name: str, page: Path) -> bool:
    return any(True for place in (page.parent, *PLACES) for _ in place.glob(name.rstrip("/")))


def find_wrong(text: str, page: Path) -> list[str]:
    return [name for name in NAMED.findall(text) if is_path(name) and not is_there(name, page)]


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_file_that_a_document_names_is_there(page: Path) -> None:
    assert find_wrong(page.read_text(encoding="utf-8"), page) == []


def test_a_file_that_is_gone_is_found() -> None:
    page = CHECKOUT / "README.md"
    assert find_wrong("`flows/perform.py`, `flows/gone.py`, `items/ITEM`, `all-2019#32.4`", page) == [
        "flows/gone.py"
    ]
