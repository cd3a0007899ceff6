"""Is this sealed licence genuine? Its seal, the credential inside, the register, and the use of the seal."""

from dataclasses import replace

from tongban.flows.check_seal_use import seal_use_steps
from tongban.flows.ports import Deps, DocumentCheck, PublicRecord
from tongban.flows.verify import Found, Step, Verdict, unreadable, verify_token
from tongban.kernel.text import Text


def verify_document(content: bytes, deps: Deps) -> Verdict:
    """Check a document: its seal first, then the credential inside, then that it is the one on record.

    A document of this zone is looked for in the register of the seal too; other zones keep theirs.
    """
    check = deps.press.check_document(content)
    sealed = Step(_ASKS_SEAL, Found.PROVED if check.is_intact else Found.FAILED, check.says)
    if not check.token:
        return unreadable(sealed)
    verdict = verify_token(check.token, deps, (sealed,))
    document = _step_document(check, verdict.record)
    uses = seal_use_steps(content, check.digest, deps) if verdict.zone == deps.zone else ()
    return replace(verdict, steps=(*verdict.steps, document, *uses))


def _step_document(check: DocumentCheck, record: PublicRecord | None) -> Step:
    if record is None or not record.document_digest:
        return Step(_ASKS_DOCUMENT, Found.UNKNOWN, _DOCUMENT_UNKNOWN)
    if record.document_digest == check.digest:
        return Step(_ASKS_DOCUMENT, Found.PROVED, _DOCUMENT_SAME)
    return Step(_ASKS_DOCUMENT, Found.FAILED, _DOCUMENT_OTHER)


_ASKS_SEAL = Text("文件印章", "Document seal")
_ASKS_DOCUMENT = Text("文件与登记一致", "Document on record")
_DOCUMENT_SAME = Text("文件与登记的文件逐字节相同。", "The file is, byte for byte, the one on record.")
_DOCUMENT_OTHER = Text("文件与登记的文件不同。", "The file differs from the one on record.")
_DOCUMENT_UNKNOWN = Text(
    "登记中还没有盖章文件，无法比较。", "There is no sealed document on record to compare with."
)
