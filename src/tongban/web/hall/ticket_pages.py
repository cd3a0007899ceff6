"""Tickets: taken at the entrance without a name, followed on a page, called on the board."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render

from tongban.domain.hall.ticket import FINISHED
from tongban.flows import take_ticket as flow
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.text import Text
from tongban.reads.hall import read_board, read_place, read_queues
from tongban.web.hall.rating_pages import is_rated, may_rate, remember_ticket
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.parts import Field
from tongban.wiring import get_deps

_REFRESH_SECONDS = 10
_NAME_LENGTH = 40
_CODE_LENGTH = 20


def entrance(request: HttpRequest) -> HttpResponse:
    """Show the queues with their length; give a number of one when asked."""
    deps = get_deps()
    if request.method != "POST":
        return _fresh(render(request, "hall/entrance.html", _compose(deps)))
    business = request.POST.get("business", "")[:_NAME_LENGTH]
    priority = request.POST.get("priority", "")[:_NAME_LENGTH]
    try:
        given = flow.take_ticket(business, priority, deps)
    except Refused as refused:
        return refuse_page(request, "hall/entrance.html", _compose(deps, priority=priority), refused)
    remember_ticket(request, given.label)
    return redirect("hall:ticket", given.label)


def check_in(request: HttpRequest) -> HttpResponse:
    """Give a number for the code of an appointment."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    deps = get_deps()
    code = request.POST.get("code", "").replace("\x00", "")[:_CODE_LENGTH]
    try:
        given = flow.check_in(code, deps)
    except Refused as refused:
        return refuse_page(request, "hall/entrance.html", _compose(deps, code=code), refused)
    remember_ticket(request, given.label)
    return redirect("hall:ticket", given.label)


def _compose(deps: Deps, priority: str = "", code: str = "") -> dict[str, object]:
    book = deps.catalogue.hall.of(deps.zone)
    is_open = book.is_open(deps.clock.now(), deps.catalogue.get_calendar(deps.zone))
    return {
        "queues": read_queues(deps),
        "priorities": [one for one in book.priorities if not one.by_code],
        "chosen": priority,
        "hours": book.hours,
        "is_open": is_open,
        "is_synthetic": book.is_synthetic,
        "code_field": Field("code", _CODE, value=code, max_length=_CODE_LENGTH, autocomplete="off"),
    }


def ticket(request: HttpRequest, label: str) -> HttpResponse:
    """Show one of today's numbers and how many are called before it; it can be printed."""
    deps = get_deps()
    try:
        place = read_place(flow.get_ticket(label[:_NAME_LENGTH], deps), deps)
    except NotFound:
        return _fresh(render(request, "hall/no_ticket.html", {"label": label[:_NAME_LENGTH]}, status=404))
    context = {
        "place": place,
        "priority": deps.catalogue.hall.find_priority(place.ticket.priority),
        "refresh": None if "still" in request.GET else _REFRESH_SECONDS,
        "may_rate": place.ticket.state == FINISHED and may_rate(request, place.ticket.label, deps),
    }
    if context["may_rate"]:
        context["is_rated"] = is_rated(place.ticket.label, deps)
    return _fresh(render(request, "hall/ticket.html", context))


def board(request: HttpRequest) -> HttpResponse:
    """Show who is called to which window, in large type and both languages; it renews itself unless still."""
    context = {
        "board": read_board(get_deps()),
        "refresh": None if "still" in request.GET else _REFRESH_SECONDS,
    }
    return _fresh(render(request, "hall/board.html", context))


def _fresh(response: HttpResponse) -> HttpResponse:
    """A page that is true for seconds is kept by nobody."""
    response["Cache-Control"] = "no-store"
    return response


_CODE = Text("预约码", "Appointment code")
