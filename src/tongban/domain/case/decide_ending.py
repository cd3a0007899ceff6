"""Whether a command of the beginning or the end may become events."""

from tongban.domain.case import ending as g
from tongban.domain.case import ending_commands as c
from tongban.domain.case import events as e
from tongban.domain.case.commands import Command
from tongban.domain.case.decide_later import check_reasons
from tongban.domain.case.later import list_open_duties
from tongban.domain.case.setting import Setting
from tongban.domain.case.state import Case
from tongban.domain.delivery import WAYS
from tongban.domain.grounds import Ground, Retention
from tongban.domain.procedure import Regime
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text


def check_not_archived(case: Case, command: Command, setting: Setting) -> None:
    """Refuse what may not be done to a sealed file (order-716-2019#12); the regime says what still may."""
    if case.ending.archived is None:
        return
    if type(command).__name__ not in setting.regime.aftermath.open_when_archived:
        raise Refused(Problem("archive.sealed", _SEALED, source="order-716-2019#12"))


def decide_ending(case: Case, command: Command, setting: Setting) -> tuple[e.Event, ...] | None:
    """Return the events, or None for a command that is not of this room."""
    match command:
        case c.TellNotNeeded(reasons, remedies):
            check_reasons(reasons)
            return (g.NotNeededDeclared(reasons, remedies),)
        case c.TellNotCompetent(authority, reasons, remedies):
            return (_not_competent(authority, reasons, remedies),)
        case c.CorrectAtOnce(what, answers, at_zone):
            if not what.strip():
                raise Refused(Problem("at-once.what", _SAY_WHAT, "what", "all-2019#32.3"))
            return (g.ErrorCorrected(what, answers, at_zone),)
        case c.LapseCorrection(name):
            return (_lapse(case, name, setting),)
        case c.SetDeadline(name, until_on, source):
            return (g.DeadlineFixed(name, until_on, source),)
        case c.RecordDelivery(delivered):
            return (_deliver(delivered, setting),)
        case c.DeemRenewed():
            return _deem_renewed(case, setting)
        case c.ArchiveCase(archived):
            check_may_archive(case, setting.regime)
            return (archived,)
    return _decide_act(case, command, setting)


def _decide_act(case: Case, command: Command, setting: Setting) -> tuple[e.Event, ...] | None:
    """Return the events of acts against a licence."""
    match command:
        case c.ProposeEnding():
            return (_propose(case, command, setting),)
        case c.StateOnEnding(statement, at_zone):
            return (_state(case, statement, at_zone, setting),)
        case c.DropProposal(reasons):
            check_reasons(reasons)
            if case.ending.proposal is None:
                raise Refused(Problem("ending.nothing-proposed", _NOTHING_PROPOSED))
            return (g.ProposalDropped(reasons),)
        case c.WithdrawLicence() | c.VoidLicence() | c.CancelLicence() | c.RevokeLicence():
            return (_end(case, command, setting),)
        case c.RestoreLicence(reasons):
            check_reasons(reasons)
            act = case.ending.act_in_force
            if act is None:
                raise Refused(Problem("ending.nothing-to-undo", _NOTHING_TO_UNDO))
            return (g.LicenceRestored(act.act, reasons),)
        case c.ReplaceLicence(by, how):
            check_in_force(case)
            return (g.LicenceReplaced(by, how),)
    return None


def is_done_ending(case: Case, command: Command) -> bool:
    """Say whether the case already holds what a command of this room would cause."""
    match command:
        case c.TellNotNeeded():
            return case.stage == "unneeded"
        case c.SetDeadline(name):
            return name in case.ending.deadlines
        case c.RecordDelivery():
            return case.ending.delivered is not None
        case c.DeemRenewed():
            return case.ending.deemed_on is not None
        case c.ReplaceLicence(by):
            return case.ending.replaced_by == by
        case c.ArchiveCase():
            return case.ending.archived is not None
        case c.WithdrawLicence() | c.VoidLicence() | c.CancelLicence() | c.RevokeLicence():
            act = case.ending.act_in_force
            return act is not None and (act.act, act.ground) == (type(command).__name__, command.ground)
    return False


def check_in_force(case: Case) -> None:
    """Refuse when there is no licence that holds."""
    if case.issued is None:
        raise Refused(Problem("ending.no-licence", _NO_LICENCE))
    if case.licence_state not in ("01", "02"):
        raise Refused(Problem("ending.not-in-force", _NOT_IN_FORCE))


def get_ground(act: str, ground: str, setting: Setting) -> Ground:
    """Return a ground of an act as the regime has it, or raise Refused."""
    found = setting.regime.aftermath.find_ground(act, ground)
    if found is None:
        raise Refused(Problem("ending.no-ground", _NO_GROUND, "ground"))
    return found


def _not_competent(authority: Text, reasons: Text, remedies: Text) -> g.NotCompetentDeclared:
    problems = []
    if not authority.zh.strip():
        problems.append(Problem("competence.no-authority", _NAME_AUTHORITY, "authority", "all-2019#32.2"))
    if not reasons.zh.strip():
        problems.append(Problem("decision.no-reasons", _NO_REASONS, "reasons", "all-2019#32.2"))
    if problems:
        raise Refused(*problems)
    return g.NotCompetentDeclared(authority, reasons, remedies)


def _lapse(case: Case, name: str, setting: Setting) -> g.CorrectionLapsed:
    deadline = case.ending.deadlines.get(name)
    if deadline is None or setting.moment.on <= deadline.until_on:
        raise Refused(Problem("correction.runs", _STILL_TIME))
    return g.CorrectionLapsed(deadline.until_on, deadline.source)


def _deliver(delivered: g.Delivered, setting: Setting) -> g.Delivered:
    """Check a proof of service; everything that is missing is told at once."""
    problems = []
    if delivered.way not in WAYS:
        problems.append(Problem("delivery.no-way", _NO_WAY, "way", "all-2019#44"))
    if not delivered.received_by.strip():
        problems.append(Problem("delivery.nobody", _WHO_TOOK_IT, "received_by", "all-2019#44"))
    if delivered.way == "post" and not delivered.waybill.strip():
        problems.append(Problem("delivery.no-waybill", _NO_WAYBILL, "waybill", "all-2019#44"))
    if delivered.way == "pick-up" and not delivered.is_identity_checked:
        problems.append(Problem("delivery.not-checked", _CHECK_WHO, "is_identity_checked", "all-2019#44"))
    if delivered.way != "electronic" and setting.actor.kind == "applicant":
        problems.append(Problem("delivery.not-yours", _ONLY_ELECTRONIC, "way", "all-2019#44"))
    if delivered.delivered_on > setting.moment.on:
        problems.append(Problem("delivery.future", _NOT_YET, "delivered_on"))
    if problems:
        raise Refused(*problems)
    return delivered


def _deem_renewed(case: Case, setting: Setting) -> tuple[e.Event, ...]:
    """Renew by law: the licence's last day is over, and nobody decided on what was asked in time."""
    deadline = case.ending.deadlines.get("renewal")
    if deadline is None:
        raise Refused(Problem("renewal.none", _NO_RENEWAL, source="all-2019#50.2"))
    if setting.moment.on <= deadline.until_on:
        raise Refused(Problem("renewal.not-expired", _NOT_EXPIRED, source="all-2019#50.2"))
    on = deadline.until_on
    return (g.RenewalDeemed(on, deadline.source), e.Granted("deemed", on))


def check_may_archive(case: Case, regime: Regime) -> Retention:
    """Return how long the file is kept, or raise Refused with everything that is still to be done."""
    retention = regime.aftermath.retention
    if retention is None:
        raise Refused(Problem("archive.not-kept", _NOT_KEPT, source="order-716-2019#12"))
    duties = list_open_duties(case, regime)
    if duties:
        raise Refused(*(Problem("archive.too-early", duty, source="order-716-2019#12") for duty in duties))
    return retention


def _propose(case: Case, command: c.ProposeEnding, setting: Setting) -> g.EndingProposed:
    check_reasons(command.reasons)
    check_in_force(case)
    get_ground(command.act, command.ground, setting)
    if case.ending.proposal is not None:
        raise Refused(Problem("ending.proposed", _PROPOSED_ALREADY))
    return g.EndingProposed(command.act, command.ground, command.reasons, command.until_on)


def _state(case: Case, statement: str, at_zone: ZoneId, setting: Setting) -> g.ProposalAnswered:
    proposal = case.ending.proposal
    if proposal is None:
        raise Refused(Problem("ending.nothing-proposed", _NOTHING_PROPOSED))
    if not statement.strip():
        raise Refused(Problem("ending.no-words", _NO_WORDS, "statement", "all-2019#7"))
    if setting.moment.on > proposal.until_on:
        raise Refused(Problem("ending.too-late", _TOO_LATE, "statement"))
    return g.ProposalAnswered(statement, at_zone)


def _end(case: Case, command: c.EndLicence, setting: Setting) -> e.Event:
    """End a licence on a ground; where its holder is to be heard, only after that."""
    check_reasons(command.reasons)
    act = type(command).__name__
    ground = get_ground(act, command.ground, setting)
    if case.issued is None:
        raise Refused(Problem("ending.no-licence", _NO_LICENCE))
    if not isinstance(command, c.CancelLicence):
        check_in_force(case)
    elif case.licence_state == "04":
        raise Refused(Problem("ending.not-in-force", _NOT_IN_FORCE))
    if ground.is_heard:
        _check_heard(case, act, ground, setting)
    told = (ground.id, ground.source, command.reasons, command.remedies, ground.compensation)
    match command:
        case c.WithdrawLicence():
            return g.LicenceWithdrawn(*told)
        case c.VoidLicence():
            return g.LicenceVoided(*told)
        case c.CancelLicence():
            return g.LicenceCancelled(*told)
    return _revoke(command, told)


def _revoke(command: c.RevokeLicence, told: tuple[str, str, Text, Text, str]) -> g.LicenceRevoked:
    problems = [
        Problem(f"revoke.no-{name}", words, name)
        for name, words, value in (
            ("authority", _WHO_PUNISHED, command.authority),
            ("document_number", _WHICH_DOCUMENT, command.document_number),
        )
        if not value.strip()
    ]
    if problems:
        raise Refused(*problems)
    return g.LicenceRevoked(*told, command.authority, command.document_number)


def _check_heard(case: Case, act: str, ground: Ground, setting: Setting) -> None:
    """Refuse before the holder has spoken or the time for it is over; nobody decides an own proposal."""
    proposal = case.ending.proposal
    if proposal is None or (proposal.act, proposal.ground) != (act, ground.id):
        raise Refused(Problem("ending.propose-first", _PROPOSE_FIRST, source="all-2019#7"))
    if not proposal.statement and setting.moment.on <= proposal.until_on:
        raise Refused(Problem("ending.hear-first", _HEAR_FIRST, source="all-2019#7"))
    if proposal.by == setting.actor.id:
        raise Refused(Problem("ending.same-person", _SAME_PERSON, source="all-2019#7"))


_NO_REASONS = Text("请写明理由。", "State the reasons.")
_SEALED = Text(
    "办件已经归档封存，只能进行规定的后续处理。",
    "The file is archived and sealed; only the later acts that the rules name may be done.",
)
_SAY_WHAT = Text("请写明当场更正了什么。", "Say what was corrected on the spot.")
_NAME_AUTHORITY = Text("请写明应当向哪个机关申请。", "Name the authority to which to apply.")
_STILL_TIME = Text("补正期限还没有届满。", "There is still time to correct.")
_NO_WAY = Text("请选择送达方式。", "Choose the way of delivery.")
_WHO_TOOK_IT = Text("请写明由谁签收。", "Say who received it.")
_NO_WAYBILL = Text("请写明快递单号。", "Give the waybill number.")
_CHECK_WHO = Text("请先核对领取人的证件原件。", "Check the original document of who came first.")
_ONLY_ELECTRONIC = Text("窗口领取和邮寄由工作人员登记。", "Pick-up and post are recorded by the staff.")
_NOT_YET = Text("送达日期不能晚于今天。", "The day of delivery cannot lie ahead.")
_NO_RENEWAL = Text(
    "没有在期限内提出的延续申请，不适用视为准予延续。",
    "No renewal was asked in time; nothing is deemed.",
)
_NOT_EXPIRED = Text("原许可的有效期还没有届满。", "The licence has not expired yet.")
_NOT_KEPT = Text("这类办件不归档。", "Cases of this kind are not archived.")
_NOTHING_PROPOSED = Text("没有拟作出的决定。", "Nothing is proposed.")
_PROPOSED_ALREADY = Text(
    "已有一项拟作出的决定等待处理。", "An act is proposed already and waits to be decided."
)
_NO_WORDS = Text("请写明您的意见。", "State your case.")
_TOO_LATE = Text("陈述、申辩的期限已经届满。", "The time for a statement is over.")
_NOTHING_TO_UNDO = Text("没有可以撤销的处理决定。", "There is no act to undo.")
_NO_LICENCE = Text("这个办件没有证照。", "This case has no licence.")
_NOT_IN_FORCE = Text("证照现在不是有效状态。", "The licence is not in force now.")
_NO_GROUND = Text("请选择法定情形。", "Choose a ground that the law knows.")
_WHO_PUNISHED = Text("请写明作出处罚决定的机关。", "Name the authority that punished.")
_WHICH_DOCUMENT = Text("请写明处罚决定书文号。", "Give the number of its decision.")
_PROPOSE_FIRST = Text(
    "先由审批人员提出，并告知被许可人可以陈述、申辩。",
    "An officer proposes it first, and the holder is told of the right to state their case.",
)
_HEAR_FIRST = Text(
    "被许可人还没有陈述，期限也没有届满，现在不能决定。",
    "The holder has not spoken, and there is still time to; it cannot be decided yet.",
)
_SAME_PERSON = Text("提出的人不能自己决定。", "Whoever proposed it may not decide it.")
