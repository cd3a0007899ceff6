"""An officer writes to the applicant, and reads what the applicant answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tongban.domain.case.decide_talk import REASON_CHARS, WORDS_CHARS
from tongban.flows.talk import write_to_applicant
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.examination import read_examination
from tongban.web.officer.acts import actor_of, compose_trail, finish
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.parts import Field
from tongban.wiring import get_deps


def write(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show every message of a case with a form for the next; send it."""
    deps = get_deps()
    examination = read_examination(CaseId(case_id), request.user.role, deps)
    case, regime = examination.case, examination.page.regime
    words, reason = (_read(request, "words", WORDS_CHARS), _read(request, "reason", REASON_CHARS))
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            write_to_applicant(case.id, words, reason, actor_of(request), deps)
        except Refused as refused:
            problems = refused.problems
        else:
            return finish(request, case, _SENT)
    context = {
        "case": case,
        "may_write": regime.find_arrow(case.stage, "WriteToApplicant") is not None,
        "fields": _compose_fields(words, reason, problems),
        "problems": problems,
        "trail": compose_trail(examination),
        "here": _HERE,
        "case_url": reverse("officer:case", args=[case.id]),
    }
    if problems:
        return refuse_page(request, "officer/talk.html", context, Refused(*problems))
    return render(request, "officer/talk.html", context)


def _read(request: HttpRequest, name: str, most: int) -> str:
    """Return what was typed, a little longer than is kept, so that it can be shown again."""
    return request.POST.get(name, "").replace("\x00", "").replace("\r\n", "\n")[: most + 100]


def _compose_fields(words: str, reason: str, problems: tuple[Problem, ...]) -> list[Field]:
    def of(name: str) -> list[Problem]:
        return [one for one in problems if one.pointer == name]

    return [
        Field("words", _WORDS, "long_text", value=words, help=_WORDS_HELP, max_length=WORDS_CHARS,
              problems=of("words")),
        Field("reason", _REASON, value=reason, help=_REASON_HELP, max_length=REASON_CHARS,
              problems=of("reason")),
    ]  # fmt: skip


_HERE = Text("与申请人的留言", "Messages with the applicant")
_WORDS = Text("留言内容", "Your message")
_WORDS_HELP = Text(
    "申请人在办件页面看到原文，并可以在那里回复。不能用来要求补正材料。",
    "The applicant reads these very words on the case's page and may answer there. Papers may not be asked "
    "for in this way.",
)
_REASON = Text("为什么需要联系申请人", "Why you write")
_REASON_HELP = Text(
    "一句话，申请人也会看到，例如“需要核对经营场所的门牌”。",
    "One sentence, which the applicant reads too, such as “to check the number of the house”.",
)
_SENT = Text("留言已发给申请人。", "Your message was sent to the applicant.")
