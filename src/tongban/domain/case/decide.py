"""Whether a command may become events: the regime's arrows first, then what each act demands."""

from tongban.domain.case import commands as c
from tongban.domain.case import events as e
from tongban.domain.case.decide_ending import check_not_archived, decide_ending, is_done_ending
from tongban.domain.case.decide_examining import decide_examining, is_done_examining
from tongban.domain.case.decide_later import (
    NO_REASONS,
    check_machine_may_grant,
    decide_later,
    is_done_later,
)
from tongban.domain.case.decide_talk import decide_talk, is_said
from tongban.domain.case.facts import may_promise, missing_evidence, signed_pledges
from tongban.domain.case.may_decide import check_may_decide, list_open
from tongban.domain.case.review import check_review
from tongban.domain.case.setting import Setting
from tongban.domain.case.state import Case
from tongban.domain.catalogue.form import parse_answers
from tongban.domain.evidence.exchange import Evidence, EvidenceAsk, HoldingFault
from tongban.domain.pledge import PledgeKind, SignedPledge, check_signatures
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text


def decide(case: Case, command: c.Command, setting: Setting) -> tuple[e.Event, ...]:
    """Return the events that a command causes, or raise Refused with all problems.

    An empty tuple means that it has been done already: repeating a command is harmless.
    """
    if _is_repeated(case, command):
        return ()
    check_not_archived(case, command, setting)
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
        case c.Return(problems):
            return (e.Returned(_check_list(case, problems, setting)),)
        case c.Correct(answers, at_zone, pledges):
            _check_signatures(pledges, setting)
            return (e.Corrected(answers, at_zone, pledges),)
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
        case c.Grant():
            return (_grant(case, command, setting),)
        case c.Refuse(reasons, remedies, rests_on, review):
            _check_reasons(reasons, "reasons")
            check_review(review)
            check_may_decide(case, setting, rests_on, granted=False)
            return (e.GrantRefused(setting.moment.on, reasons, remedies, rests_on, review),)
        case c.RecordIssue(issued):
            return (issued,)
        case c.RecordDocument(file_digest, size_bytes):
            return (e.DocumentSealed(file_digest, size_bytes),)
        case c.RecordNotice(zone, notice, source, message_id):
            return (e.ZoneNotified(zone, notice, source, message_id),)
    events = decide_later(case, command, setting)
    if events is None:
        events = decide_examining(case, command, setting)
    if events is None:
        events = decide_ending(case, command, setting)
    if events is None:
        events = decide_talk(case, command)
    if events is None:
        raise TypeError(f"no decision on {type(command).__name__}")
    return events


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
        case c.Refer():
            return case.needs_person and case.stage != "published"
        case c.AskForPerson():
            return case.needs_person
        case c.RecordIssue():
            return case.credential_id is not None
        case c.RecordDocument():
            return case.document_digest != ""
        case c.RecordNotice(zone, notice):
            return (zone, notice) in case.notified
    return (
        is_done_later(case, command)
        or is_done_examining(case, command)
        or is_done_ending(case, command)
        or is_said(case, command)
    )


def _submitted(command: c.Submit, setting: Setting) -> e.Submitted:
    problems = []
    separation = setting.item.separation
    if separation is not None and setting.item.is_cancelled:
        raise Refused(Problem("item.cancelled", separation.says, "item", separation.source, _JUST_TRADE))
    if command.deciding_zone not in setting.item.zones:
        problems.append(Problem("item.not-offered", _NOT_OFFERED, "deciding_zone"))
    if command.applicant.kind not in setting.item.objects:
        problems.append(Problem("applicant.wrong-kind", _WRONG_KIND, "applicant.kind"))
    if problems:
        raise Refused(*problems)
    _check_signatures(command.pledges, setting)
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
        pledges=command.pledges,
        wish=command.wish,
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
    if missing and setting.regime.find_arrow(case.stage, "Return") is not None:
        return (e.Returned(missing),)
    if missing and case.needs_person:
        return ()
    if missing and (case.times_corrected or not setting.regime.has_act("RequestCorrection")):
        return (e.Referred("still-missing", _STILL_MISSING),)
    if missing:
        return (e.CorrectionRequested(missing),)
    may = may_promise(case, setting.item, setting.kinds, setting.zones, setting.moment.on)
    if _waits_on_a_promise(case, setting) and not may:
        return (e.Referred("promise-not-taken", _PROMISE_NOT_TAKEN),)
    return (e.Accepted(setting.moment.on),)


def _request_correction(
    case: Case, problems: tuple[Problem, ...], again: Text | None, setting: Setting
) -> tuple[e.Event, ...]:
    """Tell once and completely; a second time only a head may, who says why (all-2019#32.4)."""
    problems = _check_list(case, problems, setting)
    if not case.times_corrected:
        return (e.CorrectionRequested(problems),)
    if setting.actor.kind != "head":
        raise Refused(Problem("correction.only-once", ONLY_ONCE, "", "all-2019#32.4", ASK_THE_HEAD))
    if again is None or not again.zh.strip():
        raise Refused(Problem("correction.no-reason", _NO_REASON_AGAIN, "answers.again_zh", "all-2019#32.4"))
    return (e.CorrectionRequested(problems, again),)


def _waits_on_a_promise(case: Case, setting: Setting) -> bool:
    """Say whether the application is complete only because a paper may follow."""
    deferred = [one for one in signed_pledges(case, setting.item) if one.kind is PledgeKind.DEFERRED]
    return any(kind not in case.evidence for one in deferred for kind in one.spares)


def _check_list(case: Case, problems: tuple[Problem, ...], setting: Setting) -> tuple[Problem, ...]:
    """Return what an officer lists, unless the list is empty or asks for what a promise stands for."""
    if not problems:
        raise Refused(Problem("correction.empty", _EMPTY_CORRECTION, "problems", "all-2019#32.4"))
    spared = {
        f"answers.{question.id}"
        for pledge in signed_pledges(case, setting.item)
        for question in setting.item.form.questions
        if question.evidence_kind in pledge.spares
    }
    for problem in problems:
        if problem.pointer in spared:
            source = "state-council-office-2020-42#no-proof"
            raise Refused(Problem("correction.promised", _PROMISED, problem.pointer, source))
    return problems


def _check_signatures(signed: tuple[SignedPledge, ...], setting: Setting) -> None:
    """Refuse a signature under a text that is not the one in force, or without a name."""
    wrong = check_signatures(signed, setting.item.pledges)
    if wrong:
        raise Refused(*wrong)


def _grant(case: Case, command: c.Grant, setting: Setting) -> e.Granted:
    """Grant; the rules may do so only on a full yes and while no person was asked for."""
    if command.by == "rules":
        if still_open := list_open(case, setting):
            raise Refused(*still_open)
        check_machine_may_grant(case)
        separation = setting.item.separation
        if (
            separation is not None
            and separation.mode == "commitment"
            and not signed_pledges(case, setting.item)
        ):
            raise Refused(Problem("grant.no-promise", _NO_PROMISE, source=separation.source))
        return e.Granted("rules", setting.moment.on)
    if setting.item.wait is not None and case.wait is None:
        raise Refused(Problem("grant.wait-first", _WAIT_FIRST, source=setting.item.wait.source))
    _check_reasons(command.reasons, "reasons")
    check_review(command.review)
    check_may_decide(case, setting, command.rests_on, granted=True)
    return e.Granted("officer", setting.moment.on, command.reasons, command.rests_on, command.review)


def _check_reasons(reasons: Text | None, pointer: str) -> None:
    if reasons is None or not reasons.zh.strip():
        raise Refused(Problem("decision.no-reasons", NO_REASONS, pointer, "all-2019#38.2"))


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
_WAIT_FIRST = Text(
    "决定之前要先向有关部门征询异议。", "Other departments must first have had time to object."
)
_JUST_TRADE = Text(
    "不用申请。取得营业执照即可开展这项经营。",
    "Nothing to apply for: with the business licence you may trade.",
)
_PROMISE_NOT_TAKEN = Text(
    "申请人在失信承诺名单上，或者还不能确认不在名单上，不适用承诺办理，转由工作人员处理。",
    "The applicant is, or may be, on a list of broken promises; a person decides.",
)
_PROMISED = Text(
    "申请人已就这一项作出承诺，不得再索要。", "The applicant has promised this; it may not be asked for."
)
_NO_PROMISE = Text(
    "没有签署承诺，系统不能凭承诺作出决定。", "Nothing was promised; the machine may not decide on a promise."
)
