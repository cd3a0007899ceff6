"""What follows what. The whole machine on one page; there are no other triggers."""

from collections.abc import Callable
from typing import get_args

from tongban.domain.case import ending as g
from tongban.domain.case import events as e
from tongban.domain.case.examining import ExaminingEvent
from tongban.domain.case.talk import TalkEvent
from tongban.flows.accept import accept
from tongban.flows.announce import announce
from tongban.flows.ask_authority import ask_authority
from tongban.flows.assess import assess
from tongban.flows.assign_officer import assign_officer
from tongban.flows.close_parts import close_parts
from tongban.flows.enter_register import enter_register
from tongban.flows.gather_evidence import gather_evidence
from tongban.flows.hand_over import hand_over
from tongban.flows.issue import issue
from tongban.flows.leave_register import leave_register
from tongban.flows.list_broken_promise import list_broken_promise
from tongban.flows.offer_files import offer_files
from tongban.flows.open_next import open_next
from tongban.flows.open_parts import open_parts
from tongban.flows.ports import Deps, Machine, Reaction
from tongban.flows.react import deferred, inline
from tongban.flows.replace_licence import replace_licence
from tongban.flows.report_progress import report_progress
from tongban.flows.restate_licence import restate_licence
from tongban.flows.schedule_checks import schedule_checks
from tongban.flows.seal_document import seal_document
from tongban.flows.set_deadlines import set_deadlines
from tongban.flows.tell_parties import tell_parties
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
    e.CorrectionRequested: (inline("set_deadlines"),),
    e.Corrected: (
        deferred("offer_files", where="receiving"),
        inline("gather_evidence"),
        inline("accept"),
    ),
    e.Returned: (),
    e.Accepted: (
        inline("schedule_checks"),
        inline("set_deadlines"),
        inline("open_parts"),
        inline("assess"),
    ),
    e.Extended: (),
    e.Declined: (inline("close_parts"),),
    e.Assessed: (),
    e.Referred: (inline("assign_officer"),),
    e.PersonRequested: (inline("assign_officer"),),
    e.WaitOpened: (),
    e.ObjectionRaised: (inline("assign_officer"),),
    e.ApplicationForwarded: (deferred("ask_authority"),),
    e.AuthorityAnswered: (),
    e.Granted: (inline("issue"),),
    e.GrantRefused: (inline("close_parts"),),
    e.CredentialIssued: (
        inline("enter_register"),
        inline("announce"),
        inline("close_parts"),
        inline("replace_licence"),
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
    e.BenefitEnded: (inline("restate_licence"), inline("leave_register")),
    e.CredentialVoided: (inline("restate_licence"), inline("leave_register")),
    **dict.fromkeys(get_args(ExaminingEvent), ()),
    **dict.fromkeys(get_args(TalkEvent), ()),
    e.Withdrawn: (inline("close_parts"),),
    g.NotNeededDeclared: (inline("close_parts"),),
    g.NotCompetentDeclared: (inline("close_parts"),),
    g.ErrorCorrected: (
        inline("gather_evidence"),
        inline("accept"),
    ),
    g.CorrectionLapsed: (inline("close_parts"),),
    g.DeadlineFixed: (),
    g.Delivered: (),
    g.RenewalDeemed: (),
    g.EndingProposed: (),
    g.ProposalAnswered: (),
    g.ProposalDropped: (),
    g.LicenceWithdrawn: (inline("restate_licence"), inline("leave_register")),
    g.LicenceVoided: (inline("restate_licence"), inline("leave_register")),
    g.LicenceCancelled: (inline("restate_licence"), inline("leave_register")),
    g.LicenceRevoked: (inline("restate_licence"), inline("leave_register")),
    g.LicenceRestored: (inline("restate_licence"), inline("enter_register")),
    g.LicenceReplaced: (inline("restate_licence"),),
    g.CaseArchived: (),
}

EVERY_EVENT: tuple[Reaction, ...] = (deferred("report_progress", where="reporting"),)
"""After any event the receiving zone, if it is another one, is sent the news.

Before anything follows, ``tell_parties`` keeps what the parties are told of it: one text for each event, or
the reason for none, in ``content/notices.yaml``.
"""

FLOWS: dict[str, Callable[[CaseId, Deps], None]] = {
    "accept": accept,
    "announce": announce,
    "ask_authority": ask_authority,
    "assess": assess,
    "assign_officer": assign_officer,
    "close_parts": close_parts,
    "enter_register": enter_register,
    "gather_evidence": gather_evidence,
    "hand_over": hand_over,
    "issue": issue,
    "leave_register": leave_register,
    "offer_files": offer_files,
    "open_next": open_next,
    "open_parts": open_parts,
    "list_broken_promise": list_broken_promise,
    "replace_licence": replace_licence,
    "report_progress": report_progress,
    "restate_licence": restate_licence,
    "schedule_checks": schedule_checks,
    "seal_document": seal_document,
    "set_deadlines": set_deadlines,
}
"""Every reaction by name; a job row keeps the name."""

MACHINE = Machine(REACTIONS, EVERY_EVENT, FLOWS, tell_parties)
"""All of it in one hand; whoever builds ``Deps`` puts it in."""
