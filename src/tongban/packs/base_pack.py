"""A pack's base files as text with what they stand on: what the alliance ratifies, hashed when it is read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from tongban.crypto.digest import hex_digest
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.standard.acts import hash_files
from tongban.flows.standard_store import BasePack
from tongban.kernel.errors import Fault
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.packs.sources import MAX_FILE_BYTES
from tongban.packs.stands_on import Ground


@dataclass(frozen=True, slots=True)
class Hashed:
    """A pack's folder, the names of its base files, what it stands on, and hashes from when they were read.

    Args:
        content_hash: of the base files and of what they stand on.
        pack_hash: of every file, the zones' and the examples too.
    """

    folder: Path
    names: tuple[str, ...]
    stands_on: Mapping[str, tuple[str, ...]]
    content_hash: str
    pack_hash: str


def hash_packs(
    packs: Mapping[Path, ServiceItem], names: Collection[str], ground: Ground
) -> dict[ItemId, Hashed]:
    """Return the content hash of each pack whose item could be read; what it does without is left out."""
    hashed = {}
    for pack, item in packs.items():
        kept = tuple(name for name in names if (pack / name).exists())
        stands_on = ground.write_for(item, pack, kept)
        content_hash = hash_files(_read(pack, kept, stands_on))
        hashed[item.id] = Hashed(pack, kept, stands_on, content_hash, hash_pack(pack))
    return hashed


def hash_pack(pack: Path) -> str:
    """Return the content hash of every YAML file of a pack, wherever it lies in it; broken ones too."""
    paths = sorted(path for path in pack.rglob("*.yaml") if path.is_file())
    return hash_files({path.relative_to(pack).as_posix(): _hash_file(path) for path in paths})


def read_same(pack: Hashed) -> BasePack:
    """Return base files and what they stand on as hashed; raises Fault when the files are not the same."""
    files = _read(pack.folder, pack.names, pack.stands_on)
    if hash_files(files) != pack.content_hash:
        raise Fault("content.changed", _CHANGED)
    return BasePack(files, pack.content_hash)


def _hash_file(path: Path) -> str:
    """Hash what may be read of a file; one that is longer is refused wherever it is read."""
    with path.open("rb") as file:
        return hex_digest(file.read(MAX_FILE_BYTES + 1))


def _read(folder: Path, names: tuple[str, ...], stands_on: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    own = {name: (folder / name).read_text(encoding="utf-8") for name in names}
    return own | {name: "".join(pieces) for name, pieces in stands_on.items()}


_CHANGED = Text(
    "事项文件在本节点启动后被改动；请检查并重新启动。",
    "The item's files were changed after this node started; check them and start it again.",
)
