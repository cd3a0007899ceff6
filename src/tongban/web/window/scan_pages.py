"""One field for the scanner: a number finds the client, the case or the ticket, and words find items."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from tongban.domain.catalogue.form import parse_answers
from tongban.domain.hall.scanned import MOST_SIGNS, Scanned, read_scanned
from tongban.flows.collect import collect
from tongban.flows.ports import Deps
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.client_cases import find_registered_name, list_cases_of, list_pickups
from tongban.reads.guide import read_offer
from tongban.reads.search import MAX_QUERY_CHARACTERS
from tongban.web.shared.case_parts import STAGE_COLOURS
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Tag
from tongban.web.window.bar import compose_bar
from tongban.web.window.case_pages import get_opened
from tongban.web.window.client import AtWindow, read_client, save_client
from tongban.web.window.take_in_pages import actor_of
from tongban.wiring import get_deps


def scan(request: HttpRequest) -> HttpResponse:
    """Read what came into the field and lead there; a number of a person or firm is never in an address."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    scanned = read_scanned(request.POST.get("scan", "").replace("\x00", "")[: MOST_SIGNS + 1])
    deps = get_deps()
    match scanned.kind:
        case "person" | "firm":
            return _show_client(request, scanned, deps)
        case "ticket":
            return redirect("hall:ticket", scanned.value)
        case "provisional":
            return redirect("window:provisional")
        case "case":
            return redirect(f"{reverse('window:cases')}?{urlencode({'number': scanned.value})}")
    words = scanned.value[:MAX_QUERY_CHARACTERS]
    return redirect(f"{reverse('window:start')}?{urlencode({'q': words})}" if words else "window:start")


def _show_client(request: HttpRequest, scanned: Scanned, deps: Deps) -> HttpResponse:
    """Begin with this client: the number is in the identity form already; show what they have here.

    While another client's data is at the window nothing is filled in, so that two are never mixed.
    """
    now = read_client(request.session)
    is_filled = _is_free(now) or scanned.value in _numbers_of(now)
    name = find_registered_name(scanned.value, deps) if scanned.kind == "firm" else ""
    identity = {"kind": scanned.kind, f"{scanned.kind}_id": scanned.value, f"{scanned.kind}_name": name}
    if _is_free(now):
        save_client(request.session, replace(now, identity=identity))
    context = {
        "lines": [
            (line, Tag(line.status, STAGE_COLOURS[line.stage])) for line in list_cases_of(scanned.value, deps)
        ],
        "number": scanned.value,
        "kind": scanned.kind,
        "is_filled": is_filled,
        "name": name,
        "bar": compose_bar(request, deps),
    }
    return render(request, "window/scanned.html", context)


def _is_free(now: AtWindow) -> bool:
    """Say whether nobody is being served beyond a number that was scanned."""
    is_begun = now.matter is not None and now.matter.is_begun
    return now.applicant is None and not now.opened and not is_begun


def _numbers_of(now: AtWindow) -> set[str]:
    """Return the numbers of who is at the window: the party and the agent."""
    who = now.applicant
    return {who.id, who.agent_id} - {""} if who else set()


def keys(request: HttpRequest) -> HttpResponse:
    """Tell every key of the window."""
    return render(request, "window/keys.html", {"keys": KEYS, "bar": compose_bar(request, get_deps())})


def missing(request: HttpRequest) -> HttpResponse:
    """Show everything that is missing of what is being taken in, at once, to be printed for the client."""
    deps, now = get_deps(), read_client(request.session)
    if now.matter is None:
        return redirect("window:start")
    offer = read_offer(now.matter.item_id, now.matter.zone, deps)
    context = {
        "offer": offer,
        "missing": parse_answers(offer.item.form, now.matter.answers).problems,
        "at": deps.clock.now(),
        "bar": compose_bar(request, deps),
    }
    return render(request, "window/missing.html", context)


def pickups(request: HttpRequest) -> HttpResponse:
    """List what waits to be collected at this zone's windows."""
    deps = get_deps()
    return render(
        request, "window/pickups.html", {"lines": list_pickups(deps), "bar": compose_bar(request, deps)}
    )


def hand_out(request: HttpRequest, case_id: str) -> HttpResponse:
    """Note that the licence was handed to who has opened the case here; twice is once."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    deps = get_deps()
    page = get_opened(request, case_id, deps)
    helper_id = read_client(request.session).helpers.get(case_id, "")
    words: Text = _HANDED_OUT
    try:
        collect(CaseId(page.case.id), helper_id, actor_of(request), deps)
    except Conflict:
        words = _BEFORE
    messages.success(request, words.in_language(current_language()))
    return redirect("window:case", case_id)


_HANDED_OUT = Text("已登记领取。", "It is noted that the licence was handed out.")
_BEFORE = Text("早已送达或者领取，见办件页。", "It had reached its holder before; see the case.")
KEYS: tuple[tuple[str, Text], ...] = (
    ("s", Text("到扫描栏：扫码、刷卡或输入号码", "To the scan field: scan, or type a number")),
    ("n", Text("办结，叫下一位", "Finish and call next")),
    ("r", Text("再叫一次", "Call again")),
    ("p", Text("过号", "Pass over")),
    ("f", Text("办结", "Finish")),
    ("t", Text("转到别的队列或窗口", "Send on")),
    ("x", Text("下一位客户，清除资料", "Next client: clear everything")),
    ("c", Text("断网收件页：现在连接", "On the offline page: connect now")),
)
"""The keys that the pages' own attributes give; a test reads them in the pages."""
