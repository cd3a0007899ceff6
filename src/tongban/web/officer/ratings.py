"""Bad ratings of this zone, for its head: the list, one of them, and putting it right."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from tongban.domain.rating import WORDS_CHARS
from tongban.flows.ports import Deps
from tongban.flows.rate import rectify
from tongban.flows.rating_store import VISIT, Rating
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text
from tongban.reads.ratings import get_bad, read_bad, title_of
from tongban.web.officer.acts import actor_of
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field
from tongban.wiring import get_deps

_DONE = "done"
_PLACE_CHARACTERS = 90


def bad_ratings(request: HttpRequest) -> HttpResponse:
    """Show what is still to be put right, the oldest first, or what was."""
    deps, is_done = get_deps(), request.GET.get("show") == _DONE
    found = read_bad(deps, is_done=is_done, after=request.GET.get("after", "")[:_PLACE_CHARACTERS])
    parts = {"show": _DONE if is_done else "", "after": found.next or ""}
    book = deps.catalogue.ratings
    context = {
        "lines": found.lines,
        "is_done": is_done,
        "limit": book.rectify.in_words,
        "is_synthetic": book.rectify_is_synthetic,
        "law": book.rectify.source,
        "open_url": reverse("officer:ratings"),
        "done_url": reverse("officer:ratings") + "?" + urlencode({"show": _DONE}),
        "next_url": "?" + urlencode({k: v for k, v in parts.items() if v}) if found.next else "",
    }
    return render(request, "officer/ratings.html", context)


def bad_rating(request: HttpRequest, case_id: str, part: str) -> HttpResponse:
    """Show a bad rating; record what was found and done, and that the person was called back."""
    deps = get_deps()
    rating = get_bad(case_id[:40], part, deps)
    words = request.POST.get("words", "").replace("\x00", "").replace("\r\n", "\n").strip()
    is_called = "yes" in request.POST.getlist("called")
    if request.method != "POST":
        return render(request, "officer/rating.html", _compose(rating, "", False, (), deps))
    try:
        rectify(rating.case_id, part, words[: WORDS_CHARS * 2], is_called, actor_of(request), deps)
    except Refused as refused:
        context = _compose(rating, words[: WORDS_CHARS * 2], is_called, refused.problems, deps)
        return refuse_page(request, "officer/rating.html", context, refused)
    messages.success(request, _RECORDED.in_language(current_language()))
    return redirect("officer:rating", case_id, part)


def _compose(
    rating: Rating, words: str, is_called: bool, problems: tuple[Problem, ...], deps: Deps
) -> dict[str, object]:
    book = deps.catalogue.ratings
    fields = [
        Field("words", _WORDS, "long_text", value=words, help=_WORDS_HELP, max_length=WORDS_CHARS,
              problems=[one for one in problems if one.pointer == "words"]),
        Field("called", _CALLED, "choices", values=("yes",) if is_called else (),
              choices=[Choice("yes", _CALLED_YES)],
              problems=[one for one in problems if one.pointer == "called"]),
    ]  # fmt: skip
    return {
        "rating": rating,
        "level": book.find_level(rating.level),
        "details": [book.details[detail] for detail in rating.details if detail in book.details],
        "item": title_of(rating.item_id, deps),
        "fields": fields[:1] if rating.part == VISIT else fields,
        "law": book.rectify.source,
        "is_own_case": rating.part == "deciding",
    }


_WORDS = Text("核实到什么，怎样整改", "What was found, and what was done")
_WORDS_HELP = Text("不写申请人的个人信息。", "Leave out personal data of the applicant.")
_CALLED = Text("回访", "Calling back")
_CALLED_YES = Text("已经回访申请人，说明了处理结果", "The applicant was called back and told what was done")
_RECORDED = Text("整改已记录。", "It is recorded.")
