"""Read bundles: each folder of ``bundles`` holds ``bundle.yaml`` and its example cases."""

from collections.abc import Mapping
from pathlib import Path

from tongban.domain.bundle.bundle import Bundle
from tongban.domain.bundle.composite import Composite
from tongban.domain.bundle.parse import parse_bundle
from tongban.domain.bundle.parse_composite import parse_composite
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.law import LawBook
from tongban.kernel.ids import EvidenceKindId
from tongban.packs.reading import Reading

BUNDLE_FILE = "bundle.yaml"


def read_composites(
    bases: Mapping[Path, ServiceItem], kinds: Mapping[EvidenceKindId, EvidenceKind], reading: Reading
) -> dict[str, Composite]:
    """Return every composite licence; its permits are items, its main part a register, its serial its own."""
    items = {item.id for item in bases.values()}
    serials = {item.credential.type_serial for item in bases.values()}
    composites: dict[str, Composite] = {}
    for path in reading.files("composites/*.yaml"):
        composite = reading.read(path, lambda plain, _: parse_composite(plain))
        if composite is None:
            continue
        wrong = [
            (f"{pointer}[{at}]", one)
            for pointer, named in (("permits", composite.permits), ("beside", composite.beside))
            for at, one in enumerate(named)
            if one not in items
        ]
        wrong += [] if composite.main.kind in kinds else [("main.kind", composite.main.kind)]
        wrong += [] if composite.id == path.stem else [("id", composite.id)]
        wrong += [("type_serial", composite.type_serial)] if composite.type_serial in serials else []
        serials.add(composite.type_serial)
        for pointer, word in wrong:
            reading.report(
                path, pointer, "strange", f"“{word}”不能写在这里。", f"“{word}” cannot stand here."
            )
        composites[composite.id] = composite
    return composites


def read_bundles(law: LawBook, reading: Reading) -> dict[Path, Bundle]:
    """Return every bundle that can be read, by its folder; what is wrong goes to the reading."""
    bundles: dict[Path, Bundle] = {}
    for path in reading.files(f"bundles/*/{BUNDLE_FILE}"):
        plain = reading.read_plain(path)
        if plain is None:
            continue
        plain = reading.with_law(plain, law, path)
        bundle = reading.attempt(lambda plain=plain, path=path: parse_bundle(plain, path.name), path)
        if bundle is not None:
            bundles[path.parent] = bundle
    return bundles
