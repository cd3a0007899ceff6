"""Pages between zones, the same for the window and the officer's room: a desk, a case, its deeds, a slip."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.liaison.acts import ZoneAct
from tongban.domain.liaison.custody import Custody, Place
from tongban.domain.liaison.dispute import DisputeState
from tongban.domain.liaison.plain import WORDS_CHARS
from tongban.flows.disputes import RULES
from tongban.flows.liaison_port import Matter
from tongban.flows.originals import get_custody
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.liaison import (
    CaseLiaison,
    DisputeLine,
    Unconfirmed,
    name_item,
    read_case_liaison,
    read_liaison_desk,
)
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.liaison_deeds import DEEDS, Deed
from tongban.web.shared.liaison_words import KINDS, PLACES, STATES, day_light, say_act
from tongban.web.shared.parts import Field, Light, Tag
from tongban.wiring import get_deps

_SUBJECT_CHARS = 64


@dataclass(frozen=True, slots=True)
class Room:
    """The room in which a page stands.

    Args:
        name: of its addresses; frame: the template that it extends.
        acts_in_name: whether its people may act in another zone's name.
    """

    name: str
    frame: str
    acts_in_name: bool = False

    def url(self, page: str, *parts: str) -> str:
        """Return the address of a page of this room."""
        return reverse(f"{self.name}:{page}", args=parts)


def show_desk(request: HttpRequest, room: Room, more: Mapping[str, Any]) -> HttpResponse:
    """Show what waits between zones: to be confirmed, originals, disputes."""
    deps = get_deps()
    desk = read_liaison_desk(deps)
    context = {
        "desk": desk,
        "to_confirm": [_unconfirmed(one, desk.today, room) for one in desk.to_confirm],
        "unconfirmed": [_unconfirmed(one, desk.today, room) for one in desk.unconfirmed],
        "originals": [_line(one, PLACES[one.state], desk.today, room, deps) for one in desk.originals],
        "disputes": [_line(one, STATES[one.state], desk.today, room, deps) for one in desk.disputes],
        "closed": [_line(one, STATES[one.state], desk.today, room, deps) for one in desk.closed],
    }
    return render(request, "shared/liaison/desk.html", context | {"frame": room.frame} | dict(more))


def _unconfirmed(one: Unconfirmed, today: date, room: Room) -> dict[str, Any]:
    return {"one": one, "light": day_light(one.due_on, today), "url": room.url("between", one.case_id)}


def _line(one: Matter, tag: Tag, today: date, room: Room, deps: Deps) -> dict[str, Any]:
    zones = deps.catalogue.zones
    about = KINDS.get(one.about, Text(one.about, one.about))
    return {
        "one": one,
        "tag": tag,
        "about": about,
        "item": name_item(one.item_id, one.zone, deps),
        "zone": zones[one.zone].short_name,
        "other": zones[one.other_zone].short_name,
        "light": day_light(one.due_on, today),
        "url": room.url("between", one.case_id),
    }


def show_case(request: HttpRequest, case_id: str, room: Room, more: Mapping[str, Any]) -> HttpResponse:
    """Show everything that two zones owe each other about a case, and what may be done now."""
    deps = get_deps()
    page = read_case_liaison(CaseId(case_id), deps)
    context = {
        "page": page,
        "case_id": page.case.id,
        "is_decided_here": page.case.deciding_zone == deps.zone,
        "originals": [_original(one, page, deps) for one in page.custodies],
        "disputes": [_dispute(one, page, deps) for one in page.disputes],
        "in_name": [_step(one, deps) for one in page.in_name],
        "confirmed_by": _name_zone(page.confirmation.said, deps)
        if page.confirmation and page.confirmation.said
        else None,
        "confirm_light": _confirm_light(page),
        "may": _may(page.case, page, room, deps),
        "desk_url": room.url("between-desk"),
    }
    return render(request, "shared/liaison/case.html", context | {"frame": room.frame} | dict(more))


def _confirm_light(page: CaseLiaison) -> Light | None:
    waits = page.confirmation is not None and not page.confirmation.is_there
    return day_light(page.confirmation.due_on, page.today) if waits and page.confirmation else None


def _may(case: Case, page: CaseLiaison, room: Room, deps: Deps) -> frozenset[str]:
    """Return the deeds about the case itself that are open to this room now."""
    may = set()
    if case.receiving_zone == deps.zone:
        may |= {"take", "certify"}
    if page.is_cross_zone:
        may.add("dispute")
        is_waiting = page.confirmation is not None and not page.confirmation.is_there
        if case.deciding_zone == deps.zone and is_waiting:
            may.add("confirm")
        if case.deciding_zone != deps.zone and room.acts_in_name and case.is_open:
            may.add("in-name")
    return frozenset(may)


def _original(one: Custody, page: CaseLiaison, deps: Deps) -> dict[str, Any]:
    may = []
    if one.place is Place.HELD and one.zone == deps.zone:
        may = ["give", *(["send"] if page.is_cross_zone else [])]
    if one.place is Place.ON_THE_WAY and one.sent is not None and one.sent.to_zone == deps.zone:
        may = ["receive"]
    return {
        "one": one,
        "tag": PLACES[one.place],
        "zone": deps.catalogue.zones[one.zone].short_name,
        "light": day_light(one.sent.expected_on, page.today) if one.sent else None,
        "is_late": one.is_late(page.today),
        "steps": [_step(step, deps) for step in one.steps],
        "may": [(slug, DEEDS[slug].title) for slug in may],
    }


def _dispute(line: DisputeLine, page: CaseLiaison, deps: Deps) -> dict[str, Any]:
    one, may = line.dispute, []
    if one.state is not DisputeState.CLOSED and deps.zone in one.zones:
        if one.answer is None and one.opened.against == deps.zone:
            may.append("answer")
        if one.escalation is None:
            may.append("escalate")
        if one.escalation is not None or one.zone == deps.zone:
            may.append("close")
    return {
        "one": one,
        "tag": STATES[one.state],
        "kind": KINDS[one.kind],
        "zones": [deps.catalogue.zones[zone].short_name for zone in one.zones],
        "light": day_light(one.due_on, page.today),
        "rule": RULES[one.kind],
        "by_rule": line.by_rule.short_name if line.by_rule else None,
        "steps": [_step(step, deps) for step in one.history],
        "may": [(slug, DEEDS[slug].title) for slug in may],
    }


def _step(told: ZoneAct, deps: Deps) -> dict[str, Any]:
    title, words = say_act(told)
    cites = getattr(told.act, "cites", "")
    return {"told": told, "title": title, "words": words, "zone": _name_zone(told, deps), "cites": cites}


def _name_zone(told: ZoneAct, deps: Deps) -> Text:
    return deps.catalogue.zones[told.zone].short_name


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts: by role, login and name."""
    account = request.user
    return Actor(account.role, account.username, account.display_name)


def show_deed(
    request: HttpRequest, case_id: str, deed: str, room: Room, more: Mapping[str, Any]
) -> HttpResponse:
    """Show the form of a deed with what follows from it, and carry it out."""
    if deed not in DEEDS:
        raise NotFound(deed)
    chosen, deps = DEEDS[deed], get_deps()
    page = read_case_liaison(CaseId(case_id), deps)
    fields = chosen.fields(page, deps)
    given = _read_given(request, fields)
    back_url = room.url("between", page.case.id)
    context: dict[str, Any] = {
        "deed": chosen,
        "page": page,
        "about": _name_subject(given["about"], page),
        "subject": given["about"],
        "fields": [_fill(one, given, request, ()) for one in fields],
        "back_url": back_url,
        "frame": room.frame,
    }
    if request.method != "POST":
        return render(request, "shared/liaison/deed.html", context | dict(more))
    try:
        _run(chosen, page, given, request, deps)
    except Refused as refused:
        context["fields"] = [_fill(one, given, request, refused.problems) for one in fields]
        return refuse_page(request, "shared/liaison/deed.html", context | dict(more), refused)
    messages.success(request, chosen.done.in_language(current_language()))
    return redirect(back_url)


def _run(deed: Deed, page: CaseLiaison, given: Mapping[str, str], request: HttpRequest, deps: Deps) -> None:
    with deps.unit():
        deed.run(page.case.id, given, actor_of(request), deps)


def _read_given(request: HttpRequest, fields: list[Field]) -> dict[str, str]:
    given = {one.name: _clean(request.POST.get(one.name, ""))[: WORDS_CHARS * 2] for one in fields}
    about = request.POST.get("about", request.GET.get("about", ""))
    return given | {"about": _clean(about)[:_SUBJECT_CHARS]}


def _clean(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def _fill(one: Field, given: Mapping[str, str], request: HttpRequest, problems: Any) -> Field:
    value = given[one.name] if request.method == "POST" else one.value
    return replace(one, value=value, problems=[p for p in problems if p.pointer == one.name])


def _name_subject(subject: str, page: CaseLiaison) -> Text | None:
    """Return in words which original, scan or dispute a deed is about."""
    for log in page.custodies:
        if log.id == subject:
            return Text(log.paper, log.paper)
    for copy in page.copies:
        if copy.digest == subject:
            return copy.question
    for line in page.disputes:
        if line.dispute.id == subject:
            return KINDS[line.dispute.kind]
    return None


def show_slip(
    request: HttpRequest, case_id: str, original: str, room: Room, more: Mapping[str, Any]
) -> HttpResponse:
    """Show the slip that travels with an original, to be printed and signed on paper too."""
    deps = get_deps()
    page = read_case_liaison(CaseId(case_id), deps)
    log = get_custody(page.case.id, original, deps)
    context = {
        "page": page,
        "log": _original(log, page, deps),
        "back_url": room.url("between", page.case.id),
        "frame": room.frame,
    }
    return render(request, "shared/liaison/slip.html", context | dict(more))
