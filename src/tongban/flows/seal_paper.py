"""Draw and seal a written document, when somebody first asks for it."""

from tongban.crypto.digest import hex_digest
from tongban.flows.ports import Deps
from tongban.flows.seal_port import PAPER, SealOrder
from tongban.flows.use_seal import finish_use, use_seal
from tongban.kernel.errors import NotFound

PRINTED_DIGEST_CHARS = 16
"""Hex characters of the document's digest in its QR code: enough that nobody finds a second one."""


def seal_paper(paper_id: str, deps: Deps) -> bytes:
    """Return the sealed PDF of a document; drawn once, then kept.

    Causes: a use of the seal, a file, and a ledger leaf with its digest.
    Twice:  the file that is there; two who ask at once may draw two, of which one is kept.
    Fails:  ``Fault`` if the press is away; ``SealWaits`` while the seal may not move.

    Raises:
        NotFound: no such document in this zone.
        Refused: the seal must not move for it; the register says why.

    Source of law: order-716-2019#9.1.
    """
    kept = deps.papers.find(paper_id)
    if kept is None:
        raise NotFound(paper_id)
    if kept.file_digest and (content := deps.files.find(kept.file_digest)):
        return content
    # Drawn before the transaction is opened: a third of a second must not hold a row.
    drawn = deps.press.draw_paper(kept.paper, check_url(paper_id, kept.digest, deps))
    paper = kept.paper
    order = SealOrder(
        PAPER, paper_id, paper.number, paper.case_id, paper.version, deps.zone, kept.digest, drawn,
        hex_digest(drawn),
    )  # fmt: skip
    content, use = use_seal(order, deps)
    with deps.unit():
        digest = deps.files.put(content, "application/pdf", f"{paper_id}.pdf")
        finish_use(use, content, deps)
        deps.papers.set_file(paper_id, digest)
    return content


def check_url(paper_id: str, digest: str, deps: Deps) -> str:
    """Return what the QR code of a document says: its id and the beginning of its digest."""
    return f"{deps.public_url}/p/{paper_id}.{digest[:PRINTED_DIGEST_CHARS]}"
