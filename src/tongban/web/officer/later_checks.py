"""Later checks: grants by rules that chance has chosen; an officer says whether each was right."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from tongban.flows.check_later import judge_grant
from tongban.flows.hold_machine import REASONS_MAX
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.later_checks import CheckLine, parse_check_place, read_check, read_checks
from tongban.web.officer.acts import actor_of, in_both
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field
from tongban.wiring import get_deps


def checks(request: HttpRequest) -> HttpResponse:
    """Show the grants that wait for a later check, and what was found lately."""
    page = read_checks(parse_check_place(request.GET.get("after", "")[:90]), get_deps())
    next_url = "?" + urlencode({"after": page.next}) if page.next else ""
    back_url = reverse("officer:checks") if request.GET.get("after") else ""
    return render(request, "officer/checks.html", {"page": page, "next_url": next_url, "back_url": back_url})


def check(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask for a verdict with reasons; a verdict given before can be corrected."""
    deps = get_deps()
    line = read_check(CaseId(case_id), deps)
    if request.method != "POST":
        return render(request, "officer/check.html", _compose(request, line, ()))
    reasons = in_both(_read(request, "reasons_zh"), _read(request, "reasons_en"))
    try:
        judge_grant(line.case_id, request.POST.get("verdict", ""), reasons, actor_of(request), deps)
    except Refused as refused:
        context = _compose(request, line, refused.problems)
        return refuse_page(request, "officer/check.html", context, refused)
    messages.success(request, _DONE.in_language(current_language()))
    return redirect("officer:checks")


def _read(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "")[: REASONS_MAX + 100].strip()


def _compose(request: HttpRequest, line: CheckLine, problems: tuple[Problem, ...]) -> dict[str, Any]:
    def about(pointer: str) -> list[Problem]:
        return [problem for problem in problems if problem.pointer == pointer]

    verdict = request.POST.get("verdict", "")
    zh, en = _read(request, "reasons_zh"), _read(request, "reasons_en")
    return {
        "line": line,
        "fields": [
            Field("verdict", _VERDICT, "choice", value=verdict, choices=_CHOICES, problems=about("verdict")),
            Field("reasons_zh", _REASONS, "long_text", value=zh, max_length=REASONS_MAX, help=_HELP,
                  problems=about("reasons_zh")),
            Field("reasons_en", _ENGLISH, "long_text", value=en, max_length=REASONS_MAX, is_required=False),
        ],
        "trail": [(Text("抽查", "Later checks"), reverse("officer:checks"))],
        "here": Text(line.case_id, line.case_id),
    }  # fmt: skip


_VERDICT = Text("系统准予这件，对不对？", "Was it right that the machine granted this?")
_CHOICES = (
    Choice("correct", Text("对，应当准予", "Yes, it was to be granted")),
    Choice("false", Text("不对，不该准予", "No, it should not have been granted")),
)
_REASONS = Text("理由", "Reasons, in Chinese")
_ENGLISH = Text("理由（英文）", "Reasons, in English")
_HELP = Text(
    "写明看了什么、依据哪一条。以您的姓名记录，并在公开账本留一个条目。",
    "Say what you looked at and by which article. It is recorded under your name, with a ledger entry.",
)
_DONE = Text("结论已记录。", "The verdict is recorded.")
