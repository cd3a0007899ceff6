"""Whether a command may become events: the regime's arrows first, then what each act demands."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.domain.case import commands as c
from tongban.domain.case import events as e
from tongban.domain.case.facts import missing_evidence
from tongban.domain.case.state import Case
from tongban.domain.catalogue.form import parse_answers
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.evidence.exchange import Evidence, EvidenceAsk, EvidenceKind, HoldingFault
from tongban.domain.procedure import Regime
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import EvidenceKindId, ZoneId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Setting:
    """What a decision may look at beside the case: never a clock, a table or a net.

    Args:
        item: as implemented in the deciding zone on the day.
        kinds: evidence kinds by id.
        zone: the zone in which this runs.
    """

    item: ServiceItem
    regime: Regime
    kinds: Mapping[EvidenceKindId, EvidenceKind]
    moment: Moment
    actor: e.Actor
    zone: ZoneId


def decide(case: Case, command: c.Command, setting: Setting) -> tuple[e.Event, ...]:
    """Return the events that a command causes, or raise Refused with all problems.

    An empty tuple means that it has been done already: repeating a command is harmless.
    """
    if _is_repeated(case, command):
        return ()
    setting.regime.get_arrow(case.stage, type(command).__name__, setting.actor.kind)
    match command:
        case c.Submit():
            return (_submitted(command, setting),)
        case c.RecordGathering():
            return _gathered(case, command)
        case c.AttachEvidence(evidence, message_id):
            return (_attached(evidence, message_id),)
        case c.NoteNothingHeld(kind, holder, reason, message_id):
            return (e.EvidenceNotHeld(kind, holder, reason, message_id),)
        case c.Accept() | c.DeemAccepted():
            return _accept(case, command, setting)
        case c.RequestCorrection(problems, again):
            return _request_correction(case, problems, again, setting)
        case c.Correct(answers, at_zone):
            return (e.Corrected(answers, at_zone),)
        case c.Decline(reasons, remedies):
            _check_reasons(reasons, "reasons")
            return (e.Declined(reasons, remedies),)
        case c.Withdraw(at_zone, reason):
            return (e.Withdrawn(at_zone, reason),)
        case c.AskForPerson(at_zone):
            return (e.PersonRequested(at_zone),)
    return _decide_after_acceptance(case, command, setting)


def _decide_after_acceptance(case: Case, command: c.Command, setting: Setting) -> tuple[e.Event, ...]:
    """Return the events of assessment, decision, issue and notice."""
    match command:
        case c.RecordAssessment(assessed):
            return (assessed,)
        case c.Refer(reason, says):
            return (e.Referred(reason, says),)
        case c.Grant(by, reasons):
            return (_grant(case, by, reasons, setting),)
        case c.Refuse(reasons, remedies):
            _check_reasons(reasons, "reasons")
            return (e.GrantRefused(setting.moment.on, reasons, remedies),)
        case c.RecordIssue(issued):
            return (issued,)
        case c.RecordDocument(file_digest, size_bytes):
            return (e.DocumentSealed(file_digest, size_bytes),)
        case c.RecordNotice(zone, notice, source, message_id):
            return (e.ZoneNotified(zone, notice, source, message_id),)
    raise TypeError(f"no decision on {type(command).__name__}")


def _is_repeated(case: Case, command: c.Command) -> bool:
    """Say whether the case already holds what the command would cause."""
    match command:
        case c.Submit():
            return case.stage != "nothing"
        case c.AttachEvidence(evidence):
            held = case.evidence.get(evidence.kind)
            return held is not None and held.subject == evidence.subject and evidence.kind not in case.pending
        case c.NoteNothingHeld(kind):
            return kind in case.not_held and kind not in case.pending
        case c.Refer() | c.AskForPerson():
            return case.needs_person
        case c.RecordIssue():
            return case.credential_id is not None
        case c.RecordDocument():
            return case.document_digest != ""
        case c.RecordNotice(zone, notice):
            return (zone, notice) in case.notified
    return False


def _submitted(command: c.Submit, setting: Setting) -> e.Submitted:
    problems = []
    if command.deciding_zone not in setting.item.zones:
        problems.append(Problem("item.not-offered", _NOT_OFFERED, "deciding_zone"))
    if command.applicant.kind not in setting.item.objects:
        problems.append(Problem("applicant.wrong-kind", _WRONG_KIND, "applicant.kind"))
    if problems:
        raise Refused(*problems)
    return e.Submitted(
        item_id=setting.item.id,
        item_version=setting.item.version,
        deciding_zone=command.deciding_zone,
        receiving_zone=command.receiving_zone,
        applicant=command.applicant,
        channel=command.channel,
        answers=command.answers,
        taken_in_by=command.taken_in_by,
        bundle=command.bundle,
    )


def _is_asked(case: Case, ask: EvidenceAsk) -> bool:
    """Say whether this very question is open; one about another number is another question."""
    asked = case.pending.get(ask.kind)
    return asked is not None and asked.ask == ask


def _gathered(case: Case, command: c.RecordGathering) -> tuple[e.Event, ...]:
    """One round of asking as events: questions first, so that nothing found looks like the last of it."""
    return (
        *(e.EvidenceRequested(ask) for ask in command.asks if not _is_asked(case, ask)),
        *(_attached(evidence, "") for evidence in command.found),
        *(
            e.EvidenceNotHeld(kind, holder, HoldingFault.NOTHING_HELD.value)
            for kind, holder in command.not_held
            if kind not in case.not_held
        ),
    )


def _attached(evidence: Evidence, message_id: str) -> e.EvidenceAttached:
    return e.EvidenceAttached(
        kind=evidence.kind,
        trust=evidence.trust.value,
        facts=evidence.facts,
        as_of=evidence.as_of,
        authority=evidence.authority,
        holder=evidence.holder,
        subject=evidence.subject,
        file_digest=evidence.file_digest,
        message_id=message_id,
    )


def _accept(case: Case, command: c.Accept | c.DeemAccepted, setting: Setting) -> tuple[e.Event, ...]:
    """Accept, or ask for corrections once; what is missing a second time goes to a person."""
    received_on = Moment(case.received_at).on if case.received_at else setting.moment.on
    if isinstance(command, c.DeemAccepted):
        # Silence accepts from the day of receipt, complete or not (all-2019#32.4).
        return (e.Accepted(received_on, deemed=True),)
    if setting.actor.kind in ("officer", "head"):
        return (e.Accepted(setting.moment.on),)
    if case.pending:
        raise Refused(Problem("evidence.pending", _PENDING))
    # Answers are read again here: another zone may have taken them in with an older form.
    wrong = parse_answers(setting.item.form, case.answers).problems
    missing = wrong + missing_evidence(case, setting.item, setting.kinds)
    if missing and case.times_corrected:
        return (e.Referred("still-missing", _STILL_MISSING),)
    if missing:
        return (e.CorrectionRequested(missing),)
    return (e.Accepted(setting.moment.on),)


def _request_correction(
    case: Case, problems: tuple[Problem, ...], again: Text | None, setting: Setting
) -> tuple[e.Event, ...]:
    """Tell once and completely; a second time only a head may, who says why (all-2019#32.4)."""
    if not problems:
        raise Refused(Problem("correction.empty", _EMPTY_CORRECTION, "problems", "all-2019#32.4"))
    if not case.times_corrected:
        return (e.CorrectionRequested(problems),)
    if setting.actor.kind != "head":
        raise Refused(Problem("correction.only-once", ONLY_ONCE, "", "all-2019#32.4", ASK_THE_HEAD))
    if again is None or not again.zh.strip():
        raise Refused(Problem("correction.no-reason", _NO_REASON_AGAIN, "answers.again_zh", "all-2019#32.4"))
    return (e.CorrectionRequested(problems, again),)


def _grant(case: Case, by: str, reasons: Text | None, setting: Setting) -> e.Granted:
    """Grant; the rules may do so only on a full yes and while no person was asked for."""
    if by == "rules":
        if case.needs_person:
            raise Refused(Problem("grant.person-asked", _PERSON_ASKED, source="pipl-2021#24"))
        if case.assessment is None or case.assessment.outcome != "grant":
            raise Refused(Problem("grant.not-all-met", _NOT_ALL_MET))
        return e.Granted("rules", setting.moment.on)
    _check_reasons(reasons, "reasons")
    return e.Granted("officer", setting.moment.on, reasons)


def _check_reasons(reasons: Text | None, pointer: str) -> None:
    if reasons is None or not reasons.zh.strip():
        raise Refused(Problem("decision.no-reasons", _NO_REASONS, pointer, "all-2019#38.2"))


_NOT_OFFERED = Text("所选高新区不办理这个事项。", "The zone chosen does not handle this item.")
_WRONG_KIND = Text("这个事项不面向您这类申请人。", "This item is not for this kind of applicant.")
_PENDING = Text(
    "还有登记信息正在查询中，查完再受理。", "Registers are still being asked; acceptance waits for them."
)
_STILL_MISSING = Text(
    "补正后仍有材料查不到，转由工作人员处理。",
    "Something is still missing after the correction; a person takes over.",
)
_EMPTY_CORRECTION = Text(
    "补正通知必须列明全部需要补正的内容。", "A correction notice must list everything that needs correcting."
)
ONLY_ONCE = Text(
    "这一办件已经告知补正过一次。法律要求一次告知全部内容，再次告知只能由审批负责人写明理由后作出。",
    "This case has had its correction notice. The law wants everything told at once; only the head of "
    "approvals may tell more, and must say why.",
)
ASK_THE_HEAD = Text(
    "可以受理后由您审查，或者请审批负责人处理。",
    "You may accept the case and examine it, or hand this to the head of approvals.",
)
_NO_REASON_AGAIN = Text(
    "请写明为什么第一次没有告知全部内容。", "Say why not everything was told the first time."
)
_PERSON_ASKED = Text(
    "申请人已要求人工办理，系统不再自动决定。", "A person was asked for; the machine no longer decides."
)
_NOT_ALL_MET = Text(
    "条件没有全部满足，系统不能自动准予。", "Not every criterion is met; the machine may not grant."
)
_NO_REASONS = Text("请写明理由。", "State the reasons.")
