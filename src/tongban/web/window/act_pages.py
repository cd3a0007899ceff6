"""What a clerk does for the client in a case: correct, ask for a person, withdraw; for any zone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.rules.words import fill
from tongban.flows.ask_for_person import ask_for_person
from tongban.flows.correct import correct
from tongban.flows.ports import Deps
from tongban.flows.withdraw import withdraw
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text
from tongban.reads.case_page import CasePage
from tongban.reads.prefill import raw_answers
from tongban.web.shared.application_form import Filled, KeptFile, compose_sections, read_posted
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field
from tongban.web.shared.uploads import read_files
from tongban.web.window.bar import compose_bar, frame_of
from tongban.web.window.case_pages import get_opened, may_at_window
from tongban.web.window.client import read_client
from tongban.web.window.take_in_pages import actor_of
from tongban.wiring import get_deps

_REASON_LENGTH = 300


def correct_form(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show what is to be corrected and the whole form as it was; hand in the corrections."""
    deps = get_deps()
    page = get_opened(request, case_id, deps)
    if "Correct" not in may_at_window(page):
        return redirect("window:case", case_id)
    form = page.item.form
    answers = raw_answers(form, page.case.answers)
    kept = {
        question.id: KeptFile(str(answers[question.id]), _EARLIER.in_language(current_language()), 0)
        for question in form.questions
        if question.type == "file" and answers.get(question.id)
    }
    if request.method != "POST":
        return _show_correction(request, page, Filled(answers, kept, {}), (), deps)
    files, wrong_files = read_files(form, request, kept, deps)
    posted = read_posted(form, request.POST, Filled(answers, files, {}))
    try:
        if wrong_files:
            raise Refused(*wrong_files)
        helper_id = read_client(request.session).helpers.get(case_id, "")
        correct(page.case.id, posted, actor_of(request), deps, helper_id=helper_id)
    except Refused as refused:
        return _show_correction(request, page, Filled(posted, files, {}), refused.problems, deps)
    return lead_back(request, page, _CORRECTED)


def _show_correction(
    request: HttpRequest, page: CasePage, filled: Filled, problems: tuple[Problem, ...], deps: Deps
) -> HttpResponse:
    shown = problems or page.case.correction
    context = {
        "page": page,
        "sections": compose_sections(page.item.form, filled, shown),
        "to_correct": page.case.correction,
        "bar": compose_bar(request, deps),
    }
    if problems:
        return refuse_page(request, "window/correct.html", context, Refused(*problems))
    return render(request, "window/correct.html", context)


def ask_person(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask for a person on the client's behalf; then no machine decides."""
    deps = get_deps()
    page = get_opened(request, case_id, deps)
    if "AskForPerson" not in may_at_window(page):
        return redirect("window:case", case_id)
    if request.method == "POST":
        ask_for_person(page.case.id, actor_of(request), deps)
        return lead_back(request, page, _PERSON_ASKED)
    context = {
        "heading": Text("转为人工办理？", "Have a person handle this case?"),
        "consequences": [
            Text(
                "此后系统不再自动作出决定，由审批人员办理。",
                "From then on no machine decides; an officer does.",
            ),
            Text(
                "排队位置不变，法定期限照常计算。",
                "The place in the queue is kept; the statutory limit runs on.",
            ),
        ],
        "confirm_label": Text("转为人工办理", "Ask for a person"),
        "cancel_url": reverse("window:case", args=[case_id]),
    }
    return render(request, "shared/confirm.html", context | frame_of(request, deps))


def withdraw_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Withdraw on the client's behalf, after asking and with what the client says."""
    deps = get_deps()
    page = get_opened(request, case_id, deps)
    if "Withdraw" not in may_at_window(page):
        return redirect("window:case", case_id)
    if request.method == "POST":
        reason = request.POST.get("reason", "").replace("\x00", "").strip()[:_REASON_LENGTH]
        helper_id = read_client(request.session).helpers.get(case_id, "")
        withdraw(page.case.id, reason, actor_of(request), deps, helper_id)
        return lead_back(request, page, _WITHDRAWN)
    context: dict[str, Any] = {
        "heading": Text("为来人撤回这件申请？", "Withdraw this application for the client?"),
        "consequences": [
            Text("这件申请到此结束，不会再作出决定。", "The case ends here, and nothing is decided."),
            Text("撤回后不能恢复；需要时可以重新申请。", "It cannot be taken up again; one may apply anew."),
            Text("请确认是申请人本人或代理人要求撤回。", "Make sure that the applicant or agent wants this."),
        ],
        "confirm_label": Text("撤回申请", "Withdraw the application"),
        "cancel_url": reverse("window:case", args=[case_id]),
        "is_harmful": True,
        "fields": [
            Field("reason", Text("撤回的原因（照来人所说）", "Why, as the client says"), is_required=False,
                  max_length=_REASON_LENGTH)
        ],
    }  # fmt: skip
    return render(request, "shared/confirm.html", context | frame_of(request, deps))


def lead_back(request: HttpRequest, page: CasePage, done: Text) -> HttpResponse:
    """Lead back to the case and say what was done, or that it is on its way to the zone that decides."""
    words = done if page.is_own else fill(_SENT, zone=page.deciding.short_name)
    messages.success(request, words.in_language(current_language()))
    return redirect("window:case", page.case.id)


_EARLIER = Text("已上传的文件", "the file handed in")
_CORRECTED = Text("补正已提交，系统接着办理。", "The corrections are handed in, and the case goes on.")
_PERSON_ASKED = Text(
    "已转为人工办理，排队位置不变。", "A person will handle the case; the place in the queue is kept."
)
_WITHDRAWN = Text("申请已撤回。", "The application is withdrawn.")
_SENT = Text(
    "已送往{zone}，对方确认后这里会更新。", "Sent to {zone}; this page changes once they confirm it."
)
