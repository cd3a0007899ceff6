"""What follows what. The whole machine on one page; there are no other triggers."""

from collections.abc import Callable

from tongban.domain.case import events as e
from tongban.flows.accept import accept
from tongban.flows.announce import announce
from tongban.flows.ask_authority import ask_authority
from tongban.flows.assess import assess
from tongban.flows.gather_evidence import gather_evidence
from tongban.flows.hand_over import hand_over
from tongban.flows.issue import issue
from tongban.flows.list_broken_promise import list_broken_promise
from tongban.flows.offer_files import offer_files
from tongban.flows.open_next import open_next
from tongban.flows.ports import Deps, Machine, Reaction
from tongban.flows.react import deferred, inline
from tongban.flows.report_progress import report_progress
from tongban.flows.restate_licence import restate_licence
from tongban.flows.schedule_checks import schedule_checks
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
    e.Returned: (),
    e.Accepted: (inline("schedule_checks"), inline("assess")),
    e.Extended: (),
    e.Declined: (),
    e.Assessed: (),
    e.Referred: (),
    e.PersonRequested: (),
    e.WaitOpened: (),
    e.ObjectionRaised: (),
    e.ApplicationForwarded: (deferred("ask_authority"),),
    e.AuthorityAnswered: (),
    e.Granted: (inline("issue"),),
    e.GrantRefused: (),
    e.CredentialIssued: (
        inline("announce"),
        inline("schedule_checks"),
        deferred("seal_document"),
        deferred("open_next", where="bundle"),
    ),
    e.DocumentSealed: (deferred("offer_files", where="reporting"),),
    e.ZoneNotified: (),
    e.CheckScheduled: (),
    e.CheckReminded: (),
    e.CheckAnswered: (inline("restate_licence"), inline("schedule_checks")),
    e.CheckRecorded: (inline("list_broken_promise"),),
    e.PaymentPaused: (inline("restate_licence"),),
    e.BenefitEnded: (inline("restate_licence"),),
    e.CredentialVoided: (inline("restate_licence"),),
    e.Withdrawn: (),
}

EVERY_EVENT: tuple[Reaction, ...] = (deferred("report_progress", where="reporting"),)
"""After any event the receiving zone, if it is another one, is sent the news."""

FLOWS: dict[str, Callable[[CaseId, Deps], None]] = {
    "accept": accept,
    "announce": announce,
    "ask_authority": ask_authority,
    "assess": assess,
    "gather_evidence": gather_evidence,
    "hand_over": hand_over,
    "issue": issue,
    "offer_files": offer_files,
    "open_next": open_next,
    "list_broken_promise": list_broken_promise,
    "report_progress": report_progress,
    "restate_licence": restate_licence,
    "schedule_checks": schedule_checks,
    "seal_document": seal_document,
}
"""Every reaction by name; a job row keeps the name."""

MACHINE = Machine(REACTIONS, EVERY_EVENT, FLOWS)
"""All of it in one hand; whoever builds ``Deps`` puts it in."""
