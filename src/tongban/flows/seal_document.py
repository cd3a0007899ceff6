"""Draw and seal the document of an issued licence; slow, so a worker does it."""

from tongban.domain.case import commands as c
from tongban.flows.issue_composite import seal_composites
from tongban.flows.perform import get_case, machine_of, perform
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId


def seal_document(case_id: CaseId, deps: Deps) -> None:
    """Make the sealed PDF of a concluded case.

    Causes: a file, a ledger leaf with its digest, ``DocumentSealed``; so too for its composites.
    Twice:  nothing; what has its document is left alone.
    Fails:  ``Fault`` if the press is away; the job is tried again.

    Source of law: order-716-2019#9, order-716-2019#10.
    """
    case = get_case(case_id, deps)
    # Composites of a case come long after its own document; most cases have none, and nothing is asked then.
    if case.document_digest or case.deciding_zone != deps.zone:
        seal_composites(case_id, deps)
    if case.credential_id is None or case.document_digest:
        return
    issued = deps.credentials.find(case.credential_id)
    if issued is None:
        return
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    # Drawn before the transaction is opened: a third of a second must not hold a row.
    content = deps.press.print_licence(case, item, issued)
    with deps.unit():
        digest = deps.files.put(content, "application/pdf", f"{case.credential_id}.pdf")
        now = deps.clock.now()
        leaf: dict[str, object] = {
            "t": "doc.seal/1",
            "z": deps.zone,
            "at": int(now.timestamp()),
            "doc": f"sha256:{digest}",
            "n": deps.chance.salts(1)[0],
        }
        deps.ledger.append(f"document:{case.credential_id}", leaf)
        deps.credentials.set_document(case.credential_id, digest)
        perform(case_id, c.RecordDocument(digest, len(content)), machine_of(deps), deps)
