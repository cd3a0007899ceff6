"""What somebody may do between zones about a case: each deed with its form, what follows, and its flow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.liaison.acts import OriginalGiven, OriginalReceived
from tongban.domain.liaison.plain import NAME_CHARS, WORDS_CHARS
from tongban.flows import act_in_name, disputes, originals
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.text import Text
from tongban.reads.liaison import CaseLiaison
from tongban.web.shared.liaison_words import COMMANDS, CONDITIONS, KINDS, TAKERS
from tongban.web.shared.parts import Choice, Field

Given = Mapping[str, str]
Fields = Callable[[CaseLiaison, Deps], list[Field]]
Run = Callable[[CaseId, Given, Actor, Deps], object]


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed.

    Args:
        fields: the questions of its form; values and problems are filled in by the page.
        run: carries it out; ``given`` holds what was typed, and ``about`` the subject.
    """

    title: Text
    consequences: tuple[Text, ...]
    fields: Fields
    run: Run
    done: Text
    law: str


def _take_fields(page: CaseLiaison, _deps: Deps) -> list[Field]:
    papers = [Choice(one.name.zh, one.name) for one in page.item.materials]
    return [
        Field("paper", Text("材料清单中的哪一份", "Which paper of the list"), "select", choices=papers),
        Field("other", Text("清单以外的原件", "A paper that is not on the list"), is_required=False,
              max_length=NAME_CHARS),
        Field("sheets", Text("页数", "Sheets"), "number", value="1"),
    ]  # fmt: skip


def _take(case_id: CaseId, given: Given, actor: Actor, deps: Deps) -> object:
    sheets = int(given["sheets"]) if given["sheets"].isascii() and given["sheets"].isdecimal() else 0
    return originals.take_original(case_id, given["other"] or given["paper"], sheets, actor, deps)


def _send_fields(_page: CaseLiaison, _deps: Deps) -> list[Field]:
    return [
        Field("carrier", Text("快递公司", "Carrier"), max_length=NAME_CHARS),
        Field("waybill", Text("运单号", "Waybill number"), max_length=NAME_CHARS, autocomplete="off"),
    ]


def _send(case_id: CaseId, given: Given, actor: Actor, deps: Deps) -> object:
    return originals.send_original(case_id, given["about"], given["carrier"], given["waybill"], actor, deps)


def _receive_fields(_page: CaseLiaison, _deps: Deps) -> list[Field]:
    conditions = [Choice(name, words) for name, words in CONDITIONS.items()]
    return [
        Field("condition", Text("收到时", "On arrival"), "choice", choices=conditions),
        Field("words", Text("说明", "Remarks"), "long_text", is_required=False, max_length=WORDS_CHARS),
    ]


def _receive(case_id: CaseId, given: Given, actor: Actor, deps: Deps) -> object:
    act = OriginalReceived(given["condition"], given["words"])
    return originals.hand_on(case_id, given["about"], act, actor, deps)


def _give_fields(_page: CaseLiaison, _deps: Deps) -> list[Field]:
    takers = [Choice(name, words) for name, words in TAKERS.items()]
    return [
        Field("to", Text("交给", "Handed to"), "choice", choices=takers),
        Field("name", Text("接收人姓名", "Name of who took it"), max_length=NAME_CHARS, autocomplete="off"),
    ]


def _give(case_id: CaseId, given: Given, actor: Actor, deps: Deps) -> object:
    return originals.hand_on(case_id, given["about"], OriginalGiven(given["to"], given["name"]), actor, deps)


def _no_fields(_page: CaseLiaison, _deps: Deps) -> list[Field]:
    return []


def _certify(case_id: CaseId, given: Given, actor: Actor, deps: Deps) -> object:
    return originals.certify_copy(case_id, given["about"], actor, deps)


def _confirm_fields(_page: CaseLiaison, _deps: Deps) -> list[Field]:
    label = Text("说明（可以不填）", "Remarks, if any")
    return [Field("words", label, "long_text", is_required=False, max_length=WORDS_CHARS)]


def _confirm(case_id: CaseId, given: Given, actor: Actor, deps: Deps) -> object:
    return originals.confirm_receipt(case_id, given["words"], actor, deps)


def _standards(case: Case, deps: Deps) -> Field:
    choices = [Choice("", Text("不引用", "None"))]
    choices += [Choice(key, label) for key, label in disputes.list_standards(case, deps).items()]
    return Field(
        "cites",
        Text("引用的已公布受理标准", "The published standard it rests on"),
        "select",
        choices=choices,
        is_required=False,
        help=_CITES_HELP,
    )


def _words() -> Field:
    return Field("words", Text("事实和理由", "Facts and reasons"), "long_text", max_length=WORDS_CHARS)


def _dispute_fields(page: CaseLiaison, deps: Deps) -> list[Field]:
    kinds = [Choice(name, words) for name, words in KINDS.items()]
    logs = [Choice("", Text("与原件无关", "No original"))]
    logs += [Choice(one.id, Text(one.paper, one.paper)) for one in page.custodies]
    return [
        Field("kind", Text("争议类型", "What it is about"), "choice", choices=kinds),
        _words(),
        _standards(page.case, deps),
        Field("original", Text("哪一份原件（邮寄丢失时）", "Which original, if post was lost"), "select",
              choices=logs, is_required=False),
    ]  # fmt: skip


def _open(case_id: CaseId, given: Given, actor: Actor, deps: Deps) -> object:
    claim = disputes.Claim(given["kind"], given["words"], given["cites"], given["original"])
    return disputes.open_dispute(case_id, claim, actor, deps)


def _answer_fields(page: CaseLiaison, deps: Deps) -> list[Field]:
    return [_words(), _standards(page.case, deps)]


def _answer(case_id: CaseId, given: Given, actor: Actor, deps: Deps) -> object:
    return disputes.answer_dispute(case_id, given["about"], given["words"], given["cites"], actor, deps)


def _escalate_fields(_page: CaseLiaison, _deps: Deps) -> list[Field]:
    return [_words()]


def _escalate(case_id: CaseId, given: Given, actor: Actor, deps: Deps) -> object:
    return disputes.escalate_dispute(case_id, given["about"], given["words"], actor, deps)


def _close_fields(page: CaseLiaison, _deps: Deps) -> list[Field]:
    zones = [Choice(zone.id, zone.short_name) for zone in (page.receiving, page.deciding)]
    return [
        Field("prevails", Text("以哪一区的意见为准", "Whose view stands"), "choice", choices=zones),
        _words(),
    ]


def _close(case_id: CaseId, given: Given, actor: Actor, deps: Deps) -> object:
    prevails = ZoneId(given["prevails"])
    return disputes.close_dispute(case_id, given["about"], prevails, given["words"], actor, deps)


def _in_name_fields(_page: CaseLiaison, _deps: Deps) -> list[Field]:
    commands = [Choice(name, words) for name, words in COMMANDS.items()]
    return [
        Field("command", Text("行为", "Act"), "choice", choices=commands),
        Field("words", Text("理由（受理可以不填）", "Reasons; not needed to accept"), "long_text",
              is_required=False, max_length=WORDS_CHARS),
    ]  # fmt: skip


def _in_name(case_id: CaseId, given: Given, actor: Actor, deps: Deps) -> object:
    return act_in_name.act_in_name(case_id, given["command"], given["words"], actor, deps)


_SIGNED = Text(
    "以您的账号签字，通报另一区，不能删改。",
    "Signed by your account, told to the other zone, and never changed or deleted.",
)
_CITES_HELP = Text(
    "由办理区认定不齐全的，必须引用已公布的清单。",
    "Where the deciding zone finds it incomplete, it must cite.",
)
_RECORDED = Text("已登记并通报另一区。", "Recorded, and told to the other zone.")
_MODE = "state-council-office-2020-35#receive-and-forward"
_CUSTODY = "demonstration-rules-2025#originals"
DEEDS: dict[str, Deed] = {
    "take": Deed(
        Text("收下原件", "Take an original in"),
        (Text("从现在起由本窗口负责保管。", "This window answers for it from now on."), _SIGNED),
        _take_fields, _take, _RECORDED, _CUSTODY,
    ),
    "send": Deed(
        Text("交快递寄出", "Give it to a carrier"),
        (Text("另一区签收以前，仍由本区负责。", "Until the other zone signs, this one answers."), _SIGNED),
        _send_fields, _send, _RECORDED, _CUSTODY,
    ),
    "receive": Deed(
        Text("签收原件", "Sign for an original"),
        (Text("签收以后由本区负责保管。", "From then on this zone answers for it."), _SIGNED),
        _receive_fields, _receive, _RECORDED, _CUSTODY,
    ),
    "give": Deed(
        Text("移交、交还或者归档", "Hand it on, give it back, or file it"),
        (_SIGNED,), _give_fields, _give, _RECORDED, _CUSTODY,
    ),
    "certify": Deed(
        Text("签署“与原件核对无误”", "Sign for a faithful copy"),
        (Text("您已当面核对扫描件与原件一致。", "You compared it with the original yourself."), _SIGNED),
        _no_fields, _certify, _RECORDED, _MODE,
    ),
    "confirm": Deed(
        Text("确认收件", "Confirm receipt"),
        (Text("这不是受理。", "This is no acceptance."), _SIGNED),
        _confirm_fields, _confirm, _RECORDED, "demonstration-rules-2025#forwarding",
    ),
    "dispute": Deed(
        Text("提出争议", "Open a dispute"),
        (Text("对方须在规定期限内答复。", "The other zone answers within the days of the rule."), _SIGNED),
        _dispute_fields, _open, _RECORDED, "business-environment-2019#35",
    ),
    "answer": Deed(
        Text("答复", "Answer"), (_SIGNED,), _answer_fields, _answer, _RECORDED, "business-environment-2019#35"
    ),
    "escalate": Deed(
        Text("提请处理", "Take it further"),
        (Text("按争议类型提请联席会议或者共同的上级。",
              "To the alliance's table or the common superior, as its kind says."), _SIGNED),
        _escalate_fields, _escalate, _RECORDED, "business-environment-2019#35",
    ),
    "close": Deed(
        Text("办结争议", "Settle the dispute"), (_SIGNED,), _close_fields, _close, _RECORDED,
        "business-environment-2019#35",
    ),
    "in-name": Deed(
        Text("以办理区的名义办理", "Act in the deciding zone's name"),
        (Text("只有现行有效、两区都已公告的委托才行；后果由委托机关承担。",
              "Only under a delegation in force that both have published; the delegating authority answers."),
         _SIGNED),
        _in_name_fields, _in_name,
        Text("已发往办理区，由其核对委托后记入办件。",
             "Sent; the deciding zone checks the delegation and records it in the case."),
        "all-2019#24",
    ),
}  # fmt: skip
