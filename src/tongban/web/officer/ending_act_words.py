"""Acts of the beginning and the end: what each is called, what it asks for, and what follows from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tongban.domain.case.ending import Delivered
from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.flows import end_licence, tell_at_once
from tongban.flows.archive_case import archive_case
from tongban.flows.deliver import deliver
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.web.officer.act_parts import LOGGED, TOLD


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed into the form of such an act; what an act does not ask for is empty."""

    reasons: Text
    ground: str = ""
    act: str = ""
    authority: str = ""
    number: str = ""
    way: str = ""
    received_by: str = ""
    waybill: str = ""
    delivered_on: date | None = None
    is_checked: bool = False
    note: str = ""


Carry = Callable[[CaseId, Words, Actor, Deps], Case]


@dataclass(frozen=True, slots=True)
class EndingAct:
    """One act; as ``act_parts.Act``, with the names of the fields that it asks for."""

    slug: str
    command: str
    title: Text
    help: Text
    done: Text
    asks: tuple[str, ...]
    consequences: tuple[Text, ...]
    carry: Carry
    is_harmful: bool = True
    tells_remedies: bool = False

    @property
    def confirm(self) -> Text:
        """The words of the button that does it."""
        return Text(f"确认：{self.title.zh}", self.title.en)

    @property
    def asks_reasons(self) -> bool:
        """Whether reasons are asked for."""
        return "reasons" in self.asks


def _deliver(case_id: CaseId, words: Words, actor: Actor, deps: Deps) -> Case:
    on = words.delivered_on or date.max  # a missing day is told as one that lies ahead
    delivered = Delivered(
        words.way, words.received_by, on, deps.zone, words.waybill, words.authority, words.is_checked,
        words.note,
    )  # fmt: skip
    return deliver(case_id, delivered, actor, deps)


_GROUNDED = ("ground", "reasons")
_GONE = Text(
    "证照状态立即更新、记入账本，全社会可以核验。",
    "The register and the ledger say so at once; anybody can check.",
)
_UNDO = Text(
    "作错了只能另作决定撤销，记录不会删除。", "A wrong act is undone by a decision; nothing is deleted."
)
ENDING_ACTS: tuple[EndingAct, ...] = (
    EndingAct(
        "not-needed",
        "TellNotNeeded",
        Text("告知无需办理", "Tell that nothing is needed"),
        Text("依法不需要取得许可的，即时告知。", "Where the law asks for no permission, tell it at once."),
        Text("已告知无需办理。", "Told that nothing is needed."),
        ("reasons",),
        (Text("办件到此结束。", "The case ends here."), TOLD, LOGGED),
        lambda case_id, words, actor, deps: tell_at_once.tell_not_needed(case_id, words.reasons, actor, deps),
        tells_remedies=True,
    ),
    EndingAct(
        "not-competent",
        "TellNotCompetent",
        Text("不属于本机关职权", "Not our power"),
        Text("写明应当向哪个机关申请。", "Name the authority to which to apply."),
        Text("已作出不予受理决定，并告知应向谁申请。", "Not accepted; the competent authority was named."),
        ("authority", "reasons"),
        (Text("办件到此结束。", "The case ends here."), TOLD, LOGGED),
        lambda case_id, words, actor, deps: tell_at_once.tell_not_competent(
            case_id, Text(words.authority, words.authority), words.reasons, actor, deps
        ),
        tells_remedies=True,
    ),
    EndingAct(
        "deliver",
        "RecordDelivery",
        Text("登记送达", "Record the delivery"),
        Text(
            "邮寄、窗口领取或者电子送达，写明由谁签收、有什么凭据。",
            "By post, at a window or electronically: who received it, and what proves it.",
        ),
        Text("送达已登记，送达回证随后生成。", "Recorded; the proof of service is written."),
        ("way", "received_by", "delivered_on", "waybill", "authority", "checked", "note"),
        (
            Text(
                "生成送达回证；送达期限不再计算。",
                "The proof of service is written, and the clock of delivery ends.",
            ),
            LOGGED,
        ),
        _deliver,
        is_harmful=False,
    ),
    EndingAct(
        "propose",
        "ProposeEnding",
        Text("拟撤回或者撤销许可", "Propose to withdraw or void"),
        Text(
            "先告知被许可人，听取陈述、申辩，由负责人决定。",
            "The holder is told and may state their case; the head decides.",
        ),
        Text("已告知被许可人可以陈述、申辩。", "The holder was told, and may state their case."),
        ("proposal", "reasons"),
        (Text("证照在决定以前仍然有效。", "The licence stays in force until it is decided."), TOLD, LOGGED),
        lambda case_id, words, actor, deps: end_licence.propose_ending(
            case_id, words.act, words.ground, words.reasons, actor, deps
        ),
    ),
    EndingAct(
        "drop",
        "DropProposal",
        Text("不再作出拟定的处理", "Drop what was proposed"),
        Text("写明理由。", "Say why."),
        Text("拟定的处理不再作出。", "What was proposed is not done."),
        ("reasons",),
        (Text("证照继续有效。", "The licence stays in force."), TOLD, LOGGED),
        lambda case_id, words, actor, deps: end_licence.drop_proposal(case_id, words.reasons, actor, deps),
        is_harmful=False,
    ),
    EndingAct(
        "withdraw-licence",
        "WithdrawLicence",
        Text("撤回许可", "Withdraw the licence"),
        Text(
            "合法取得的许可，因法律或者客观情况变化收回，应当补偿。",
            "A lawful licence is taken back as law or circumstances changed, with compensation.",
        ),
        Text("许可已撤回。", "The licence was withdrawn."),
        _GROUNDED,
        (_GONE, _UNDO, TOLD, LOGGED),
        lambda case_id, words, actor, deps: end_licence.withdraw_licence(
            case_id, words.ground, words.reasons, actor, deps
        ),
        tells_remedies=True,
    ),
    EndingAct(
        "void-licence",
        "VoidLicence",
        Text("撤销许可", "Void the licence"),
        Text(
            "不该准予而准予的，或者以欺骗取得的。",
            "Granted though it should not have been, or obtained by fraud.",
        ),
        Text("许可已撤销。", "The licence was voided."),
        _GROUNDED,
        (
            _GONE,
            Text(
                "可能对公共利益造成重大损害的，不予撤销。",
                "Not where the public interest would suffer gravely.",
            ),
            _UNDO,
            TOLD,
            LOGGED,
        ),
        lambda case_id, words, actor, deps: end_licence.void_granted(
            case_id, words.ground, words.reasons, actor, deps
        ),
        tells_remedies=True,
    ),
    EndingAct(
        "cancel-licence",
        "CancelLicence",
        Text("注销许可", "Cancel the licence"),
        Text("许可已经终止的，办理注销手续。", "The formalities of a licence that has ended."),
        Text("许可已注销。", "The licence was cancelled."),
        _GROUNDED,
        (_GONE, _UNDO, TOLD, LOGGED),
        lambda case_id, words, actor, deps: end_licence.cancel_licence(
            case_id, words.ground, words.reasons, actor, deps
        ),
        tells_remedies=True,
    ),
    EndingAct(
        "revoke-licence",
        "RevokeLicence",
        Text("登记吊销", "Record a revocation"),
        Text(
            "依据处罚机关的决定书登记，写明机关和文号。",
            "On another authority's decision of punishment; name it and its number.",
        ),
        Text("吊销已登记。", "The revocation was recorded."),
        ("ground", "authority", "number", "reasons"),
        (_GONE, _UNDO, TOLD, LOGGED),
        lambda case_id, words, actor, deps: end_licence.revoke_licence(
            case_id, words.ground, words.reasons, (words.authority, words.number), actor, deps
        ),
        tells_remedies=True,
    ),
    EndingAct(
        "restore-licence",
        "RestoreLicence",
        Text("撤销原处理、恢复许可", "Undo the act; the licence stands again"),
        Text(
            "原处理有错的，作出新的决定；原记录保留。",
            "Where an act was wrong: a new decision; the record stays.",
        ),
        Text("许可已恢复。", "The licence stands again."),
        ("reasons",),
        (_GONE, TOLD, LOGGED),
        lambda case_id, words, actor, deps: end_licence.restore_licence(case_id, words.reasons, actor, deps),
        is_harmful=False,
    ),
    EndingAct(
        "archive",
        "ArchiveCase",
        Text("归档封存", "Archive the file"),
        Text(
            "文书、证照、办理记录封存成一个文件，清单摘要记入账本。",
            "Documents, licence and history are sealed in one package; its list goes into the ledger.",
        ),
        Text("已归档。", "Archived."),
        (),
        (
            Text(
                "归档以后，除法定的后续处理外不能再作任何操作。",
                "Afterwards only the later acts of the law can be done.",
            ),
            LOGGED,
        ),
        lambda case_id, _, actor, deps: archive_case(case_id, actor, deps),
        is_harmful=False,
    ),
)
ENDING_BY_SLUG = {act.slug: act for act in ENDING_ACTS}
ENDING_BY_COMMAND = {act.command: act for act in ENDING_ACTS}
