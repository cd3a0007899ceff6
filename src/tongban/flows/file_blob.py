"""A file as it travels between zones: locked with a key of its own, named by the hash of the locked bytes."""

from collections.abc import Sequence

from tongban.crypto.digest import digest as digest_of
from tongban.crypto.digest import hex_digest
from tongban.crypto.sealed_box import OVERHEAD_BYTES, lock_once, unlock
from tongban.flows.file_transfers import WantedFile
from tongban.flows.keep_upload import find_media_type
from tongban.kernel.errors import Fault, Problem, Refused
from tongban.kernel.text import Text

MAX_FILE_BYTES = 20 * 1024 * 1024
"""Twice what a person may hand in (``keep_upload``): a sealed document may be longer than an upload."""


def blob_length(size_bytes: int) -> int:
    """Return how long the blob of a file is."""
    return size_bytes + OVERHEAD_BYTES


def compose_key(salts: Sequence[str]) -> bytes:
    """Return the key of one blob, made of two fresh salts of 128 bits."""
    return digest_of("|".join(salts).encode())


def compose_blob(content: bytes, key: bytes) -> bytes:
    """Return a file locked for its way; the same file and key make the same blob (TB-FED 11.2)."""
    return lock_once(key, content, _about(hex_digest(content)))


def open_blob(blob: bytes, wanted: WantedFile) -> tuple[bytes, str]:
    """Return the file in a blob, and what it is by its first bytes.

    Raises:
        Fault: ``file.wrong-blob``: not the bytes that were offered; somebody changed them on the way.
        Refused: ``file.wrong-content``: the offered bytes, but another file than the offer says;
            ``file.wrong-type``: the right file, but no PDF, JPEG or PNG. Asking again mends neither.
    """
    if hex_digest(blob) != wanted.blob:
        raise Fault("file.wrong-blob", _WRONG_BLOB)
    try:
        content = unlock(wanted.key, blob, _about(wanted.digest))
    except Fault as error:
        raise Refused(Problem("file.wrong-content", _WRONG_CONTENT)) from error
    if hex_digest(content) != wanted.digest or len(content) != wanted.size_bytes:
        raise Refused(Problem("file.wrong-content", _WRONG_CONTENT))
    media_type = find_media_type(content)
    if media_type is None:
        raise Refused(Problem("file.wrong-type", _WRONG_TYPE))
    return content, media_type


def _about(digest: str) -> bytes:
    return f"file|{digest}".encode()


_WRONG_BLOB = Text(
    "取回的内容与对方所述的摘要不符。", "What was fetched is not what the other zone's offer names."
)
_WRONG_CONTENT = Text(
    "取回的文件与办件中记载的摘要不符。", "The file that was fetched is not the one that the case names."
)
_WRONG_TYPE = Text("文件不是 PDF、JPG 或 PNG。", "The file is no PDF, JPG or PNG.")
