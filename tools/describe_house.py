"""What the code says of itself, as tables for the documents: rooms, contracts, imports, settings, parts."""

import ast
import configparser
import re
from importlib import metadata
from pathlib import Path

import grimp

from tongban.site.settings.environment import VARIABLES
from tools.describe_content import table

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "tongban"
FLOORS = re.compile(r"^Floor (\d)( and a half)?: ")
PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^ \\;]+)", re.MULTILINE)
LONGEST_LICENCE = 60


def read_plate(package: Path) -> str:
    """The first line of a package's docstring."""
    text = (package / "__init__.py").read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(text)) or "").split("\n")[0].replace("``", "`")


def list_packages(folder: Path) -> list[Path]:
    """The packages directly below a folder, in order of name."""
    return sorted(path.parent for path in folder.glob("*/__init__.py"))


def compose_rooms() -> str:
    """Every room of the house with its name plate: from the roof down, then the rooms inside two of them."""
    tops = sorted(list_packages(PACKAGE), key=lambda room: (-read_floor(room), room.name))
    rows = [
        [show_floor(room), f"`{room.name}`", capitalise(FLOORS.sub("", read_plate(room)))] for room in tops
    ]
    domain = [[f"`{room.name}`", read_plate(room)] for room in list_packages(PACKAGE / "domain")]
    pages = [[f"`{room.name}`", read_plate(room)] for room in list_packages(PACKAGE / "web")]
    return (
        table(["floor", "room", "what it is for"], rows)
        + "\nRooms of `domain`:\n\n"
        + table(["room", "what it is for"], domain)
        + "\nRooms of `web`:\n\n"
        + table(["room", "what it is for"], pages)
    )


def capitalise(sentence: str) -> str:
    """A sentence with a capital at its head and the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def read_floor(room: Path) -> float:
    """On which floor a room's plate says it is; the roof is the highest."""
    match = FLOORS.match(read_plate(room))
    return 9 if match is None else int(match[1]) + (0.5 if match[2] else 0)


def show_floor(room: Path) -> str:
    """The floor as people write it."""
    floor = read_floor(room)
    return "roof" if floor == 9 else f"{floor:g}".replace(".5", "½")


def compose_contracts() -> str:
    """The import contracts by name."""
    parser = configparser.ConfigParser()
    parser.read_string((ROOT / ".importlinter").read_text(encoding="utf-8"))
    names = [
        parser.get(section, "name")
        for section in parser.sections()
        if section.startswith("importlinter:contract:")
    ]
    return "".join(f"{number}. {name}\n" for number, name in enumerate(names, start=1))


def compose_imports() -> str:
    """Which room imports which, counted over the whole package."""
    graph = grimp.build_graph("tongban", cache_dir=None)
    tops = sorted(list_packages(PACKAGE), key=lambda room: (-read_floor(room), room.name))
    names = [room.name for room in tops]
    uses: dict[str, set[str]] = {name: set() for name in names}
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            above, below = room_of(module), room_of(imported)
            if above in uses and below in uses and above != below:
                uses[above].add(below)
    rows = [
        [f"`{name}`", ", ".join(f"`{each}`" for each in names if each in uses[name]) or "nothing"]
        for name in names
    ]
    return table(["room", "imports"], rows)


def room_of(module: str) -> str:
    """The top-level room of a module."""
    return [*module.split("."), ""][1]


def compose_variables() -> str:
    """Every variable of the environment that a node reads."""
    rows = [
        [f"`{each.name}`", each.meaning, f"`{each.default}`" if each.default else ""] for each in VARIABLES
    ]
    return table(["variable", "meaning", "default"], rows)


def compose_decisions() -> str:
    """The index of the decisions, from their first lines."""
    rows = []
    for path in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md")):
        heading = path.read_text(encoding="utf-8").split("\n")[0].removeprefix("# ")
        number, _, title = heading.partition(" ")
        rows.append([f"[{number}]({path.name})", title])
    return table(["ADR", "decision"], rows)


def compose_parts() -> str:
    """The parts that a node runs on, with the licence that each declares."""
    named = (ROOT / "requirements" / "run.in").read_text(encoding="utf-8").splitlines()
    pins = read_pins()
    rows = []
    for line in named:
        match = re.match(r"[a-z][a-z0-9-]*", line)
        if match:
            rows.append([f"`{match[0]}`", pins[match[0]], read_licence(match[0])])
    return table(["part", "version locked", "licence it declares"], rows)


def read_pins() -> dict[str, str]:
    """Name and version of everything that a node runs on, as locked."""
    return dict(PIN.findall((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")))


def read_licence(name: str) -> str:
    """What an installed distribution says of its licence: the expression, else the field, else the class."""
    about = metadata.metadata(name)
    field = (about.get("License") or "").split("\n")[0]
    classes = [
        each.rpartition(" :: ")[2] for each in about.get_all("Classifier") or [] if "License ::" in each
    ]
    said = about.get("License-Expression") or (field if len(field) <= LONGEST_LICENCE else "")
    return said or " / ".join(classes) or "not declared"
