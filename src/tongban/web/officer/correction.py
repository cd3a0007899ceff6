"""The correction notice: one list with everything to be corrected, ticked and worded by the officer."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tongban.domain.case.decide import ASK_THE_HEAD, ONLY_ONCE
from tongban.domain.case.facts import missing_evidence, needed_requirements
from tongban.domain.case.state import Case
from tongban.domain.catalogue.form import Form, Question, Section, is_shown, parse_answers
from tongban.domain.catalogue.item import ServiceItem
from tongban.flows.make_decision import request_correction, return_papers
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.examination import Examination, read_examination
from tongban.web.officer.act_parts import Act
from tongban.web.officer.act_words import ACTS_BY_COMMAND
from tongban.web.officer.acts import (
    actor_of,
    check_unchanged,
    compose_trail,
    finish,
    get_offered,
    in_both,
    is_outdated,
    moved_on,
)
from tongban.web.officer.case_parts import compose_applicant
from tongban.web.shared.case_parts import stage_tag
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.parts import Field, anchor
from tongban.wiring import get_deps

_WORDS_LENGTH = 500
_SOURCE = "all-2019#32.4"
_AGAIN = ("again_zh", "again_en")


@dataclass(frozen=True, slots=True)
class Point:
    """Something that may be asked to be corrected: an answer, or a proof.

    Args:
        key: part of the inputs' names.
        pointer: where the applicant corrects it, e.g. ``answers.branch_name``.
        now: what is there at present, in words.
        suggested: what the machine found wrong with it; None when nothing.
    """

    key: str
    pointer: str
    label: Text
    now: Text | None
    suggested: Text | None


@dataclass(frozen=True, slots=True)
class Line:
    """A point with what the officer has ticked and written."""

    point: Point
    is_ticked: bool
    zh: Field
    en: Field
    anchor: str
    problems: tuple[Problem, ...]


def request_one(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show the list, then what follows, and send the notice once it is confirmed."""
    deps = get_deps()
    examination = read_examination(CaseId(case_id), request.user.role, deps)
    is_post = request.method == "POST"
    points = list_points(examination, deps)
    is_again = bool(examination.case.times_corrected)
    raw = _read_words(request, points) if is_post else _suggest(points)
    if is_post and is_outdated(request, examination.case):
        return moved_on(request, examination, [f"{p.label.zh}：{raw[f'zh.{p.key}']}" for p in points
                                               if raw[f"zh.{p.key}"]])  # fmt: skip
    context = _compose_page(request, examination)
    if is_again and request.user.role != "head":
        # The law wants everything told at once: only a head may tell more (domain.case.decide).
        return _show_closed(request, context)
    step = request.POST.get("step", "") if is_post else ""
    if step not in ("check", "act"):
        return render(
            request, "officer/correction.html", context | {"lines": _compose_lines(points, raw, ()),
                                                           "again": _compose_again(is_again, raw, ())}
        )  # fmt: skip
    chosen, problems = _parse(points, raw)
    again, wrong_again = _parse_again(is_again, raw)
    problems = wrong_again + problems
    if problems:
        context["lines"] = _compose_lines(points, raw, problems)
        context["again"] = _compose_again(is_again, raw, problems)
        return refuse_page(request, "officer/correction.html", context, Refused(*problems))
    if step == "check":
        kept = {name: value for name, value in raw.items() if value}
        return render(
            request,
            "officer/confirm_correction.html",
            context | {"chosen": chosen, "hidden": kept, "why_again": again},
        )
    _send(request, examination, chosen, again, deps)
    return finish(request, examination.case, _act_of(examination).done)


def _send(
    request: HttpRequest,
    examination: Examination,
    chosen: tuple[Problem, ...],
    again: Text | None,
    deps: Deps,
) -> None:
    """Tell the list: as a correction notice, or with the papers that go back."""
    with deps.unit():
        check_unchanged(request, examination.case.id, deps)
        if _act_of(examination).command == "Return":
            return_papers(examination.case.id, chosen, actor_of(request), deps)
        else:
            request_correction(examination.case.id, chosen, actor_of(request), deps, again)


def _act_of(examination: Examination) -> Act:
    """Return what this list is: a correction notice, or what goes back with the papers."""
    regime, stage = examination.page.regime, examination.case.stage
    command = "Return" if regime.has_act("Return") and stage != "correcting" else "RequestCorrection"
    return ACTS_BY_COMMAND[command]


def _show_closed(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """Tell an officer that the one notice has been sent; a form sent all the same is refused."""
    context = context | {"only_once": ONLY_ONCE, "ask_the_head": ASK_THE_HEAD}
    if request.method != "POST":
        return render(request, "officer/correction.html", context)
    refused = Refused(Problem("correction.only-once", ONLY_ONCE, "", _SOURCE, ASK_THE_HEAD))
    return refuse_page(request, "officer/correction.html", context, refused)


def list_points(examination: Examination, deps: Deps) -> tuple[Point, ...]:
    """Return everything that may be asked for: the answers of the form, then the proofs."""
    case, item = examination.case, examination.page.item
    found = _what_is_wrong(case, item, deps)
    given = {line.id: line.values for line in examination.page.answers}
    points = []
    for question in item.form.questions:
        if question.type == "file" or not is_shown(question, case.answers):
            continue
        pointer = f"answers.{question.id}"
        points.append(Point(question.id, pointer, question.label, _joined(given.get(question.id, ())),
                            found.get(pointer)))  # fmt: skip
    uploads = {
        question.evidence_kind: question.id for question in item.form.questions if question.evidence_kind
    }
    for requirement in needed_requirements(case, item):
        kind = deps.catalogue.kinds[requirement.kind]
        upload = uploads.get(kind.id, "") if requirement.may_upload else ""
        pointer = f"answers.{upload}" if upload else requirement.subject
        key = f"evidence-{kind.id}"
        suggested = found.get(pointer) if kind.id not in case.evidence else None
        points.append(Point(key, pointer, kind.title, requirement.proves, suggested))
    return tuple(points)


def _what_is_wrong(case: Case, item: ServiceItem, deps: Deps) -> dict[str, Text]:
    """Return what the machine itself would list, by where it is put right."""
    problems = parse_answers(item.form, case.answers).problems
    problems += missing_evidence(case, item, deps.catalogue.kinds)
    words: dict[str, Text] = {}
    for problem in problems:
        text = problem.text
        if problem.next_step:
            text = Text(f"{text.zh}{problem.next_step.zh}", f"{text.en} {problem.next_step.en}")
        words.setdefault(problem.pointer, text)
    return words


def _joined(values: tuple[Text, ...]) -> Text | None:
    if not values:
        return None
    return Text("、".join(value.zh for value in values), ", ".join(value.en for value in values))


def _suggest(points: tuple[Point, ...]) -> dict[str, str]:
    """Return the words with which the list opens: what the machine found, ticked."""
    raw: dict[str, str] = dict.fromkeys(_AGAIN, "")
    for point in points:
        raw[f"tick.{point.key}"] = "yes" if point.suggested else ""
        raw[f"zh.{point.key}"] = point.suggested.zh if point.suggested else ""
        raw[f"en.{point.key}"] = point.suggested.en if point.suggested else ""
    return raw


def _read_words(request: HttpRequest, points: tuple[Point, ...]) -> dict[str, str]:
    names = [f"{part}.{point.key}" for point in points for part in ("tick", "zh", "en")]
    return {name: request.POST.get(name, "")[: _WORDS_LENGTH + 100] for name in (*names, *_AGAIN)}


def _parse_again(is_again: bool, raw: Mapping[str, str]) -> tuple[Text | None, tuple[Problem, ...]]:
    """Return why a second notice is sent, and what is wrong with that; nothing for a first one."""
    if not is_again:
        return None, ()
    answers = parse_answers(_again_form(), raw)
    if answers.problems:
        return None, answers.problems
    return in_both(str(answers.values["again_zh"]), str(answers.values.get("again_en", ""))), ()


def _again_form() -> Form:
    zh = Question("again_zh", "long_text", _WHY_AGAIN, _SOURCE, max_length=_WORDS_LENGTH)
    en = Question(
        "again_en", "long_text", _WHY_AGAIN_EN, _SOURCE, is_required=False, max_length=_WORDS_LENGTH
    )
    return Form((Section("again", ACTS_BY_COMMAND["RequestCorrection"].title, (zh, en)),))


def _compose_again(is_again: bool, raw: Mapping[str, str], problems: tuple[Problem, ...]) -> list[Field]:
    """Return the fields for a head's reason; none for a first notice."""
    return [
        Field(
            question.id,
            question.label,
            "long_text",
            value=raw[question.id],
            is_required=question.is_required,
            max_length=_WORDS_LENGTH,
            problems=[p for p in problems if p.pointer == f"answers.{question.id}"],
        )
        for question in (_again_form().questions if is_again else ())
    ]


def _parse(
    points: tuple[Point, ...], raw: Mapping[str, str]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return the problems to tell the applicant, and everything that is wrong with the list itself."""
    chosen: list[Problem] = []
    wrong: list[Problem] = []
    for point in points:
        is_ticked = bool(raw[f"tick.{point.key}"])
        if not is_ticked and not raw[f"zh.{point.key}"].strip():
            continue
        if not is_ticked:
            wrong.append(
                Problem("correction.not-ticked", _label(_NOT_TICKED, point), f"answers.tick.{point.key}")
            )
            continue
        answers = parse_answers(_form_of(point), raw)
        wrong.extend(answers.problems)
        words = in_both(
            str(answers.values.get(f"zh.{point.key}", "")), str(answers.values.get(f"en.{point.key}", ""))
        )
        labelled = Text(f"{point.label.zh}：{words.zh}", f"{point.label.en}: {words.en}")
        chosen.append(Problem("correction.requested", labelled, point.pointer, _SOURCE))
    if not chosen and not wrong:
        wrong.append(Problem("correction.empty", _NOTHING, f"answers.tick.{points[0].key}", _SOURCE))
    return tuple(chosen), tuple(wrong)


def _form_of(point: Point) -> Form:
    zh = Question(f"zh.{point.key}", "long_text", _label(_ZH, point), _SOURCE, max_length=_WORDS_LENGTH)
    en = Question(f"en.{point.key}", "long_text", _label(_EN, point), _SOURCE, is_required=False,
                  max_length=_WORDS_LENGTH)  # fmt: skip
    return Form((Section(point.key, point.label, (zh, en)),))


def _label(template: Text, point: Point) -> Text:
    return Text(template.zh.format(label=point.label.zh), template.en.format(label=point.label.en))


def _compose_lines(
    points: tuple[Point, ...], raw: Mapping[str, str], problems: tuple[Problem, ...]
) -> list[Line]:
    lines = []
    for point in points:
        fields = [
            Field(
                question.id,
                question.label,
                "long_text",
                value=raw[question.id],
                is_required=question.is_required,
                max_length=_WORDS_LENGTH,
                problems=[p for p in problems if p.pointer == f"answers.{question.id}"],
            )
            for question in _form_of(point).questions
        ]
        tick = f"tick.{point.key}"
        about_tick = tuple(p for p in problems if p.pointer == f"answers.{tick}")
        lines.append(Line(point, bool(raw[tick]), fields[0], fields[1], anchor(tick), about_tick))
    return lines


def _compose_page(request: HttpRequest, examination: Examination) -> dict[str, object]:
    case = examination.case
    return {
        "act": _act_of(examination),
        "arrow": get_offered(_act_of(examination), examination, request),
        "page": examination.page,
        "case": case,
        "stage": stage_tag(examination.page),
        "applicant": compose_applicant(examination)[:2],
        "case_url": reverse("officer:case", args=[case.id]),
        "trail": compose_trail(examination),
        "here": _act_of(examination).title,
    }


_WHY_AGAIN = Text(
    "为什么要再次告知，为什么第一次没有告知全部", "Why a second time, and why not everything at once"
)
_WHY_AGAIN_EN = Text("英文：再次告知的理由", "In English: why a second time")
_ZH = Text("需要补正什么、怎样补正：{label}", "What to correct and how, in Chinese: {label}")
_EN = Text("英文：{label}", "In English: {label}")
_NOTHING = Text(
    "补正通知必须列明全部需要补正的内容：请至少勾选一项。",
    "A correction notice lists everything to be corrected: tick at least one point.",
)
_NOT_TICKED = Text("“{label}”写了内容但没有勾选。", "There are words for “{label}”, but it is not ticked.")
