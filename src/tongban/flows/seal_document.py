"""Draw and seal the document of an issued licence; slow, so a worker does it."""

from tongban.crypto.digest import hex_digest
from tongban.domain.case import commands as c
from tongban.domain.case.state import Case
from tongban.domain.credential.credential import signed_part_digest
from tongban.flows.issue_composite import seal_composites
from tongban.flows.perform import get_case, machine_of, perform
from tongban.flows.ports import Deps, Issued
from tongban.flows.seal_port import LICENCE, SealOrder
from tongban.flows.use_seal import SealWaits, finish_use, use_seal
from tongban.kernel.ids import CaseId


def seal_document(case_id: CaseId, deps: Deps) -> None:
    """Make the sealed PDF of a concluded case.

    Causes: a use of the seal, a file, a ledger leaf with its digest, ``DocumentSealed``; so too for its
        composites. While the seal may not move, only that it waits: ``resume_sealing`` comes back to it.
    Twice:  nothing; what has its document is left alone.
    Fails:  ``Fault`` if the press is away; the job is tried again.

    Raises:
        Refused: the seal must not move for this document; the register says why.

    Source of law: order-716-2019#9, order-716-2019#10.
    """
    case = get_case(case_id, deps)
    try:
        # Composites of a case come long after its own document; most have none, and nothing is asked then.
        if case.document_digest or case.deciding_zone != deps.zone:
            seal_composites(case_id, deps)
        if case.credential_id is None or case.document_digest:
            return
        issued = deps.credentials.find(case.credential_id)
        if issued is not None:
            _seal_licence(case, issued, deps)
    except SealWaits:
        return  # it stands in the register that it waits


def find_issuing(case_id: CaseId, deps: Deps) -> int:
    """Return the version of the newest event on which a case's licence is sealed; 0 when there is none."""
    name = deps.catalogue.seal.licence_event
    found = (one.version for one in deps.cases.history(case_id) if type(one.event).__name__ == name)
    return max(found, default=0)


def _seal_licence(case: Case, issued: Issued, deps: Deps) -> None:
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    # Drawn before the transaction is opened: a third of a second must not hold a row.
    drawn = deps.press.draw_licence(case, item, issued)
    number, version = issued.credential_id, find_issuing(case.id, deps)
    source = signed_part_digest(issued.token)
    order = SealOrder(LICENCE, number, number, case.id, version, deps.zone, source, drawn, hex_digest(drawn))
    content, use = use_seal(order, deps)
    with deps.unit():
        digest = deps.files.put(content, "application/pdf", f"{number}.pdf")
        finish_use(use, content, deps)
        deps.credentials.set_document(number, digest)
        perform(case.id, c.RecordDocument(digest, len(content)), machine_of(deps), deps)
