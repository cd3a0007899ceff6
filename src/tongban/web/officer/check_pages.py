"""Checks after the decision: the list by date, a case's checks, and the officer's word on one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from tongban.domain.case.later import list_officer_checks
from tongban.domain.case.state import Check
from tongban.domain.catalogue.form import Form, Question, Section, parse_answers
from tongban.domain.rules.words import show_date
from tongban.flows.ports import Deps
from tongban.flows.record_check import record_check
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.due_checks import light_of_check, read_due_checks
from tongban.reads.examination import Examination, read_examination
from tongban.reads.later_words import check_name
from tongban.web.officer.acts import REASONS_LENGTH, actor_of, check_unchanged, finish, in_both
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.parts import Choice, Field, Light
from tongban.wiring import get_deps


def due_checks(request: HttpRequest) -> HttpResponse:
    """Show what must be looked at after the decision, the soonest first."""
    deps = get_deps()
    page = read_due_checks(request.GET.get("after", "")[:60].replace("\x00", ""), deps)
    context = {
        "rows": [
            (row, Light(row.light.value, show_date(row.due_on)), _url(row.case_id)) for row in page.rows
        ],
        "next_url": f"?{urlencode({'after': page.next})}" if page.next else "",
    }
    return render(request, "officer/due_checks.html", context)


def _url(case_id: CaseId) -> str:
    return reverse("officer:case-checks", args=[case_id])


def case_checks(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show the checks of one case that wait for an officer's word."""
    deps = get_deps()
    examination = read_examination(CaseId(case_id), request.user.role, deps)
    return render(request, "officer/case_checks.html", _compose(examination, deps))


def _compose(examination: Examination, deps: Deps) -> dict[str, object]:
    case, item = examination.case, examination.page.item
    lines = [
        (
            check_name(check.id, item),
            Light(light_of_check(check, deps).value, show_date(check.due_on)),
            check,
            reverse("officer:record-check", args=[case.id, check.id]),
        )
        for check in list_officer_checks(case)
    ]
    return {
        "case": case,
        "page": examination.page,
        "lines": lines,
        "case_url": reverse("officer:case", args=[case.id]),
        "trail": [(_CHECKS, reverse("officer:due-checks"))],
        "here": Text(case.id, case.id),
    }


def record(request: HttpRequest, case_id: str, check: str) -> HttpResponse:
    """Take the officer's word on one check: kept or broken, with reasons."""
    deps = get_deps()
    examination = read_examination(CaseId(case_id), request.user.role, deps)
    due = next((one for one in list_officer_checks(examination.case) if one.id == check), None)
    if due is None:
        raise NotFound(check)
    names = ("outcome", "reasons_zh", "reasons_en")
    raw = {name: request.POST.get(name, "")[: REASONS_LENGTH + 100] for name in names}
    context = _compose(examination, deps) | _about(due, examination)
    if request.method != "POST":
        return render(request, "officer/record_check.html", context | {"fields": _fields(raw, ())})
    answers = parse_answers(_FORM, raw)
    if answers.problems:
        context["fields"] = _fields(raw, answers.problems)
        return refuse_page(request, "officer/record_check.html", context, Refused(*answers.problems))
    reasons = in_both(str(answers.values["reasons_zh"]), str(answers.values.get("reasons_en", "")))
    with deps.unit():
        check_unchanged(request, examination.case.id, deps)
        is_kept = answers.values["outcome"] == "kept"
        record_check(examination.case.id, due.id, is_kept, reasons, actor_of(request), deps)
    return finish(request, examination.case, _DONE)


def _about(due: Check, examination: Examination) -> dict[str, object]:
    return {
        "heading": check_name(due.id, examination.page.item),
        "due_on": show_date(due.due_on),
        "law": due.source,
    }


def _fields(raw: dict[str, str], problems: tuple[Problem, ...]) -> list[Field]:
    return [
        Field(
            question.id,
            question.label,
            "choice" if question.choices else "long_text",
            value=raw[question.id],
            choices=[Choice(code, words) for code, words in question.choices.items()],
            help=question.help,
            is_required=question.is_required,
            max_length=None if question.choices else REASONS_LENGTH,
            problems=[one for one in problems if one.pointer == f"answers.{question.id}"],
        )
        for question in _FORM.questions
    ]


_CHECKS = Text("事后核查", "Checks after the decision")
_DONE = Text("核查结果已记录。", "The finding was recorded.")
_LAW = "state-council-office-2020-42#later-check"
_FORM = Form(
    (
        Section(
            "check",
            _CHECKS,
            (
                Question(
                    "outcome",
                    "choice",
                    Text("核查结果", "Finding"),
                    _LAW,
                    Text(
                        "认定不实的，申请人即列入失信承诺名单；是否撤销决定另行作出。",
                        "If broken, the applicant is listed at once; undoing it is an act of its own.",
                    ),
                    choices={
                        "kept": Text("属实，已履行", "Kept"),
                        "broken": Text("不实，或者没有履行", "Broken"),
                    },
                ),
                Question(
                    "reasons_zh",
                    "long_text",
                    Text("依据和经过", "Grounds, in Chinese"),
                    _LAW,
                    max_length=REASONS_LENGTH,
                ),
                Question(
                    "reasons_en",
                    "long_text",
                    Text("英文", "In English"),
                    _LAW,
                    is_required=False,
                    max_length=REASONS_LENGTH,
                ),
            ),
        ),
    )
)
