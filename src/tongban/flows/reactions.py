"""What follows what. The whole machine on one page; there are no other triggers."""

from collections.abc import Callable

from tongban.domain.case import events as e
from tongban.flows.accept import accept
from tongban.flows.announce import announce
from tongban.flows.assess import assess
from tongban.flows.gather_evidence import gather_evidence
from tongban.flows.hand_over import hand_over
from tongban.flows.issue import issue
from tongban.flows.offer_files import offer_files
from tongban.flows.open_next import open_next
from tongban.flows.ports import Deps, Machine, Reaction
from tongban.flows.react import deferred, inline
from tongban.flows.report_progress import report_progress
from tongban.flows.seal_document import seal_document
from tongban.kernel.ids import CaseId

REACTIONS: dict[type, tuple[Reaction, ...]] = {
    e.Submitted: (
        inline("hand_over", where="receiving"),
        deferred("offer_files", where="receiving"),
        inline("gather_evidence"),
        inline("accept"),
    ),
    e.EvidenceRequested: (),
    e.EvidenceAttached: (inline("accept"),),
    e.EvidenceNotHeld: (inline("accept"),),
    e.CorrectionRequested: (),
    e.Corrected: (
        deferred("offer_files", where="receiving"),
        inline("gather_evidence"),
        inline("accept"),
    ),
    e.Accepted: (inline("assess"),),
    e.Declined: (),
    e.Assessed: (),
    e.Referred: (),
    e.PersonRequested: (),
    e.Granted: (inline("issue"),),
    e.GrantRefused: (),
    e.CredentialIssued: (
        inline("announce"),
        deferred("seal_document"),
        deferred("open_next", where="bundle"),
    ),
    e.DocumentSealed: (deferred("offer_files", where="reporting"),),
    e.ZoneNotified: (),
    e.Withdrawn: (),
}

EVERY_EVENT: tuple[Reaction, ...] = (deferred("report_progress", where="reporting"),)
"""After any event the receiving zone, if it is another one, is sent the news."""

FLOWS: dict[str, Callable[[CaseId, Deps], None]] = {
    "accept": accept,
    "announce": announce,
    "assess": assess,
    "gather_evidence": gather_evidence,
    "hand_over": hand_over,
    "issue": issue,
    "offer_files": offer_files,
    "open_next": open_next,
    "report_progress": report_progress,
    "seal_document": seal_document,
}
"""Every reaction by name; a job row keeps the name."""

MACHINE = Machine(REACTIONS, EVERY_EVENT, FLOWS)
"""All of it in one hand; whoever builds ``Deps`` puts it in."""
