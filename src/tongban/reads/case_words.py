"""The sentences of a case page: actors, channels, trust, what happened, what comes next."""

from collections.abc import Mapping
from datetime import date

from tongban.domain.evidence.exchange import HoldingFault, Trust
from tongban.domain.rules.words import show_date
from tongban.kernel.text import Text


def as_is(words: object) -> Text:
    """Return something that reads the same in both languages: a number, a name, a reason somebody typed."""
    return Text(str(words), str(words))


def value_words(value: object, labels: Mapping[str, Text]) -> tuple[Text, ...]:
    """Return a plain value as people read it: a choice by its label, a date in words, each part of a list."""
    match value:
        case None | "":
            return ()
        case bool():
            return (YES if value else NO,)
        case date():
            return (show_date(value),)
        case list() | tuple():
            return tuple(words for part in value for words in value_words(part, labels))
    return (labels.get(str(value), as_is(value)),)


def why_not_held(reason: str) -> Text:
    """Return why a holder sent nothing; a code nobody knows is shown as it came."""
    try:
        return WHY_NOT_HELD[HoldingFault(reason)]
    except ValueError:
        return as_is(reason)


def why_refused(code: str) -> Text:
    """Return why another zone did not carry out an act, from the code in its receipt."""
    return WHY_REFUSED.get(code, _REFUSED_OTHERWISE)


def after_refusal(*, is_open: bool) -> Text:
    """Return what the applicant does after an act that came to nothing."""
    return _AFTER_REFUSAL if is_open else _AFTER_END


WHY_REFUSED: Mapping[str, Text] = {
    "procedure.not-now": Text(
        "办件已经进入下一阶段，这一步不能再做了。", "The case had moved on, and this is no longer open."
    ),
    "procedure.not-you": Text("按规定您的身份不能做这一步。", "By the rules this act is not yours to do."),
    "message.not-here": Text("对方没有收到过这件申请。", "They have never received this application."),
    "message.expired": Text(
        "对方一直联系不上，这次操作已超过有效时间。", "They could not be reached until the act had expired."
    ),
    "message.too-large": Text("提交的内容过大。", "What was handed in is too large."),
    "message.wrong-route": Text("对方不是这件申请的办理地。", "They do not decide this case."),
    "message.malformed": Text("对方无法读取提交的内容。", "They could not read what was handed in."),
    "party.wrong-number": Text(
        "来人的号码不是这件申请的申请人或代理人。",
        "The number of who came is not of the applicant or agent of this case.",
    ),
    "mandate.none": Text("来人没有有效的授权委托。", "Who came holds no authorisation that is in force."),
    "correction.unchanged": Text("没有改动任何内容。", "Nothing was changed by it."),
    "answer.missing": Text(
        "补正以后仍有必填的内容没有填写，请对照补正通知书补齐。",
        "Something required is still missing with this correction; compare the correction notice.",
    ),
}
_REFUSED_OTHERWISE = Text("对方核对后没有接受。", "They checked it and did not accept it.")
_AFTER_REFUSAL = Text(
    "这次操作没有生效，办件仍照原样进行。请先看办件现在的状态，需要时再做一次；仍然不行的，请到任一高新区窗口办理。",
    "Nothing was changed; the case goes on as it was. See where it stands, and do it again if it is still "
    "needed; if it fails again, any zone's window will do it for you.",
)
_AFTER_END = Text(
    "这次操作没有生效：办件已经办结。对决定不服的，可以复议或起诉；需要时可以重新申请。",
    "Nothing was changed: the case has ended. You may have a decision reviewed, or apply anew.",
)
YES, NO = Text("是", "Yes"), Text("否", "No")
ACTORS: Mapping[str, Text] = {
    "applicant": Text("申请人", "The applicant"),
    "machine": Text("系统，按公布的规则", "The machine, by published rules"),
    "clerk": Text("窗口人员", "Window clerk"),
    "officer": Text("审批人员", "Case officer"),
    "head": Text("审批负责人", "Head of approvals"),
    "authority": Text("有权机关", "The authority that decides"),
    "time": Text("期限届满，依法自动发生", "Time itself, as the law says"),
}
CHANNELS: Mapping[str, Text] = {
    "online": Text("网上", "online"),
    "window": Text("窗口", "at the window"),
    "kiosk": Text("自助终端", "at a kiosk"),
    "api": Text("程序接口", "by a program"),
}
TRUST_WORDS: Mapping[Trust, Text] = {
    Trust.ISSUED: Text("A 级：主管机关出具", "Grade A: issued by the authority itself"),
    Trust.CHECKED_COPY: Text("B 级：与原件核对一致", "Grade B: a copy checked against the original"),
    Trust.UPLOADED: Text("C 级：申请人上传，由工作人员核对", "Grade C: uploaded, a person compares it"),
    Trust.SELF_DECLARED: Text("D 级：申请人自行声明", "Grade D: the applicant's own statement"),
    Trust.SHARED_DATA: Text("登记共享数据，系统可以采信", "Shared register data, a machine may rely on it"),
}
WHY_NOT_HELD: Mapping[HoldingFault, Text] = {
    HoldingFault.NOTHING_HELD: Text("登记中没有这项记录。", "The register holds no such record."),
    HoldingFault.AMBIGUOUS: Text("查到多条记录，无法确定是哪一条。", "Several records fit; none is certain."),
    HoldingFault.NOT_AUTHORISED: Text("对方认为依据不足，没有提供。", "They found the ground wanting."),
    HoldingFault.UNKNOWN_KIND: Text("对方没有这类登记。", "They keep no such register."),
    HoldingFault.UNREACHABLE: Text(
        "对方一直没有回应，已停止等待。", "They never answered; the wait is over."
    ),
    HoldingFault.UNUSABLE: Text("对方的答复无法使用。", "Their answer cannot be used."),
}

ASKED = Text("向{zone}查询：{kinds}", "Asked {zone} for: {kinds}")
UPLOADED = Text("收到上传的副本", "A copy was uploaded")
NOBODY_HOLDS = Text("三个高新区都没有这项登记", "No zone keeps this register")
CHANGED = Text("改动：{names}", "Changed: {names}")
PERSON = Text(
    "此后系统不再自动作出决定，排队位置不变。",
    "From now on no machine decides; the place in the queue is kept.",
)
TOLD_AGAIN = Text("再次告知的理由：{why}", "Why it is told a second time: {why}")
TO_CORRECT = Text(
    "共 {n} 项，已一次性全部告知：", "{n} in all; everything is told at once, nothing is added later:"
)
BY_SILENCE = Text(
    "期限内没有告知补正，依法自收到申请之日起即为受理。",
    "Nothing was said in time, so by law it counts as accepted from the day of receipt.",
)
CLOCK_STARTS = Text("从这一步起计算办理期限。", "The time limit runs from this step.")
MARKS = Text(
    "共 {total} 项条件：{met} 项符合，{unmet} 项不符合，{unknown} 项无法确定。",
    "{total} criteria: {met} met, {unmet} not met, {unknown} cannot be known.",
)
BY_RULES = Text(
    "全部条件满足，按公布的规则（第 {version} 版）自动准予。",
    "Every criterion is met: granted automatically under the published rules (version {version}).",
)
ENTERED = Text("已写入：{register}。", "Entered in: {register}.")
DOCUMENT = Text("PDF，{kb} KB。", "PDF, {kb} KB.")
HANDED_IN = Text("在{zone}{channel}提交。", "Handed in {channel}, {zone}.")
TAKEN_IN = Text("由窗口人员 {by} 收件。", "Taken in by {by}.")
DECIDED_IN = Text("由{zone}办理，申请已转交。", "{zone} decides; the application goes there.")
NOT_ACCEPTANCE = Text("收件不等于受理。", "Receipt is not acceptance.")
DELIVER = Text("最迟送达", "Deliver at the latest")

DUE_WORDS: Mapping[str, Text] = {
    "correction-notice": Text(
        "最迟告知是否需要补正，逾期即视为受理",
        "You are told by then of anything to correct; else it is accepted",
    ),
    "statutory": Text("最迟作出决定（法定期限）", "Decided at the latest (statutory limit)"),
    "promised": Text("承诺办结", "Decided, as the zone promises"),
}
"""What must come by the end of each clock of ``domain.case.due``."""

LEFT = Text("还剩 {zh}", "{en} left")
LAST_DAY = Text("今天是最后一天", "Today is the last day")
OVERDUE = Text("已超期 {zh}", "Overdue by {en}")
DATE_TO_FOLLOW = Text("日期待定", "Date to follow")
HOW_RECEIVED = Text("怎样领取结果", "How the result is received")
FILE_HANDED_IN = Text("已上传", "Uploaded")
FROM_FORM = Text("申请表", "the application form")
FROM_ACCOUNT = Text("账号实名信息", "the account's verified identity")
FROM_CASE = Text("办件记录", "the case's record")
REGISTER_OF = Text("{zone}{register}", "{register}, {zone}")
