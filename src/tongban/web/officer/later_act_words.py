"""Acts of an officer that not every procedure has: returning papers, lengthening, objections, undoing."""

from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.flows import make_decision, record_check
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.web.officer.act_parts import LOGGED, TOLD, Act, no_carry


def _open_wait(case_id: CaseId, _reasons: Text, actor: Actor, deps: Deps) -> Case:
    return make_decision.open_wait(case_id, actor, deps)


def _object(case_id: CaseId, reasons: Text, actor: Actor, deps: Deps) -> Case:
    return record_check.record_objection(case_id, "有关部门", reasons, actor, deps)


LATER_ACTS: tuple[Act, ...] = (
    Act(
        slug="return",
        command="Return",
        title=Text("退回材料", "Return the papers"),
        help=Text(
            "材料不齐或不合形式的，退回并一次性告知。", "Incomplete papers go back, with one complete list."
        ),
        confirm=Text("确认退回", "Return the papers"),
        done=Text("材料已退回，已一次性告知。", "The papers went back with one complete list."),
        asks_reasons=False,
        is_harmful=True,
        tells_remedies=False,
        consequences=(
            Text(
                "这个办件到此结束，补齐后作为新的办件提交。",
                "This case ends; what is completed is a new case.",
            ),
            LOGGED,
        ),
        carry=no_carry,
    ),
    Act(
        slug="extend",
        command="Extend",
        title=Text("延长期限", "Extend the time"),
        help=Text(
            "情形复杂的，由负责人批准延长一次。", "A complex case may be given more time, once, by the head."
        ),
        confirm=Text("批准延长", "Extend the time"),
        done=Text("期限已延长。", "The time was extended."),
        asks_reasons=True,
        is_harmful=False,
        tells_remedies=False,
        consequences=(
            Text("法定期限按条文延长一次。", "The limit is lengthened once, as the article says."),
            TOLD,
            LOGGED,
        ),
        carry=record_check.extend_limit,
    ),
    Act(
        slug="open-wait",
        command="OpenWait",
        title=Text("推送有关部门征询异议", "Invite objections"),
        help=Text("形式审查通过的，先征询异议。", "Once the form is in order, others may object first."),
        confirm=Text("开始征询", "Invite objections"),
        done=Text(
            "已开始征询异议。期满无异议的自动办结。",
            "Objections are invited; without one it is done by itself.",
        ),
        asks_reasons=False,
        is_harmful=False,
        tells_remedies=False,
        consequences=(
            Text(
                "期满无异议，系统办结；有异议，由工作人员处理。",
                "Without an objection in time it is done; with one a person decides.",
            ),
            LOGGED,
        ),
        carry=_open_wait,
    ),
    Act(
        slug="object",
        command="Object",
        title=Text("记录有关部门的异议", "Record an objection"),
        help=Text("写明哪个部门、什么异议。", "Say which department objects, and to what."),
        confirm=Text("记录异议", "Record the objection"),
        done=Text("异议已记录，由工作人员处理。", "The objection was recorded; a person decides."),
        asks_reasons=True,
        is_harmful=True,
        tells_remedies=False,
        consequences=(Text("不再自动办结。", "It is no longer done by itself."), TOLD, LOGGED),
        carry=_object,
    ),
    Act(
        slug="void",
        command="Void",
        title=Text("撤销决定", "Undo the decision"),
        help=Text(
            "承诺经核查不实的，撤销凭承诺作出的决定。", "A decision on a promise that was broken is undone."
        ),
        confirm=Text("确认撤销", "Undo the decision"),
        done=Text("决定已撤销，证照状态已更新。", "The decision was undone; the licence says so."),
        asks_reasons=True,
        is_harmful=True,
        tells_remedies=True,
        consequences=(
            Text(
                "证照立即失效并记入账本，全社会可以核验。",
                "The licence is void at once, logged, and anybody can see it.",
            ),
            TOLD,
            LOGGED,
        ),
        carry=record_check.void_licence,
    ),
    Act(
        slug="end",
        command="EndBenefit",
        title=Text("终止发放", "End the benefit"),
        help=Text("不再符合条件的，写明理由。", "Where the conditions no longer hold; say why."),
        confirm=Text("确认终止", "End the benefit"),
        done=Text("已终止发放。", "The benefit was ended."),
        asks_reasons=True,
        is_harmful=True,
        tells_remedies=True,
        consequences=(
            Text("不再发放，凭证注销。", "Nothing more is paid; the certificate is cancelled."),
            TOLD,
            LOGGED,
        ),
        carry=record_check.end_benefit,
    ),
)
