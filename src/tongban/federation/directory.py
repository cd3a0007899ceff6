"""Who the zones are: a file of public keys for each, and the address of its node. A new zone is a file."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog

from tongban.crypto.canonical import canonical
from tongban.crypto.jws import BadSignature, parse_object
from tongban.crypto.sign import KeyRecord, parse_key_record, to_jwk
from tongban.domain.ledger.note import NoteKey, note_key
from tongban.kernel.errors import Fault
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text

log = structlog.get_logger("tongban.federation")

MAX_FILE_BYTES = 64 * 1024
"""Keys of a zone take about 300 bytes each."""

_Stamp = tuple[tuple[str, int, int], ...]
_NO_STAMP: _Stamp = (("", 0, 0),)


def log_origin(zone: ZoneId) -> str:
    """Return the name of a zone's ledger, which its checkpoints carry for ever."""
    return f"{zone}.tongban.example/log"


def compose_key_file(records: Iterable[KeyRecord]) -> bytes:
    """Return the content of ``<zone>.json``: what everybody may know of one zone's keys."""
    return canonical({"keys": [to_jwk(record) for record in records]})


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What the folder said when it was last read.

    Args:
        by_use: key records by use and kid.
        logs: the key of each zone's ledger.
    """

    stamp: _Stamp
    by_zone: Mapping[str, tuple[KeyRecord, ...]]
    by_use: Mapping[str, Mapping[str, KeyRecord]]
    logs: Mapping[ZoneId, NoteKey]


class FileDirectory:
    """The port ``Directory`` from a folder of ``<zone>.json``, with the addresses of the nodes.

    A file that is changed, added or taken away counts from the next question on, without a restart. A file
    that has become unreadable changes nothing: what it said before goes on, and the log says so.

    Args:
        folder: one file a zone, as ``compose_key_file`` writes it.
        addresses: base URL of each zone's node; deployments put their own over those of the zone packs.

    Raises:
        Fault: ``directory.damaged``: the folder cannot be read at the start.
    """

    def __init__(self, folder: Path, addresses: Mapping[ZoneId, str]) -> None:
        self._folder = folder
        self._addresses = {zone: address.rstrip("/") for zone, address in addresses.items()}
        self._known = _read_folder(folder, _stamp_of(folder), {})
        self._complained: _Stamp | None = _NO_STAMP

    def keys(self, use: str) -> Mapping[str, KeyRecord]:
        """Return every zone's public keys for one use, by kid."""
        return self._current().by_use.get(use, {})

    def log_key(self, zone: ZoneId) -> NoteKey | None:
        """Return the key of a zone's ledger under its origin, or None when it is not known."""
        return self._current().logs.get(zone)

    def address(self, zone: ZoneId) -> str | None:
        """Return the base URL of a zone's node, without a slash at its end, or None."""
        return self._addresses.get(zone)

    def _current(self) -> _Snapshot:
        """Read the folder again if a file in it has changed; threads that do so at once get the same."""
        known, stamp = self._known, _stamp_of(self._folder)
        if stamp in (known.stamp, self._complained):
            return known
        try:
            self._known = known = _read_folder(self._folder, stamp, known.by_zone)
        except Fault as fault:
            self._complained = stamp
            log.error("directory_unreadable", code=fault.code, detail=fault.text.en)
        return known


def _stamp_of(folder: Path) -> _Stamp | None:
    """Names, times and sizes of the files: equal as long as nobody touched them; None without the folder.

    Asked for each message, so it is no more than one look.
    """
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries if entry.name.endswith(".json")]
    except OSError:
        return None
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in found if name[0] != "."))


def _read_folder(
    folder: Path, stamp: _Stamp | None, before: Mapping[str, tuple[KeyRecord, ...]]
) -> _Snapshot:
    """Read every file; one that cannot be read counts as it was ``before``."""
    if stamp is None:
        raise _damaged(folder)
    by_zone: dict[str, tuple[KeyRecord, ...]] = {}
    for name, _, _ in stamp:
        zone = name.removesuffix(".json")
        try:
            by_zone[zone] = _read_zone(folder / name, zone)
        except Fault as fault:
            if zone not in before:
                raise
            by_zone[zone] = before[zone]
            log.error("directory_unreadable", code=fault.code, detail=fault.text.en)
    by_use: dict[str, dict[str, KeyRecord]] = {}
    logs: dict[ZoneId, NoteKey] = {}
    for records in by_zone.values():
        for record in records:
            by_use.setdefault(record.use, {})[record.kid] = record
            if record.use == "log":
                logs[ZoneId(record.zone)] = note_key(record, log_origin(ZoneId(record.zone)))
    return _Snapshot(stamp, by_zone, by_use, logs)


def _read_zone(path: Path, zone: str) -> tuple[KeyRecord, ...]:
    """Read one zone's keys. A file speaks for its own zone only, and its keys carry its name."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise _damaged(path)
        listed = parse_object(path.read_bytes()).get("keys")
        if not isinstance(listed, list) or not listed:
            raise _damaged(path)
        records = tuple(parse_key_record(each) for each in listed)
    except (OSError, BadSignature, ValueError, TypeError, AttributeError) as error:
        raise _damaged(path) from error
    if any(record.zone != zone or not record.kid.startswith(f"{zone}#") for record in records):
        raise _damaged(path)
    return records


def _damaged(path: Path) -> Fault:
    return Fault(
        "directory.damaged",
        Text(f"联盟名录 {path} 缺失或有误。", f"{path} of the alliance's directory is missing or wrong."),
    )
