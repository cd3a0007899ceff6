"""The window's pages between zones: originals it took in or receives, scans it signs for, disputes."""

from django.http import HttpRequest, HttpResponse

from tongban.web.shared.liaison_pages import Room, show_case, show_deed, show_desk, show_slip
from tongban.web.window.bar import compose_bar
from tongban.wiring import get_deps

_ROOM = Room("window", "window/room.html")


def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits between zones."""
    return show_desk(request, _ROOM, {"bar": compose_bar(request, get_deps())})


def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show what zones owe each other about a case; nothing of its party."""
    return show_case(request, case_id, _ROOM, {"bar": compose_bar(request, get_deps())})


def deed(request: HttpRequest, case_id: str, deed: str) -> HttpResponse:
    """Do something about a case between zones."""
    return show_deed(request, case_id, deed, _ROOM, {"bar": compose_bar(request, get_deps())})


def slip(request: HttpRequest, case_id: str, original: str) -> HttpResponse:
    """Show the slip that travels with an original."""
    return show_slip(request, case_id, original, _ROOM, {"bar": compose_bar(request, get_deps())})
