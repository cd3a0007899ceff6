"""The example cases of a pack: all of them with what comes of each, and one played step by step."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text
from tongban.packs.check_examples import compare
from tongban.packs.parse_example import Example
from tongban.reads.case_timeline import read_steps
from tongban.reads.rails import read_item_page
from tongban.web.shared.parts import Cell, Tag
from tongban.web.steward.item_pages import HOME
from tongban.wiring import get_deps, get_node
from tongban.wiring.example_cases import list_example_cases, play_example_case

_OUTCOMES = {
    "grant": Tag(Text("准予", "Granted"), "green"),
    "refer": Tag(Text("转人工", "To a person"), "yellow"),
    "correct": Tag(Text("待补正", "Corrections"), "blue"),
    "wait": Tag(Text("等待", "Waits"), "blue"),
    "refused": Tag(Text("未收下", "Not taken in"), "grey"),
}
_AS_SAID = Tag(Text("一致", "As it says"), "green")
_OTHERWISE = Tag(Text("不一致", "Otherwise"), "red")
_RUN = Text("刚才运行", "Just now")
_COLUMNS = (Text("例子", "Example"), Text("结果", "Outcome"))


def examples(request: HttpRequest, item_id: str) -> HttpResponse:
    """List the examples of an item with what must come of each; ``?run=all`` plays them all."""
    item = read_item_page(ItemId(item_id), get_deps()).rails.item
    is_run = request.GET.get("run") == "all"
    listed = list_example_cases(item.id)
    rows = [
        [
            Cell(one.says, url=reverse("steward:example", args=[item_id, one.path.stem]), note=one.path.name),
            Cell("", tag=_OUTCOMES[one.then.outcome]),
            *((_run_cell(item.id, one),) if is_run else ()),
        ]
        for one in listed
    ]
    context = {
        "item": item,
        "rows": rows,
        "columns": (*_COLUMNS, *((_RUN,) if is_run else ())),
        "is_run": is_run,
        "count": len(listed),
        "caption": Text("例子", "Examples"),
        "trail": _trail(item.title, item_id)[:2],
        "here": Text("例子", "Examples"),
    }
    return render(request, "steward/examples.html", context)


def _run_cell(item_id: ItemId, one: Example) -> Cell:
    """Play one example and say whether it came out as its file says."""
    found, played = play_example_case(get_node(), item_id, one.path.stem)
    return Cell("", tag=_OTHERWISE if any(compare(found.then, played)) else _AS_SAID)


def example(request: HttpRequest, item_id: str, name: str) -> HttpResponse:
    """Play one example in memory and show it up to a step; nothing of it is kept."""
    deps = get_deps()
    item = read_item_page(ItemId(item_id), deps).rails.item
    found, played = play_example_case(get_node(), item.id, name)
    decided = deps.catalogue.get_item(item.id, found.decided_in)
    regime = deps.catalogue.get_regime(item.regime)
    steps = read_steps(CaseId("EXAMPLE"), played.history, decided, regime, deps.catalogue)
    step = _read_step(request, len(steps))
    context = {
        "item": item,
        "example": found,
        "outcome": _OUTCOMES[played.outcome],
        "is_as_said": not any(compare(found.then, played)),
        "steps": steps[:step],
        "step": step,
        "count": len(steps),
        "zones": (
            deps.catalogue.zones[found.received_in].short_name,
            deps.catalogue.zones[found.decided_in].short_name,
        ),
        "refused": played.refused,
        "trail": _trail(item.title, item_id),
        "here": found.says,
    }
    return render(request, "steward/example.html", context)


def _read_step(request: HttpRequest, count: int) -> int:
    """Return up to which step is shown; all of them when nothing sensible is asked for."""
    text = request.GET.get("step", "")
    return min(max(1, int(text)), count) if text.isascii() and text.isdecimal() and len(text) < 4 else count


def _trail(title: Text, item_id: str) -> list[tuple[Text, str]]:
    return [
        (HOME[0], reverse(HOME[1])),
        (title, reverse("steward:item", args=[item_id])),
        (Text("例子", "Examples"), reverse("steward:examples", args=[item_id])),
    ]
