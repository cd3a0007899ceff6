"""The acts of an officer: what each is called, what it asks for, and what follows when it is confirmed."""

from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.flows import make_decision
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.web.officer.act_parts import LOGGED, TOLD, Act, no_carry
from tongban.web.officer.later_act_words import LATER_ACTS


def _accept(case_id: CaseId, _reasons: Text, actor: Actor, deps: Deps) -> Case:
    return make_decision.accept_by_hand(case_id, actor, deps)


ACTS: tuple[Act, ...] = (
    Act(
        slug="accept",
        command="Accept",
        title=Text("受理", "Accept"),
        help=Text(
            "材料齐全、符合形式，或已人工核对补齐。",
            "The application is complete, or you have checked what was missing.",
        ),
        confirm=Text("确认受理", "Accept the application"),
        done=Text("已受理。法定办理期限从今天起计算。", "Accepted. The statutory limit runs from today."),
        asks_reasons=False,
        is_harmful=False,
        tells_remedies=False,
        consequences=(
            Text("法定办理期限从今天起计算。", "The statutory time limit begins to run today."),
            Text("材料是否齐全由您负责。", "You answer for the application being complete."),
            Text(
                "系统随即逐条核对条件；转人工的办件不会自动作出决定。",
                "The criteria are then checked one by one; what is with a person is not decided by itself.",
            ),
            LOGGED,
        ),
        carry=_accept,
    ),
    Act(
        slug="correction",
        command="RequestCorrection",
        title=Text("一次性告知补正", "Request corrections"),
        help=Text(
            "把全部需要补正的内容列成一张清单，只告知一次。",
            "One list with everything that must be corrected, once.",
        ),
        confirm=Text("发出补正通知", "Send the correction notice"),
        done=Text("补正通知已发出，等待申请人补正。", "The notice is out; the case waits for the applicant."),
        asks_reasons=False,
        is_harmful=False,
        tells_remedies=False,
        consequences=(
            Text(
                "申请人一次看到全部内容，可以在收件地或办理地补正，网上、窗口均可。",
                "The applicant sees everything at once and may answer where it was received or is decided.",
            ),
            Text(
                "此后不得再因同类问题要求补正。",
                "Nothing that could have been said now may be asked for later.",
            ),
            LOGGED,
        ),
        carry=no_carry,
    ),
    Act(
        slug="decline",
        command="Decline",
        title=Text("不予受理", "Decline"),
        help=Text(
            "依法不需要办理，或不属于本机关职权；写明理由和应向谁申请，系统附上复议和诉讼的途径。",
            "No licence is needed, or another authority is competent; say why, and whom to ask. "
            "Review and suit are told with it.",
        ),
        confirm=Text("确认不予受理", "Decline the application"),
        done=Text(
            "已作出不予受理决定，复议和诉讼途径已一并告知。",
            "Declined; the ways of review and suit were told with it.",
        ),
        asks_reasons=True,
        is_harmful=True,
        tells_remedies=True,
        consequences=(
            Text(
                "办件到此结束，申请人须重新申请。",
                "The case ends here; the applicant would have to apply anew.",
            ),
            Text(
                "向申请人出具书面决定，写明理由和日期。",
                "The applicant gets it in writing, with reasons and date.",
            ),
            Text(
                "下列复议和诉讼途径与理由一并告知申请人。",
                "The ways of review and suit below are told together with your reasons.",
            ),
            TOLD,
            LOGGED,
        ),
        carry=make_decision.decline,
    ),
    Act(
        slug="grant",
        command="Grant",
        title=Text("准予", "Grant"),
        help=Text(
            "条件已经满足，或经您核对可以认定满足；写明理由。",
            "The criteria are met, or you found them met; say why.",
        ),
        confirm=Text("确认准予", "Grant the application"),
        done=Text("已准予，电子证照已签发。", "Granted; the electronic licence has been issued."),
        asks_reasons=True,
        is_harmful=False,
        tells_remedies=False,
        consequences=(
            Text(
                "立即签发电子证照并记入账本，全社会可以核验。",
                "The electronic licence is issued at once and logged; anybody can check it.",
            ),
            Text(
                "签发后不能撤回，只能依法另行撤销或注销。",
                "It cannot be taken back; revoking is an act of its own.",
            ),
            TOLD,
            LOGGED,
        ),
        carry=make_decision.grant,
    ),
    Act(
        slug="refuse",
        command="Refuse",
        title=Text("不予", "Refuse"),
        help=Text(
            "条件不能满足；写明理由，系统附上复议和诉讼的途径。",
            "The criteria cannot be met; say why. Review and suit are told with it.",
        ),
        confirm=Text("确认不予", "Refuse the application"),
        done=Text(
            "已作出不予决定，复议和诉讼途径已一并告知。",
            "Refused; the ways of review and suit were told with it.",
        ),
        asks_reasons=True,
        is_harmful=True,
        tells_remedies=True,
        consequences=(
            Text("申请不予准许，办件到此结束。", "The application is refused and the case ends here."),
            Text(
                "下列复议和诉讼途径与理由一并告知申请人。",
                "The ways of review and suit below are told together with your reasons.",
            ),
            TOLD,
            LOGGED,
        ),
        carry=make_decision.refuse,
    ),
)
ALL_ACTS = (*ACTS, *LATER_ACTS)
ACTS_BY_SLUG = {act.slug: act for act in ALL_ACTS}
ACTS_BY_COMMAND = {act.command: act for act in ALL_ACTS}
