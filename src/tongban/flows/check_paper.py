"""Is this document genuine? The zone's register, the printed digest, the ledger: step by step."""

import re

from tongban.flows.paper_store import PublicPaper
from tongban.flows.ports import Deps
from tongban.flows.verify import Found, Step, ledger_steps
from tongban.kernel.text import Text

_CODE = re.compile(r"([a-z]{2}-[a-z0-9-]{1,40}-[0-9]{4}-[0-9]{1,12})\.([0-9a-f]{16})")


def check_paper(code: str, deps: Deps) -> tuple[PublicPaper | None, tuple[Step, ...]]:
    """Check what the QR code of a document of this zone says: its id, a dot, 16 hex characters of its digest.

    Returns:
        What is public of it, and the steps; None when this zone has no such document.

    Source of law: order-716-2019#9.1.
    """
    read = _CODE.fullmatch(code)
    found = deps.papers.find_public(read[1]) if read else None
    if read is None or found is None:
        return None, (Step(_ASKS_REGISTER, Found.FAILED, _NOT_THERE),)
    is_same = found.digest.startswith(read[2])
    steps = (
        Step(_ASKS_REGISTER, Found.PROVED, _THERE.fill(number=found.number)),
        Step(_ASKS_SAME, *((Found.PROVED, _SAME) if is_same else (Found.FAILED, _OTHER))),
        *ledger_steps(deps.zone, ("doc", f"sha256:{found.digest}"), found, deps),
    )
    return found, steps


_ASKS_REGISTER = Text("文书登记", "Register of documents")
_THERE = Text("登记中有这份文书，编号{number}。", "The register has this document, number {number}.")
_NOT_THERE = Text("本区的登记中没有这份文书。", "This zone's register has no such document.")
_ASKS_SAME = Text("与登记一致", "Same as on record")
_SAME = Text("二维码中的摘要与登记的文书一致。", "The digest in the code is that of the document on record.")
_OTHER = Text(
    "二维码中的摘要与登记的文书不一致。", "The digest in the code is not that of the document on record."
)
