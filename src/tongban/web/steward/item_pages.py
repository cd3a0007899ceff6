"""The list of items with how the machine is held on each, one item, and the replays."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tongban.domain.catalogue.item import ServiceItem
from tongban.flows.ports import Deps
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.reads.agreement import Agreement, list_differences, read_agreements
from tongban.reads.catalogue import search_items
from tongban.reads.rails import (
    ItemPage,
    ItemRails,
    read_item_page,
    read_last_replay,
    read_overview,
    read_replays,
)
from tongban.reads.search import MAX_QUERY_CHARACTERS
from tongban.web.shared.pages import cut_page
from tongban.web.shared.parts import Cell, Row, Tag
from tongban.web.steward.words import say_bound, say_ppm
from tongban.wiring import get_deps, get_node

HOME = (Text("事项与规则", "Items and rules"), "steward:items")
_MACHINE = {
    "people": Tag(Text("只由人决定", "People only"), "grey"),
    "stopped": Tag(Text("已暂停", "Stopped"), "red"),
    "grants": Tag(Text("自动准予中", "Granting"), "green"),
}
_BOUND_NONE = Text("还没有抽查结论，无法给出上界", "nothing checked yet, so nothing is bounded")


def items(request: HttpRequest) -> HttpResponse:
    """Show the items of this zone that fit a search: may a machine grant it, does it, and how well."""
    deps = get_deps()
    query = request.GET.get("q", "").replace("\x00", "").strip()[:MAX_QUERY_CHARACTERS]
    page = cut_page(_find_items(query, deps), request)
    overview = read_overview(page.rows, deps)
    agreements = read_agreements([one.id for one in page.rows])
    context = {
        "query": query,
        "page": page,
        "rows": [_compose_row(one, agreements.get(one.item.id, Agreement())) for one in overview.items],
        "columns": _COLUMNS,
        "caption": Text("本区事项与系统自动准予", "Items of this zone and their machine"),
        "replay": read_last_replay(),
        "alarms": overview.alarms,
        "stopped": overview.stopped,
        "waiting": overview.waiting,
    }
    return render(request, "steward/items.html", context)


def _find_items(query: str, deps: Deps) -> list[ServiceItem]:
    """Return this zone's items that fit, best first; all of them for an empty query."""
    if not query:
        return list(deps.catalogue.list_items(deps.zone))
    return [one.entry.item for one in search_items(query, deps, deps.zone)]


def item(request: HttpRequest, item_id: str) -> HttpResponse:
    """Show one item: gate, switch, sampling, people's agreement, alarms, versions, proposals, acts."""
    page = read_item_page(ItemId(item_id), get_deps())
    context = {
        "page": page,
        "item": page.rails.item,
        "gate": page.rails.gate,
        "machine": machine_tag(page.rails),
        "facts": _compose_facts(page),
        "agreement": read_agreements([page.rails.item.id]).get(page.rails.item.id, Agreement()),
        "differences": list_differences(page.rails.item.id),
        "proposals": get_node().store.proposals.list_of(page.rails.item.id),
        "trail": [(HOME[0], reverse(HOME[1]))],
        "here": page.rails.item.title,
        "is_steward": request.user.role == "steward",
    }
    return render(request, "steward/item.html", context)


def replays(request: HttpRequest) -> HttpResponse:
    """Show the newest replay with what came out otherwise, and the runs before it."""
    context = {
        "report": read_last_replay(),
        "runs": read_replays(),
        "trail": [(HOME[0], reverse(HOME[1]))],
        "here": Text("重新运行以往的决定", "Past decisions, run again"),
    }
    return render(request, "steward/replay.html", context)


def machine_tag(rails: ItemRails) -> Tag:
    """Say in a word or two what the machine does on an item now."""
    if not rails.item.rules.may_grant:
        return _MACHINE["people"]
    return _MACHINE["stopped" if rails.rail.stopped is not None else "grants"]


_COLUMNS = (
    Text("事项", "Item"),
    Text("门槛", "Gate"),
    Text("系统", "Machine"),
    Text("抽查", "Later checks"),
    Text("误准予上界", "False approvals at most"),
    Text("人不同意", "People differed"),
    Text("警报", "Alarms"),
)


def _compose_row(one: ItemRails, agreement: Agreement) -> list[Cell]:
    gate = (
        Tag(Text("可以自动", "May be automatic"), "green")
        if one.gate.is_automatable
        else Tag(Text("不得自动", "Must not be automatic"), "yellow")
    )
    return [
        Cell(one.item.title, url=reverse("steward:item", args=[one.item.id])),
        Cell("", tag=gate),
        Cell("", tag=machine_tag(one), note=_shadow_note(one)),
        *_check_cells(one),
        Cell(f"{agreement.differed}/{agreement.decided}" if agreement.decided else "–"),
        Cell("", tag=Tag(_OPEN.fill(n=one.alarms), "red")) if one.alarms else Cell("–"),
    ]


def _check_cells(one: ItemRails) -> tuple[Cell, Cell]:
    """Return sampling and bound; where only people grant there is nothing to sample."""
    if not one.item.rules.may_grant:
        return Cell("–"), Cell("–")
    return Cell(say_ppm(one.rate_ppm), note=_WAITING.fill(n=one.checks.waiting)), Cell(*_bound_cell(one))


def _bound_cell(one: ItemRails) -> tuple[Text | str, ...]:
    if not one.checks.checked:
        return (_NOT_YET,)
    return (f"{say_bound(one.checks.bound)} ({one.checks.false}/{one.checks.checked})",)


def _shadow_note(one: ItemRails) -> Text | str:
    return _SHADOWS.fill(n=one.shadows) if one.shadows else ""


def _compose_facts(page: ItemPage) -> list[Row]:
    """Return the figures of one item as lines of a list."""
    rails, checks = page.rails, page.rails.checks
    bound = _BOUND_NONE
    if checks.checked:
        bound = _BOUND.fill(
            share=say_bound(checks.bound),
            confidence=say_ppm(page.watching.confidence_ppm),
            false=checks.false,
            checked=checks.checked,
        )
    rate = _RATE_OWN if rails.is_own_rate else _RATE_BASE
    rows = [
        Row(
            Text("抽查比例", "Sampling rate"),
            [rate.fill(share=say_ppm(rails.rate_ppm))],
            law=page.watching.ground,
        ),
        Row(Text("等待抽查", "Waiting for a check"), [_count(checks.waiting)]),
        Row(Text("已抽查", "Checked"), [_FOUND.fill(n=checks.checked, false=checks.false)]),
        Row(Text("误准予比例的上界", "Upper bound on false approvals"), [bound]),
        Row(
            Text("规则版本", "Rules version"),
            [_VERSION.fill(n=rails.item.rules.version, hash=rails.item.rules_hash[:12])],
        ),
    ]
    if page.watching.is_made_up:
        rows.append(Row(Text("参数", "Parameters"), [_MADE_UP]))
    return rows


def _count(number: int) -> Text:
    return Text(f"{number} 件", f"{number} case{'' if number == 1 else 's'}")


_NOT_YET = Text("尚无结论", "nothing checked")
_WAITING = Text("{n} 件待查", "{n} to check")
_OPEN = Text("{n} 条未查", "{n} open")
_SHADOWS = Text("{n} 个影子版本", "{n} in shadow")
_FOUND = Text("{n} 件，其中不该准予 {false} 件", "{n}, of which {false} should not have been granted")
_BOUND = Text(
    "不超过 {share}（置信度 {confidence}；{checked} 件中 {false} 件有误，精确二项分布）",
    "at most {share} (confidence {confidence}; {false} of {checked} false, exact binomial)",
)
_RATE_OWN = Text("{share}，为本事项单独设定", "{share}, set for this item")
_RATE_BASE = Text("{share}，未单独设定", "{share}, the zone's default")
_VERSION = Text("第 {n} 版，哈希 {hash}…", "version {n}, hash {hash}…")
_MADE_UP = Text(
    "比例、置信度等参数是演示用的虚构数值", "rates and confidence are made up for this demonstration"
)
