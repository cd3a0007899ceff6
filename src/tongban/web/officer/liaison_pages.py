"""The officer's pages between zones: receipts to confirm, originals, disputes, acts in another's name."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tongban.web.shared.liaison_pages import Room, show_case, show_deed, show_desk, show_slip

_ROOM = Room("officer", "shared/base.html", acts_in_name=True)


def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits between zones."""
    return show_desk(request, _ROOM, _ways())


def _ways() -> dict[str, str]:
    return {"delegations_url": reverse("officer:delegations"), "joints_url": reverse("officer:joints")}


def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show what zones owe each other about a case."""
    joint_url = reverse("officer:joint-open", args=[case_id])
    return show_case(request, case_id, _ROOM, {"joint_url": joint_url})


def deed(request: HttpRequest, case_id: str, deed: str) -> HttpResponse:
    """Do something about a case between zones."""
    return show_deed(request, case_id, deed, _ROOM, {})


def slip(request: HttpRequest, case_id: str, original: str) -> HttpResponse:
    """Show the slip that travels with an original."""
    return show_slip(request, case_id, original, _ROOM, {})
