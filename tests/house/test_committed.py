"""No committed file names a package registry's host or a path of somebody's machine."""

import re

from tests.house.source import list_files, short

DOT = r"\."
# Put together from pieces, so that this file does not hold what it looks for.
HOSTS = [
    "pypi" + DOT + "org",
    "python" + "hosted" + DOT + "org",
    "registry" + DOT + "npm" + "js",
    "registry" + DOT + "yarn" + "pkg",
    "deb" + DOT + "debian" + DOT + "org",
    "security" + DOT + "debian" + DOT + "org",
]
MACHINE_FOLDERS = ["wo" + "rk", "ro" + "ot", "tm" + "p", "ho" + "me"]
FORBIDDEN = re.compile("|".join(HOSTS) + r"|(?<![\w.})>*-])/(?:" + "|".join(MACHINE_FOLDERS) + r")/\w")


def find_forbidden(text: str) -> list[str]:
    return [match[0] for match in FORBIDDEN.finditer(text)]


def read(path: object) -> str:
    return path.read_bytes().decode("utf-8", errors="ignore")


def test_no_committed_file_names_a_registry_or_a_machine() -> None:
    found = [f"{short(path)}: {what}" for path in list_files() for what in find_forbidden(read(path))]
    assert found == []


def test_the_search_finds_what_it_looks_for() -> None:
    assert find_forbidden("see https://" + "pypi" + ".org/x and " + "/ro" + "ot/key")
    assert not find_forbidden("src/" + "work/x, a/" + "tmp/b, var/log, https://example.invalid/law")


def test_no_environment_or_state_is_committed() -> None:
    bad = {".venv", "node_modules", "var", ".env", "__pycache__"}
    assert [short(path) for path in list_files() if bad & set(path.parts[-4:])] == []
