"""What happens next in a case: what, who must act, under which article, by when, and is it your turn."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.domain.case.waiting import WaitsFor
from tongban.domain.rules.words import fill, join, show_date
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text
from tongban.reads.case_page import CasePage
from tongban.reads.case_timeline import Due
from tongban.reads.case_words import why_refused


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next thing to happen.

    Args:
        title: a few words; words: one or two sentences more.
        whose: who must act.
        law: key of the article behind it, or empty.
        is_yours: whether the applicant must act.
    """

    title: Text
    words: Text
    whose: Text
    law: str
    is_yours: bool = False
    due: Due | None = None


def read_next(page: CasePage) -> NextStep | None:
    """Return what comes next, or None when nothing does."""
    due = page.clocks[0].due if page.clocks else None
    bureau = page.deciding.authority.name
    hand_over = page.hand_over
    if hand_over is not None and hand_over.given_up_at is not None:
        title = fill(_NOT_TAKEN, zone=page.deciding.short_name)
        return NextStep(title, fill(_APPLY_ANEW, why=why_refused(hand_over.fault)), _YOU, "", is_yours=False)
    if hand_over is not None and hand_over.delivered_at is None:
        words = _HANDING_OVER if not hand_over.fault else _HANDING_OVER_AGAIN.fill(tries=hand_over.tries)
        return NextStep(
            fill(_HAND_OVER, zone=page.deciding.short_name), words, page.receiving.short_name,
            "state-council-office-2020-35#receive-and-forward", due=due,
        )  # fmt: skip
    if page.case.stage in ("concluded", "accepted", "assessed", "granted") and page.due_from_you:
        return NextStep(_STILL_DUE, page.due_from_you[0][1], _YOU, "state-council-office-2020-42#later-check")
    if (unusual := _read_unusual(page)) is not None:
        return unusual
    match page.case.stage, page.waits_for:
        case "received", WaitsFor.ZONE:
            zones = join(dict.fromkeys(a.zone.short_name for a in page.asked if a.state in _OPEN))
            return NextStep(fill(_WAIT_FOR_ZONE, zones=zones), _NOTHING_TO_DO, zones,
                            "order-716-2019#7.1", due=due)  # fmt: skip
        case "correcting", _:
            return NextStep(_YOU_CORRECT, _CORRECT_ONCE, _YOU, "all-2019#32.4", is_yours=True)
        case (("refused" | "declined" | "unneeded"), _):
            return NextStep(_REMEDIES, _REMEDIES_WORDS, _YOU, "all-2019#38.2")
        case "concluded", _ if page.waits_for_seal is not None:
            return NextStep(_SEAL_WAITS, page.waits_for_seal, bureau, "order-716-2019#9.1")
        case "concluded", _ if not page.case.document_digest:
            return NextStep(_SEALING, _SEALING_WORDS, bureau, "order-716-2019#9.1")
        case "concluded", _ if page.document_on_its_way and not page.document_on_its_way.is_given_up:
            tries = page.document_on_its_way.tries
            words = _FETCHING_AGAIN.fill(tries=tries) if tries else _SEALING_WORDS
            return NextStep(fill(_FETCHING, zone=page.deciding.short_name), words, page.receiving.short_name,
                            "state-council-office-2020-35#receive-and-forward")  # fmt: skip
        case stage, waits_for if (stage, waits_for) in _SAYS:
            title, words, law = _SAYS[stage, waits_for]
            return NextStep(title, words, bureau, law, due=due)
    return None


def _read_unusual(page: CasePage) -> NextStep | None:
    """Return what comes next at the stages that not every procedure has; None at any other."""
    match page.case.stage:
        case "returned":
            return NextStep(
                _FILE_AGAIN, _FILE_AGAIN_WORDS, _YOU, "market-registration-2021#19.2", is_yours=True
            )
        case "published" if page.case.wait is not None:
            words = fill(_OBJECTIONS_WORDS, day=show_date(page.case.wait.until_on))
            law = page.item.wait.source if page.item.wait else ""
            return NextStep(_OBJECTIONS, words, page.deciding.authority.name, law)
        case "elsewhere" if page.case.forwarded is not None:
            return _with_authority(page)
        case "paused":
            return NextStep(_CONFIRM, _CONFIRM_WORDS, _YOU, "")
    return None


def _with_authority(page: CasePage) -> NextStep:
    """The case lies with another authority: which, and since when."""
    forwarded = page.case.forwarded
    if forwarded is None:
        raise ValueError("the case was not handed on")
    since = show_date(Moment(forwarded.since).on)
    words = fill(_ELSEWHERE_WORDS, since=since)
    law = page.item.elsewhere.source if page.item.elsewhere else ""
    name = page.outside.name if page.outside else Text(forwarded.authority, forwarded.authority)
    return NextStep(fill(_ELSEWHERE, authority=name), words, name, law)


_OPEN = ("asked", "waiting")
_FILE_AGAIN = Text(
    "材料已退回，请补齐后重新提交", "The papers came back: complete them and hand them in again"
)
_FILE_AGAIN_WORDS = Text(
    "登记没有等待补正的阶段。缺什么已一次性列在下面；补齐后重新申请，作为新的办件。",
    "Registration does not wait for corrections. All that is missing is listed below, at once; "
    "apply again when you have it, as a new case.",
)
_OBJECTIONS = Text("正在征询有关部门的异议", "Other departments may object now")
_OBJECTIONS_WORDS = Text(
    "截至 {day} 没有异议的，系统随即办结；有异议的由工作人员处理。您不用做任何事。",
    "Without an objection by {day} it is done at once; with one, a person takes over. You need do nothing.",
)
_ELSEWHERE = Text("等待{authority}答复", "Waiting for {authority}")
_ELSEWHERE_WORDS = Text(
    "决定权在该机关。{since} 已转交完整申请；对方没有答复时，系统会一直重试，不会丢失。",
    "The power to decide is theirs. The complete case went to them on {since}; "
    "we keep asking until they answer, and nothing is lost.",
)
_CONFIRM = Text("发放已暂停，请确认", "Payment is paused: please confirm")
_CONFIRM_WORDS = Text("确认后立即恢复发放。", "Once confirmed, it is paid again at once.")
_STILL_DUE = Text("还有一项等您提交", "One thing is still due from you")
_YOU = Text("您", "You")
_HAND_OVER = Text("正在把申请转交{zone}", "Your application is on its way to {zone}")
_HANDING_OVER = Text(
    "通常一两秒内送达。您不用做任何事。", "It usually takes a second or two. You need not do anything."
)
_HANDING_OVER_AGAIN = Text(
    "对方暂时没有回应，已尝试 {tries} 次，系统会一直重试，申请不会丢失。",
    "They do not answer for now ({tries} tries); we keep trying, and nothing is lost.",
)
_NOT_TAKEN = Text("{zone}没有接收这件申请", "{zone} did not take this application")
_APPLY_ANEW = Text(
    "{why}请重新申请，或到任一高新区窗口办理；您填过的内容都还在。",
    "{why} Please apply anew, or go to any zone's window; what you filled in is still here.",
)
_WAIT_FOR_ZONE = Text("正在等{zones}答复", "Waiting for {zones} to answer")
_NOTHING_TO_DO = Text(
    "这些材料由系统向持有登记的高新区查询，您不用提交。答复一到，系统立即继续办理。",
    "The zones that hold these records are asked; you hand in nothing. Once they answer, the case goes on.",
)
_YOU_CORRECT = Text("请您补正", "Your turn: correct the application")
_CORRECT_ONCE = Text(
    "需要补正的内容已一次性全部列在下面。可以在收件地或办理地补正。",
    "Everything to correct is listed below, at once. Hand it in where it was received or is decided.",
)
_REMEDIES = Text("不服这个决定，可以复议或起诉", "You may have this decision reviewed")
_REMEDIES_WORDS = Text("途径和期限列在下面。", "Where and until when is told below.")
_SEALING = Text("正在制作盖章文件", "The sealed document is being made")
_SEALING_WORDS = Text(
    "电子证照已经生效，盖章的 PDF 稍后即可下载。", "The licence is in force; its PDF follows shortly."
)
_SEAL_WAITS = Text("盖章文件在等待用印", "The sealed document waits for the seal")
_FETCHING = Text("正在从{zone}取盖章文件", "The sealed document is on its way from {zone}")
_FETCHING_AGAIN = Text(
    "对方暂时没有回应，已尝试 {tries} 次，系统会一直重试。电子证照已经生效，可以先下载电子凭证。",
    "They do not answer for now ({tries} tries); we keep trying. The licence is in force all the same.",
)
_SAYS: Mapping[tuple[str, WaitsFor], tuple[Text, Text, str]] = {
    ("received", WaitsFor.MACHINE): (
        Text("系统正在核对材料是否齐全", "The machine checks that everything is there"),
        Text("通常一两秒内完成。", "It usually takes a second or two."),
        "all-2019#32.5",
    ),
    ("received", WaitsFor.PERSON): (
        Text("由审批人员决定是否受理", "A case officer decides on acceptance"),
        Text("逾期没有答复的，依法视为受理。", "Without an answer in time it counts as accepted, by law."),
        "all-2019#32.4",
    ),
    ("accepted", WaitsFor.MACHINE): (
        Text("系统正在对照条件逐条核对", "The machine checks the criteria one by one"),
        Text("通常一两秒内完成。", "It usually takes a second or two."),
        "all-2019#34",
    ),
    ("assessed", WaitsFor.PERSON): (
        Text("由审批人员审查并作出决定", "A case officer examines and decides"),
        Text(
            "系统只在全部条件满足时自动准予，其余一律由工作人员决定。不予的决定会写明理由和救济途径。",
            "A machine only grants, and only when every criterion is met; all else a person decides. "
            "A refusal states its reasons and your remedies.",
        ),
        "all-2019#38",
    ),
    ("granted", WaitsFor.MACHINE): (
        Text("正在签发电子证照", "The electronic licence is being issued"),
        Text("通常一两秒内完成。", "It usually takes a second or two."),
        "order-716-2019#10.1",
    ),
}
"""What the deciding zone does next, by stage and by whose turn it is."""
