"""Drafts that applicants want looked at before they hand in: the list, one draft, the advice."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from tongban.domain.party import mask_name
from tongban.domain.precheck import ADVICE_MAX, Precheck
from tongban.flows.ask_precheck import answer_precheck
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.prefill import RawAnswer
from tongban.web.officer.acts import actor_of
from tongban.web.shared.application_form import Filled, KeptFile, compose_rows
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field
from tongban.web.shared.precheck_parts import compose_state, list_marks
from tongban.wiring import get_deps

_SHOWN = 50
_MARK = "mark-"


def prechecks(request: HttpRequest) -> HttpResponse:
    """Show drafts, those that wait first and the most urgent before all."""
    deps = get_deps()
    lines = [
        (one, deps.catalogue.get_item(one.item_id, deps.zone).title, compose_state(one, deps), _name(one))
        for one in deps.prechecks.list_all(_SHOWN)
    ]
    return render(request, "officer/prechecks.html", {"lines": lines, "most": _SHOWN})


def precheck(request: HttpRequest, number: str) -> HttpResponse:
    """Show a draft, and answer it."""
    deps = get_deps()
    asked = _get(number, deps)
    if request.method != "POST" or asked.advice is not None:
        return render(request, "officer/precheck.html", _compose(asked, {}, (), deps))
    raw = {
        name: value.replace("\x00", "").replace("\r\n", "\n")[: ADVICE_MAX * 2]
        for name, value in request.POST.items()
    }
    problems = () if raw.get("outcome") in ("fit", "correct") else (_CHOOSE,)
    try:
        if problems:
            raise Refused(*problems)
        marks = {name.removeprefix(_MARK): words for name, words in raw.items() if name.startswith(_MARK)}
        _check_seen(asked, raw.get("asked_at", ""))
        answer_precheck(asked, raw["outcome"] == "fit", raw.get("words", ""), marks, actor_of(request), deps)
    except Refused as refused:
        context = _compose(asked, raw, refused.problems, deps)
        return refuse_page(request, "officer/precheck.html", context, refused)
    messages.success(request, _ANSWERED.in_language(current_language()))
    return redirect("officer:prechecks")


def file(request: HttpRequest, number: str, digest: str) -> HttpResponse:  # noqa: ARG001 (role: see urls)
    """Hand over a file of a draft; nothing in it may run."""
    deps = get_deps()
    found = next((one for one in _get(number, deps).files if one.digest == digest), None)
    content = deps.files.find(digest) if found else None
    if found is None or content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=found.name
    ) or "attachment"  # fmt: skip
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _get(number: str, deps: Deps) -> Precheck:
    asked = deps.prechecks.find(CaseId(number))
    if asked is None:
        raise NotFound(number)
    return asked


def _check_seen(asked: Precheck, seen: str) -> None:
    """Refuse an answer to a draft that was put anew since the page was opened."""
    if seen != asked.asked_at.isoformat():
        raise Refused(Problem("precheck.moved-on", _MOVED_ON))


def _compose(
    asked: Precheck, raw: dict[str, str], problems: tuple[Problem, ...], deps: Deps
) -> dict[str, Any]:
    item = deps.catalogue.get_item(asked.item_id, deps.zone)
    answers: dict[str, RawAnswer] = {
        name: [str(one) for one in value] if isinstance(value, list | tuple) else str(value)
        for name, value in asked.answers.items()
    }
    files = {one.question: KeptFile(one.digest, one.name, one.size_bytes) for one in asked.files}
    seen = asked.asked_at if isinstance(asked.asked_at, datetime) else None
    return {
        "asked": asked,
        "title": item.title,
        "tag": compose_state(asked, deps),
        "applicant": _name(asked),
        "sections": compose_rows(item.form, Filled(answers, files, {}), ""),
        "marks": list_marks(asked, item),
        "seen": seen.isoformat() if seen else "",
        "fields": () if asked.advice else _fields(raw, problems),
        "mark_fields": () if asked.advice else _mark_fields(item, answers, raw, problems),
        "problems": problems,
        "list_url": reverse("officer:prechecks"),
    }


def _fields(raw: dict[str, str], problems: tuple[Problem, ...]) -> list[Field]:
    choices = [Choice("fit", _FIT), Choice("correct", _CORRECT)]
    return [
        Field("outcome", _OUTCOME, "choice", value=raw.get("outcome", ""), choices=choices,
              problems=[one for one in problems if one.pointer == "outcome"]),
        Field("words", _WORDS, "long_text", value=raw.get("words", ""), is_required=False,
              max_length=ADVICE_MAX, problems=[one for one in problems if one.pointer == "words"]),
    ]  # fmt: skip


def _mark_fields(
    item: Any, answers: dict[str, RawAnswer], raw: dict[str, str], problems: tuple[Problem, ...]
) -> list[Field]:
    return [
        Field(f"{_MARK}{one.id}", one.label, "text", value=raw.get(f"{_MARK}{one.id}", ""),
              is_required=False, max_length=ADVICE_MAX,
              problems=[each for each in problems if each.pointer == f"{_MARK}{one.id}"])
        for one in item.form.questions
        if one.id in answers or one.is_required
    ]  # fmt: skip


def _name(asked: Precheck) -> str:
    return mask_name(asked.applicant.name) if asked.applicant.kind == "person" else asked.applicant.name


_ANSWERED = Text("预审意见已答复。", "The advice is given.")
_OUTCOME = Text("预审意见", "Advice")
_FIT = Text("没有要改的，可以提交", "Nothing to correct; may be handed in")
_CORRECT = Text("建议修改后提交", "To be corrected first")
_WORDS = Text("总的意见", "About the whole")
_CHOOSE = Problem("precheck.no-outcome", Text("请选择预审意见", "Choose the advice"), "outcome")
_MOVED_ON = Text(
    "申请人刚才修改了草稿，请看过新的内容再答复。", "The draft was changed meanwhile; look at it anew."
)
