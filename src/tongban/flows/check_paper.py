"""Is this document genuine? The zone's register, the printed digest, the ledger: step by step."""

import re

from tongban.flows.check_seal_use import seal_use_steps
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


def check_paper_file(content: bytes, deps: Deps) -> tuple[PublicPaper | None, tuple[Step, ...]] | None:
    """Check the sealed PDF of a written document: its seal, then this zone's register, then the ledger.

    Returns:
        As ``check_paper``; None when the file is none: unreadable, not sealed, or with a credential inside.

    Source of law: order-716-2019#9.1.
    """
    check = deps.press.check_document(content)
    found = deps.papers.find_by_file(check.digest)
    if found is not None:
        says = _SEALED.fill(name=check.sealed_by)
        steps = (
            Step(_ASKS_SEAL, Found.PROVED, says),
            Step(_ASKS_REGISTER, Found.PROVED, _THERE.fill(number=found.number)),
            Step(_ASKS_SAME, Found.PROVED, _SAME_FILE),
            *ledger_steps(deps.zone, ("doc", f"sha256:{found.digest}"), found, deps),
            *seal_use_steps(content, check.digest, deps),
        )
        return found, steps
    if check.reason != WITHOUT_CREDENTIAL:
        return None
    # Sealed by a zone of the alliance and never changed since; whose register has it, its own zone says.
    sealed = Step(_ASKS_SEAL, Found.PROVED, _SEALED.fill(name=check.sealed_by))
    return None, (sealed, Step(_ASKS_REGISTER, Found.UNKNOWN, _ASK_THERE))


WITHOUT_CREDENTIAL = "credential.missing"
"""Why a press finds a document not to be a licence, and nothing else wrong with it."""
_ASKS_SEAL = Text("印章", "The seal")
_SEALED = Text(
    "文件由“{name}”盖章，盖章之后没有改动。", "The file was sealed by “{name}” and not changed since."
)
_SAME_FILE = Text("上传的就是登记的那份文件。", "What was uploaded is the very file on record.")
_ASK_THERE = Text(
    "本区的登记中没有这份文件。请在盖章机关所在区核验，或者扫描文书上的二维码。",
    "This zone's register does not have this file. Check it at the zone of the authority that sealed it, or "
    "scan the code on the document.",
)
_ASKS_REGISTER = Text("文书登记", "Register of documents")
_THERE = Text("登记中有这份文书，编号{number}。", "The register has this document, number {number}.")
_NOT_THERE = Text("本区的登记中没有这份文书。", "This zone's register has no such document.")
_ASKS_SAME = Text("与登记一致", "Same as on record")
_SAME = Text("二维码中的摘要与登记的文书一致。", "The digest in the code is that of the document on record.")
_OTHER = Text(
    "二维码中的摘要与登记的文书不一致。", "The digest in the code is not that of the document on record."
)
