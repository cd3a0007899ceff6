"""Rating a handling that has ended, and the public numbers of this zone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tongban import wiring
from tongban.domain.rating import WORDS_CHARS
from tongban.domain.rules.words import fill
from tongban.flows.ports import Deps
from tongban.flows.rate import Opinion, rate
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.text import Text
from tongban.reads.ratings import RatedSide, read_numbers, read_sides
from tongban.web.applicant.case_pages import read_own
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field

_DETAILS_MAX = 20


def rate_case(request: HttpRequest, case_id: str, part: str) -> HttpResponse:
    """Ask for a rating of one side of a case, and take it, once."""
    page, deps = read_own(request, case_id)
    side = next((side for side in read_sides(page.case, deps) if side.part == part), None)
    if side is None:
        raise NotFound(case_id)
    if side.level is not None:
        return redirect("applicant:case", case_id)
    if request.method != "POST":
        return render(request, "applicant/rate.html", _compose(page.case.id, side, Opinion(""), (), deps))
    opinion = Opinion(
        request.POST.get("level", "")[:40],
        tuple(detail[:40] for detail in request.POST.getlist("details")[:_DETAILS_MAX]),
        request.POST.get("words", "").replace("\x00", "").replace("\r\n", "\n")[: WORDS_CHARS * 2],
    )
    try:
        rate(page.case.id, part, opinion, deps)
    except Refused as refused:
        context = _compose(page.case.id, side, opinion, refused.problems, deps)
        return refuse_page(request, "applicant/rate.html", context, refused)
    messages.success(request, _THANKS.in_language(current_language()))
    return redirect("applicant:case", case_id)


def _compose(
    case_id: str, side: RatedSide, opinion: Opinion, problems: tuple[Problem, ...], deps: Deps
) -> dict[str, object]:
    book = deps.catalogue.ratings

    def wrong(name: str) -> list[Problem]:
        return [problem for problem in problems if problem.pointer == name]

    fields = [
        Field("level", _LEVEL, "choice", value=opinion.level, problems=wrong("level"), law=book.source,
              choices=[Choice(level.id, level.title) for level in book.levels]),
        Field("details", _DETAILS, "choices", values=tuple(opinion.details), is_required=False,
              help=_DETAILS_HELP, problems=wrong("details"),
              choices=[Choice(identity, title) for identity, title in book.details.items()]),
        Field("words", _WORDS, "long_text", value=opinion.words, is_required=False, max_length=WORDS_CHARS,
              problems=wrong("words")),
    ]  # fmt: skip
    heading = fill(_HEADINGS[side.part], zone=side.zone.short_name)
    return {"case_id": case_id, "heading": heading, "fields": fields}


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
    }
    return render(request, "applicant/ratings.html", context)


_HEADINGS = {
    "receiving": Text("{zone}收件、转交，办得怎么样？", "How did {zone} take it in and hand it on?"),
    "deciding": Text("{zone}办理，办得怎么样？", "How did {zone} handle it?"),
}
_LEVEL = Text("总的来说", "All in all")
_DETAILS = Text("哪里不满意", "What was bad")
_DETAILS_HELP = Text(
    "不满意时勾选一项，或者在下面写几个字，便于改进。",
    "If you are not satisfied, tick one or write a few words below.",
)
_WORDS = Text("想说的话", "In your words")
_THANKS = Text(
    "谢谢评价。评价不能修改，也不影响您办事。",
    "Thank you. A rating cannot be changed, and does not affect your matters.",
)
