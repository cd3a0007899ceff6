"""Rating a handling that has ended, and the public numbers of this zone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban import wiring
from tongban.domain.rules.words import fill
from tongban.flows.ports import Deps
from tongban.flows.rate import Opinion, rate
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.text import Text
from tongban.reads.ratings import RatedSide, read_numbers, read_sides
from tongban.web.applicant.case_pages import read_own
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.rating_parts import NO_OPINION, THANKS, compose_rating_fields, read_opinion


def rate_case(request: HttpRequest, case_id: str, part: str) -> HttpResponse:
    """Ask for a rating of one side of a case, and take it, once."""
    page, deps = read_own(request, case_id)
    side = next((side for side in read_sides(page.case, deps) if side.part == part), None)
    if side is None:
        raise NotFound(case_id)
    if side.level is not None:
        return redirect("applicant:case", case_id)
    if request.method != "POST":
        return render(request, "shared/rate.html", _compose(page.case.id, side, NO_OPINION, (), deps))
    opinion = read_opinion(request)
    try:
        rate(page.case.id, part, opinion, deps)
    except Refused as refused:
        context = _compose(page.case.id, side, opinion, refused.problems, deps)
        return refuse_page(request, "shared/rate.html", context, refused)
    messages.success(request, THANKS.in_language(current_language()))
    return redirect("applicant:case", case_id)


def _compose(
    case_id: str, side: RatedSide, opinion: Opinion, problems: tuple[Problem, ...], deps: Deps
) -> dict[str, object]:
    fields = compose_rating_fields(opinion, problems, deps)
    heading = fill(_HEADINGS[side.part], zone=side.zone.short_name)
    return {"back_url": reverse("applicant:case", args=[case_id]), "heading": heading, "fields": fields}


def numbers(request: HttpRequest) -> HttpResponse:
    """Show how this zone was rated, by item; open to everybody."""
    deps = wiring.get_deps()
    levels, lines, whole = read_numbers(deps)
    context = {
        "levels": levels,
        "lines": lines,
        "whole": whole,
        "zone_words": deps.catalogue.zones[deps.zone].short_name,
        "law": deps.catalogue.ratings.source,
        "fewest": deps.catalogue.ratings.fewest_shown,
    }
    return render(request, "applicant/ratings.html", context)


_HEADINGS = {
    "receiving": Text("{zone}收件、转交，办得怎么样？", "How did {zone} take it in and hand it on?"),
    "deciding": Text("{zone}办理，办得怎么样？", "How did {zone} handle it?"),
}
