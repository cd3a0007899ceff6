"""Files by digest: a row says that they are here, the bytes lie encrypted in a folder."""

import os
import re
import tempfile
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Protocol

from tongban.crypto.digest import hex_digest
from tongban.crypto.sealed_box import lock, unlock
from tongban.kernel.errors import Fault, Problem, Refused
from tongban.kernel.text import Text
from tongban.store.session import Session
from tongban.store.writes import FILES, HELD_FILES

MAX_FILE_BYTES = 20 * 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_NAME = "SELECT digest, size_bytes, media_type, name FROM store_storedfile WHERE digest = %b"
_TOUCH = """
UPDATE store_storedfile SET loose_since = %b WHERE digest = ANY(%b) AND loose_since IS NOT NULL RETURNING 1
"""
_FORGET = """
DELETE FROM store_storedfile WHERE loose_since < %b AND digest IN (
    SELECT digest FROM store_storedfile WHERE loose_since < %b ORDER BY loose_since LIMIT %b
    FOR UPDATE SKIP LOCKED
) RETURNING digest
"""
_NAME_CHARACTERS = 255
_MEDIA_TYPE_CHARACTERS = 100


class _Clock(Protocol):
    def now(self) -> datetime:
        """Return the present as an aware UTC instant."""


class DjangoFiles:
    """The port ``Files``.

    The bytes are on the disk (fsync, then renamed into place) before the row is written, so a row never
    points nowhere; bytes whose transaction failed are not found, and are overwritten by the next try.
    """

    def __init__(self, session: Session, folder: Path, node_key: bytes, clock: _Clock) -> None:
        self._session, self._folder, self._node_key, self._clock = session, folder, node_key, clock

    def put(self, content: bytes, media_type: str, name: str, loose_since: datetime | None = None) -> str:
        """Keep a file; return its hex SHA-256. Raises Refused (``file.too-big``) above 20 MiB."""
        if len(content) > MAX_FILE_BYTES:
            raise Refused(Problem("file.too-big", _TOO_BIG))
        digest = hex_digest(content)
        if self._session.gathered(HELD_FILES, digest):
            loose_since = None
        if loose_since is not None:
            return self._put_loose(digest, content, (media_type, name), loose_since)
        self._put(digest, content, (media_type, name), None)
        return digest

    def _put_loose(
        self, digest: str, content: bytes, described: tuple[str, str], loose_since: datetime
    ) -> str:
        with self._session.unit():
            # Locks the row before anybody looks for the bytes: ``forget_loose`` may be about to remove both.
            self._session.write(_TOUCH, [loose_since, [digest]])
            self._put(digest, content, described, loose_since)
        return digest

    def _put(
        self, digest: str, content: bytes, described: tuple[str, str], loose_since: datetime | None
    ) -> None:
        media_type, name = described
        path = self._path(digest)
        if not path.exists():
            _write_durably(path, lock(self._node_key, content, digest.encode()))
        row = (
            digest,
            len(content),
            media_type[:_MEDIA_TYPE_CHARACTERS],
            name[:_NAME_CHARACTERS],
            self._clock.now(),
            loose_since,
        )
        self._session.put(FILES, digest, row)

    def hold(self, digests: Collection[str]) -> None:
        """Keep these for good, in the statement in which the unit ends."""
        for digest in digests:
            gathered = self._session.gathered(FILES, digest)
            if gathered is not None:
                self._session.put(FILES, digest, (*gathered[:-1], None))
            else:
                self._session.put(HELD_FILES, digest, (digest,))

    def touch(self, digests: Collection[str], now: datetime) -> None:
        """Note that a draft still refers to these."""
        with self._session.unit():
            self._session.write(_TOUCH, [now, list(digests)])

    def forget_loose(self, before: datetime, limit: int) -> int:
        """Throw away uploads that nothing has named or touched since.

        The bytes go before the transaction ends: whoever puts the same file again waits for the row, and then
        finds neither. Should the transaction fail, the row is still old and goes the next time.
        """
        with self._session.unit():
            rows = self._session.write(_FORGET, [before, before, limit])
            for (digest,) in rows:
                self._path(digest).unlink(missing_ok=True)
        return len(rows)

    def find(self, digest: str) -> bytes | None:
        """Return a file, or None; raises Fault when its bytes are gone or were changed."""
        if not _DIGEST.match(digest):
            return None
        if not self._session.gathered(FILES, digest) and not self._session.read(
            "SELECT 1 FROM store_storedfile WHERE digest = %b", [digest]
        ):
            return None
        try:
            box = self._path(digest).read_bytes()
        except FileNotFoundError as error:
            raise Fault("file.lost", _LOST) from error
        return unlock(self._node_key, box, digest.encode())

    def find_name(self, digest: str) -> str:
        """Return what a file was called when it was kept first, or nothing."""
        gathered = self._session.gathered(FILES, digest)
        rows = [gathered] if gathered else self._session.read(_NAME, [digest])
        name: str = rows[0][3] if rows else ""
        return name

    def erase(self, digest: str) -> None:
        """Remove a file for good; nothing when it is not here."""
        if not _DIGEST.match(digest):
            return
        with self._session.unit():
            self._session.write("DELETE FROM store_storedfile WHERE digest = %b", [digest])
        self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


def _write_durably(path: Path, content: bytes) -> None:
    """Write beside the final place, force to disk, rename, and force the folder: whole, or not there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".making-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


_TOO_BIG = Text(
    "文件超过 20 MB，请压缩或拆分后再上传。",
    "The file is larger than 20 MB; compress or split it and upload it again.",
)
_LOST = Text(
    "文件的内容已不在存储中，请联系运行管理员。", "The bytes of this file are gone; call the operator."
)
