"""The version before: what a pack keeps of it, so that it can be told what the new one takes from whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.parse import PackFiles, parse_item
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.law import LawBook
from tongban.domain.rules.complaints import LAW_KEY, Complaints
from tongban.kernel.errors import Refused
from tongban.kernel.ids import EvidenceKindId
from tongban.kernel.text import Text
from tongban.packs.reading import Reading

FOLDER, CHANGES = "earlier", "changes.yaml"
TAKEN_MAX = 50


@dataclass(frozen=True, slots=True)
class Earlier:
    """The version before the present one.

    Args:
        takes_away: criteria (or ``form``, ``may_grant``) by which the present version says that it takes
            something away.
    """

    item: ServiceItem
    takes_away: tuple[str, ...]


def read_earlier(
    pack: Path,
    base: ServiceItem,
    files: Mapping[str, str],
    kinds: Mapping[EvidenceKindId, EvidenceKind],
    law: LawBook,
    reading: Reading,
) -> Earlier | None:
    """Read ``earlier/N`` with the greatest N, or return None when a pack keeps no earlier version.

    The folder holds the base files that were otherwise then; those it lacks are as they are now. Articles
    that it cites need not be in force any more.

    Args:
        files: the names of the base files by their part.
    """
    folders = sorted((path for path in (pack / FOLDER).glob("*") if path.is_dir()), key=_number)
    for path in folders:
        if not 0 < _number(path) < base.version:
            reading.report(
                path, "", "not-earlier",
                f"“{path.name}”不是现行第 {base.version} 版之前的版本号。",
                f"“{path.name}” is not the number of a version before the present {base.version}.",
                Text("文件夹以旧版的版本号命名。", "The folder bears the number of the old version."),
            )  # fmt: skip
            return None
    if not folders:
        return None
    latest = folders[-1]
    own = Reading(reading.folder)
    plain: dict[str, Any] = {}
    for part, name in files.items():
        path = latest / name if (latest / name).exists() else pack / name
        raw = own.read_plain(path)
        plain[part] = own.with_law(raw, law, path) if part in ("item", "rules") else raw
    item = own.attempt(lambda: parse_item(PackFiles(**plain), base.zone, kinds), latest)
    reading.problems.extend(own.problems)
    taken = _read_changes(latest / CHANGES, reading)
    return None if item is None or own.problems else Earlier(item, taken)


def _number(path: Path) -> int:
    return int(path.name) if path.name.isascii() and path.name.isdigit() else 0


def _read_changes(path: Path, reading: Reading) -> tuple[str, ...]:
    """Return what ``changes.yaml`` declares: rows ``{by, says, source}`` under ``takes_away``."""
    plain = reading.read_plain(path) if path.exists() else None
    return () if plain is None else reading.attempt(lambda: _parse_changes(plain, path.name), path) or ()


def _parse_changes(plain: object, name: str) -> tuple[str, ...]:
    complaints = Complaints(room="pack")
    part = complaints.read_mapping(plain, f"{name}:", ("takes_away",)) or {}
    causes: list[str] = []
    for place, entry in enumerate(complaints.read_list(part.get("takes_away", []), "takes_away", TAKEN_MAX)):
        here = f"takes_away[{place}]"
        row = complaints.read_mapping(entry, here, ("by", "says", "source")) or {}
        complaints.read_text(row.get("says"), f"{here}.says")
        complaints.read_matching(row.get("source"), f"{here}.source", LAW_KEY, "all-2019#32.4")
        causes.append(str(row.get("by", "")))
    if complaints.problems:
        raise Refused(*complaints.problems)
    return tuple(causes)
