"""Draw and seal a written document, when somebody first asks for it."""

from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound

PRINTED_DIGEST_CHARS = 16
"""Hex characters of the document's digest in its QR code: enough that nobody finds a second one."""


def seal_paper(paper_id: str, deps: Deps) -> bytes:
    """Return the sealed PDF of a document; drawn once, then kept.

    Causes: a file, and a ledger leaf with its digest.
    Twice:  the file that is there; two who ask at once may draw two, of which one is kept.
    Fails:  ``Fault`` if the press is away.

    Raises:
        NotFound: no such document in this zone.

    Source of law: order-716-2019#9.1.
    """
    kept = deps.papers.find(paper_id)
    if kept is None:
        raise NotFound(paper_id)
    if kept.file_digest and (content := deps.files.find(kept.file_digest)):
        return content
    # Drawn before the transaction is opened: a third of a second must not hold a row.
    content = deps.press.print_paper(kept.paper, check_url(paper_id, kept.digest, deps))
    with deps.unit():
        digest = deps.files.put(content, "application/pdf", f"{paper_id}.pdf")
        leaf: dict[str, object] = {
            "t": "doc.seal/1",
            "z": deps.zone,
            "at": int(deps.clock.now().timestamp()),
            "doc": f"sha256:{digest}",
            "n": deps.chance.salts(1)[0],
        }
        deps.ledger.append(f"sealed-paper:{paper_id}", leaf)
        deps.papers.set_file(paper_id, digest)
    return content


def check_url(paper_id: str, digest: str, deps: Deps) -> str:
    """Return what the QR code of a document says: its id and the beginning of its digest."""
    return f"{deps.public_url}/p/{paper_id}.{digest[:PRINTED_DIGEST_CHARS]}"
