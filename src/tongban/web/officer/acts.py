"""Accept, decline, grant, refuse: a form, a page that asks before, and the act under the officer's name."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.case.state import Case
from tongban.domain.catalogue.form import Form, Question, Section, parse_answers
from tongban.domain.procedure import Arrow
from tongban.flows.belonging import find_obstacle
from tongban.flows.ports import Deps
from tongban.kernel.errors import Conflict, NotFound, Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.examination import Examination, read_examination
from tongban.web.officer.act_parts import Act
from tongban.web.officer.act_parts import actor_of as actor_of
from tongban.web.officer.act_words import ACTS_BY_SLUG
from tongban.web.officer.case_parts import compose_applicant
from tongban.web.officer.draft_parts import DRAFT_STEPS, DRAFTED, carry_draft, find_draft, prefill
from tongban.web.officer.review_parts import (
    NAMES,
    asks_record,
    asks_review,
    carry_out,
    compose_record_field,
    compose_review_fields,
    parse_asked,
)
from tongban.web.shared.case_parts import stage_tag
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field
from tongban.wiring import get_deps

REASONS_LENGTH = 2000
"""Characters of the reasons; a decision on paper has room for as many."""


def decide(request: HttpRequest, case_id: str, act: str) -> HttpResponse:
    """Show the form of an act, then what follows from it, and carry it out once it is confirmed."""
    chosen = ACTS_BY_SLUG.get(act)
    if chosen is None:
        raise NotFound(act)
    deps = get_deps()
    examination = read_examination(CaseId(case_id), request.user.role, deps)
    draft = find_draft(chosen, examination.case.id, deps)
    raw = prefill(_read_words(request), draft, request)
    if request.method == "POST" and is_outdated(request, examination.case):
        return moved_on(request, examination, [raw["reasons_zh"], raw["reasons_en"]])
    arrow = get_offered(chosen, examination, request)
    if obstacle := find_obstacle(examination.case, actor_of(request), deps):
        raise Refused(obstacle)
    context = _compose_page(chosen, arrow, examination, deps) | {"draft": draft}
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step in DRAFT_STEPS and context["may_draft"]:
        return carry_draft(request, chosen, examination.case.id, raw, deps)
    if step not in ("check", "act"):
        return render(
            request,
            "officer/act.html",
            context | {"fields": _compose_fields(chosen, raw, (), examination.case)},
        )
    reasons, problems = _parse_reasons(chosen, raw)
    asked = parse_asked(chosen, examination.case, raw)
    problems += asked.problems
    if problems:
        context["fields"] = _compose_fields(chosen, raw, problems, examination.case)
        return refuse_page(request, "officer/act.html", context, Refused(*problems))
    if step == "check":
        return render(request, "officer/confirm_act.html", context | {"reasons": reasons, "hidden": raw})
    with deps.unit():
        check_unchanged(request, examination.case.id, deps)
        carry_out(chosen, examination.case.id, reasons, asked, actor_of(request), deps)
    return finish(request, examination.case, chosen.done)


def is_outdated(request: HttpRequest, case: Case) -> bool:
    """Say whether the case has moved on since the form was opened."""
    return request.POST.get("version", "") != str(case.version)


def check_unchanged(request: HttpRequest, case_id: CaseId, deps: Deps) -> None:
    """Raise Conflict when somebody was quicker; inside the unit, so that nothing slips between."""
    case = deps.cases.find(case_id)
    if case is None or is_outdated(request, case):
        raise Conflict(case_id)


def get_offered(act: Act, examination: Examination, request: HttpRequest) -> Arrow:
    """Return the arrow of an act, or raise Refused saying why it is not open now, or not to this role."""
    return examination.page.regime.get_arrow(examination.case.stage, act.command, request.user.role)


def finish(request: HttpRequest, case: Case, done: Text) -> HttpResponse:
    """Lead back to the case, and say there what was done."""
    messages.success(request, done.in_language(current_language()))
    return redirect("officer:case", case_id=case.id)


def moved_on(request: HttpRequest, examination: Examination, words: list[str]) -> HttpResponse:
    """Answer a form whose case has moved on (409): nothing was recorded, and the words are not lost."""
    context = {
        "case": examination.case,
        "stage": stage_tag(examination.page),
        "latest": examination.page.steps[-1],
        "words": [one for one in words if one],
        "case_url": reverse("officer:case", args=[examination.case.id]),
    }
    return render(request, "officer/moved_on.html", context, status=409)


def _compose_page(act: Act, arrow: Arrow, examination: Examination, deps: Deps) -> dict[str, Any]:
    case = examination.case
    return {
        "act": act,
        "arrow": arrow,
        "page": examination.page,
        "case": case,
        "stage": stage_tag(examination.page),
        "applicant": compose_applicant(examination)[:2],
        "open_criteria": examination.comparison.open_criteria if act.command in ("Grant", "Refuse") else (),
        "remedies": deps.catalogue.zones[case.deciding_zone].remedies if act.tells_remedies else (),
        "case_url": reverse("officer:case", args=[case.id]),
        "trail": compose_trail(examination),
        "here": act.title,
        "may_draft": act.command in DRAFTED,
    }


def compose_trail(examination: Examination) -> list[tuple[Text, str]]:
    """Return the way to a page of a case."""
    number = examination.case.id
    return [
        (Text("待办", "Worklist"), reverse("officer:worklist")),
        (Text(number, number), reverse("officer:case", args=[number])),
    ]


def _read_words(request: HttpRequest) -> dict[str, str]:
    """Return what was typed, each at most a little longer than may be kept, so that it can be shown again."""
    names = ("reasons_zh", "reasons_en", "rests_on", *NAMES)
    return {name: request.POST.get(name, "")[: REASONS_LENGTH + 100] for name in names}


def _form_of(act: Act) -> Form:
    """Return the questions of an act; reasons are Chinese first, English where the officer writes it."""
    if not act.asks_reasons:
        return Form(())
    zh = Question(
        "reasons_zh", "long_text", _REASONS, "all-2019#38.2", _REASONS_HELP, max_length=REASONS_LENGTH
    )
    en = Question("reasons_en", "long_text", _IN_ENGLISH, "all-2019#38.2", ENGLISH_HELP, is_required=False,
                  max_length=REASONS_LENGTH)  # fmt: skip
    return Form((Section("reasons", act.title, (zh, en)),))


def _compose_fields(
    act: Act, raw: Mapping[str, str], problems: tuple[Problem, ...], case: Case
) -> list[Field]:
    review = compose_review_fields(raw, problems) if asks_review(act, case) else []
    record = [compose_record_field(raw, problems)] if asks_record(act, case) else []
    return (
        review
        + record
        + [
            Field(
                f"answers.{question.id}".removeprefix("answers."),
                question.label,
                "long_text",
                value=raw[question.id],
                help=question.help,
                is_required=question.is_required,
                max_length=REASONS_LENGTH,
                problems=[p for p in problems if p.pointer == f"answers.{question.id}"],
            )
            for question in _form_of(act).questions
        ]
    )


def _parse_reasons(act: Act, raw: Mapping[str, str]) -> tuple[Text, tuple[Problem, ...]]:
    """Return the reasons in both languages, and everything that is wrong with them."""
    answers = parse_answers(_form_of(act), raw)
    zh, en = str(answers.values.get("reasons_zh", "")), str(answers.values.get("reasons_en", ""))
    return in_both(zh, en), answers.problems


def in_both(zh: str, en: str) -> Text:
    """Return words of an officer; without English, the English side says so and shows the Chinese."""
    return Text(zh, en or (f"(in Chinese only) {zh}" if zh else ""))


_REASONS = Text("理由", "Reasons, in Chinese")
_REASONS_HELP = Text(
    "写明认定的事实、适用的条款和结论。申请人会看到原文。",
    "State the facts found, the article applied and the conclusion. The applicant reads these very words.",
)
_IN_ENGLISH = Text("理由（英文）", "Reasons, in English")
ENGLISH_HELP = Text("不填写时，英文页面显示中文原文。", "Left empty, English pages show the Chinese words.")
