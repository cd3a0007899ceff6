"""Plants a fault in a copy of the real content, and tells which complaints it must bring."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tests.builders import CONTENT

FOOD, NURSE, BRANCH = "prepackaged-food-filing", "nurse-change-of-practice", "travel-agency-branch-filing"
_SHORT = {"food": FOOD, "nurse": NURSE, "branch": BRANCH}


@dataclass(frozen=True)
class Told:
    """One complaint: its code, the pointer in the file, and how the line begins that it names."""

    code: str
    file: str
    pointer: str
    at: str


@dataclass(frozen=True)
class Fault:
    """One thing broken; see the head of ``faults.yaml``."""

    name: str
    file: str
    new: str
    old: str = ""
    start: str = ""
    packs: tuple[str, ...] = (FOOD,)
    spreads: bool = False
    told: tuple[Told, ...] = field(default=())


def read_faults() -> list[Fault]:
    """Return the whole corpus."""
    text = Path(__file__).with_name("faults.yaml").read_text(encoding="utf-8")
    return [_parse_fault(row) for row in yaml.safe_load(text)]


def _parse_fault(row: dict[str, object]) -> Fault:
    file = _full(str(row["file"]))
    told = tuple(
        Told(one["code"], _full(one.get("file", file)), one["pointer"], one["at"]) for one in row["told"]
    )
    return Fault(
        name=str(row["fault"]),
        file=file,
        new=str(row["new"]),
        old=str(row.get("old", "")),
        start=str(row.get("from", "")),
        packs=tuple(_SHORT[name] for name in row.get("packs", ["food"])),
        spreads=row.get("spreads") is True,
        told=told,
    )


def _full(path: str) -> str:
    room, _, rest = path.partition("/")
    return f"items/{_SHORT[room]}/{rest}" if room in _SHORT else path


def copy_content(to: Path, packs: tuple[str, ...] = (FOOD,)) -> Path:
    """Copy the real content with these item packs only; playing examples takes most of the time."""
    folder = to / "content"
    shutil.copytree(
        CONTENT, folder, ignore=shutil.ignore_patterns("README.md", "fiction", "bundles", "composites")
    )
    for pack in (folder / "items").iterdir():
        if pack.name not in packs:
            shutil.rmtree(pack)
    return folder


def plant(fault: Fault, folder: Path) -> None:
    """Break one file of a copy."""
    path = folder / fault.file
    if fault.old or fault.start:
        text = path.read_text(encoding="utf-8")
        old = fault.old or text[text.index(fault.start) :]
        assert text.count(old) == 1, f"{fault.file} has {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, fault.new), encoding="utf-8")
    elif fault.new:
        path.write_text(fault.new, encoding="utf-8")
    else:
        path.unlink()
