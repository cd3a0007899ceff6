"""What is still due from the applicant after acceptance or decision: hand it in, or confirm it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.case.later import DEFERRED, list_applicant_checks
from tongban.domain.case.state import Check
from tongban.domain.catalogue.form import Form, Section
from tongban.domain.catalogue.item import ServiceItem
from tongban.flows.answer_check import answer_check
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.text import Text
from tongban.reads.case_page import CasePage
from tongban.reads.later_words import check_name, check_words
from tongban.web.applicant.case_pages import read_own
from tongban.web.applicant.parties import actor_of
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field
from tongban.web.shared.uploads import read_files


def answer(request: HttpRequest, case_id: str, check: str) -> HttpResponse:
    """Show what is due and take it; a life check is confirmed, a deferred paper is handed in as a file."""
    page, deps = read_own(request, case_id)
    due = next((one for one in list_applicant_checks(page.case) if one.id == check), None)
    if due is None:
        raise NotFound(check)
    form = _form_of(due, page.item)
    context = {
        "heading": check_name(due.id, page.item),
        "lead": check_words(due, page.item),
        "fields": [_field(form)] if due.kind == DEFERRED else [],
        "has_files": due.kind == DEFERRED,
        "submit_label": _HAND_IN if due.kind == DEFERRED else _CONFIRM,
        "back_url": reverse("applicant:case", args=[case_id]),
    }
    if request.method != "POST":
        return render(request, "shared/form_page.html", context)
    files, problems = read_files(form, request, {}, deps) if due.kind == DEFERRED else ({}, [])
    if due.kind == DEFERRED and not files and not problems:
        problems = [Problem("check.no-file", _NO_FILE, f"answers.{form.questions[0].id}", due.source)]
    if problems:
        return refuse_page(request, "shared/form_page.html", context, Refused(*problems))
    answers = {name: one.digest for name, one in files.items()}
    answer_check(page.case.id, due.id, answers, actor_of(request.user), deps)
    messages.success(request, _done(page).in_language(current_language()))
    return redirect("applicant:case", case_id)


def _form_of(due: Check, item: ServiceItem) -> Form:
    """Return the questions by which a deferred paper is handed in: those for a file of what it spares."""
    spared = {kind for pledge in item.pledges if due.id.endswith(f":{pledge.id}") for kind in pledge.spares}
    questions = tuple(question for question in item.form.questions if question.evidence_kind in spared)
    return Form((Section("due", check_name(due.id, item), questions),)) if questions else Form(())


def _field(form: Form) -> Field:
    question = form.questions[0]
    return Field(question.id, question.label, "file", help=question.help, law=question.ground)


def _done(page: CasePage) -> Text:
    return _TAKEN if page.is_own else _SENT


_HAND_IN = Text("提交", "Hand in")
_CONFIRM = Text("我确认", "I confirm")
_TAKEN = Text("已收到。", "It has been received.")
_SENT = Text("已收到，正在转交办理地。", "It was received and is on its way to the deciding zone.")
_NO_FILE = Text("请选择要提交的文件", "Choose the file to hand in")
