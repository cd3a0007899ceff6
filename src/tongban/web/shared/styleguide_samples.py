"""Made-up content for the style guide: a value for every part."""

from datetime import UTC, date, datetime

from tongban.domain.law import Act, Article
from tongban.kernel.errors import Problem
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text
from tongban.web.shared import parts

_DAY = date(2026, 11, 23)
_AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
_WUXI = Text("无锡高新区", "Wuxi WND")
_CHANGZHOU = Text("常州国家高新区行政审批局（演示）", "Changzhou Approval Bureau (demonstration)")
_SOURCE = parts.Source(_WUXI, Text("营业执照登记", "business register"), date(2026, 11, 21))
_ACT = Act(
    "specimen-2026",
    Text("样张", "Specimen"),
    Text("样张", "Specimen"),
    Text("样张", "Specimen"),
    "",
    _DAY,
    None,
    "",
)
SPECIMEN = Article(
    LawKey("specimen-2026#1"),
    _ACT,
    Text("《样张》第一条", "Specimen, art. 1"),
    Text("这里用一句话说明条文的意思。", "Here one line says what the article means."),
    "这是样张，不是法律。展开之后，这里显示条文原文。",
    _DAY,
    None,
    True,
    {},
    {},
)


def list_fields() -> list[parts.Field]:
    """Return questions of every kind, some of them answered wrongly."""
    return [*_prefilled_fields(), *_wrong_fields(), *_chosen_fields(), *_open_fields()]


def _prefilled_fields() -> list[parts.Field]:
    """Questions that a register has answered."""
    return [
        parts.Field(
            "answers.parent",
            Text("总社名称", "Parent agency"),
            value="太湖云帆旅行社有限公司（虚构）",
            source=_SOURCE,
            is_locked=True,
            help=Text("由登记机关提供，不需要填写。", "Supplied by the register; nothing to fill in."),
        ),
        parts.Field(
            "answers.branch",
            Text("分社名称", "Name of the branch"),
            value="新北分社",
            max_length=60,
            source=_SOURCE,
            help=Text("可以改。建议用“总社名称＋地名＋分社”。", "You may change it."),
        ),
    ]


def _wrong_problems() -> tuple[Problem, Problem]:
    """What is wrong with the two answers below."""
    scope = Problem(
        "answers.scope",
        Text("分社的业务范围超出了总社", "The branch would do more than its parent may"),
        "answers.scope",
        "specimen-2026#1",
        Text(
            "请去掉“出境旅游”，或先为总社办理增项。", "Leave out outbound travel, or extend the parent first."
        ),
    )
    area = Problem(
        "answers.area",
        Text("面积要填数字，您填的是“八十”", "The area must be a number; you wrote “eighty”"),
        "answers.area",
        next_step=Text("例如：80 或 80.5。", "For example: 80 or 80.5."),
    )
    return scope, area


def _wrong_fields() -> list[parts.Field]:
    """Questions answered wrongly."""
    scope, area = _wrong_problems()
    scopes = (
        parts.Choice("domestic", Text("国内旅游", "Domestic travel")),
        parts.Choice("inbound", Text("入境旅游", "Inbound travel")),
        parts.Choice(
            "outbound",
            Text("出境旅游", "Outbound travel"),
            Text("总社须已取得出境业务许可", "The parent must hold the outbound licence"),
        ),
    )
    return [
        parts.Field(
            "answers.scope",
            Text("分社的业务范围", "What the branch will do"),
            "choices",
            values=("domestic", "outbound"),
            choices=scopes,
            problems=(scope,),
            law="specimen-2026#1",
        ),
        parts.Field(
            "answers.area",
            Text("经营场所面积", "Floor area"),
            "number",
            value="八十",
            unit=Text("平方米", "m²"),
            problems=(area,),
        ),
    ]


def _chosen_fields() -> list[parts.Field]:
    """Questions with answers to choose from, and dates."""
    return [
        parts.Field(
            "answers.manner",
            Text("怎样领取证照", "How to receive the licence"),
            "choice",
            value="online",
            choices=(
                parts.Choice("online", Text("网上下载", "Download")),
                parts.Choice(
                    "window",
                    Text("窗口领取", "At a window"),
                    Text("三个区的窗口都可以", "At any zone's window"),
                ),
            ),
        ),
        parts.Field(
            "answers.has_guide", Text("是否已聘用导游？", "Have you hired guides?"), "yes_no", value="yes"
        ),
        parts.Field("answers.begins", Text("计划开业日期", "Planned opening"), "date", value="2026-12-01"),
        parts.Field(
            "answers.born",
            Text("负责人出生日期", "Manager's date of birth"),
            "date_parts",
            value="1990-05-07",
        ),
        parts.Field(
            "answers.town",
            Text("所在街道", "Sub-district"),
            "select",
            choices=(
                parts.Choice("a", Text("演示一街道", "Demonstration 1")),
                parts.Choice("b", Text("演示二街道", "Demonstration 2")),
            ),
        ),
    ]


def _open_fields() -> list[parts.Field]:
    """A long text and a file."""
    return [
        parts.Field(
            "answers.note", Text("补充说明", "Anything else"), "long_text", is_required=False, max_length=500
        ),
        parts.Field(
            "answers.photo",
            Text("经营场所照片", "Photograph of the premises"),
            "file",
            accept=".pdf,.jpg,.png",
            help=Text("PDF、JPG 或 PNG，不超过 20 MB。", "PDF, JPG or PNG, 20 MB at most."),
        ),
    ]


def list_problems() -> list[Problem]:
    """Return what is wrong with the sample form, and one thing more."""
    problems = [problem for field in list_fields() for problem in field.problems]
    missing = Text("缺少经营场所照片", "The photograph of the premises is missing")
    return [*problems, Problem("evidence.missing", missing, "answers.photo")]


def list_steps() -> list[parts.TimelineStep]:
    step = parts.TimelineStep
    return [
        step(
            Text("收到申请", "Application received"),
            "done",
            _AT,
            Text("收件不等于受理。", "Receipt is not acceptance."),
            Text("苏州高新区综合窗口", "Suzhou SND, integrated window"),
            "specimen-2026#1",
        ),
        step(
            Text("无锡答复：总社许可有效", "Wuxi answered: the parent's licence is in force"),
            "done",
            _AT,
            None,
            _WUXI,
        ),
        step(
            Text("审查", "Assessment"),
            "now",
            _AT,
            Text("两项条件要由审批人员核对。", "An officer has to check two criteria."),
            _CHANGZHOU,
            "specimen-2026#1",
            date(2026, 12, 21),
            Text("最迟作出决定", "Decision at the latest"),
        ),
        step(
            Text("送达证照", "Delivery of the licence"),
            "next",
            authority=_CHANGZHOU,
            due_on=date(2027, 1, 5),
            due_words=Text("最迟送达", "Delivery at the latest"),
        ),
    ]


def compose_table() -> dict[str, object]:
    cell, light = parts.Cell, parts.Light
    return {
        "caption": Text("待办，按到期日排列", "Worklist by due date"),
        "columns": [
            Text("办件", "Case"),
            Text("事项", "Service"),
            Text("到期", "Due"),
            Text("状态", "State"),
        ],
        "rows": [
            [
                cell("CZ261123-7K3M9QXD", "#"),
                cell(Text("旅行社设立分社备案", "Travel-agency branch filing"), note=_WUXI),
                cell("", light=light(colour, words)),
                cell("", tag=parts.Tag(state, shade)),
            ]
            for colour, words, state, shade in (
                ("red", Text("超期 1 天", "1 day overdue"), Text("待决定", "To decide"), "blue"),
                ("yellow", Text("今天到期", "Due today"), Text("待补正", "Awaiting corrections"), "yellow"),
                (
                    "green",
                    Text("还有 12 个工作日", "12 working days left"),
                    Text("已受理", "Accepted"),
                    "green",
                ),
                ("grey", Text("停止计时", "Clock stopped"), Text("检验中", "Under test"), "grey"),
            )
        ],
    }


def compose_rest() -> dict[str, object]:
    """Return the samples of every other part."""
    return _compose_lists() | _compose_checks() | _compose_cards()


def _compose_lists() -> dict[str, object]:
    """Answers to check, and the steps of an application."""
    row, task = parts.Row, parts.Task
    return {
        "rows": [
            row(Text("总社名称", "Parent agency"), ["太湖云帆旅行社有限公司（虚构）"], _SOURCE),
            row(
                Text("业务范围", "Scope"),
                [Text("国内旅游", "Domestic travel"), Text("入境旅游", "Inbound travel")],
                change_url="#",
            ),
            row(Text("补充说明", "Anything else"), [], change_url="#"),
        ],
        "tasks": [
            task(Text("谁来申请", "Who applies"), "done", "#"),
            task(Text("分社情况", "About the branch"), "in_progress", "#"),
            task(Text("负责人", "The manager"), "to_do", "#", Text("两个问题", "Two questions")),
            task(Text("核对并提交", "Check and submit"), "later"),
        ],
    }


def _compose_checks() -> dict[str, object]:
    """A verification, and zones that are asked."""
    proof, asked = parts.ProofStep, parts.Asked
    return {
        "proof": [
            proof(
                Text("格式完整", "The file is whole"),
                "pass",
                Text("是一份电子证照，字段齐全。", "It is a credential with all its fields."),
            ),
            proof(
                Text("签名属实", "The signature holds"),
                "fail",
                Text("内容在签名之后被改动过。", "The content was changed after signing."),
            ),
            proof(
                Text("已入账本", "It is in the ledger"),
                "waiting",
                Text("检查点还没有发布，约一秒后再查。", "The checkpoint is about a second away."),
            ),
            proof(Text("见证区联署", "Cosigned by the other zones"), "skipped"),
        ],
        "asked": [
            asked(
                _WUXI,
                Text("旅行社业务经营许可证", "travel-agency licence"),
                "answered",
                _AT,
                812,
                Text("用于条件 2 和条件 4。", "Used for criteria 2 and 4."),
            ),
            asked(
                Text("苏州高新区", "Suzhou SND"),
                Text("社会保险参保证明", "social-insurance record"),
                "asked",
                _AT,
            ),
            asked(Text("常州高新区", "Changzhou CND"), Text("营业执照", "business licence"), "waiting", _AT),
        ],
    }


def _compose_cards() -> dict[str, object]:
    """Cards, a way back, and lights on trial."""
    return {
        "cards": [
            parts.Card(
                Text("旅行社设立分社备案", "Travel-agency branch filing"),
                "#",
                Text(
                    "为已经取得许可的旅行社在别的区设立分社。",
                    "For a licensed agency that opens a branch in another zone.",
                ),
                (
                    parts.Tag(Text("当场办结", "Decided at once"), "green"),
                    parts.Tag(Text("三区通办", "All three zones"), "blue"),
                ),
                (
                    (Text("要交材料", "Documents to bring"), Text("0 份", "none")),
                    (Text("跑动", "Visits"), Text("0 次", "none")),
                ),
            ),
            parts.Card(
                Text("仅销售预包装食品备案", "Filing of prepackaged-food sale"),
                "#",
                Text("只卖预包装食品，备案即可。", "Selling prepackaged food only takes a filing."),
            ),
        ],
        "trail": [(Text("首页", "Home"), "/"), (Text("办事", "Services"), "#")],
        "here": Text("旅行社设立分社备案", "Travel-agency branch filing"),
        "trial_lights": [
            parts.Light("green", Text("还有 12 天", "12 days left")),
            parts.Light("red", Text("超期", "Overdue")),
        ],
    }
