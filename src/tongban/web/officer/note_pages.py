"""Internal notes on a case: written once, never changed, for the zone's own staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.assignment import REASON_CHARS
from tongban.flows.add_note import NOTES_MAX, add_note
from tongban.flows.move_case import get_own
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.web.officer.acts import actor_of
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field
from tongban.wiring import get_deps


def notes(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show every note of a case, and add one."""
    deps = get_deps()
    case = get_own(CaseId(case_id), deps)
    words = request.POST.get("words", "").replace("\x00", "").replace("\r\n", "\n")[: REASON_CHARS + 100]
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            add_note(case.id, words, actor_of(request), deps)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _KEPT.in_language(current_language()))
            return redirect("officer:case", case_id=case.id)
    context = {
        "case": case,
        "notes": deps.desk.list_notes(case.id, NOTES_MAX),
        "fields": [Field("words", _WORDS, "long_text", value=words, help=_HELP, max_length=REASON_CHARS,
                         problems=[one for one in problems if one.pointer == "words"])],
        "problems": problems,
        "trail": [(Text("待办", "Worklist"), reverse("officer:worklist")),
                  (Text(case.id, case.id), reverse("officer:case", args=[case.id]))],
        "here": _HERE,
    }  # fmt: skip
    if problems:
        return refuse_page(request, "officer/case_notes.html", context, Refused(*problems))
    return render(request, "officer/case_notes.html", context)


_HERE = Text("内部备注", "Notes")
_WORDS = Text("写一条备注", "Write a note")
_HELP = Text(
    "只有本区工作人员看得到，不会发给申请人或其他高新区；保存后不能修改或删除。",
    "Only this zone's staff see it: neither the applicant nor another zone. It cannot be changed.",
)
_KEPT = Text("备注已保存。", "The note is kept.")
