"""Read the content folder into the catalogue. Nothing half read is used: one fault, and no node starts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tongban.domain.agenda import NO_AGENDA, AgendaBook, parse_agenda
from tongban.domain.bundle.bundle import Bundle
from tongban.domain.bundle.composite import Composite
from tongban.domain.catalogue.authority import OutsideAuthority, parse_authority
from tongban.domain.catalogue.finding import Finding, parse_finding
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.overlay import overlay
from tongban.domain.catalogue.parse import PackFiles, parse_cancelled, parse_item
from tongban.domain.catalogue.parse_kind import parse_kind
from tongban.domain.catalogue.parse_manifest import is_cancelled
from tongban.domain.catalogue.parse_zone import parse_zone
from tongban.domain.catalogue.zone import Zone
from tongban.domain.clock.calendar import WorkingCalendar, merge_calendars
from tongban.domain.clock.parse import parse_calendar
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.guard.criteria import GateCriterion, parse_gate
from tongban.domain.guard.parameters import Watching, parse_watching
from tongban.domain.hall.book import NO_HALL, HallBook
from tongban.domain.hall.parse import parse_hall
from tongban.domain.law import LawBook, compose_law_book, parse_statute
from tongban.domain.notification import NO_NOTIFICATIONS, NotificationBook, parse_notifications
from tongban.domain.paperwork.paper import PaperBook
from tongban.domain.paperwork.parse import parse_papers
from tongban.domain.procedure import Regime, parse_regime
from tongban.domain.rating import NO_RATINGS, RatingBook, parse_ratings
from tongban.domain.seal.book import NO_SEALS, SealBook, parse_seal
from tongban.domain.supervision.book import NO_SUPERVISION, SupervisionBook, parse_supervision
from tongban.domain.voice.book import NO_VOICES, VoiceBook
from tongban.flows.standard_store import BasePack
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import BundleId, EvidenceKindId, ItemId, ZoneId
from tongban.packs.base_pack import Hashed, hash_packs, read_same
from tongban.packs.read_bundles import read_bundles, read_composites
from tongban.packs.read_voices import read_voices
from tongban.packs.reading import Reading
from tongban.packs.stands_on import Ground

BASE_FILES = {
    "item": "item.yaml",
    "form": "form.yaml",
    "rules": "rules.yaml",
    "credential": "credential.yaml",
}
"""The files every pack has, by the part of the item they make."""
GATE_FILE = "gate.yaml"
"""The criteria of the automation gate, beside the folders."""
WATCHING_FILE = "guard.yaml"
"""How a machine that grants is watched."""
PAPERS_FILE = "papers.yaml"
"""The written documents that a handling leaves behind."""
RATINGS_FILE = "ratings.yaml"
"""The levels of a rating, and what a bad one causes."""
HALL_FILE = "hall.yaml"
"""What the service halls have arranged."""
AGENDA_FILE = "agenda.yaml"
"""What falls due by itself, and whom it reaches."""
SEAL_FILE = "seal.yaml"
"""How the zones' seals are kept."""
NOTICES_FILE = "notices.yaml"
"""What applicants are told, and when."""

SUPERVISION_FILE = "supervision.yaml"
"""What supervision watches."""
SEARCH_FILE = "search.yaml"
"""How people look for items."""


@dataclass(frozen=True, slots=True)
class PackCatalogue:
    """The ``Catalogue`` port over a content folder, read once.

    Args:
        folders: where each item's pack lies, and the content hashes of its files when they were read.
    """

    law: LawBook
    zones: Mapping[ZoneId, Zone]
    kinds: Mapping[EvidenceKindId, EvidenceKind]
    zone_of_division: Mapping[str, ZoneId]
    items: Mapping[tuple[ItemId, ZoneId], ServiceItem]
    regimes: Mapping[str, Regime]
    calendars: Mapping[str, WorkingCalendar]
    bundles: Mapping[BundleId, Bundle]
    authorities: Mapping[str, OutsideAuthority]
    composites: Mapping[str, Composite] = field(default_factory=dict)
    gate: tuple[GateCriterion, ...] = ()
    watching: tuple[Watching, ...] = ()
    papers: PaperBook = field(default_factory=PaperBook)
    ratings: RatingBook = NO_RATINGS
    hall: HallBook = NO_HALL
    agenda: AgendaBook = NO_AGENDA
    seal: SealBook = NO_SEALS
    notifications: NotificationBook = NO_NOTIFICATIONS
    voices: VoiceBook = NO_VOICES
    supervision: SupervisionBook = NO_SUPERVISION
    finding: Finding = field(default_factory=Finding)
    folders: Mapping[ItemId, Hashed] = field(default_factory=dict)

    def get_item(self, item_id: ItemId, zone: ZoneId) -> ServiceItem:
        """Return the item as the zone implements it, or raise NotFound."""
        try:
            return self.items[item_id, zone]
        except KeyError:
            raise NotFound(f"{item_id} in {zone}") from None

    def list_items(self, zone: ZoneId) -> tuple[ServiceItem, ...]:
        """Return every item of a zone, in order of id."""
        return tuple(item for (_, where), item in sorted(self.items.items()) if where == zone)

    def get_base_hash(self, item_id: ItemId) -> str:
        """Return the content hash of base files and what they stand on, or raise NotFound."""
        if item_id not in self.folders:
            raise NotFound(item_id)
        return self.folders[item_id].content_hash

    def get_pack_hash(self, item_id: ItemId) -> str:
        """Return the content hash of all files of an item's pack, or raise NotFound."""
        if item_id not in self.folders:
            raise NotFound(item_id)
        return self.folders[item_id].pack_hash

    def get_base(self, item_id: ItemId) -> BasePack:
        """Return what the alliance ratifies, or raise NotFound; Fault when the files changed since."""
        if item_id not in self.folders:
            raise NotFound(item_id)
        return read_same(self.folders[item_id])

    def get_bundle(self, bundle_id: BundleId) -> Bundle:
        """Return a bundle, or raise NotFound."""
        try:
            return self.bundles[bundle_id]
        except KeyError:
            raise NotFound(bundle_id) from None

    def get_composite(self, composite_id: str) -> Composite:
        """Return a composite licence, or raise NotFound."""
        try:
            return self.composites[composite_id]
        except KeyError:
            raise NotFound(composite_id) from None

    def list_composites(self) -> tuple[Composite, ...]:
        """Return every composite licence, in order of id."""
        return tuple(composite for _, composite in sorted(self.composites.items()))

    def list_bundles(self) -> tuple[Bundle, ...]:
        """Return every bundle, in order of id."""
        return tuple(bundle for _, bundle in sorted(self.bundles.items()))

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
        Refused: every problem of every file at once, each with file and line
            (``items/x/rules.yaml:23 criteria[3].op``).
    """
    content = read_content(folder)
    if content.reading.problems:
        raise Refused(*content.reading.problems)
    return content.catalogue


@dataclass(frozen=True, slots=True)
class Content:
    """A content folder as far as it could be read.

    Args:
        bases: the item of each pack as its base files make it, before any zone's overlay.
        bundles: by folder.
        reading: with everything that is wrong.
    """

    catalogue: PackCatalogue
    bases: Mapping[Path, ServiceItem]
    bundles: Mapping[Path, Bundle]
    reading: Reading


def read_content(folder: Path) -> Content:
    """Read what can be read, for the checker; ``load_catalogue`` is for whoever uses the content."""
    reading = Reading(folder)
    articles = [
        one for path in reading.files("law/*.yaml") for one in reading.read(path, parse_statute) or ()
    ]
    law = reading.attempt(lambda: compose_law_book(articles), folder / "law") or LawBook({})
    zones: dict[ZoneId, Zone] = _read_all("zones/*.yaml", _parse_zone, reading)
    kinds: dict[EvidenceKindId, EvidenceKind] = _read_all("evidence/*.yaml", _parse_kind, reading)
    regimes: dict[str, Regime] = _read_all("procedures/*.yaml", parse_regime, reading)
    calendars = _read_calendars(reading)
    for path in reading.files("zones/*.yaml"):
        _check_zone_file(path, zones, calendars, reading)
    bases: dict[Path, ServiceItem] = {}
    items: dict[tuple[ItemId, ZoneId], ServiceItem] = {}
    for pack in list_packs(folder):
        base = _read_base(pack, zones, kinds, law, reading)
        if base is not None:
            bases[pack] = base
            _check_item_names(base, pack, regimes, reading)
            for item in _lay_overlays(base, pack, reading):
                items[item.id, item.zone] = item
    bundles = read_bundles(law, reading)
    catalogue = PackCatalogue(
        law=law,
        zones=zones,
        kinds=kinds,
        zone_of_division={code: zone.id for zone in zones.values() for code in zone.divisions},
        items=items,
        regimes=regimes,
        calendars=calendars,
        authorities=_read_all("authorities/*.yaml", _parse_authority, reading),
        bundles={bundle.id: bundle for bundle in bundles.values()},
        composites=read_composites(bases, kinds, reading),
        voices=read_voices(law, reading),
        **_read_books(folder, reading),
    )
    return Content(_hash_packs(catalogue, bases, reading), bases, bundles, reading)


def _hash_packs(
    catalogue: PackCatalogue, bases: Mapping[Path, ServiceItem], reading: Reading
) -> PackCatalogue:
    """Return the catalogue with the hashes of its packs; by now every file they stand on has been read."""
    ground = Ground(reading, catalogue.law, catalogue.zones)
    return replace(catalogue, folders=hash_packs(bases, BASE_FILES.values(), ground))


def _read_books(folder: Path, reading: Reading) -> dict[str, Any]:
    """Return what stands in files beside the folders, each with its place in the catalogue."""
    return {
        "gate": reading.read(folder / GATE_FILE, parse_gate) or (),
        "watching": reading.read(folder / WATCHING_FILE, parse_watching) or (),
        "papers": reading.read(folder / PAPERS_FILE, parse_papers) or PaperBook(),
        "ratings": reading.read(folder / RATINGS_FILE, parse_ratings) or NO_RATINGS,
        "hall": reading.read(folder / HALL_FILE, parse_hall) or NO_HALL,
        "agenda": reading.read(folder / AGENDA_FILE, parse_agenda) or NO_AGENDA,
        "seal": reading.read(folder / SEAL_FILE, parse_seal) or NO_SEALS,
        "notifications": reading.read(folder / NOTICES_FILE, parse_notifications) or NO_NOTIFICATIONS,
        "supervision": reading.read(folder / SUPERVISION_FILE, parse_supervision) or NO_SUPERVISION,
        "finding": reading.read(folder / SEARCH_FILE, parse_finding) or Finding(),
    }


def _read_all(pattern: str, parse: Callable[[Any, str], Any], reading: Reading) -> dict[Any, Any]:
    """Return what the files of a pattern hold, by id; broken ones are complained of and left out."""
    parsed = [reading.read(path, parse) for path in reading.files(pattern)]
    return {one.id: one for one in parsed if one is not None}


def list_packs(folder: Path) -> list[Path]:
    """Return the folders of the item packs, in order of name."""
    return sorted(path for path in folder.glob("items/*") if path.is_dir())


def _parse_zone(plain: Any, _: str) -> Zone:
    return parse_zone(plain)


def _parse_authority(plain: Any, _: str) -> OutsideAuthority:
    return parse_authority(plain)


def _parse_kind(plain: Any, _: str) -> EvidenceKind:
    return parse_kind(plain)


def _read_base(
    pack: Path,
    zones: Mapping[ZoneId, Zone],
    kinds: Mapping[EvidenceKindId, EvidenceKind],
    law: LawBook,
    reading: Reading,
) -> ServiceItem | None:
    """Return a pack's item before any overlay, or None; what is wrong goes to ``reading``, told once."""
    manifest = reading.read_plain(pack / BASE_FILES["item"])
    if is_cancelled(manifest):
        offered = _read_offered(manifest, zones, pack / "item.yaml", reading)
        first = offered[0] if offered else ZoneId("")
        return reading.attempt(lambda: parse_cancelled(manifest, first), pack)
    plain = {part: reading.read_plain(pack / name) for part, name in BASE_FILES.items()}
    for part, name in BASE_FILES.items():
        if plain[part] is not None and not isinstance(plain[part], dict):
            words = ("这里应为一组键值。", "A mapping of keys to values belongs here.")
            reading.report(pack / name, "", "shape", *words)
    if not all(isinstance(value, dict) for value in plain.values()):
        return None
    before = len(reading.problems)
    for part in ("item", "rules"):
        plain[part] = reading.with_law(plain[part], law, pack / BASE_FILES[part])
    offered = _read_offered(plain["item"], zones, pack / "item.yaml", reading)
    first = offered[0] if offered else ZoneId("")
    base = reading.attempt(lambda: parse_item(PackFiles(**plain), first, kinds), pack)
    return None if len(reading.problems) > before else base


def _lay_overlays(base: ServiceItem, pack: Path, reading: Reading) -> list[ServiceItem]:
    """Return the item as each of its zones implements it."""
    items = []
    for zone in base.zones:
        item = replace(base, zone=zone)
        own = pack / "zones" / f"{zone}.yaml"
        changes = reading.read_plain(own) if own.exists() else None
        if changes is not None:
            item = reading.attempt(
                lambda item=item, own=own, changes=changes: overlay(item, changes, own.name), own.parent
            )
        if item is not None:
            items.append(item)
    return items


def _read_offered(manifest: Any, zones: Mapping[ZoneId, Zone], path: Path, reading: Reading) -> list[ZoneId]:
    """Return the zones in which an item is offered, complaining of those that do not exist."""
    listed = manifest.get("zones") if isinstance(manifest, dict) else None
    offered = [str(name) for name in listed] if isinstance(listed, list) else []
    if not offered:
        reading.report(path, "zones", "no-zones", "没有写明在哪些高新区办理。", "No zone offers this item.")
    for place, name in enumerate(offered):
        if ZoneId(name) not in zones:
            known = ", ".join(sorted(zones))
            reading.report(
                path,
                f"zones[{place}]",
                "unknown-zone",
                f"没有名为“{name}”的高新区；有：{known}。",
                f"There is no zone called “{name}”; there are: {known}.",
            )
    return [ZoneId(name) for name in dict.fromkeys(offered) if ZoneId(name) in zones]


def _check_item_names(item: ServiceItem, pack: Path, regimes: Mapping[str, Regime], reading: Reading) -> None:
    """The pack's folder bears the item's name, and its regime exists."""
    path = pack / "item.yaml"
    if item.id != pack.name:
        words = (
            f"文件夹名是“{pack.name}”，事项却叫“{item.id}”。",
            f"The folder is “{pack.name}”, the item “{item.id}”.",
        )
        reading.report(path, "id", "wrong-folder", *words)
    if item.regime not in regimes:
        known = ", ".join(sorted(regimes))
        reading.report(
            path,
            "regime",
            "unknown-regime",
            f"没有名为“{item.regime}”的办理流程；有：{known}。",
            f"There is no regime called “{item.regime}”; there are: {known}.",
        )


def _check_zone_file(
    path: Path, zones: Mapping[ZoneId, Zone], calendars: Mapping[str, WorkingCalendar], reading: Reading
) -> None:
    """A zone's calendar must be there, or no due date can be told."""
    zone = zones.get(ZoneId(path.stem))
    if zone is not None and zone.calendar not in calendars:
        known = ", ".join(sorted(calendars))
        reading.report(
            path,
            "calendar",
            "unknown-calendar",
            f"没有名为“{zone.calendar}”的日历；有：{known}。",
            f"There is no calendar called “{zone.calendar}”; there are: {known}.",
        )


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
