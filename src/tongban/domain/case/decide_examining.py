"""Whether a command of the examination may become events (all-2019#34 to #37 and #45 to #48)."""

from collections.abc import Iterable

from tongban.domain.case import commands as c
from tongban.domain.case import events as e
from tongban.domain.case import examining as x
from tongban.domain.case import examining_commands as xc
from tongban.domain.case.decide_hearing import decide_hearing, is_done_in_hearing, open_hearing_time
from tongban.domain.case.decide_later import check_reasons
from tongban.domain.case.decide_parties import decide_parties, is_done_with_parties
from tongban.domain.case.may_decide import CHAIR_DECIDES, check_may_decide, check_may_submit
from tongban.domain.case.review import check_review
from tongban.domain.case.setting import Setting
from tongban.domain.case.state import Case
from tongban.domain.scrutiny import HEARING, SpecialKind
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text


def decide_examining(case: Case, command: c.Command, setting: Setting) -> tuple[e.Event, ...] | None:
    """Return the events, or None for a command that is not of this room."""
    match command:
        case xc.StartSpecialProcedure():
            return (_start(case, command, setting),)
        case xc.EndSpecialProcedure():
            return _end(case, command, setting)
        case xc.RecordExamination(finding):
            return (_verify(case, finding, setting),)
        case xc.SubmitForApproval(granted, reasons, remedies, rests_on, review):
            check_reasons(reasons)
            check_review(review)
            check_may_submit(case, setting, rests_on)
            return (x.ApprovalRequested(granted, reasons, remedies, rests_on, review),)
        case xc.Approve(note):
            return _approve(case, note, setting)
        case xc.SendBack(reasons):
            check_reasons(reasons)
            return (_send_back(case, reasons),)
    return decide_parties(case, command, setting) or decide_hearing(case, command, setting)


def is_done_examining(case: Case, command: c.Command) -> bool:
    """Say whether the case already holds what a command of this room would cause."""
    examination = case.examination
    match command:
        case xc.SubmitForApproval(granted, reasons, _, rests_on, review):
            draft = examination.draft
            return draft is not None and (draft.granted, draft.reasons, draft.rests_on, draft.review) == (
                granted, reasons, rests_on, review,
            )  # fmt: skip
    return is_done_with_parties(case, command) or is_done_in_hearing(case, command)


def list_grounds(kind: SpecialKind, setting: Setting) -> tuple[LawKey, ...]:
    """Return the articles that may call for a special procedure in an item, each once."""
    item = setting.item
    stated = (fact.source for fact in item.gate.values() if fact.is_so and fact.source)
    return tuple(dict.fromkeys((*kind.grounds, *stated, *item.legal_basis)))


def _start(case: Case, command: xc.StartSpecialProcedure, setting: Setting) -> x.SpecialProcedureStarted:
    """Stop the clock from today: never backwards, on a kind of article 45 only, on a named article."""
    special, today = setting.regime.scrutiny.special, setting.moment.on
    kind, problems = special.get(command.kind), []
    if kind is None:
        names_zh, names_en = _listed(special.values())
        words = _NO_SUCH_KIND.fill(zh=names_zh, en=names_en)
        problems.append(Problem("special.unknown-kind", words, "kind", "all-2019#45"))
    elif command.basis not in list_grounds(kind, setting):
        problems.append(Problem("special.no-basis", _NO_BASIS, "basis", "all-2019#45", _NAME_BASIS))
    if not command.reason.zh.strip():
        problems.append(Problem("special.no-reason", _NO_REASON, "reason", "all-2019#45"))
    if command.expected_on < today:
        problems.append(Problem("special.ends-before", _ENDS_BEFORE, "expected_on", "all-2019#45"))
    if case.examination.running is not None:
        problems.append(Problem("special.overlaps", _OVERLAPS, "kind", "all-2019#45", _END_FIRST))
    if command.kind == HEARING and case.examination.hearing.held is not None:
        problems.append(Problem("hearing.held", _ONCE, "kind", "all-2019#48.5"))
    if problems:
        raise Refused(*problems)
    return x.SpecialProcedureStarted(command.kind, command.basis, command.reason, today, command.expected_on)


def _end(case: Case, command: xc.EndSpecialProcedure, setting: Setting) -> tuple[e.Event, ...]:
    running = case.examination.running
    if running is None or running.kind != command.kind:
        raise Refused(Problem("special.not-running", _NOT_RUNNING, "kind", "all-2019#45"))
    if running.kind == HEARING:
        raise Refused(Problem("hearing.ends-with-record", _BY_RECORD, "kind", "all-2019#48.5"))
    if not command.result.zh.strip():
        raise Refused(Problem("special.no-result", _NO_RESULT, "result", "all-2019#45"))
    ended = x.SpecialProcedureEnded(running.kind, setting.moment.on, command.result)
    if not case.examination.hearing.is_awaited:
        return (ended,)
    # A hearing that was asked for meanwhile takes its time from now on.
    return (ended, open_hearing_time(case.examination.hearing.hold_by_on, setting))


def _verify(case: Case, finding: Text, setting: Setting) -> x.ExaminationRecorded:
    """Take one officer's finding: each officer signs once, and never who chairs the hearing."""
    examination, who = case.examination, setting.actor.id
    if not finding.zh.strip():
        raise Refused(Problem("examination.empty", _NO_FINDING, "finding", "all-2019#34.3"))
    if any(one.by.id == who for one in examination.findings):
        raise Refused(
            Problem("examination.same-officer", _SAME_OFFICER, source="all-2019#34.3", next_step=_ANOTHER)
        )
    scheduled = examination.hearing.scheduled
    if scheduled is not None and scheduled.chair_id == who:
        raise Refused(Problem("hearing.chair-decides", CHAIR_DECIDES, source="all-2019#48.3"))
    return x.ExaminationRecorded(finding)


def _approve(case: Case, note: Text, setting: Setting) -> tuple[e.Event, ...]:
    """Make the drafted decision; everything that must have happened is looked at again."""
    draft, today = case.examination.draft, setting.moment.on
    if draft is None:
        raise Refused(Problem("approval.no-draft", _NO_DRAFT, next_step=_SUBMIT_FIRST))
    if draft.by.id == setting.actor.id:
        raise Refused(Problem("approval.own-draft", _OWN_DRAFT, next_step=_ANOTHER))
    check_may_decide(case, setting, draft.rests_on, granted=draft.granted)
    if draft.granted:
        decided: e.Event = e.Granted("officer", today, draft.reasons, draft.rests_on, draft.review)
    else:
        remedies = draft.remedies or Text("", "")
        decided = e.GrantRefused(today, draft.reasons, remedies, draft.rests_on, draft.review)
    return (x.DecisionApproved(note), decided)


def _send_back(case: Case, reasons: Text) -> x.DraftReturned:
    if case.examination.draft is None:
        raise Refused(Problem("approval.no-draft", _NO_DRAFT, next_step=_SUBMIT_FIRST))
    return x.DraftReturned(reasons)


def _listed(kinds: Iterable[SpecialKind]) -> tuple[str, str]:
    whole = tuple(kinds)
    return "、".join(kind.says.zh for kind in whole), ", ".join(kind.says.en for kind in whole)


_NO_SUCH_KIND = Text("能够停止计算期限的只有：{zh}。", "Only these stop the clock: {en}.")
_NO_BASIS = Text(
    "没有写明依哪一条需要这个程序。", "It does not say which article asks for this procedure in this item."
)
_NAME_BASIS = Text("请选择事项所依据的条款。", "Choose one of the item's articles.")
_NO_REASON = Text("请写明为什么需要这个程序。", "Say why the procedure is needed.")
_ENDS_BEFORE = Text("预计结束的日期不能早于今天。", "The day on which it should end cannot lie before today.")
_OVERLAPS = Text(
    "另一个特别程序还没有结束，期限已经停止计算。", "Another special procedure is running; the clock stands."
)
_END_FIRST = Text("先登记它的结果。", "Record its result first.")
_NOT_RUNNING = Text("没有正在进行的这个特别程序。", "No such special procedure is running.")
_BY_RECORD = Text("听证在登记笔录时结束。", "A hearing ends when its record is kept.")
_NO_RESULT = Text("请写明特别程序的结果。", "Say what came of the procedure.")
_ONCE = Text("这个办件已经举行过听证。", "A hearing has been held in this case.")
_NO_FINDING = Text("请写明核查所见。", "Say what was found.")
_SAME_OFFICER = Text(
    "您已经签署过核查意见，另一名工作人员须独立签署。",
    "You have signed; another officer must sign as well.",
)
_ANOTHER = Text("请由另一名工作人员进行。", "Another person does this.")
_NO_DRAFT = Text("没有待批准的决定草稿。", "No draft decision lies here.")
_OWN_DRAFT = Text("不能批准自己拟的决定。", "Nobody approves their own draft.")
_SUBMIT_FIRST = Text("先由审批人员拟好决定报批。", "An officer drafts it and submits it first.")
