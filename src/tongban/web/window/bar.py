"""Who is at the window, on top of every page of the room, with the way to the next client."""

from dataclasses import dataclass, field, replace

from django.http import HttpRequest
from django.urls import reverse

from tongban.domain.case.events import ApplicantRef
from tongban.domain.party import mask_name
from tongban.flows.ports import Deps
from tongban.kernel.text import Text
from tongban.web.window.bundle_matter import BundleMatter, read_matter
from tongban.web.window.client import read_client
from tongban.web.window.place import WindowPlace, read_window_place


@dataclass(frozen=True, slots=True)
class Bar:
    """What the bar says.

    Args:
        client: the client's name, hidden for a person; empty before it is known.
        matter, zone: what is being taken in, and for which zone; None when nothing is.
        go_on_url: where to go on with it.
        is_empty: nothing of any client is kept.
        place: the clerk's window, and the number being served.
    """

    client: str
    matter: Text | None
    zone: Text | None
    go_on_url: str
    is_empty: bool
    place: WindowPlace = field(default_factory=WindowPlace)


def frame_of(request: HttpRequest, deps: Deps) -> dict[str, object]:
    """Return what puts a page that all rooms share into this room's frame, with the client on top."""
    return {"room": "window/room.html", "bar": compose_bar(request, deps)}


def compose_bar(request: HttpRequest, deps: Deps) -> Bar:
    """Return the bar for this request."""
    return replace(_compose(request, deps), place=read_window_place(request.session))


def _compose(request: HttpRequest, deps: Deps) -> Bar:
    now = read_client(request.session)
    name = _shown_name(now.applicant)
    bundle = read_matter(request.session)
    if bundle is not None:
        return _bar_of_bundle(bundle, deps)
    if now.matter is None:
        return Bar(name, None, None, "", now.is_empty)
    item = deps.catalogue.get_item(now.matter.item_id, now.matter.zone)
    zone = deps.catalogue.zones[now.matter.zone].short_name
    step = "window:form" if now.applicant else "window:client"
    return Bar(name, item.title, zone, reverse(step), now.is_empty)


def _bar_of_bundle(matter: BundleMatter, deps: Deps) -> Bar:
    title = deps.catalogue.get_bundle(matter.bundle_id).title
    step = "window:bundle-form" if matter.applicant else "window:bundle-client"
    zone = deps.catalogue.zones[deps.zone].short_name
    return Bar(_shown_name(matter.applicant), title, zone, reverse(step), is_empty=False)


def _shown_name(applicant: ApplicantRef | None) -> str:
    """Return the client's name, hidden for a person; empty before it is known."""
    if applicant is None:
        return ""
    return mask_name(applicant.name) if applicant.kind == "person" else applicant.name
