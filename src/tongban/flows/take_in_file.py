"""Take in a file that another zone offers: first the offer, later the file itself."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tongban.crypto.base64url import parse_base64url
from tongban.crypto.sealed_box import KEY_BYTES
from tongban.flows.file_blob import MAX_FILE_BYTES, open_blob
from tongban.flows.file_transfers import WantedFile
from tongban.flows.keep_upload import clean_name
from tongban.flows.offer_files import may_come_from
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.text import Text

_HASH = re.compile(r"[0-9a-f]{64}")
_MAX_NAME_CHARACTERS = 300


def read_offer(body: Mapping[str, Any], case_id: CaseId, from_zone: ZoneId, deps: Deps) -> WantedFile:
    """Return what a ``file.offer`` offers; raises LookupError, TypeError or ValueError when it is none."""
    digest, blob, name, size = body["digest"], body["blob"], body["name"], body["size"]
    key = parse_base64url(body["key"])
    if not _HASH.fullmatch(digest) or not _HASH.fullmatch(blob) or len(key) != KEY_BYTES:
        raise ValueError("no digest or no key")
    if not isinstance(name, str) or len(name) > _MAX_NAME_CHARACTERS:
        raise ValueError("no name")
    if type(size) is not int or size < 1:
        raise ValueError("no size")
    now = deps.clock.now()
    return WantedFile(case_id, digest, from_zone, blob, key, size, clean_name(name), now)


def want_file(offer: WantedFile, deps: Deps) -> None:
    """Keep an offer, so that a worker fetches the file.

    Causes: one row of a wanted file, and a worker that is woken.
    Twice:  nothing.

    Raises:
        Refused: ``file.too-large``, ``message.wrong-route``: not the other zone of this case.
        NotFound: no such case here, or it does not name this file: what does so may be on its way.
    """
    if offer.size_bytes > MAX_FILE_BYTES:
        raise Refused(Problem("file.too-large", _TOO_LARGE, "size"))
    with deps.unit():
        case = get_case(offer.case_id, deps)
        others = {case.receiving_zone, case.deciding_zone} - {deps.zone}
        may_come = may_come_from(case, offer.digest, offer.from_zone, deps)
        # A third zone offers what came with its correction: if that was refused, nothing else will come.
        if offer.from_zone not in others and not may_come:
            raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
        if not may_come:
            raise NotFound(offer.digest)
        held = deps.files.find(offer.digest) is not None
        deps.transfers.want(replace(offer, arrived_at=deps.clock.now() if held else None))


def take_in_file(wanted: WantedFile, blob: bytes, deps: Deps) -> None:
    """Keep a file that was fetched, once it is certain that it is the one which the case names.

    Causes: a file in this zone's store; its key is forgotten.
    Twice:  nothing; the same file is kept once.

    Raises:
        Fault, Refused: as ``open_blob``; nothing was kept.
    """
    content, media_type = open_blob(blob, wanted)
    with deps.unit():
        deps.files.put(content, media_type, wanted.name)
        deps.transfers.record_arrival(wanted, deps.clock.now())


_TOO_LARGE = Text("文件超过约定的大小。", "The file is larger than agreed.")
_WRONG_ROUTE = Text("这份文件与办件的收件地、办理地不符。", "This file does not fit the zones of the case.")
