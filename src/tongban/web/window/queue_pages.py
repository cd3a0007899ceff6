"""The queue as a window's clerk works it: sit down, call next, call again, pass over, send on, finish."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render

from tongban.domain.hall.ticket import QueueTicket
from tongban.flows import call_ticket as flow
from tongban.flows.ports import Deps
from tongban.kernel.errors import Conflict, NotFound, Refused
from tongban.kernel.text import Text
from tongban.reads.hall import read_window_queue
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.window.bar import compose_bar
from tongban.web.window.place import begin_with, read_window_place, sit_down
from tongban.wiring import get_deps

_NAME_LENGTH = 40
Act = Callable[[str, str, Deps], QueueTicket]


def queue(request: HttpRequest) -> HttpResponse:
    """Show this window's queues and whom it serves; choose a window first."""
    return _show(request, get_deps())


def _show(request: HttpRequest, deps: Deps, refused: Refused | None = None) -> HttpResponse:
    window = read_window_place(request.session).window
    windows = deps.catalogue.hall.windows.get(deps.zone, {})
    context: dict[str, Any] = {"bar": compose_bar(request, deps)}
    if window not in windows:
        book = deps.catalogue.hall
        context["windows"] = [
            (name, [book.get_business(one).title for one in served]) for name, served in windows.items()
        ]
        return render(request, "window/sit_down.html", context)
    book = deps.catalogue.hall
    seen = read_window_queue(window, deps)
    context |= {
        "seen": seen,
        "priority": book.find_priority(seen.current.priority) if seen.current else None,
        "business": book.get_business(seen.current.business) if seen.current else None,
        "businesses": [one for one in book.businesses if not seen.current or one.id != seen.current.business],
        "other_windows": [name for name in windows if name != window],
    }
    if refused:
        return refuse_page(request, "window/queue.html", context, refused)
    return render(request, "window/queue.html", context)


def sit(request: HttpRequest) -> HttpResponse:
    """Take one's place at a window, or leave it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    deps = get_deps()
    window = request.POST.get("window", "")[:_NAME_LENGTH]
    if window and window not in deps.catalogue.hall.windows.get(deps.zone, {}):
        raise NotFound(window)
    sit_down(request.session, window)
    return redirect("window:queue")


def call_next(request: HttpRequest) -> HttpResponse:
    """Finish with whom the window served, forget everything of them, and call who is next."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    deps, window = get_deps(), read_window_place(request.session).window
    if not window:
        return redirect("window:queue")
    begin_with(request.session, "")
    try:
        called = flow.call_next(window, deps)
    except Conflict:  # pressed twice at one instant: the first press has called somebody
        return redirect("window:queue")
    if called is None:
        messages.info(request, _NOBODY.in_language(current_language()))
        return redirect("window:queue")
    begin_with(request.session, called.label)
    return redirect("window:queue")


def act(request: HttpRequest, label: str, verb: str) -> HttpResponse:
    """Call again, pass over, send on or finish; all but calling again end the client."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    deps, window = get_deps(), read_window_place(request.session).window
    if verb not in _DONE:
        raise NotFound(verb)
    try:
        if verb == "transfer":
            done = _transfer(request, window, label, deps)
        else:
            done = _ACTS[verb](window, label, deps)
    except Refused as refused:
        return _show(request, deps, refused)
    if verb == "call":
        begin_with(request.session, done.label)
    elif verb != "recall":
        begin_with(request.session, "")
    words = _DONE[verb].fill(label=done.label)
    messages.success(request, words.in_language(current_language()))
    return redirect("window:queue")


def _transfer(request: HttpRequest, window: str, label: str, deps: Deps) -> QueueTicket:
    """Read where to: ``business:ID`` or ``window:ID``."""
    kind, _, name = request.POST.get("to", "")[:_NAME_LENGTH].partition(":")
    business, for_window = (name, "") if kind == "business" else ("", name)
    return flow.transfer(window, label, business, for_window, deps)


def end_ticket(request: HttpRequest, deps: Deps) -> None:
    """Finish with the ticket that this clerk serves, if any, and forget everything of the client."""
    place = read_window_place(request.session)
    begin_with(request.session, "")
    if place.ticket:
        try:
            flow.finish(place.window, place.ticket, deps)
        except (Refused, NotFound, Conflict):
            return  # somebody at the same window has ended it, or it is of another day: nothing to end


_ACTS: dict[str, Act] = {
    "call": flow.call_passed,
    "recall": flow.recall,
    "pass": flow.pass_over,
    "finish": flow.finish,
}
_DONE = {
    "call": Text("已叫 {label} 号", "{label} is called"),
    "recall": Text("已再叫 {label} 号", "{label} is called again"),
    "pass": Text("{label} 号已过号，当天可以再叫", "{label} is passed over; it can be called again today"),
    "finish": Text("{label} 号已办结，资料已清除", "{label} is finished; nothing of the client is left"),
    "transfer": Text(
        "{label} 号已转走，位置不变，资料已清除", "{label} is sent on in its place; nothing is left here"
    ),
}
_NOBODY = Text("没有人在等候", "Nobody is waiting")
