"""All documents of a case in one file, with a list of their digests, for whoever asks for review."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.crypto.digest import hex_digest
from tongban.kernel.moment import CHINA_STANDARD_TIME

LIST_NAME = "digests.json"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One file of the dossier.

    Args:
        name: file name, ASCII.
        says: what it is, as the list tells it.
    """

    name: str
    says: str
    content: bytes


def compose_dossier(case_number: str, enclosures: Sequence[Enclosure], made_at: datetime) -> bytes:
    """Return a ZIP with the files and a list of their SHA-256; equal input gives equal bytes.

    Source: PKWARE APPNOTE 6.3.
    """
    stamp = made_at.astimezone(CHINA_STANDARD_TIME).timetuple()[:6]
    listed = [
        {"file": one.name, "says": one.says, "sha256": hex_digest(one.content), "bytes": len(one.content)}
        for one in enclosures
    ]
    head = {"case": case_number, "made_at": made_at.isoformat(), "files": listed}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in [
            (LIST_NAME, json.dumps(head, ensure_ascii=False, indent=2).encode()),
            *((one.name, one.content) for one in enclosures),
        ]:
            entry = zipfile.ZipInfo(f"{case_number}/{name}", date_time=stamp)  # type: ignore[arg-type]
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return whole.getvalue()
