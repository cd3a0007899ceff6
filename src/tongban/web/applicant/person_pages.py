"""Asking for a person at any step: who can be asked, where and how, and the way back to the very place."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from tongban.domain.voice.book import QUESTION
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import BundleId, CaseId, ItemId, ZoneId
from tongban.kernel.text import Text
from tongban.web.applicant.case_pages import read_own
from tongban.wiring import get_deps

LEAVE = "person"
"""Value of the button ``leave`` that keeps a form as it stands and asks for a person."""
_ADDRESS_CHARS = 2_000
_NO_ANSWERS = ("from", "lang", "type")
"""What stands in this page's address besides the answers of a questionnaire: way back, language, size."""


def read_way_back(request: HttpRequest) -> str:
    """Return the address from which somebody came, as ``from`` says it; empty when it is not of this site."""
    given = request.POST if request.method == "POST" else request.GET
    address = given.get("from", "").replace("\x00", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_ours and address.startswith("/") and len(address) <= _ADDRESS_CHARS else ""


def wants_person(request: HttpRequest) -> bool:
    """Say whether a form was left by the button that asks for a person."""
    return request.POST.get("leave") == LEAVE


def lead_to_person(request: HttpRequest) -> HttpResponse:
    """Lead to the page of persons from a form that was kept; the way back is the form."""
    return redirect(f"{reverse('applicant:help')}?{urlencode({'from': request.path})}")


def ask(request: HttpRequest) -> HttpResponse:
    """Show who can be asked, in writing, by telephone and at a window; what was filled in stays."""
    deps = get_deps()
    back = _with_answers(request, read_way_back(request))
    place = _resolve(back)
    about = _find_about(place, deps)
    case_id = place.get("case_id", "")
    told = {"zone": about.zone, "item": about.item, "case": case_id, "from": back}
    context = {
        "back_url": back or "/",
        "is_back": bool(back),
        "is_form": "number" in place and back.startswith(("/apply/", "/bundles/")),
        "about": about.title,
        "zone": deps.catalogue.zones[ZoneId(about.zone)],
        "question": deps.catalogue.voices.get(QUESTION),
        "question_url": f"{reverse('applicant:raise', args=[QUESTION])}?{urlencode(told)}",
        "person_url": _find_person_url(request, case_id),
    }
    return render(request, "applicant/person.html", context)


@dataclass(frozen=True, slots=True)
class _About:
    """What the page is about from which somebody comes."""

    zone: str
    item: str = ""
    title: Text | None = None


def _with_answers(request: HttpRequest, back: str) -> str:
    """Return the way back with the answers of a questionnaire that was left, which are kept nowhere else."""
    given = ((name, value) for name, values in request.GET.lists() for value in values)
    answers = [(name, value) for name, value in given if name not in _NO_ANSWERS]
    if not back or not answers:
        return back
    query = urlencode(answers)
    return f"{back}{'&' if '?' in back else '?'}{query}" if len(query) <= _ADDRESS_CHARS else back


def _resolve(back: str) -> Mapping[str, str]:
    """Return what the address of a page of ours names: its item, zone, bundle, case, draft."""
    try:
        return resolve(back.partition("?")[0]).kwargs if back else {}
    except Resolver404:
        return {}


def _find_about(place: Mapping[str, str], deps: Deps) -> _About:
    zone = place.get("zone_id", deps.zone)
    zone = zone if zone in deps.catalogue.zones else deps.zone
    item_id = place.get("item_id", "")
    with suppress(NotFound):
        return _About(zone, item_id, deps.catalogue.get_item(ItemId(item_id), ZoneId(zone)).title)
    with suppress(NotFound):
        return _About(zone, "", deps.catalogue.get_bundle(BundleId(place.get("bundle_id", ""))).title)
    return _About(zone)


def _find_person_url(request: HttpRequest, case_id: str) -> str:
    """Return where the applicant asks that a person decides the case, if that is still open; else nothing."""
    if not case_id or not request.user.is_authenticated or request.user.role != "applicant":
        return ""
    try:
        page, _ = read_own(request, CaseId(case_id))
    except NotFound:
        return ""
    return reverse("applicant:person", args=[case_id]) if "AskForPerson" in page.may else ""
