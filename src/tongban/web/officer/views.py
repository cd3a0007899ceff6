"""Pages of the officer's room that only show: the worklist, a case, a copy that was handed in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode

from tongban.domain.clock.reading import Light
from tongban.flows.belonging import list_stood_in_for
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.agenda import read_standing
from tongban.reads.belonging import read_belonging
from tongban.reads.drafts import read_drafts
from tongban.reads.examination import open_copy, read_examination
from tongban.reads.joint_parts import find_joint_page
from tongban.reads.mandates import read_mandates
from tongban.reads.messages_told import read_sent
from tongban.reads.papers import read_papers
from tongban.reads.similar import read_similar
from tongban.reads.worklist import MINE, STAGES, Place, Wish, count_waiting, parse_place, read_worklist
from tongban.web.officer.acts import actor_of
from tongban.web.officer.case_parts import compose_case
from tongban.web.officer.escalations import compose_told
from tongban.web.officer.examining_pages import compose_examining
from tongban.web.officer.joint_pages import compose_waiting_parts
from tongban.web.officer.key_pages import compose_lists
from tongban.web.officer.list_parts import (
    compose_filters,
    compose_lights,
    compose_people,
    compose_row,
    compose_whose,
)
from tongban.web.officer.review_parts import find_review
from tongban.web.shared.joint_words import add_part_clocks
from tongban.web.shared.parts import Field
from tongban.wiring import get_deps

_SHOWN_INLINE = {"application/pdf", "image/jpeg", "image/png"}
"""What a browser shows without running anything; every other kind is only handed over as a file."""
_NUMBER_LENGTH = 40
_NOTES_SHOWN = 5


def worklist(request: HttpRequest) -> HttpResponse:
    """Show the cases that wait for a person in this zone, the most urgent first."""
    deps = get_deps()
    wish = read_wish(request, deps)
    teams, officers = deps.desk.list_teams(), deps.desk.list_officers()
    names = {one.username: one.name for one in officers}
    page = read_worklist(wish, _read_place(request), deps)
    standing = read_standing([row.case_id for row in page.rows], ("officer", "head"), deps)
    counts = count_waiting(wish, deps)
    items = deps.catalogue.list_items(deps.zone)
    context = {
        "rows": [
            compose_row(row, deps, compose_told(standing.get(row.case_id, ())), names) for row in page.rows
        ],
        "whose": compose_whose(wish) if teams else (),
        "lights": compose_lights(counts, wish),
        "filters": [*compose_people(wish, teams, officers), *compose_filters(wish, items, deps)],
        "wish": wish,
        "is_head": request.user.role == "head",
        "counts": counts,
        "is_narrowed": bool(wish.parts),
        "back_url": _address(wish, page.back),
        "next_url": _address(wish, page.next),
        "lists": compose_lists(),
        "parts": compose_waiting_parts(request.user.username, deps),
        "drafts": read_drafts(request.user.username, deps),
    }
    return render(request, "officer/worklist.html", context)


def read_wish(request: HttpRequest, deps: Deps) -> Wish:
    """Read the filters; one that does not exist is left out."""

    def word(name: str) -> str:
        return request.GET.get(name, "")[:80].replace("\x00", "")

    me, whose, zone = request.user.username, word("whose"), word("zone")
    light, stage = request.GET.get("light", ""), request.GET.get("stage", "")
    return Wish(
        item=word("item"),
        whose=whose,
        team=word("team"),
        zone=zone if zone in deps.catalogue.zones else "",
        mine=(me, *sorted(list_stood_in_for(me, deps))) if whose == MINE else (),
        light=light if light in set(Light) else "",
        stage=stage if stage in STAGES else "",
    )


def _read_place(request: HttpRequest) -> Place | None:
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    place = parse_place(after[:60]) if after else parse_place(before[:60], is_before=True)
    return None if place is None or "\x00" in place.case_id else place


def _address(wish: Wish, place: Place | None) -> str:
    """Return the address of another page of the same list, or nothing."""
    if place is None:
        return ""
    parts = dict(wish.parts)
    parts["before" if place.is_before else "after"] = place.text
    return "?" + urlencode({name: value for name, value in parts.items() if value})


def find(request: HttpRequest) -> HttpResponse:
    """Lead to a case by its number; whatever is not found here is not said to exist elsewhere."""
    number = request.GET.get("number", "").strip().upper()[:_NUMBER_LENGTH].replace("\x00", "")
    deps = get_deps()
    case = deps.cases.find(CaseId(number)) if number else None
    if case is not None and case.deciding_zone == deps.zone:
        return redirect("officer:case", case_id=case.id)
    sub_case = deps.liaison.find_matter("part", number) if number else None
    if sub_case is not None:
        return redirect("officer:joint", sub_case.subject)
    problem = Problem("case.not-here", _NOT_HERE, "number", next_step=_CHECK)
    field = Field("number", _NUMBER, value=number, max_length=_NUMBER_LENGTH, problems=(problem,))
    context = {"fields": [field], "problems": [problem], "heading": _FIND, "action": reverse("officer:find")}
    return render(request, "officer/find.html", context, status=404)


def case_page(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show a case with its facts beside their sources, and what this role may do now."""
    deps = get_deps()
    examination = read_examination(CaseId(case_id), request.user.role, deps)
    context: dict[str, Any] = compose_case(examination, deps)
    belongs = read_belonging(context["page"].case, actor_of(request), deps)
    context["belongs"], context["offers"] = belongs, () if belongs.obstacle else context["offers"]
    context["review"] = find_review(deps.cases.history(CaseId(case_id)))
    context["similar"] = read_similar(context["page"].case, deps)
    context["notes"] = deps.desk.list_notes(CaseId(case_id), _NOTES_SHOWN)
    context["papers"] = read_papers(context["page"].case, deps, for_officers=True)
    context["sent"] = read_sent(context["page"].case, None, deps)
    context["mandates"] = read_mandates(context["page"].case, deps)
    context["lists"] = compose_lists()
    add_part_clocks(context, find_joint_page(context["page"].case, deps), deps)
    context["draft"] = deps.desk.find_draft(CaseId(case_id))
    context |= compose_examining(examination, request, deps)
    return render(request, "officer/case.html", context)


def copy(request: HttpRequest, case_id: str, digest: str) -> HttpResponse:  # noqa: ARG001 (role: see urls)
    """Hand over a file of a case decided here; nothing in it may run."""
    found = open_copy(CaseId(case_id), digest, get_deps())
    is_shown = found.media_type in _SHOWN_INLINE
    response = HttpResponse(
        found.content, content_type=found.media_type if is_shown else "application/octet-stream"
    )
    response.headers["Content-Disposition"] = _disposition(found.name or digest, is_shown)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _disposition(name: str, is_shown: bool) -> str:
    return content_disposition_header(as_attachment=not is_shown, filename=name) or "attachment"


_NUMBER = Text("办件编号", "Case number")
_FIND = Text("按编号查找办件", "Find a case by its number")
_NOT_HERE = Text("这里没有这个编号的办件", "There is no case of this number here")
_CHECK = Text(
    "请核对编号：字母 O 与数字 0、字母 I 与数字 1 容易混淆。只能查到由本区办理的办件。",
    "Check the number: O and 0, I and 1 are easily confused. Only cases decided in this zone are found.",
)
