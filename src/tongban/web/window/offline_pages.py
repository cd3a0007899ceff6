"""Taking in while the node is away: the page that a browser keeps, its worker, what it brings back."""

import base64
import binascii
import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse

from tongban.domain.hall.provisional import LENGTHS, MAX_BYTES, Intake, IntakeConflict
from tongban.flows.ports import Deps
from tongban.flows.reconcile import MOST, Brought, Outcome, give_numbers, reconcile, settle_conflict
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.text import Text
from tongban.web.shared.language import current_language
from tongban.web.window.bar import compose_bar
from tongban.web.window.client import AtWindow, Matter, save_client
from tongban.web.window.place import read_window_place
from tongban.wiring import get_deps

_SHOWN = 50
_BODY_BYTES = MOST * MAX_BYTES * 2
"""Of one request that brings intakes back: base64 and JSON around the largest ones."""


def offline(request: HttpRequest) -> HttpResponse:
    """Show the page on which a window goes on without the node; nothing of any client is in it."""
    deps = get_deps()
    book = deps.catalogue.hall
    items = [
        (zone, [item for item in deps.catalogue.list_items(zone.id) if "window" in item.channels])
        for zone in sorted(deps.catalogue.zones.values(), key=lambda zone: zone.id != deps.zone)
    ]
    context = {
        "items": items,
        "lengths": LENGTHS,
        "letters": deps.catalogue.zones[deps.zone].letters,
        "authority": deps.catalogue.zones[deps.zone].authority,
        "most": MOST,
        "given": book.provisional_numbers,
        "demo": settings.DEMO,
    }
    return render(request, "window/offline.html", context)


def worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker; it keeps the offline page and its parts, and no other page ever."""
    parts = [
        static(name)
        for name in (
            "bootstrap/bootstrap.min.css", "shared/tokens.css", "shared/frame.css", "shared/forms.css",
            "shared/parts.css", "shared/print.css", "shared/seal.svg", "shared/copy.js",
            "shared/focus-summary.js", "shared/send-once.js", "shared/case.css", "window/window.css",
            "window/offline-keep.js", "window/offline.js", "shared/print.js",
        )
    ]  # fmt: skip
    context = {"page": reverse("window:offline"), "parts": parts}
    return render(request, "window/worker.js", context, content_type="text/javascript; charset=utf-8")


def state(request: HttpRequest) -> JsonResponse:
    """Say what the browser needs to go on later: a fresh form token and what to lock with."""
    deps = get_deps()
    point = base64.b64encode(deps.hall.intakes.public_point()).decode()
    return JsonResponse(
        {"token": get_token(request), "point": point, "window": read_window_place(request.session).window}
    )


def numbers(request: HttpRequest) -> HttpResponse:
    """Give this window numbers for a lost connection."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    deps = get_deps()
    windows = deps.catalogue.hall.windows.get(deps.zone, {})
    window = read_window_place(request.session).window or next(iter(windows), "")
    letters, given = give_numbers(window, request.user.username, deps)
    return JsonResponse({"letters": letters, "first": given.first, "last": given.last})


def bring_back(request: HttpRequest) -> HttpResponse:
    """Take what was taken in without the node; each exactly once, however often it is sent."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    brought = _read_brought(request)
    if brought is None:
        return JsonResponse({"error": "shape"}, status=400)
    outcomes = reconcile(brought, request.user.username, get_deps())
    return JsonResponse({"outcomes": [_tell(one) for one in outcomes]})


def _read_brought(request: HttpRequest) -> list[Brought] | None:
    try:
        if int(request.headers.get("Content-Length") or 0) > _BODY_BYTES:
            return None
        sent = json.loads(request.body)
        rows = sent["brought"]
        return [
            Brought(str(row["number"])[:40], base64.b64decode(row["box"], validate=True))
            for row in rows[:MOST]
        ]
    except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
        return None


def _tell(outcome: Outcome) -> dict[str, Any]:
    language = current_language()
    return {
        "number": outcome.number,
        "what": outcome.what,
        "done": outcome.is_done,
        "why": [one.text.in_language(language) for one in outcome.problems],
    }


def provisional(request: HttpRequest) -> HttpResponse:
    """List what was taken in without the node and is still to be completed, and conflicts."""
    deps = get_deps()
    intakes = deps.hall.intakes.list_open(_SHOWN)
    conflicts = [
        (one, _compare(deps.hall.intakes.find(one.number), one))
        for one in deps.hall.intakes.list_conflicts(_SHOWN)
    ]
    context = {
        "lines": [(one, _find_title(one.lines, deps)) for one in intakes],
        "conflicts": conflicts,
        "bar": compose_bar(request, deps),
    }
    return render(request, "window/provisional.html", context)


def _compare(kept: Intake | None, later: IntakeConflict) -> list[tuple[Text, str, str]]:
    """Return the lines that differ: what they are, as kept first, as they came later."""
    first = kept.lines if kept else {}
    return [
        (words, first.get(name, ""), later.lines.get(name, ""))
        for name, words in _LINES.items()
        if first.get(name, "") != later.lines.get(name, "")
    ]


def _find_title(lines: Any, deps: Deps) -> Text:
    try:
        return deps.catalogue.get_item(ItemId(lines["item"]), ZoneId(lines["zone"])).title
    except NotFound:
        return Text(lines["item"], lines["item"])


def complete(request: HttpRequest, number: str) -> HttpResponse:
    """Go on with what was taken in: identity and papers as written down, under the number drawn for it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    deps = get_deps()
    intake = deps.hall.intakes.find(number[:40])
    if intake is None or intake.is_completed:
        raise NotFound(number)
    lines = intake.lines
    kind = lines["kind"]
    identity = {
        "kind": kind,
        f"{kind}_name": lines["name"],
        f"{kind}_id": lines["id"],
        "mobile": lines["mobile"],
        "comes": "agent" if lines["agent_name"] else "self",
        "agent_name": lines["agent_name"],
        "agent_id": lines["agent_id"],
    }
    matter = Matter(intake.case_id, ItemId(lines["item"]), ZoneId(lines["zone"]))
    save_client(request.session, AtWindow(identity=identity, matter=matter))
    words = _GO_ON.fill(number=intake.number, papers=lines["papers"] or "—", note=lines["note"] or "—")
    messages.info(request, words.in_language(current_language()))
    return redirect("window:client")


def settle(request: HttpRequest, number: str, digest: str) -> HttpResponse:
    """Note that a conflict was looked at."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    settle_conflict(number[:40], digest[:64], request.user.username, get_deps())
    return redirect("window:provisional")


_LINES = {
    "name": Text("姓名或企业名称", "Name"),
    "id": Text("证件号码", "Number"),
    "kind": Text("个人或企业", "Person or firm"),
    "item": Text("事项", "Item"),
    "zone": Text("办理地", "Zone"),
    "mobile": Text("联系手机", "Mobile"),
    "agent_name": Text("代理人姓名", "Agent"),
    "agent_id": Text("代理人号码", "Agent's number"),
    "papers": Text("收到的材料", "Papers received"),
    "note": Text("备注", "Note"),
    "taken_at": Text("登记时间", "Taken in at"),
}
_GO_ON = Text(
    "继续暂收的 {number}。当时收到：{papers}。备注：{note}",
    "Going on with {number}. Received then: {papers}. Note: {note}",
)
