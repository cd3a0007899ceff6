"""Read bundles: each folder of ``bundles`` holds ``bundle.yaml`` and its example cases."""

from pathlib import Path

from tongban.domain.bundle.bundle import Bundle
from tongban.domain.bundle.parse import parse_bundle
from tongban.domain.law import LawBook
from tongban.packs.reading import Reading

BUNDLE_FILE = "bundle.yaml"


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
