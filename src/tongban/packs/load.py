"""Read the content folder into the catalogue: the only place that opens YAML. Nothing half read is used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.overlay import overlay
from tongban.domain.catalogue.parse import PackFiles, parse_item
from tongban.domain.catalogue.parse_kind import parse_kind
from tongban.domain.catalogue.parse_zone import parse_zone
from tongban.domain.catalogue.zone import Zone
from tongban.domain.clock.calendar import WorkingCalendar, merge_calendars
from tongban.domain.clock.parse import parse_calendar
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.law import LawBook, compose_law_book, parse_statute
from tongban.domain.procedure import Regime, parse_regime
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import EvidenceKindId, ItemId, ZoneId
from tongban.kernel.text import Text

MAX_FILE_BYTES = 1_000_000
"""No file of a pack is longer; a longer one is a mistake or an attack."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class PackCatalogue:
    """The ``Catalogue`` port over a content folder, read once."""

    law: LawBook
    zones: Mapping[ZoneId, Zone]
    kinds: Mapping[EvidenceKindId, EvidenceKind]
    zone_of_division: Mapping[str, ZoneId]
    items: Mapping[tuple[ItemId, ZoneId], ServiceItem]
    regimes: Mapping[str, Regime]
    calendars: Mapping[str, WorkingCalendar]

    def get_item(self, item_id: ItemId, zone: ZoneId) -> ServiceItem:
        """Return the item as the zone implements it, or raise NotFound."""
        try:
            return self.items[item_id, zone]
        except KeyError:
            raise NotFound(f"{item_id} in {zone}") from None

    def list_items(self, zone: ZoneId) -> tuple[ServiceItem, ...]:
        """Return every item of a zone, in order of id."""
        return tuple(item for (_, where), item in sorted(self.items.items()) if where == zone)

    def get_regime(self, regime_id: str) -> Regime:
        """Return a regime, or raise NotFound."""
        try:
            return self.regimes[regime_id]
        except KeyError:
            raise NotFound(regime_id) from None

    def get_calendar(self, zone: ZoneId) -> WorkingCalendar:
        """Return the zone's working days."""
        return self.calendars[self.zones[zone].calendar]


def load_catalogue(folder: Path) -> PackCatalogue:
    """Read everything under a content folder.

    Raises:
        Refused: every problem of every file at once; pointers begin with the file's path in the folder.
    """
    reading = Reading(folder)
    acts = [reading.read(path, parse_statute) or () for path in reading.files("law/*.yaml")]
    law = compose_law_book(article for act in acts for article in act)
    zones = {z.id: z for path in reading.files("zones/*.yaml") if (z := reading.read(path, _parse_zone))}
    kinds = {k.id: k for path in reading.files("evidence/*.yaml") if (k := reading.read(path, _parse_kind))}
    regimes = {
        r.id: r for path in reading.files("procedures/*.yaml") if (r := reading.read(path, parse_regime))
    }
    calendars = _read_calendars(reading)
    items: dict[tuple[ItemId, ZoneId], ServiceItem] = {}
    for pack in sorted(path for path in (folder / "items").iterdir() if path.is_dir()):
        for item in read_pack(pack, zones, kinds, law, reading):
            items[item.id, item.zone] = item
    if reading.problems:
        raise Refused(*reading.problems)
    return PackCatalogue(
        law=law,
        zones=zones,
        kinds=kinds,
        zone_of_division={code: zone.id for zone in zones.values() for code in zone.divisions},
        items=items,
        regimes=regimes,
        calendars=calendars,
    )


def _parse_zone(plain: Any, _: str) -> Zone:
    return parse_zone(plain)


def _parse_kind(plain: Any, _: str) -> EvidenceKind:
    return parse_kind(plain)


def read_pack(
    pack: Path,
    zones: Mapping[ZoneId, Zone],
    kinds: Mapping[EvidenceKindId, EvidenceKind],
    law: LawBook,
    reading: "Reading",
) -> tuple[ServiceItem, ...]:
    """Return a pack's item as each of its zones implements it; what is wrong goes to ``reading``."""
    names = {"item": "item.yaml", "form": "form.yaml", "rules": "rules.yaml", "credential": "credential.yaml"}
    plain = {part: reading.read_plain(pack / name) for part, name in names.items()}
    if any(value is None for value in plain.values()):
        return ()
    plain["rules"] = reading.with_law(plain["rules"], law, pack / "rules.yaml")
    manifest = plain["item"]
    offered = manifest.get("zones", []) if isinstance(manifest, dict) else []
    items = []
    for zone in (ZoneId(str(name)) for name in offered if isinstance(offered, list)):
        if zone not in zones:
            words = Text(f"没有名为“{zone}”的高新区。", f"There is no zone called “{zone}”.")
            reading.add(Problem("pack.unknown-zone", words, "zones"), pack / "item.yaml")
            continue
        item = reading.attempt(lambda zone=zone: parse_item(PackFiles(**plain), zone, kinds), pack)
        if item is None:
            # The base files are the same for every zone: their problems are told once.
            break
        own = pack / "zones" / f"{zone}.yaml"
        if own.exists():
            changes = reading.read_plain(own)
            item = reading.attempt(
                lambda item=item, own=own, changes=changes: overlay(item, changes, own.name), own.parent
            )
        if item is not None:
            items.append(item)
    return tuple(items)


class Reading:
    """Reads files one after the other, and keeps what is wrong with all of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def files(self, pattern: str) -> list[Path]:
        """Return the files of a pattern, in order of name."""
        return sorted(self.folder.glob(pattern))

    def read(self, path: Path, parse: Callable[[Any, str], Any]) -> Any:
        """Read one file through its parser; None when anything is wrong with it."""
        plain = self.read_plain(path)
        return None if plain is None else self.attempt(lambda: parse(plain, path.name), path)

    def read_plain(self, path: Path) -> Any:
        """Return a file's plain value, or None when it is not there, too long, or not YAML."""
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                words = Text("文件过大。", "The file is too large.")
                self.add(Problem("pack.too-large", words), path)
                return None
            with path.open(encoding="utf-8") as file:
                return yaml.load(file, _LOADER)  # noqa: S506 - a safe loader, in C where there is one
        except FileNotFoundError:
            self.add(Problem("pack.missing-file", Text("缺少这个文件。", "This file is missing.")), path)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
            words = Text(f"第 {line} 行附近不是正确的 YAML。", f"This is not YAML, near line {line}.")
            self.add(Problem("pack.not-yaml", words, str(line)), path)
        return None

    def attempt(self, act: Callable[[], Any], path: Path) -> Any:
        """Return what an act returns, or None after keeping the problems it was refused for."""
        try:
            return act()
        except Refused as refused:
            for problem in refused.problems:
                self.add(problem, path)
            return None

    def add(self, problem: Problem, path: Path) -> None:
        """Keep a problem, its pointer led by the file's path in the folder."""
        where = path.relative_to(self.folder).as_posix()
        pointer = problem.pointer
        if path.is_dir():
            pointer = f"{where}/{pointer}"
        elif not pointer.startswith(path.name):
            pointer = f"{where}:{pointer}"
        else:
            pointer = f"{where}{pointer.removeprefix(path.name)}"
        self.problems.append(replace(problem, pointer=pointer))

    def with_law(self, plain: Any, law: LawBook, path: Path) -> Any:
        """Put the law's own numbers where a file refers to them: ``{law: key, limit: name}``."""
        if isinstance(plain, dict):
            if set(plain) == {"law", "limit"}:
                article = law.find(str(plain["law"]))
                limit = article.limits.get(str(plain["limit"])) if article else None
                if limit is None:
                    words = Text(
                        f"{plain['law']} 没有名为“{plain['limit']}”的期限。",
                        f"{plain['law']} has no limit called “{plain['limit']}”.",
                    )
                    self.add(Problem("pack.unknown-limit", words, str(plain["law"])), path)
                    return None
                return limit.amount
            return {key: self.with_law(value, law, path) for key, value in plain.items()}
        if isinstance(plain, list):
            return [self.with_law(value, law, path) for value in plain]
        return plain


def _read_calendars(reading: Reading) -> dict[str, WorkingCalendar]:
    """Join the years of each calendar: ``cn-2025.yaml`` and ``cn-2026.yaml`` make ``cn``."""
    years: dict[str, list[WorkingCalendar]] = {}
    for path in reading.files("calendars/*.yaml"):
        calendar = reading.read(path, parse_calendar)
        if calendar is not None:
            years.setdefault(path.stem.rpartition("-")[0], []).append(calendar)
    joined: dict[str, WorkingCalendar] = {}
    for name, parts in years.items():
        calendar = reading.attempt(lambda parts=parts: merge_calendars(*parts), reading.folder / "calendars")
        if calendar is not None:
            joined[name] = calendar
    return joined
