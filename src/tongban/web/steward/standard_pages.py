"""The common standard: the desk, an item as all zones have it, a proposal, and what may be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.case.events import Actor
from tongban.domain.standard.plain import WORDS_CHARS
from tongban.domain.standard.proposal import Proposal, ProposalState
from tongban.flows import propose_standard
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.reads.standard import ProposalPage, read_desk, read_proposal_page, read_side_by_side, read_title
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field
from tongban.web.steward.standard_words import PLACES, STATES, say_act, say_lines, words_of
from tongban.wiring import get_deps


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a steward may do with a proposal: its page, and the flow behind it."""

    title: Text
    consequences: tuple[Text, ...]
    asks: Text | None
    field: str
    run: Callable[[str, str, Actor, Deps], None]
    done: Text


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts: by role, login and name."""
    account: Any = request.user
    return Actor(account.role, account.username, account.display_name)


def read_words(request: HttpRequest, name: str) -> str:
    """Return what was written, without what no text may hold."""
    return request.POST.get(name, "").replace("\x00", "").replace("\r\n", "\n").strip()


def desk(request: HttpRequest) -> HttpResponse:
    """Show every item of this node beside the standard, and the proposals."""
    page = read_desk(get_deps())
    context = {
        "page": page,
        "items": [(line, PLACES[line.place]) for line in page.items],
        "open": [_with_state(one, page.titles) for one in page.proposals if one.state is ProposalState.OPEN],
        "past": [_with_state(o, page.titles) for o in page.proposals if o.state is not ProposalState.OPEN],
        "tickets_open": sum(1 for one in page.tickets if one.closing is None),
        "zones": get_deps().catalogue.zones,
    }
    return render(request, "steward/standard.html", context)


def _with_state(one: Proposal, titles: Any) -> dict[str, Any]:
    waits = one.waits_for(sorted(get_deps().catalogue.zones))
    zones = get_deps().catalogue.zones
    title = titles.get(one.proposed.item, Text(one.proposed.item, one.proposed.item))
    return {
        "one": one,
        "title": title,
        "state": STATES[one.state],
        "waits": [zones[zone].short_name for zone in waits],
        "zone": zones[one.zone].short_name if one.zone in zones else one.zone,
    }


def side_by_side(request: HttpRequest, item_id: str) -> HttpResponse:
    """Show an item as every zone implements it, with the differences marked."""
    deps = get_deps()
    page = read_side_by_side(ItemId(item_id), deps)
    only = request.GET.get("show") == "differences"
    context = {
        "page": page,
        "item": page.line.item,
        "place": PLACES[page.line.place],
        "rows": [
            (row, list(zip(page.zones, row.values, strict=True)))
            for row in page.rows
            if row.differs or not only
        ],
        "only": only,
        "departures": say_lines(page.departures),
        "proposals": [_with_state(one, {page.line.item.id: page.line.item.title}) for one in page.proposals],
    }
    return render(request, "steward/standard_item.html", context)


def propose_item(request: HttpRequest, item_id: str) -> HttpResponse:
    """Propose what this node runs as the standard, with a reason."""
    deps = get_deps()
    heading = Text("提为共同标准", "Propose as the common standard")
    title = read_title(ItemId(item_id), deps)
    deps.catalogue.get_base(ItemId(item_id))
    reason = read_words(request, "reason")
    context = {
        "heading": heading,
        "lead": title,
        "consequences": _PROPOSE_CONSEQUENCES,
        "fields": [_field("reason", Text("理由", "Reason"), reason, ())],
        "submit_label": Text("提出", "Propose"),
        "back_url": reverse("steward:standard-item", args=[item_id]),
    }
    if request.method != "POST":
        return render(request, "steward/standard_act.html", context)
    try:
        number = propose_standard.propose(ItemId(item_id), reason, actor_of(request), deps)
    except Refused as refused:
        context["fields"] = [_field("reason", Text("理由", "Reason"), reason, refused.problems)]
        return refuse_page(request, "steward/standard_act.html", context, refused)
    messages.success(request, _PROPOSED.in_language(current_language()))
    return redirect("steward:standard-proposal", number)


def proposal(request: HttpRequest, proposal_id: str) -> HttpResponse:
    """Show a proposal: what it changes, who has ratified it, what was said."""
    deps = get_deps()
    page = read_proposal_page(proposal_id, deps)
    return render(request, "steward/standard_proposal.html", _compose(page, deps))


def _compose(page: ProposalPage, deps: Deps) -> dict[str, Any]:
    one = page.proposal
    is_open = one.state is ProposalState.OPEN
    zones = deps.catalogue.zones
    return {
        "page": page,
        "diff": say_lines(page.diff),
        "one": one,
        "state": STATES[one.state],
        "zone": zones[one.zone].short_name if one.zone in zones else one.zone,
        "ratified": [(zone, one.ratified.get(zone.id)) for zone in page.zones],
        "history": compose_history(one.history, deps),
        "may_ratify": is_open and deps.zone not in one.ratified,
        "may_retract": is_open and one.zone == deps.zone,
    }


def compose_history(history: Any, deps: Deps) -> list[dict[str, Any]]:
    """Return who did what, when, and what they wrote, oldest first."""
    zones = deps.catalogue.zones
    return [
        {
            "did": say_act(act),
            "zone": zones[act.zone].short_name if act.zone in zones else act.zone,
            "by": act.by,
            "at": act.at,
            "words": words_of(act),
        }
        for act in history
    ]


def act(request: HttpRequest, proposal_id: str, act: str) -> HttpResponse:
    """Comment on a proposal, ratify it, or take it back; each has its page with what follows."""
    deed = DEEDS.get(act)
    if deed is None:
        raise NotFound(act)
    deps = get_deps()
    one = propose_standard.get_proposal(proposal_id, deps)
    written = read_words(request, deed.field) if deed.asks else request.POST.get("content_hash", "")
    context: dict[str, Any] = {
        "heading": deed.title,
        "lead": read_title(one.proposed.item, deps),
        "consequences": deed.consequences,
        "fields": [_field(deed.field, deed.asks, written, ())] if deed.asks else [],
        "content_hash": one.proposed.content_hash,
        "submit_label": deed.title,
        "back_url": reverse("steward:standard-proposal", args=[proposal_id]),
    }
    if request.method != "POST":
        return render(request, "steward/standard_act.html", context)
    try:
        deed.run(proposal_id, written, actor_of(request), deps)
    except Refused as refused:
        if deed.asks:
            context["fields"] = [_field(deed.field, deed.asks, written, refused.problems)]
        return refuse_page(request, "steward/standard_act.html", context, refused)
    messages.success(request, deed.done.in_language(current_language()))
    return redirect("steward:standard-proposal", proposal_id)


def _field(name: str, label: Text, value: str, problems: tuple[Problem, ...]) -> Field:
    about = [problem for problem in problems if problem.pointer == name]
    return Field(
        name, label, "long_text", value=value[: WORDS_CHARS * 2], max_length=WORDS_CHARS, problems=about
    )


_TOLD_ALL = Text(
    "以您的姓名和时间通报所有高新区，不能删改。",
    "It is told to every zone under your name with the time, and cannot be changed or deleted.",
)
_PROPOSE_CONSEQUENCES = (
    Text(
        "本节点运行的基本目录文件，连同所引条文、证据种类、办理流程、工作日历和内容摘要发给各区；各区实施清单不在其内。",
        "The base files that run here go to every zone with their hash, and with the articles, kinds of "
        "evidence, procedure and calendars that they stand on; overlays are not among them.",
    ),
    Text("各区全部批准后才成为标准。", "It becomes the standard once every zone has ratified it."),
    _TOLD_ALL,
)
DEEDS: dict[str, Deed] = {
    "comment": Deed(
        Text("发表意见", "Comment"),
        (_TOLD_ALL,),
        Text("意见", "Comment"),
        "words",
        propose_standard.comment,
        Text("意见已记录并通报各区。", "Your comment is recorded and told to every zone."),
    ),
    "ratify": Deed(
        Text("代表本区批准", "Ratify for this zone"),
        (
            Text(
                "您批准的是刚才看到的内容，以内容摘要为准。",
                "You ratify the content that you read, by its hash.",
            ),
            Text("最后一个区批准时生效。", "It is in force when the last zone has ratified it."),
            _TOLD_ALL,
        ),
        None,
        "content_hash",
        propose_standard.ratify,
        Text("本区的批准已记录并通报各区。", "This zone's ratification is recorded and told to every zone."),
    ),
    "retract": Deed(
        Text("撤回提案", "Take the proposal back"),
        (Text("此后不能再批准。", "Nobody can ratify it from then on."), _TOLD_ALL),
        Text("理由", "Reason"),
        "reason",
        propose_standard.retract,
        Text("提案已撤回。", "The proposal is taken back."),
    ),
}
_PROPOSED = Text("提案已记录并通报各区。", "The proposal is recorded and told to every zone.")
