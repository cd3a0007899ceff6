"""Cases handled jointly: what each zone's part is, who has given it, and one result that names them all."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.assignment import OF_APPLICANT, OF_CASE, REASON_CHARS
from tongban.domain.liaison.joint import Joint
from tongban.domain.liaison.plain import WORDS_CHARS
from tongban.flows import joint as flow
from tongban.flows.assign_officer import part_on_desk
from tongban.flows.part_desk import declare_part_conflict, move_part
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.reads.joint_parts import list_waiting_parts, read_joint_page, read_shown
from tongban.reads.liaison import name_item, read_case_liaison
from tongban.reads.part_belonging import list_part_candidates, read_part_belonging
from tongban.web.officer.belonging_pages import ABOUT, ABOUTS, DECLARE_HELP, DECLARE_TITLE
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.joint_words import OUTCOME_CHOICES, compose_parts
from tongban.web.shared.language import current_language
from tongban.web.shared.liaison_pages import actor_of
from tongban.web.shared.liaison_words import day_light
from tongban.web.shared.parts import Choice, Field
from tongban.wiring import get_deps

_PAGE_ROWS = 50
_WORKLIST_ROWS = 10


def joints(request: HttpRequest) -> HttpResponse:
    """List the joint cases of this zone and its sub-cases for others that wait, each by its day."""
    deps = get_deps()
    today = civil_date(deps.clock.now())
    lists = {
        name: [
            (one, name_item(one.item_id, one.zone, deps), deps.catalogue.zones[one.zone].short_name,
             day_light(one.due_on, today))
            for one in deps.liaison.list_matters(register, _PAGE_ROWS, is_open=is_open)
        ]
        for name, register, is_open in (("rows", "joint", True), ("ours", "part", True),
                                        ("given", "part", False))
    }  # fmt: skip
    return render(request, "officer/joints.html", lists)


def joint(request: HttpRequest, number: str) -> HttpResponse:
    """Show a joint case: parts, days, the one result; to be printed."""
    deps = get_deps()
    return render(request, "officer/joint.html", _compose(flow.get_joint(number, deps), request, deps))


def _compose(one: Joint, request: HttpRequest, deps: Deps) -> dict[str, Any]:
    zones, today = deps.catalogue.zones, civil_date(deps.clock.now())
    case = deps.cases.find(one.case_id)
    page = read_joint_page(one, case, deps)
    is_open = deps.zone in one.missing and one.closing is None
    belongs = read_part_belonging(one, actor_of(request), deps)
    may = ["part"] if is_open and belongs.obstacle is None else []
    may += [slug for slug in ("take", "give", "declare") if is_open and slug in belongs.may]
    may_extend = one.zone == deps.zone and one.extension is None and one.closing is None
    may += ["extend"] if may_extend and request.user.role == "head" else []
    return {
        "one": one,
        "item": name_item(one.opened.item, one.zone, deps),
        "lead": zones[one.zone].authority.name,
        "parts": compose_parts(page),
        "own": next((line for line in page.lines if line.zone.id == deps.zone), None),
        "shown": read_shown(one, deps),
        "belongs": belongs,
        "decide_light": day_light(one.decide_by, today),
        "case_url": reverse("officer:between", args=[one.case_id]) if case else "",
        "may": [(slug, _ACTS[slug][0]) for slug in may],
    }


def compose_waiting_parts(username: str, deps: Deps) -> list[dict[str, Any]]:
    """Return the sub-cases that wait for this zone's officers, for the head of the worklist."""
    today = civil_date(deps.clock.now())
    return [
        {"one": part.matter, "item": part.item, "lead": part.lead.short_name,
         "light": day_light(part.matter.due_on, today), "holder": part.holder, "is_mine": part.is_mine}
        for part in list_waiting_parts(_WORKLIST_ROWS, username, deps)
    ]  # fmt: skip


def open_one(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask other zones for their parts in a case that this zone decides."""
    deps = get_deps()
    page = read_case_liaison(CaseId(case_id), deps)
    if page.joint is not None:
        return redirect("officer:joint", page.joint.id)
    others = [Choice(one.id, one.short_name) for one in deps.catalogue.zones.values() if one.id != deps.zone]
    fields = [
        Field(
            "parts", Text("参加的区", "Zones that take part"), "choices", choices=others, law="all-2019#26.2"
        ),
        Field(
            "words", Text("各区要办的部分", "What each zone's part is"), "long_text", max_length=WORDS_CHARS
        ),
    ]
    context: dict[str, Any] = {
        "heading": Text("联合办理", "Handle jointly"),
        "consequences": _CONSEQUENCES,
        "fields": [_fill(one, request, ()) for one in fields],
        "back_url": reverse("officer:between", args=[page.case.id]),
    }
    if request.method != "POST":
        return render(request, "officer/between_act.html", context)
    parts = [ZoneId(one[:40]) for one in request.POST.getlist("parts")[:9]]
    try:
        number = flow.open_joint(page.case.id, parts, _text(request, "words"), actor_of(request), deps)
    except Refused as refused:
        context["fields"] = [_fill(one, request, refused.problems) for one in fields]
        return refuse_page(request, "officer/between_act.html", context, refused)
    messages.success(request, _DONE.in_language(current_language()))
    return redirect("officer:joint", number)


def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Give this zone's part, or lengthen the time."""
    if act not in _ACTS:
        raise NotFound(act)
    deps = get_deps()
    one = flow.get_joint(number, deps)
    heading, fields = _ACTS[act]
    if act == "give":
        fields = (replace(fields[0], choices=_list_candidates(one, deps)), *fields[1:])
    if act == "declare":
        fields = (replace(fields[0], choices=_list_abouts(one, deps)), *fields[1:])
    context: dict[str, Any] = {
        "heading": heading,
        "lead": one.opened.words,
        "consequences": _FOLLOWS.get(act, (_MOVED,)),
        "fields": [_fill(field, request, ()) for field in fields],
        "back_url": reverse("officer:joint", args=[one.id]),
    }
    if request.method != "POST":
        return render(request, "officer/between_act.html", context)
    try:
        _carry_out(act, one, request, deps)
    except Refused as refused:
        context["fields"] = [_fill(field, request, refused.problems) for field in fields]
        return refuse_page(request, "officer/between_act.html", context, refused)
    done = _DONE if act in ("part", "extend") else _NOTED
    messages.success(request, done.in_language(current_language()))
    return redirect("officer:joint", one.id)


def _carry_out(act: str, one: Joint, request: HttpRequest, deps: Deps) -> None:
    actor, reason = actor_of(request), _text(request, "reason")
    match act:
        case "part":
            flow.give_part(one.id, _text(request, "outcome"), _text(request, "words"), actor, deps)
        case "extend":
            flow.extend_joint(one.id, reason, actor, deps)
        case "take":
            move_part(one, actor.id, reason, actor, deps)
        case "declare":
            about = OF_APPLICANT if _text(request, "about") == OF_APPLICANT else OF_CASE
            declare_part_conflict(one, about, reason, actor, deps)
        case _:
            move_part(one, _text(request, "officer"), reason, actor, deps)


def _list_candidates(one: Joint, deps: Deps) -> list[Choice]:
    candidates = list_part_candidates(one, deps)
    return [Choice(each.username, Text(each.name, each.name)) for each in candidates]


def _list_abouts(one: Joint, deps: Deps) -> tuple[Choice, ...]:
    """Return what a conflict may be about: the applicant only where the lead shows whose matter it is."""
    part = part_on_desk(one, deps)
    return ABOUTS if part is not None and part.applicant_id else ABOUTS[:1]


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "").replace("\r\n", "\n").strip()


def _fill(one: Field, request: HttpRequest, problems: tuple[Problem, ...]) -> Field:
    if request.method != "POST":
        return one
    values = request.POST.getlist(one.name) if one.kind == "choices" else ()
    about = [problem for problem in problems if problem.pointer == one.name]
    return replace(one, value=_text(request, one.name)[: WORDS_CHARS * 2], values=values, problems=about)


_MOVED = Text(
    "只在本区内改变由谁承办，不通报其他区。",
    "It only changes whose it is within this zone; no other zone is told.",
)
_NOTED = Text("已登记。", "Noted.")
_DONE = Text("已登记并通报有关各区。", "Recorded, and told to the zones concerned.")
_CONSEQUENCES = (
    Text(
        "各区意见到齐以前不能决定；逾期没有答复的不再等待。",
        "No decision can be made before every part is there; one past its day is not waited for.",
    ),
    Text(
        "以您的账号签字，通报有关各区，不能删改。",
        "Signed by your account, told to the zones concerned, and never changed or deleted.",
    ),
)
_FOLLOWS = {"part": _CONSEQUENCES[-1:], "extend": _CONSEQUENCES[-1:], "declare": (DECLARE_HELP, _MOVED)}
"""What an act brings with it, where it is more than who has the sub-case."""
_WHY = Field("reason", Text("理由（和您的姓名一起保存）", "Why; it is kept with your name"), "long_text",
             max_length=REASON_CHARS)  # fmt: skip
_ACTS = {
    "take": (Text("接办子办件", "Take the sub-case over"), (_WHY,)),
    "give": (
        Text("改派子办件", "Give the sub-case to somebody else"),
        (Field("officer", Text("给谁", "To whom"), "select"), _WHY),
    ),
    "declare": (DECLARE_TITLE, (Field("about", ABOUT, "choice", value=OF_CASE), _WHY)),
    "part": (
        Text("提出本区意见", "Give this zone's part"),
        (
            Field("outcome", Text("本区意见", "This zone"), "choice", choices=OUTCOME_CHOICES),
            Field("words", Text("理由和条件", "Reasons, and conditions if there are any"), "long_text",
                  max_length=WORDS_CHARS),
        ),
    ),
    "extend": (
        Text("延长期限", "Lengthen the time"),
        (
            Field("reason", Text("理由（告知申请人）", "Reasons, told to the applicant"), "long_text",
                  max_length=WORDS_CHARS, law="all-2019#42.2"),
        ),
    ),
}  # fmt: skip
