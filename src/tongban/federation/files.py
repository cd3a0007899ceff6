"""Hand out the locked bytes of offered files to whoever knows their hash (TB-FED 11.4)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from tongban.flows.offer_files import find_blob
from tongban.flows.ports import Deps
from tongban.kernel.errors import Fault

log = structlog.get_logger("tongban.federation")

_BLOB = re.compile(r"[0-9a-f]{64}")
_RANGE = re.compile(r"bytes=([0-9]{1,9})-([0-9]{0,9})")
_JSON, _BYTES = "application/json", "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Piece:
    """What goes back over HTTP: the bytes that were asked for, or a code in JSON."""

    status: int
    body: bytes
    media_type: str = _BYTES
    headers: Mapping[str, str] = field(default_factory=dict)


def read_piece(blob: str, asked: str, deps: Deps) -> Piece:
    """Return a blob, or a part of it.

    Args:
        asked: the header Range: one range of bytes from a place on, with or without an end (RFC 9110,
            section 14.2); anything else counts as none.

    Returns:
        200 whole, 206 a part, 404 ``file.not-here``, 416 ``file.no-such-part``, 503 ``node.busy``.
    """
    try:
        found = find_blob(blob, deps) if _BLOB.fullmatch(blob) else None
    except Fault as fault:
        log.warning("file_not_sent", code=fault.code)
        return _say(503, "node.busy")
    if found is None:
        log.warning("file_refused", code="file.not-here")
        return _say(404, "file.not-here")
    span = _RANGE.fullmatch(asked)
    if span is None or (span[2] and int(span[2]) < int(span[1])):
        return Piece(200, found, headers={"Accept-Ranges": "bytes"})
    begins_at = int(span[1])
    ends_at = min(int(span[2]) + 1 if span[2] else len(found), len(found))
    if begins_at >= len(found):
        return _say(416, "file.no-such-part", {"Content-Range": f"bytes */{len(found)}"})
    place = f"bytes {begins_at}-{ends_at - 1}/{len(found)}"
    log.info("file_sent", blob=blob, begins_at=begins_at, ends_at=ends_at)
    return Piece(206, found[begins_at:ends_at], headers={"Accept-Ranges": "bytes", "Content-Range": place})


def _say(status: int, code: str, headers: Mapping[str, str] | None = None) -> Piece:
    return Piece(status, json.dumps({"code": code}).encode("ascii"), _JSON, headers or {})
