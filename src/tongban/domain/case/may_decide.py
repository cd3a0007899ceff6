"""What must have happened before a case may be decided: all that is still open, told at once."""

from collections.abc import Iterator

from tongban.domain.case.examining import APPLICANT
from tongban.domain.case.setting import Setting
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.procedure import Regime
from tongban.domain.scrutiny import HEARING, REFUSAL, SUBSTANCE, Verification
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text


def find_verification(item: ServiceItem, regime: Regime) -> Verification | None:
    """Return how many officers must verify the substance, or None where the item's data does not want it."""
    wanted = regime.scrutiny.verification
    stated = item.gate.get(wanted.fact) if wanted else None
    return wanted if stated is not None and stated.is_so else None


def touches_others(item: ServiceItem) -> bool:
    """Say whether the item's data states that it touches major interests of others (all-2019#36)."""
    stated = item.gate.get("third_party_interest")
    return stated is not None and stated.is_so


def must_tell_parties(case: Case, item: ServiceItem, regime: Regime) -> bool:
    """Say whether others are touched and nobody was told, nor found out that nobody is (all-2019#36)."""
    examination = case.examination
    is_open = touches_others(item) and regime.has_act("TellInterestedParty")
    return is_open and not examination.parties and examination.no_party is None


def list_approval_reasons(case: Case, item: ServiceItem, regime: Regime, *, granted: bool) -> tuple[str, ...]:
    """Return why the head must approve this decision, of ``scrutiny.APPROVED_WHEN``; empty when not so."""
    wanted = regime.scrutiny.approval
    if wanted is None:
        return ()
    so = {
        SUBSTANCE: find_verification(item, regime) is not None,
        HEARING: bool(case.examination.hearing.asked_by),
        REFUSAL: not granted,
    }
    return tuple(why for why in wanted.when if so[why])


def check_may_decide(case: Case, setting: Setting, rests_on: int, *, granted: bool) -> None:
    """Raise Refused with everything that still stands before an officer's decision."""
    problems = (*list_open(case, setting), *_list_about_record(case, setting, rests_on))
    if setting.actor.kind == "officer" and list_approval_reasons(
        case, setting.item, setting.regime, granted=granted
    ):
        wanted = setting.regime.scrutiny.approval
        source = wanted.source if wanted else ""
        problems = (
            *problems,
            Problem("approval.needed", _APPROVAL, source=source, next_step=_SUBMIT_FIRST),
        )
    if problems:
        raise Refused(*problems)


def check_may_submit(case: Case, setting: Setting, rests_on: int) -> None:
    """Raise Refused with everything that still stands before a draft may go to the head, or be approved."""
    problems = (*list_open(case, setting), *_list_about_record(case, setting, rests_on))
    if problems:
        raise Refused(*problems)


def list_open(case: Case, setting: Setting) -> tuple[Problem, ...]:
    """Return what must still happen, whoever decides: the machine, an officer or the head."""
    return (*_list_running(case), *_list_unheard(case, setting), *_list_unverified(case, setting))


def _list_running(case: Case) -> Iterator[Problem]:
    running = case.examination.running
    if running is not None and running.kind != HEARING:
        yield Problem("special.running", _RUNNING, source="all-2019#45", next_step=_END_FIRST)


def _list_unheard(case: Case, setting: Setting) -> Iterator[Problem]:
    """Yield what is open of hearing others: in writing, or in a hearing."""
    examination, today = case.examination, setting.moment.on
    if must_tell_parties(case, setting.item, setting.regime):
        yield Problem("party.not-told", _NOBODY_TOLD, source="all-2019#36", next_step=_TELL_PARTY)
    for party in examination.list_unheard(today):
        words = _UNHEARD.fill(name=party.name, until=party.until_on.isoformat())
        yield Problem("party.unheard", words, source="all-2019#36", next_step=_HEAR)
    hearing = examination.hearing
    if examination.list_untold():
        yield Problem("hearing.not-told", _NOT_TOLD, source="all-2019#47.1", next_step=_TELL_RIGHT)
    elif hearing.until_on is not None and hearing.may_be_asked_for(today):
        words = _RIGHT_OPEN.fill(until=hearing.until_on.isoformat())
        yield Problem("hearing.right-open", words, source="all-2019#47.1", next_step=_WAIT)
    if hearing.is_awaited:
        source = "all-2019#46" if "authority" in hearing.asked_by else "all-2019#47.1"
        yield Problem("hearing.not-held", _NOT_HELD, source=source, next_step=_HOLD)


def _list_unverified(case: Case, setting: Setting) -> Iterator[Problem]:
    wanted = find_verification(setting.item, setting.regime)
    signed = len({finding.by.id for finding in case.examination.findings})
    if wanted is not None and signed < wanted.officers:
        words = _NEEDS_TWO.fill(officers=wanted.officers, signed=signed)
        yield Problem("examination.needs-two", words, source=wanted.source, next_step=_VERIFY)


def _list_about_record(case: Case, setting: Setting, rests_on: int) -> Iterator[Problem]:
    """Yield what is wrong with how a decision stands to the hearing's record and its chair."""
    hearing = case.examination.hearing
    if hearing.held is not None and rests_on != hearing.record_version:
        yield Problem("hearing.record-not-named", NAME_RECORD, "rests_on", "all-2019#48.p2", _NAME_IT)
    scheduled = hearing.scheduled
    if scheduled is not None and setting.actor.kind == "officer" and setting.actor.id == scheduled.chair_id:
        yield Problem("hearing.chair-decides", CHAIR_DECIDES, source="all-2019#48.3")


def name_of(case: Case, by: str) -> Text:
    """Return in words who spoke or asked: the applicant, the authority, or a party by name."""
    if by == APPLICANT:
        return Text("申请人", "the applicant")
    if by == "authority":
        return Text("本机关", "the authority itself")
    party = case.examination.parties.get(by)
    return Text(party.name, party.name) if party else Text(by, by)


_RUNNING = Text(
    "特别程序还没有结束，现在不能作出决定。", "A special procedure is still running; no decision can be made."
)
_END_FIRST = Text("先登记特别程序的结果。", "Record its result first.")
_NOBODY_TOLD = Text(
    "这个事项直接关系他人重大利益，还没有告知利害关系人。",
    "This item touches major interests of others, and no interested party was told.",
)
_TELL_PARTY = Text(
    "先告知利害关系人并听取意见；查明没有利害关系人的，写明怎样查明。",
    "Tell the interested parties first and hear them; where there are none, say how that was found.",
)
_UNHEARD = Text(
    "利害关系人“{name}”还没有陈述意见，陈述期限到{until}。",
    "The interested party “{name}” has not spoken yet and may until {until}.",
)
_HEAR = Text("等待或者登记其陈述意见。", "Wait, or record what they say.")
_NOT_TOLD = Text(
    "涉及他人重大利益，还没有向申请人和全部利害关系人告知听证权利。",
    "Others' major interests are touched, and not everybody was told of the right to a hearing.",
)
_TELL_RIGHT = Text("先告知听证权利。", "Tell them of the right to a hearing first.")
_RIGHT_OPEN = Text(
    "申请听证的期限到{until}，期满以前不能作出决定。",
    "A hearing may be asked for until {until}; no decision before that.",
)
_WAIT = Text("期满无人申请的，系统自动记录。", "If nobody asks, that is recorded by itself.")
_NOT_HELD = Text(
    "听证还没有举行，现在不能作出决定。", "The hearing has not been held; no decision can be made."
)
_HOLD = Text("先通知并举行听证，登记笔录。", "Schedule and hold the hearing, and keep its record.")
_NEEDS_TWO = Text(
    "需要{officers}名以上工作人员核查实质内容，现有{signed}名签署核查意见。",
    "{officers} officers or more must verify the substance; {signed} have signed so far.",
)
_VERIFY = Text("由另一名工作人员登记核查意见。", "Another officer records what they found.")
NAME_RECORD = Text(
    "举行过听证的，应当根据听证笔录作出决定，并写明所依据的笔录。",
    "After a hearing the decision rests on its record and names it.",
)
_NAME_IT = Text("请确认决定所依据的听证笔录。", "Confirm the record on which the decision rests.")
CHAIR_DECIDES = Text(
    "听证主持人不能审查或者决定这个办件。", "Who chairs the hearing neither examines nor decides the case."
)
_APPROVAL = Text(
    "这个决定须经审批负责人批准后生效。", "This decision takes effect only with the head's approval."
)
_SUBMIT_FIRST = Text("请拟好决定，报负责人批准。", "Draft the decision and submit it for approval.")
