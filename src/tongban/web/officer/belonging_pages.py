"""Whose a case is: the page on which it is taken over, given, or left because of a conflict of interest."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.assignment import OF_APPLICANT, OF_CASE, REASON_CHARS
from tongban.flows.move_case import declare_conflict, get_own, give_case, take_over
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.belonging import read_belonging, read_candidates, read_moves
from tongban.web.officer.acts import actor_of
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field
from tongban.wiring import get_deps

TAKE, GIVE, DECLARE = "take", "give", "declare"


def belonging(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show whose a case is and was; take it over, give it to somebody, or declare a conflict of interest."""
    deps, actor = get_deps(), actor_of(request)
    case = get_own(CaseId(case_id), deps)
    wish = request.POST.get("do", "")
    if request.method != "POST" or wish not in _DONE:
        return render(request, "officer/belonging.html", _compose(request, case.id, (), deps))
    reason = _read(request, "reason")
    try:
        match wish:
            case "take":
                take_over(case.id, reason, actor, deps)
            case "give":
                give_case(case.id, _read(request, "officer"), reason, actor, deps)
            case _:
                about = OF_APPLICANT if _read(request, "about") == OF_APPLICANT else OF_CASE
                declare_conflict(case.id, about, reason, actor, deps)
    except Refused as refused:
        context = _compose(request, case.id, refused.problems, deps)
        return refuse_page(request, "officer/belonging.html", context, refused)
    messages.success(request, _DONE[wish].in_language(current_language()))
    return redirect("officer:case", case_id=case.id)


def _read(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "")[: REASON_CHARS + 100].strip()


def _compose(
    request: HttpRequest, case_id: CaseId, problems: tuple[Problem, ...], deps: Deps
) -> dict[str, Any]:
    case, actor, wish = get_own(case_id, deps), actor_of(request), request.POST.get("do", "")
    belongs = read_belonging(case, actor, deps)
    candidates = read_candidates(case, deps) if belongs.may_move else ()
    is_head = actor.kind == "head"
    forms = []
    if belongs.may_move and is_head:
        forms.append((GIVE, _GIVE, _GIVE_HELP))
    if belongs.may_move and not belongs.is_mine and any(one.username == actor.id for one in candidates):
        forms.append((TAKE, _TAKE, _TAKE_HELP))
    if belongs.obstacle is None or belongs.obstacle.code != "desk.conflict":
        forms.append((DECLARE, DECLARE_TITLE, DECLARE_HELP))
    return {
        "case": case,
        "belongs": belongs,
        "moves": read_moves(case, deps),
        "forms": [
            (do, title, help_, _fields(request, do, candidates, problems if do == wish else ()))
            for do, title, help_ in forms
        ],
        "problems": problems,
        "case_url": reverse("officer:case", args=[case.id]),
        "trail": [
            (Text("待办", "Worklist"), reverse("officer:worklist")),
            (Text(case.id, case.id), reverse("officer:case", args=[case.id])),
        ],
        "here": _HERE,
    }


def _fields(request: HttpRequest, do: str, candidates: Any, problems: tuple[Problem, ...]) -> list[Field]:
    """Return the fields of one form; only the one that was sent keeps what was typed."""
    typed = request.POST if request.POST.get("do", "") == do else {}

    def about(pointer: str) -> list[Problem]:
        return [one for one in problems if one.pointer == pointer]

    fields = []
    if do == GIVE:
        choices = [Choice(one.username, Text(one.name, one.name)) for one in candidates]
        fields.append(
            Field("officer", _OFFICER, "select", value=typed.get("officer", ""), choices=choices,
                  problems=about("officer"))
        )  # fmt: skip
    if do == DECLARE:
        fields.append(Field("about", ABOUT, "choice", value=typed.get("about", OF_CASE), choices=ABOUTS))
    fields.append(
        Field("reason", _REASON, "long_text", value=typed.get("reason", ""), max_length=REASON_CHARS,
              problems=about("reason"))
    )  # fmt: skip
    return fields


_HERE = Text("承办人员", "Whose case it is")
_GIVE = Text("改派", "Give it to somebody else")
_GIVE_HELP = Text(
    "只列出负责这个事项、今天在岗、没有申报利益关系的人员。",
    "Only officers who are competent, present today and without a declared conflict are listed.",
)
_TAKE = Text("接办", "Take it over")
_TAKE_HELP = Text(
    "办件随机分派。接办要有理由，连同您的姓名一起保存。",
    "Cases are given by chance. To take one over needs a reason, which is kept with your name.",
)
DECLARE_TITLE = Text("申报利益关系", "Declare a conflict of interest")
DECLARE_HELP = Text(
    "申报后您不能在其中作出处理；归您的办件随机转给别人。申报不能撤回。",
    "You cannot act on it any more; what is yours is drawn for somebody else. It cannot be taken back.",
)
_OFFICER = Text("转给", "Give it to")
ABOUT = Text("涉及", "It touches")
ABOUTS = (
    Choice(OF_CASE, Text("只有这个办件", "this case only")),
    Choice(OF_APPLICANT, Text("这个申请人的所有办件", "every case of this applicant")),
)
_REASON = Text("理由", "Why")
_DONE = {
    TAKE: Text("办件已由您接办。", "The case is yours now."),
    GIVE: Text("办件已改派。", "The case has been given."),
    DECLARE: Text("申报已保存，办件已转走。", "It is kept, and the case has moved on."),
}
