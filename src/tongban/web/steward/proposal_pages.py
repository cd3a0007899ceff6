"""Proposed rules: written in a form, tried on past cases, kept as a patch, run in shadow. Never live."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.guard.what_if import Difference
from tongban.domain.rules.evaluate import Outcome
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.packs.proposed import TEXT_MAX
from tongban.reads.rails import read_item_page
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Cell, Field, Tag
from tongban.web.steward.item_pages import HOME
from tongban.web.steward.words import actor_of, read_words
from tongban.wiring import get_deps, get_node
from tongban.wiring.proposing import (
    SAYS_MAX,
    current_text,
    keep_proposal,
    patch_of,
    read_table,
    run_what_if,
)

TRIED_ON = 2_000
"""Past decisions on which a page tries a proposal; the command ``whatif`` takes them all."""
_SHOWN = 50
STATE_TAGS = {
    "draft": Tag(Text("待审阅", "For review"), "yellow"),
    "shadow": Tag(Text("影子运行中", "In shadow"), "blue"),
    "closed": Tag(Text("已关闭", "Closed"), "grey"),
}
_OUTCOMES = {Outcome.GRANT: Text("当即准予", "granted at once"), Outcome.REFER: Text("转人工", "to a person")}
_COLUMNS = (
    Text("办件", "Case"),
    Text("当时", "Was"),
    Text("按新版本", "Would be"),
    Text("原因", "Why"),
)


def propose(request: HttpRequest, item_id: str) -> HttpResponse:
    """Ask for the text, try it on past cases, and keep it for review."""
    item = read_item_page(ItemId(item_id), get_deps()).rails.item
    step = request.POST.get("step", "") if request.method == "POST" else ""
    says = read_words(request, "says", SAYS_MAX)
    text = request.POST.get("text", "").replace("\x00", "").replace("\r\n", "\n")[: TEXT_MAX + 1]
    context = _compose_form(item_id, item.title, says, text or current_text(item.id), ())
    if step not in ("try", "keep"):
        return render(request, "steward/propose.html", context)
    node = get_node()
    try:
        if step == "keep":
            number = keep_proposal(node, item.id, says, text, actor_of(request))
            messages.success(request, _KEPT.in_language(current_language()))
            return redirect("steward:proposal", number)
        found = run_what_if(node, item.id, read_table(node, item.id, text), TRIED_ON)
    except Refused as refused:
        context = _compose_form(item_id, item.title, says, text, refused.problems)
        return refuse_page(request, "steward/propose.html", context, refused)
    context |= {"tried": found, "rows": compose_rows(found.differences[:_SHOWN]), "columns": _COLUMNS}
    return render(request, "steward/propose.html", context | {"caption": _WHO})


def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """Show a proposal: its patch, and what came of it in shadow."""
    node = get_node()
    found = node.store.proposals.get(number)
    item = read_item_page(found.item_id, get_deps()).rails.item
    context = {
        "proposal": found,
        "item": item,
        "state": STATE_TAGS[found.state],
        "patch": patch_of(found),
        "rows": compose_rows(node.store.proposals.differences(number, _SHOWN)),
        "columns": _COLUMNS,
        "caption": _WHO,
        "trail": [(HOME[0], reverse(HOME[1])), (item.title, reverse("steward:item", args=[item.id]))],
        "here": Text("第 {n} 号建议", "Proposal {n}").fill(n=number),
        "is_steward": request.user.role == "steward",
    }
    return render(request, "steward/proposal.html", context)


def patch(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001 (role: see urls)
    """Hand over a proposal as a patch file."""
    found = get_node().store.proposals.get(number)
    response = HttpResponse(patch_of(found), content_type="text/x-diff; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.item_id}-{number}.patch"'
    return response


def change_state(request: HttpRequest, number: int, state: str) -> HttpResponse:
    """Ask before a proposal goes into shadow or out of it; then do so."""
    words = _STATES.get(state)
    if words is None:
        raise NotFound(state)
    found = get_node().store.proposals.get(number)
    if request.method == "POST":
        get_node().store.proposals.set_state(number, state)
        messages.success(request, words[2].in_language(current_language()))
        return redirect("steward:proposal", number)
    context = {
        "heading": words[0],
        "consequences": words[3],
        "confirm_label": words[1],
        "cancel_url": reverse("steward:proposal", args=[found.id]),
        "is_harmful": False,
        "fields": [],
        "hidden": {},
        "action": reverse("steward:state", args=[number, state]),
    }
    return render(request, "shared/confirm.html", context)


def compose_rows(differences: tuple[Difference, ...] | list[Difference]) -> list[list[Cell]]:
    """Return who would fare otherwise as lines of a table."""
    return [
        [Cell(one.case_id), Cell(_OUTCOMES[one.then]), Cell(_OUTCOMES[one.now]), Cell(one.says)]
        for one in differences
    ]


def _compose_form(
    item_id: str, title: Text, says: str, text: str, problems: tuple[Problem, ...]
) -> dict[str, Any]:
    about_says = [problem for problem in problems if problem.pointer == "says"]
    others = [problem for problem in problems if problem.pointer != "says"]
    return {
        "item_id": item_id,
        "title": title,
        "fields": [
            Field("says", _SAYS, "long_text", value=says, max_length=SAYS_MAX, problems=about_says),
            Field(
                "text", _TEXT, "long_text", value=text, help=_TEXT_HELP, max_length=TEXT_MAX, problems=others
            ),
        ],
        "trail": [(HOME[0], reverse(HOME[1])), (title, reverse("steward:item", args=[item_id]))],
        "here": Text("提出修改", "Propose a change"),
    }


_SAYS = Text("改什么，为什么", "What is changed, and why")
_TEXT = Text("规则（rules.yaml）", "The rules (rules.yaml)")
_TEXT_HELP = Text(
    "从现行规则改起，并把版本号加一。这里写的不会生效。",
    "Begin with the rules in force, and count the version up. Nothing written here takes effect.",
)
_KEPT = Text("已保存，等待审阅。现行规则没有变。", "Kept for review. The rules in force have not changed.")
_WHO = Text("谁的结果会不同", "Who would fare otherwise")
_STATES = {
    "shadow": (
        Text("让这个版本作为影子运行", "Run this version in shadow"),
        Text("开始影子运行", "Run it in shadow"),
        Text("已开始影子运行。", "It runs in shadow."),
        (
            Text(
                "以后每件自动审查的办件，事后也用这个版本算一遍，只记下结果不同的。",
                "Every case that the machine assesses from now on is computed with this version too; "
                "only differences are kept.",
            ),
            Text(
                "影子版本从不生效，申请人什么也看不到。",
                "A shadow never takes effect; applicants see nothing of it.",
            ),
            Text("可以随时停止。", "It can be ended at any time."),
        ),
    ),
    "draft": (
        Text("停止影子运行", "End the shadow"),
        Text("停止影子运行", "End the shadow"),
        Text("影子运行已停止。", "The shadow has ended."),
        (Text("已记下的差别保留。", "The differences found so far are kept."),),
    ),
    "closed": (
        Text("关闭这个建议", "Close this proposal"),
        Text("关闭", "Close it"),
        Text("已关闭。", "Closed."),
        (
            Text(
                "建议和记下的差别保留，可以重新打开。",
                "It is kept with its differences, and can be opened again.",
            ),
        ),
    ),
}
