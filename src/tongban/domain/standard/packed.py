"""The files of a proposal as they travel: compressed, so that content may grow to several times its size."""

import binascii
import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping

FILES_BYTES = 2_000_000
"""What is proposed of one pack together, in UTF-8. Unpacking stops there, however little came."""
PACKED_CHARS = 170_000
"""Packed files in a message: signed, they leave room for the rest. Text of our kind shrinks to a quarter."""
_AS_JSON = 2
"""JSON may write a character in more bytes than UTF-8 does."""


def count_bytes(files: Mapping[str, str]) -> int:
    """Return how long files are together, in UTF-8."""
    return sum(len(text.encode()) for text in files.values())


def pack_files(files: Mapping[str, str]) -> str:
    """Return files, name to text, as base64 of the zlib form (RFC 1950) of their JSON in UTF-8."""
    written = json.dumps(dict(files), ensure_ascii=False, separators=(",", ":"))
    return b64encode(zlib.compress(written.encode(), 9)).decode("ascii")


def unpack_files(packed: object) -> dict[str, str]:
    """Return what ``pack_files`` packed.

    Raises:
        ValueError: it is nothing of the kind, too long, or would be too long unpacked.
    """
    if not isinstance(packed, str) or len(packed) > PACKED_CHARS:
        raise ValueError("no packed files, or too many")
    unpacking = zlib.decompressobj()
    try:
        written = unpacking.decompress(b64decode(packed, validate=True), _AS_JSON * FILES_BYTES)
    except (binascii.Error, zlib.error) as error:
        raise ValueError("packed in another way") from error
    if not unpacking.eof or unpacking.unused_data:
        raise ValueError("cut short, longer than it says, or too much")
    try:
        files = json.loads(written.decode())
    except RecursionError as error:
        raise ValueError("nested without end") from error
    if not isinstance(files, dict):
        raise ValueError("no files")
    return files
