"""Making a statement and asking for a hearing: the same words online and at the window."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from tongban.domain.case.examining import APPLICANT
from tongban.domain.rules.words import fill, show_date
from tongban.flows.be_heard import WORDS_CHARS
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text
from tongban.reads.case_page import CasePage
from tongban.web.shared.parts import Field


def read_statement(request: HttpRequest) -> str:
    """Return what was typed, a little longer than is kept, so that it can be shown again."""
    return str(request.POST.get("words", "")).replace("\x00", "").strip()[: WORDS_CHARS + 100]


def compose_statement(words: str, problems: Sequence[Problem], back: str) -> dict[str, Any]:
    """Return the form of a statement."""
    return {
        "heading": Text("陈述和申辩", "Make a statement"),
        "consequences": _STATEMENT_CONSEQUENCES,
        "confirm_label": Text("提交陈述", "Hand in the statement"),
        "cancel_url": back,
        "fields": [
            Field(
                "words",
                Text("您要陈述的内容", "What you want to state"),
                "long_text",
                value=words,
                max_length=WORDS_CHARS,
                law="all-2019#36",
                problems=problems,
            )
        ],
    }


def compose_hearing(page: CasePage, back: str) -> dict[str, Any]:
    """Return the page that asks whether a hearing shall be asked for."""
    until_on = page.case.examination.hearing.until_on
    until = (fill(_UNTIL, day=show_date(until_on)),) if until_on else ()
    return {
        "heading": Text("申请听证？", "Ask for a hearing?"),
        "consequences": [*until, *_HEARING_CONSEQUENCES],
        "confirm_label": Text("申请听证", "Ask for a hearing"),
        "cancel_url": back,
    }


def compose_waiver(page: CasePage, back: str) -> dict[str, Any]:
    """Return the page that asks whether somebody does without a hearing."""
    has_asked = APPLICANT in page.case.examination.hearing.asked_by
    return {
        "heading": Text("撤回听证申请？", "Take the request for a hearing back?")
        if has_asked
        else _NO_HEARING,
        "consequences": _WAIVER_CONSEQUENCES,
        "confirm_label": Text("不要求听证", "Do without a hearing"),
        "cancel_url": back,
    }


def compose_challenge(page: CasePage, words: str, problems: Sequence[Problem], back: str) -> dict[str, Any]:
    """Return the form that asks for another chair of the hearing (all-2019#48.3)."""
    scheduled = page.case.examination.hearing.scheduled
    name = scheduled.chair_name if scheduled else ""
    return {
        "heading": Text(f"申请主持人{name}回避", f"Ask for another chair than {name}"),
        "consequences": _CHALLENGE_CONSEQUENCES,
        "confirm_label": Text("申请回避", "Ask for another chair"),
        "cancel_url": back,
        "fields": [
            Field(
                "words",
                Text("主持人与本事项的直接利害关系", "Which direct interest the chair has in the case"),
                "long_text",
                value=words,
                max_length=WORDS_CHARS,
                law="all-2019#48.3",
                problems=problems,
            )
        ],
    }


WAIVED = Text("已记入：您不要求听证。", "Recorded: you do without a hearing.")
CHALLENGED = Text(
    "回避申请已收到，由审批负责人决定；决定以前不举行听证。",
    "Your request was received. The head of approvals decides on it before the hearing is held.",
)
_NO_HEARING = Text("不要求听证？", "Do without a hearing?")
_WAIVER_CONSEQUENCES = (
    Text(
        "没有其他人要求听证的，不再等待申请期满，可以早些作出决定。",
        "If nobody else wants one, nothing waits for the time to ask, and the decision may come sooner.",
    ),
    Text(
        "作出决定以前、申请期限以内，您仍可以改为要求听证。",
        "Until it is decided, and within the time to ask, you may still ask for a hearing after all.",
    ),
    Text("您仍可以陈述和申辩。", "You may still make a statement."),
)
_CHALLENGE_CONSEQUENCES = (
    Text(
        "由审批负责人决定；决定以前不举行听证。", "The head of approvals decides; the hearing waits for it."
    ),
    Text("对同一名主持人只能申请一次。", "You may ask once about the same chair."),
    Text("记入办件记录，不能删改。", "It is recorded and cannot be changed or deleted."),
)
STATED = Text("陈述已收到，作出决定时会考虑。", "Your statement was received and will be considered.")
ASKED = Text(
    "听证申请已收到。举行的时间和地点会书面通知您。",
    "Your request was received. Day and place will be told in writing.",
)
_UNTIL = Text("申请期限到{day}。", "You may ask until {day}.")
_STATEMENT_CONSEQUENCES = (
    Text("审查人员听取您的意见后才作出决定。", "Whoever decides hears you first."),
    Text("办理期限照常计算。", "The time limit runs on."),
    Text("记入办件记录，不能删改。", "It is recorded and cannot be changed or deleted."),
)
_HEARING_CONSEQUENCES = (
    Text("听证以前不会作出决定；听证不收费。", "Nothing is decided before the hearing; it costs nothing."),
    Text(
        "听证所需时间不计入办理期限，决定会晚一些。",
        "The time of the hearing is not counted, so the decision comes later.",
    ),
    Text("决定以听证笔录为依据。", "The decision rests on the record of the hearing."),
)
