"""The desk itself: find an item of any zone, send the last client off, list what was taken in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.agenda import read_reminders
from tongban.reads.bundles import search_bundles
from tongban.reads.catalogue import search_items
from tongban.reads.desk import DeskPlace, parse_desk_place, read_taken_in
from tongban.reads.search import MAX_QUERY_CHARACTERS
from tongban.web.shared.case_parts import STAGE_COLOURS
from tongban.web.shared.language import current_language
from tongban.web.shared.pages import cut_page
from tongban.web.shared.parts import Field, Tag
from tongban.web.window.bar import compose_bar
from tongban.web.window.queue_pages import end_ticket
from tongban.wiring import get_deps

_NUMBER_LENGTH = 40


def start(request: HttpRequest) -> HttpResponse:
    """Show the items that fit a search, each with the zones that decide it."""
    deps = get_deps()
    query = request.GET.get("q", "").replace("\x00", "").strip()[:MAX_QUERY_CHARACTERS]
    found = [one.entry for one in search_items(query, deps) if "window" in one.entry.item.channels]
    page = cut_page(found, request)
    entries = [
        (one.item, sorted(one.offers, key=lambda offer: offer.zone.id != deps.zone)) for one in page.rows
    ]
    bundles = [
        one for one in search_bundles(query, deps) if "window" in one.channels and deps.zone in one.zones
    ]
    context = {
        "query": query,
        "entries": entries,
        "page": page,
        "bundles": () if page.back_url else bundles,
        "own_zone": deps.zone,
        "bar": compose_bar(request, deps),
        "reminders": read_reminders(deps),
    }
    return render(request, "window/start.html", context)


def next_client(request: HttpRequest) -> HttpResponse:
    """Clear everything about the client who leaves; only a form may, so that no link does it by mistake."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    end_ticket(request, get_deps())
    messages.success(request, _CLEARED.in_language(current_language()))
    return redirect("window:start")


def cases(request: HttpRequest) -> HttpResponse:
    """List what this clerk, or this zone's windows, have taken in; find a case by its number."""
    deps = get_deps()
    if request.GET.get("number", "").strip():
        return _find(request, deps)
    return render(request, "window/cases.html", _compose_list(request, deps))


def _find(request: HttpRequest, deps: Deps) -> HttpResponse:
    number = request.GET.get("number", "").strip().upper()[:_NUMBER_LENGTH].replace("\x00", "")
    if deps.cases.find(CaseId(number)) is not None:
        return redirect("window:case", case_id=number)
    problem = Problem("case.not-here", _NOT_HERE, "number", next_step=_ELSEWHERE)
    field = Field("number", _NUMBER, value=number, max_length=_NUMBER_LENGTH, problems=(problem,))
    context = _compose_list(request, deps) | {"number_field": field, "problems": [problem]}
    return render(request, "window/cases.html", context, status=404)


def _compose_list(request: HttpRequest, deps: Deps) -> dict[str, Any]:
    is_all = request.GET.get("whose") == "all"
    page = read_taken_in("" if is_all else request.user.display_name, _read_place(request), deps)
    return {
        "lines": [(line, Tag(line.status, STAGE_COLOURS[line.stage])) for line in page.lines],
        "is_all": is_all,
        "back_url": _address(page.back, is_all),
        "next_url": _address(page.next, is_all),
        "number_field": Field("number", _NUMBER, max_length=_NUMBER_LENGTH),
        "action": reverse("window:cases"),
        "bar": compose_bar(request, deps),
    }


def _read_place(request: HttpRequest) -> DeskPlace | None:
    after, before = request.GET.get("after", "")[:100], request.GET.get("before", "")[:100]
    place = parse_desk_place(after) if after else parse_desk_place(before, is_before=True)
    return None if place is None or "\x00" in place.case_id else place


def _address(place: DeskPlace | None, is_all: bool) -> str:
    if place is None:
        return ""
    query = {"whose": "all"} if is_all else {}
    query["before" if place.is_before else "after"] = place.text
    return "?" + urlencode(query)


_CLEARED = Text(
    "上一位客户的资料已从本窗口清除，可以接待下一位。",
    "Nothing of the last client is left at this window. Ready for the next.",
)
_NUMBER = Text("办件编号", "Case number")
_NOT_HERE = Text("这里没有这个编号的办件", "There is no case of this number here")
_ELSEWHERE = Text(
    "请核对编号：字母 O 与数字 0、字母 I 与数字 1 容易混淆。收件或办理的高新区窗口和网上都能查到。",
    "Check the number: O and 0, I and 1 are easily confused. It is found online and at the windows of the "
    "zones that received or decide it.",
)
