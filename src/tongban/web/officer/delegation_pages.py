"""The delegation register: browsed by officers and heads, moved by heads (all-2019#24)."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.liaison.acts import DelegationProposed
from tongban.domain.liaison.delegation import COMMANDS, Delegation
from tongban.domain.liaison.plain import WORDS_CHARS
from tongban.flows import delegations
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.reads.liaison import name_item
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.liaison_pages import actor_of
from tongban.web.shared.liaison_words import COMMANDS as COMMAND_WORDS
from tongban.web.shared.liaison_words import DELEGATIONS, say_act
from tongban.web.shared.parts import Choice, Field
from tongban.wiring import get_deps

_ITEMS_MAX = 60


def register(request: HttpRequest) -> HttpResponse:
    """Show every delegation, the newest first."""
    deps = get_deps()
    rows = [_row(one, deps) for one in delegations.list_delegations(deps)]
    return render(request, "officer/delegations.html", {"rows": rows, "is_head": _is_head(request)})


def _is_head(request: HttpRequest) -> bool:
    return bool(request.user.role == "head")


def _row(one: Delegation, deps: Deps) -> dict[str, Any]:
    zones = deps.catalogue.zones
    state = one.state_on(civil_date(deps.clock.now()))
    return {
        "one": one,
        "zone": zones[one.zone].short_name,
        "delegate": zones[one.proposed.delegate].short_name,
        "items": [name_item(item, one.zone, deps) for item in one.proposed.items],
        "commands": [COMMAND_WORDS.get(name, Text(name, name)) for name in one.proposed.commands],
        "tag": DELEGATIONS[state],
        "authority": zones[one.zone].authority.name,
    }


def delegation(request: HttpRequest, number: str) -> HttpResponse:
    """Show one delegation: who, what, from when until when, where published, what was done under it."""
    deps = get_deps()
    one = delegations.get_delegation(number, deps)
    return render(request, "officer/delegation.html", _compose(one, request, deps))


def _compose(one: Delegation, request: HttpRequest, deps: Deps) -> dict[str, Any]:
    zones = deps.catalogue.zones
    is_party = deps.zone in (one.zone, one.proposed.delegate)
    may = []
    if _is_head(request) and one.ended is None:
        may += ["publish"] if is_party and deps.zone not in one.published else []
        may += ["end"] if one.zone == deps.zone else []
    steps = []
    for told in one.history:
        title, words = say_act(told)
        steps.append({"told": told, "title": title, "words": words, "zone": zones[told.zone].short_name})
    published = [(zones[zone].short_name, notice) for zone, notice in one.published.items()]
    return _row(one, deps) | {
        "steps": steps,
        "published": published,
        "may": [(slug, _ACTS[slug][0]) for slug in may],
    }


def propose(request: HttpRequest) -> HttpResponse:
    """Propose that another zone acts in this zone's name."""
    deps = get_deps()
    context: dict[str, Any] = {
        "heading": _PROPOSE,
        "consequences": _CONSEQUENCES,
        "fields": _fields(request, (), deps),
        "back_url": reverse("officer:delegations"),
    }
    if request.method != "POST":
        return render(request, "officer/between_act.html", context)
    try:
        number = delegations.propose_delegation(_read(request), actor_of(request), deps)
    except Refused as refused:
        context["fields"] = _fields(request, refused.problems, deps)
        return refuse_page(request, "officer/between_act.html", context, refused)
    messages.success(request, _PROPOSED.in_language(current_language()))
    return redirect("officer:delegation", number)


def _read(request: HttpRequest) -> DelegationProposed:
    """Read the form; a day that is none is refused with its field."""
    days, problems = {}, []
    for name in ("from_on", "until_on"):
        try:
            days[name] = date.fromisoformat(request.POST.get(name, "")[:10])
        except ValueError:
            problems.append(Problem("delegation.no-day", _NO_DAY, name))
    if problems:
        raise Refused(*problems)
    commands = set(request.POST.getlist("commands"))
    return DelegationProposed(
        ZoneId(_text(request, "delegate")[:40]),
        tuple(ItemId(one[:80]) for one in request.POST.getlist("items")[: _ITEMS_MAX + 1]),
        tuple(name for name in COMMANDS if name in commands),
        days["from_on"],
        days["until_on"],
        _text(request, "words"),
    )


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "").replace("\r\n", "\n").strip()


def _fields(request: HttpRequest, problems: tuple[Problem, ...], deps: Deps) -> list[Field]:
    others = [Choice(one.id, one.short_name) for one in deps.catalogue.zones.values() if one.id != deps.zone]
    items = [Choice(one.id, one.title) for one in deps.catalogue.list_items(deps.zone)]
    commands = [Choice(name, COMMAND_WORDS[name]) for name in COMMANDS]
    today = civil_date(deps.clock.now()).isoformat()
    fields = [
        Field("delegate", Text("委托给", "Delegate"), "choice", choices=others, law="all-2019#24.1"),
        Field("items", Text("事项", "Items"), "choices", choices=items),
        Field("commands", Text("行为", "Acts"), "choices", choices=commands),
        Field("from_on", Text("起始日", "First day"), "date", value=today),
        Field("until_on", Text("截止日", "Last day"), "date"),
        Field("words", Text("公告内容", "What is published"), "long_text", max_length=WORDS_CHARS),
    ]
    return [_fill(one, request, problems) for one in fields]


def _fill(one: Field, request: HttpRequest, problems: tuple[Problem, ...]) -> Field:
    about = [problem for problem in problems if problem.pointer == one.name]
    if request.method != "POST":
        return one
    value = _text(request, one.name)[: WORDS_CHARS * 2]
    values = request.POST.getlist(one.name) if one.kind == "choices" else ()
    return replace(one, value=value, values=values, problems=about)


def act(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Record where this zone published a delegation, or end one that it gave."""
    if act not in _ACTS:
        raise NotFound(act)
    deps = get_deps()
    one = delegations.get_delegation(number, deps)
    title, name, label, run, done = _ACTS[act]
    field = Field(name, label, "long_text", max_length=WORDS_CHARS, law="all-2019#24.1")
    context: dict[str, Any] = {
        "heading": title,
        "lead": one.proposed.words,
        "consequences": _CONSEQUENCES[-1:],
        "fields": [_fill(field, request, ())],
        "back_url": reverse("officer:delegation", args=[one.id]),
    }
    if request.method != "POST":
        return render(request, "officer/between_act.html", context)
    try:
        run(one.id, _text(request, name), actor_of(request), deps)
    except Refused as refused:
        context["fields"] = [_fill(field, request, refused.problems)]
        return refuse_page(request, "officer/between_act.html", context, refused)
    messages.success(request, done.in_language(current_language()))
    return redirect("officer:delegation", one.id)


_PROPOSE = Text("提出委托", "Propose a delegation")
_PROPOSED = Text(
    "已登记并通报各区；两区都公告以后生效。", "Recorded and told; it has effect once both publish."
)
_NO_DAY = Text("请填写日期，例如 2026-04-01。", "Give a date such as 2026-04-01.")
_CONSEQUENCES = (
    Text("只能委托本区法定职权内的事项。", "Only what lies within this zone's own power can be given."),
    Text("本区对受委托的行为负责监督并承担后果。", "This zone supervises it and answers for the result."),
    Text(
        "受委托的区以本区机关名义办理，不得再委托。", "It is done in this authority's name and not passed on."
    ),
    Text(
        "以您的账号签字，通报各区，不能删改。",
        "Signed by your account, told to every zone, and never changed or deleted.",
    ),
)
_ACTS = {
    "publish": (
        Text("登记本区的公告", "Record this zone's publication"), "notice",
        Text("公告的位置和编号", "Where, and under which number"), delegations.publish_delegation,
        Text("公告已登记并通报各区。", "Recorded, and told to every zone."),
    ),
    "end": (
        Text("终止委托", "End the delegation"), "reason", Text("理由", "Reason"), delegations.end_delegation,
        Text("委托已终止并通报各区。", "Ended, and told to every zone."),
    ),
}  # fmt: skip
