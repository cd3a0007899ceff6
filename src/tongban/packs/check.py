"""Check the content folder: everything that is wrong with any pack, at once, each with file and line."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.kernel.errors import Problem
from tongban.kernel.ids import ItemId, ZoneId
from tongban.packs.base_pack import hash_pack
from tongban.packs.check_bundle import check_bundle
from tongban.packs.check_bundle_examples import check_bundle_examples
from tongban.packs.check_examples import check_examples
from tongban.packs.check_gate import check_gate
from tongban.packs.check_guide import check_between_items, check_guide, check_zones
from tongban.packs.check_item import check_item
from tongban.packs.check_law import check_citations, check_numbers, check_regimes
from tongban.packs.check_modes import check_cancelled, check_modes
from tongban.packs.check_register import check_register
from tongban.packs.earlier import Earlier, read_earlier
from tongban.packs.load import BASE_FILES, Content, list_packs, read_content
from tongban.packs.unwritten import check_unwritten


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    Args:
        problems: in order of file and line; none means that a node may start with this content.
        counts: how much was looked at, by what it is.
        packs: what was found of each pack, in order of name.
        zones: those that could be read.
    """

    problems: tuple[Problem, ...]
    counts: Mapping[str, int]
    packs: tuple["PackReport", ...]
    zones: Mapping[ZoneId, Zone]


@dataclass(frozen=True, slots=True)
class PackReport:
    """What a check found of one item's pack.

    Args:
        item: before any zone's overlay; None when it could not be read.
        content_hash: of every file of the pack.
        problems: of its files.
        examples: how many were played.
    """

    id: ItemId
    item: ServiceItem | None
    content_hash: str
    problems: tuple[Problem, ...]
    examples: int


def check_content(folder: Path, on: date) -> tuple[Problem, ...]:
    """Return every problem of a content folder; an empty tuple means it is sound.

    Args:
        folder: holds ``law``, ``zones``, ``evidence``, ``procedures``, ``calendars`` and ``items``.
        on: civil date on which the articles cited must stand.
    """
    return inspect_content(folder, on).problems


@dataclass(frozen=True, slots=True)
class Provable:
    """An item that was read whole, for whoever proves something of it.

    Args:
        base: before any zone's overlay.
        zones: as each of its zones implements it.
        earlier: the version before, if the pack keeps it.
    """

    base: ServiceItem
    zones: tuple[ServiceItem, ...]
    earlier: Earlier | None


Prover: TypeAlias = Callable[[Provable], Iterable[Problem]]
"""Returns what is wrong with an item; pointers begin with a file of its pack (``rules.yaml:criteria[3]``)."""


def inspect_content(folder: Path, on: date, prove: Prover | None = None) -> Report:
    """Check a content folder and count what is in it.

    Args:
        prove: looks at every item that is whole.
    """
    content = read_content(folder)
    catalogue, bases, reading = content.catalogue, content.bases, content.reading
    earlier = {
        pack: read_earlier(pack, item, BASE_FILES, catalogue.kinds, catalogue.law, reading)
        for pack, item in bases.items()
    }
    check_unwritten(reading)
    check_citations(catalogue.law, on, reading)
    check_regimes(catalogue.regimes, catalogue.law, reading)
    check_zones(catalogue.zones, reading)
    check_between_items(bases, reading)
    check_cancelled(bases, reading)
    examples: dict[Path, int] = {}
    for pack, item in bases.items():
        check_item(item, pack, catalogue.kinds, catalogue.zones, reading)
        check_modes(item, catalogue, pack, reading)
        check_register(item, catalogue.kinds, pack / "item.yaml", reading)
        if not item.is_cancelled:
            check_numbers(item, pack, catalogue.law, reading)
        check_guide(item, catalogue.regimes.get(item.regime), pack, reading)
        check_gate(item, catalogue, pack, reading)
        is_whole = bool(catalogue.watching) and all((item.id, zone) in catalogue.items for zone in item.zones)
        if is_whole and item.regime in catalogue.regimes and not item.is_cancelled:
            examples[pack] = len(check_examples(item, pack, catalogue, reading))
        if is_whole and prove is not None:
            zones = tuple(catalogue.items[item.id, zone] for zone in item.zones)
            for problem in () if item.is_cancelled else prove(Provable(item, zones, earlier[pack])):
                reading.add(problem, pack)
    played = _check_bundles(content)
    counts = _count(content, sum(examples.values()), played)
    problems = tuple(sorted(reading.problems, key=_by_place))
    return Report(problems, counts, tuple(_report_packs(content, problems, examples)), catalogue.zones)


def _report_packs(
    content: Content, problems: Sequence[Problem], examples: Mapping[Path, int]
) -> Iterator[PackReport]:
    """Sort what was found by pack; problems of law, zones and bundles are no pack's."""
    for pack in list_packs(content.reading.folder):
        own = tuple(one for one in problems if one.pointer.startswith(_PACK_FILES.format(pack=pack.name)))
        item = content.bases.get(pack)
        yield PackReport(ItemId(pack.name), item, hash_pack(pack), own, examples.get(pack, 0))


def _count(content: Content, examples: int, played: int) -> dict[str, int]:
    """Count what was looked at, by what it is."""
    catalogue, bases = content.catalogue, content.bases
    return {
        "items": len(bases),
        "zone implementations": len(catalogue.items),
        "questions": sum(len(item.form.questions) for item in bases.values()),
        "criteria": sum(len(item.rules.criteria) for item in bases.values()),
        "examples": examples,
        "bundles": len(content.bundles),
        "bundle examples": played,
        "composite licences": len(catalogue.composites),
        "evidence kinds": len(catalogue.kinds),
        "articles of law": len(catalogue.law.articles),
    }


def _check_bundles(content: Content) -> int:
    """Check every bundle and play the examples of the sound ones; return how many were played."""
    played = 0
    for folder, bundle in content.bundles.items():
        before = len(content.reading.problems)
        check_bundle(bundle, folder, content.catalogue, content.reading)
        if len(content.reading.problems) == before:
            played += len(check_bundle_examples(bundle, folder, content.catalogue, content.reading))
    return played


_PACK_FILES = "items/{pack}/"


def _by_place(problem: Problem) -> tuple[str, int, str]:
    """Order by file, then line."""
    file, _, rest = problem.pointer.partition(":")
    line = rest.partition(" ")[0]
    return file.partition(" ")[0], int(line) if line.isdigit() else 0, problem.code
