"""What the documents say is so: rooms, commands and settings."""

import re
from pathlib import Path

import pytest

from tests.house.source import CHECKOUT, PACKAGE, list_files, short
from tongban.site.settings.environment import VARIABLES

MAKEFILE = CHECKOUT / "Makefile"
EXAMPLE = CHECKOUT / ".env.example"
HOUSE = CHECKOUT / "docs" / "house.md"
COMMAND = re.compile(r"(?:^|`|\$ )make ([a-z][a-z-]*)", re.MULTILINE)
VARIABLE = re.compile(r"\bTONGBAN_[A-Z_]*[A-Z]\b")


def list_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE.read_text(encoding="utf-8"), re.MULTILINE))


def list_rooms() -> list[str]:
    """Every package of the house and of the domain, as the documents write them."""
    tops = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    tops |= {path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__"}
    domain = {path.parent.name for path in (PACKAGE / "domain").glob("*/__init__.py")}
    return sorted(tops | domain | {path.parent.name for path in (PACKAGE / "web").glob("*/__init__.py")})


def read_example() -> dict[str, str]:
    """Every variable of .env.example with the comment that stands above it."""
    held, comment = {}, []
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# ") and not re.match(r"# TONGBAN_\w+=", line):
            comment.append(line[2:])
        elif match := re.match(r"(?:# )?(TONGBAN_\w+)=", line):
            held[match[1]] = " ".join(comment)
            comment = []
        else:
            comment = []
    return held


@pytest.mark.parametrize("room", list_rooms())
def test_the_plan_of_the_house_names_every_room(room: str) -> None:
    assert re.search(rf"\b{room}\b", HOUSE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_documents_that_a_newcomer_opens_are_there_and_name_commands(name: str) -> None:
    assert COMMAND.search((CHECKOUT / name).read_text(encoding="utf-8"))


def test_every_command_that_a_document_names_exists() -> None:
    pages = [path for path in list_files() if path.suffix == ".md"]
    named = {(short(path), target) for path in pages for target in COMMAND.findall(path.read_text("utf-8"))}
    assert {(page, target) for page, target in named if target not in list_targets()} == set()


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = []
    for page in (path for path in list_files() if path.suffix == ".md"):
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
            if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists():
                broken.append(f"{short(page)}: {target}")
    assert broken == []


def test_every_target_says_in_help_what_it_does() -> None:
    text = MAKEFILE.read_text(encoding="utf-8")
    told = set(re.findall(r"^([a-z][a-z-]*):.*## \S", text, re.MULTILINE))
    assert told == list_targets()


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_every_setting_stands_in_the_example_with_its_meaning(variable: object) -> None:
    assert read_example()[variable.name].endswith(variable.meaning)


def test_every_variable_that_the_code_names_stands_in_the_example() -> None:
    sources = [
        path for path in list_files() if path.is_relative_to(CHECKOUT / "src") and path.suffix == ".py"
    ]
    named = {name for path in [*sources, MAKEFILE] for name in VARIABLE.findall(path.read_text("utf-8"))}
    assert named - set(read_example()) == set()


def test_the_example_names_no_variable_that_nobody_reads() -> None:
    tree: list[Path] = [path for path in list_files() if path.suffix in {".py", ""} and path != EXAMPLE]
    read = {name for path in tree for name in VARIABLE.findall(path.read_text("utf-8", errors="ignore"))}
    assert set(read_example()) - read == set()
