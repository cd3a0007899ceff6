"""The acts of an examination: what each is called, asks for, and does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tongban.domain.case.decide_later import NO_REASONS
from tongban.domain.case.events import Actor
from tongban.flows import be_heard, examine
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId, LawKey
from tongban.kernel.text import Text
from tongban.web.officer.act_parts import LOGGED, TOLD
from tongban.web.officer.acts import in_both
from tongban.web.officer.review_parts import parse_review

Values = Mapping[str, str]
Carry = Callable[[CaseId, Values, Actor, Deps], object]


@dataclass(frozen=True, slots=True)
class ExaminingAct:
    """One act.

    Args:
        slug: as it stands in the address.
        command: as the regime's arrows call it.
        asks: names of the questions (``examining_fields``), in order.
        help: one sentence: what follows.
        is_harmful: whether somebody is worse off by it.
        is_told: whether the applicant reads it.
    """

    slug: str
    command: str
    title: Text
    help: Text
    done: Text
    asks: tuple[str, ...]
    carry: Carry
    is_harmful: bool = False
    is_told: bool = True

    @property
    def consequences(self) -> tuple[Text, ...]:
        """What follows, for the page that asks before."""
        return (self.help, TOLD, LOGGED) if self.is_told else (self.help, LOGGED)


IN_ENGLISH = "_en"
_IN_BOTH = frozenset(("reason", "result", "what", "place", "record", "finding", "reasons", "note"))
"""Answers that may be given in English too."""


def list_names(act: ExaminingAct) -> tuple[str, ...]:
    """Return the names of an act's questions, the English ones behind those that they repeat."""
    pairs = ((name, f"{name}{IN_ENGLISH}") if name in _IN_BOTH else (name,) for name in act.asks)
    return tuple(name for pair in pairs for name in pair)


def _read_both(values: Values, name: str) -> Text:
    """Return an officer's words in both languages."""
    return in_both(values[name].strip(), values.get(f"{name}{IN_ENGLISH}", "").strip())


def _read_day(values: Values, name: str) -> date:
    try:
        return date.fromisoformat(values[name])
    except ValueError:
        raise Refused(Problem("answer.not-a-date", _NO_DAY, name)) from None


def _start(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    expected_on, basis = _read_day(values, "expected_on"), LawKey(values["basis"])
    examine.start_special_procedure(
        case_id, values["kind"], basis, _read_both(values, "reason"), expected_on, actor, deps
    )


def _end(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    case = deps.cases.find(case_id)
    running = case.examination.running if case else None
    kind = running.kind if running else ""
    examine.end_special_procedure(case_id, kind, _read_both(values, "result"), actor, deps)


def _tell_party(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    examine.tell_party(case_id, values["name"], _read_both(values, "what"), actor, deps)


def _find_no_party(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    examine.note_no_party(case_id, _read_both(values, "reasons"), actor, deps)


def _hear(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    be_heard.make_statement(case_id, values["by"], values["words"], actor, deps)


def _tell_right(case_id: CaseId, _: Values, actor: Actor, deps: Deps) -> None:
    examine.tell_hearing_right(case_id, actor, deps)


def _request(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    be_heard.request_hearing(case_id, values["by"], actor, deps)


def _waive(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    be_heard.waive_hearing(case_id, values["by"], actor, deps)


def _challenge(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    be_heard.challenge_chair(case_id, values["by"], values["interest"], actor, deps)


def _decide_challenge(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    if values["upheld"] not in ("yes", "no"):
        raise Refused(Problem("hearing.challenge-undecided", _DECIDE, "upheld", "all-2019#48.3"))
    upheld = values["upheld"] == "yes"
    examine.decide_challenge(case_id, upheld, _read_both(values, "reasons"), actor, deps)


def _schedule(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    chair_id, _, chair_name = values["chair"].partition("|")
    chair, held_on = Actor("officer", chair_id, chair_name), _read_day(values, "held_on")
    place = _read_both(values, "place")
    examine.schedule_hearing(case_id, held_on, values["at_time"], place, chair, actor, deps)


def _record(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    names = tuple(values["signed_by"].replace("，", "\n").replace("、", "\n").splitlines())
    examine.record_hearing(case_id, _read_both(values, "record"), names, actor, deps)


def _sign(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    examine.sign_finding(case_id, _read_both(values, "finding"), actor, deps)


def _submit(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    case = deps.cases.find(case_id)
    named = case.examination.hearing.record_version if case and values["rests_on"] == "yes" else 0
    granted = values["outcome"] == "grant"
    asked = case is not None and case.assessment is not None
    review, wrong = parse_review(values) if asked else (None, ())
    if wrong:
        empty = not values["reasons"].strip()
        more = (Problem("decision.no-reasons", NO_REASONS, "reasons", "all-2019#38.2"),) if empty else ()
        raise Refused(*wrong, *more)
    examine.submit_for_approval(case_id, granted, _read_both(values, "reasons"), actor, deps, named, review)


def _approve(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    examine.approve(case_id, _read_both(values, "note"), actor, deps)


def _send_back(case_id: CaseId, values: Values, actor: Actor, deps: Deps) -> None:
    examine.send_back(case_id, _read_both(values, "reasons"), actor, deps)


_act = ExaminingAct
EXAMINING_ACTS = (
    _act("sign", "RecordExamination", Text("签署核查意见", "Sign a finding"),
         Text("每名核查人员各自签署一次，制作核查笔录。",
              "Each officer who verified signs once; a record is written."),
         Text("核查意见已签署。", "Your finding is signed."), ("finding",), _sign),
    _act("special", "StartSpecialProcedure", Text("开始特别程序", "Begin a special procedure"),
         Text("从今天起不计入办理期限，书面告知申请人所需时间。",
              "From today the time is not counted; the applicant is told in writing how long it takes."),
         Text("特别程序已开始，期限停止计算。", "Begun; the clock stands still."),
         ("kind", "basis", "reason", "expected_on"), _start),
    _act("special-end", "EndSpecialProcedure", Text("结束特别程序", "End the special procedure"),
         Text("登记结果，期限从今天起继续计算。", "Record the result; the clock runs on from today."),
         Text("结果已登记，期限继续计算。", "Recorded; the clock runs on."), ("result",), _end),
    _act("party", "TellInterestedParty", Text("告知利害关系人", "Tell an interested party"),
         Text("制作告知书；陈述期满或者听取意见以前不能作出决定。",
              "A notice is written; nothing is decided before they spoke or their time is over."),
         Text("已告知利害关系人。", "The party is told."), ("name", "what"), _tell_party),
    _act("party-none", "NoteNoParty", Text("查明没有利害关系人", "No interested party found"),
         Text("写明向谁、怎样查明没有人的重大利益受到影响；您对此负责。",
              "Say where and how you looked for people whose major interest is touched; you answer for it."),
         Text("已记入。", "Recorded."), ("reasons",), _find_no_party),
    _act("statement", "RecordStatement", Text("登记陈述和申辩", "Record a statement"),
         Text("申请人或者利害关系人当面、来信陈述的，在此登记。",
              "What the applicant or a party said or wrote to you."),
         Text("陈述已登记。", "The statement is recorded."), ("by", "words"), _hear),
    _act("hearing-right", "TellHearingRight", Text("告知听证权利", "Tell of the right to a hearing"),
         Text("向申请人和全部利害关系人告知；期满无人申请的，系统自动记录。",
              "To the applicant and every party; if nobody asks in time, that is recorded by itself."),
         Text("听证权利已告知。", "They are told."), (), _tell_right),
    _act("hearing-ask", "RequestHearing", Text("登记听证申请", "Record a request for a hearing"),
         Text("从今天起听证所需时间不计入期限。", "From today the time of the hearing is not counted."),
         Text("听证申请已登记。", "The request is recorded."), ("by",), _request),
    _act("hearing-waive", "WaiveHearing", Text("登记不要求听证", "Record that no hearing is wanted"),
         Text("已经申请的，视为撤回申请；没有其他人申请的，期限从今天起继续计算。",
              "A request that was made is taken back; if nobody else asked, the clock runs on from today."),
         Text("已登记不要求听证。", "Recorded: no hearing is wanted."), ("by",), _waive),
    _act("hearing-notice", "ScheduleHearing", Text("通知听证", "Announce the hearing"),
         Text("公开举行；主持人不能是审查这个办件的人。",
              "It is public; whoever examines the case does not chair it."),
         Text("听证已通知。", "The hearing is announced."),
         ("held_on", "at_time", "place", "chair"), _schedule),
    _act("chair-challenge", "ChallengeChair", Text("登记回避申请", "Record a request for another chair"),
         Text("由审批负责人决定；决定以前不能举行听证。",
              "The head of approvals decides on it; the hearing waits for that."),
         Text("回避申请已登记。", "The request is recorded."), ("by", "interest"), _challenge),
    _act("chair-decide", "DecideChallenge",
         Text("决定主持人是否回避", "Decide on the request for another chair"),
         Text("回避的，须另行指定主持人；不回避的，听证照常举行。",
              "Where the chair stands aside another must be named; else the hearing goes on."),
         Text("回避申请已决定。", "Decided."), ("upheld", "reasons"), _decide_challenge),
    _act("hearing-record", "RecordHearing", Text("登记听证笔录", "Keep the hearing's record"),
         Text("决定以笔录为依据；期限从今天起继续计算。",
              "The decision rests on the record; the clock runs on from today."),
         Text("笔录已登记，期限继续计算。", "The record is kept; the clock runs on."),
         ("record", "signed_by"), _record),
    _act("submit", "SubmitForApproval", Text("拟办意见报批", "Submit a draft for approval"),
         Text("负责人批准后决定生效；不予的，自动附上救济途径。",
              "It takes effect when the head approves; a refusal tells the remedies."),
         Text("已报负责人批准。", "It lies before the head."), 
         ("agrees", "differs", "outcome", "reasons", "rests_on"), _submit, is_told=False),
    _act("approve", "Approve", Text("批准", "Approve"),
         Text("批准后决定立即生效并送达申请人。", "With it the decision is made and told to the applicant."),
         Text("已批准，决定生效。", "Approved; the decision is made."), ("note",), _approve, is_harmful=True),
    _act("send-back", "SendBack", Text("退回重拟", "Send it back"),
         Text("写明理由，由审批人员重新拟定；申请人看不到。",
              "Say why; the officer drafts anew. The applicant does not see it."),
         Text("已退回。", "Sent back."), ("reasons",), _send_back, is_told=False),
)  # fmt: skip
EXAMINING_BY_SLUG = {act.slug: act for act in EXAMINING_ACTS}
_NO_DAY = Text("请填写日期，例如 2026-03-20。", "Give a date, e.g. 2026-03-20.")
_DECIDE = Text("请选择是否回避。", "Choose whether the chair stands aside.")
