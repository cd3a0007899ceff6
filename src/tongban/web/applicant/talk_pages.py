"""The applicant answers what an officer wrote, at the zone that decides or at the one that received."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.case.decide_talk import WORDS_CHARS
from tongban.flows.talk import answer_officer
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text
from tongban.reads.case_page import CasePage
from tongban.web.applicant.case_pages import lead_back, read_own
from tongban.web.applicant.parties import actor_of
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.parts import Field


def answer(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show what was written with a form for the answer, and take it."""
    page, deps = read_own(request, case_id)
    if "AnswerOfficer" not in page.may:
        return redirect("applicant:case", case_id)
    if request.method != "POST":
        return render(request, "applicant/answer.html", _compose(page, "", ()))
    words = request.POST.get("words", "").replace("\x00", "").replace("\r\n", "\n")[: WORDS_CHARS + 100]
    try:
        answer_officer(page.case.id, words, actor_of(request.user), deps)
    except Refused as refused:
        return refuse_page(request, "applicant/answer.html", _compose(page, words, refused.problems), refused)
    return lead_back(request, page, _ANSWERED)


def _compose(page: CasePage, words: str, problems: tuple[Problem, ...]) -> dict[str, object]:
    return {
        "page": page,
        "case_url": reverse("applicant:case", args=[page.case.id]),
        "fields": [
            Field("words", _WORDS, "long_text", value=words, help=_HELP, max_length=WORDS_CHARS,
                  problems=problems)
        ],
    }  # fmt: skip


_WORDS = Text("您的回复", "Your answer")
_HELP = Text(
    "办理这件申请的工作人员会看到。记入办件记录，不能删改。",
    "Whoever handles the case reads it. It is recorded and cannot be changed.",
)
_ANSWERED = Text("回复已发给工作人员。", "Your answer was sent to the officer.")
