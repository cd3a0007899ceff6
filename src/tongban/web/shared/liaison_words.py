"""What zones owe each other, in words: states with their colours, kinds, steps, acts."""

from datetime import date

from tongban.domain.liaison.acts import (
    ActedInName,
    DelegationEnded,
    DelegationProposed,
    DelegationPublished,
    DisputeAnswered,
    DisputeClosed,
    DisputeEscalated,
    DisputeOpened,
    OriginalGiven,
    OriginalReceived,
    OriginalSent,
    OriginalTaken,
    ZoneAct,
)
from tongban.domain.rules.words import show_date
from tongban.kernel.text import Text
from tongban.web.shared.parts import Light, Tag

PLACES = {
    "held": Tag(Text("在手", "In hand"), "blue"),
    "on-the-way": Tag(Text("在途", "On its way"), "yellow"),
    "returned": Tag(Text("已交还申请人", "Given back"), "green"),
    "archived": Tag(Text("已归档", "Archived"), "green"),
}
KINDS = {
    "completeness": Text("材料是否齐全", "Completeness"),
    "competence": Text("由谁办理", "Competence"),
    "lost-post": Text("邮寄丢失", "Lost post"),
    "data": Text("数据不一致", "Conflict of data"),
}
STATES = {
    "open": Tag(Text("待答复", "To be answered"), "yellow"),
    "answered": Tag(Text("已答复", "Answered"), "blue"),
    "escalated": Tag(Text("已提请处理", "Taken further"), "yellow"),
    "closed": Tag(Text("已办结", "Settled"), "green"),
}
DELEGATIONS = {
    "unpublished": Tag(Text("待公告", "Not published"), "yellow"),
    "ahead": Tag(Text("未到起始日", "Not begun"), "blue"),
    "in-force": Tag(Text("有效", "In force"), "green"),
    "over": Tag(Text("已到期", "Run out"), "grey"),
    "ended": Tag(Text("已终止", "Ended"), "grey"),
}
COMMANDS = {
    "Accept": Text("受理", "Accept"),
    "Decline": Text("不予受理", "Decline"),
    "Grant": Text("准予", "Grant"),
    "Refuse": Text("不予许可", "Refuse"),
}
ESCALATED_TO = {
    "table": Text("三区联席会议", "the alliance's table"),
    "superior": Text("共同的上级机关", "the common superior"),
}
TAKERS = {
    "colleague": Text("本区同事", "A colleague here"),
    "applicant": Text("申请人（当面取回）", "The applicant, in person"),
    "archive": Text("档案", "The archive"),
}
CONDITIONS = {"intact": Text("完好", "Intact"), "damaged": Text("有损", "Damaged")}


def day_light(due_on: date | None, today: date) -> Light | None:
    """Return how a day stands: green ahead, yellow on the day, red behind it; None without one."""
    if due_on is None:
        return None
    colour = "red" if due_on < today else "yellow" if due_on == today else "green"
    return Light(colour, show_date(due_on))  # type: ignore[arg-type]


def say_act(told: ZoneAct) -> tuple[Text, Text]:
    """Return what was done, and the particulars in words."""
    match told.act:
        case OriginalTaken(paper=paper, sheets=sheets):
            return _TAKEN, Text(f"{paper}，{sheets} 页", f"{paper}, sheets: {sheets}")
        case OriginalSent(carrier=carrier, waybill=waybill):
            return _SENT, Text(f"{carrier} {waybill}", f"{carrier} {waybill}")
        case OriginalReceived(condition=condition, words=words):
            said = CONDITIONS.get(condition, Text(condition, condition))
            return _RECEIVED, Text(f"{said.zh} {words}".strip(), f"{said.en} {words}".strip())
        case OriginalGiven(to=to, name=name):
            said = TAKERS.get(to, Text(to, to))
            return _GIVEN, Text(f"{said.zh}：{name}", f"{said.en}: {name}")
        case DelegationProposed(words=words) | DisputeOpened(words=words) as begun:
            title = _PROPOSED if isinstance(begun, DelegationProposed) else _OPENED
            return title, Text(words, words)
        case DelegationPublished(notice=notice):
            return _PUBLISHED, Text(notice, notice)
        case DelegationEnded(reason=reason):
            return _ENDED, Text(reason, reason)
        case ActedInName(command=command, words=words):
            said = COMMANDS.get(command, Text(command, command))
            return _ACTED, Text(f"{said.zh} {words}".strip(), f"{said.en} {words}".strip())
        case DisputeAnswered(words=words):
            return _ANSWERED, Text(words, words)
        case DisputeEscalated(words=words, to=to):
            further = ESCALATED_TO.get(to, Text(to, to))
            return Text(f"提请{further.zh}", f"Taken to {further.en}"), Text(words, words)
        case DisputeClosed(words=words):
            return _CLOSED, Text(words, words)
    return Text("记录", "Recorded"), Text("", "")


_TAKEN = Text("窗口收下原件", "Taken in at the window")
_SENT = Text("交快递寄出", "Given to a carrier")
_RECEIVED = Text("签收", "Received and signed for")
_GIVEN = Text("移交", "Handed on")
_PROPOSED = Text("提出委托", "Proposed")
_PUBLISHED = Text("公告", "Published")
_ENDED = Text("终止", "Ended")
_ACTED = Text("以委托机关名义办理", "Done in the authority's name")
_OPENED = Text("提出争议", "Opened")
_ANSWERED = Text("答复", "Answered")
_CLOSED = Text("办结", "Settled")
