"""What people raised and is to be answered here: lists by day, one of them, and the acts on it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from tongban.domain.rules.words import show_date
from tongban.domain.voice.checks import WORDS_CHARS
from tongban.domain.voice.voice import Voice
from tongban.flows.answer_voice import answer_voice, extend_voice, forward_voice, get_for_desk, publish_answer
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text
from tongban.reads.voices import VoiceLine, read_desk
from tongban.web.officer.acts import actor_of
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field, Light
from tongban.web.shared.voice_parts import read_line, read_words, voice_context
from tongban.wiring import get_deps

_PLACE_CHARS = 110
_KINDS_OF = {"officer": ("question", "objection"), "head": ("question", "objection", "complaint")}


def desk(request: HttpRequest) -> HttpResponse:
    """Lead to the questions, where most of it lies."""
    return redirect("officer:voices", _KINDS_OF[request.user.role][0])


def voices(request: HttpRequest, kind_id: str) -> HttpResponse:
    """Show one kind: what is to be answered, the soonest due first, or what was answered."""
    deps, role = get_deps(), request.user.role
    if kind_id not in _KINDS_OF[role]:
        raise NotFound(kind_id)
    kind, is_done = deps.catalogue.voices.get(kind_id), request.GET.get("show") == "done"
    after = request.GET.get("after", "")[:_PLACE_CHARS].replace("\x00", "")
    page = read_desk(kind, request.user.username, deps, is_done=is_done, after=after)
    parts = {"show": "done" if is_done else "", "after": page.next}
    here = reverse("officer:voices", args=[kind_id])
    context = {
        "kind": kind,
        "kinds": [deps.catalogue.voices.get(one) for one in _KINDS_OF[role]],
        "rows": [(line, _light(line)) for line in page.lines],
        "is_done": is_done,
        "open_url": here,
        "done_url": here + "?show=done",
        "next_url": "?" + urlencode({k: v for k, v in parts.items() if v}) if page.next else "",
    }
    return render(request, "officer/voices.html", context)


def _light(line: VoiceLine) -> Light:
    if line.due_on is None:
        return Light("grey", _UNKNOWN_DAY)
    return Light(line.light, show_date(line.due_on))  # type: ignore[arg-type]


def voice(request: HttpRequest, number: str) -> HttpResponse:
    """Show one; answer it, take more time, send it on, or publish its answer."""
    deps = get_deps()
    found = get_for_desk(number[:40], actor_of(request), deps)
    if request.method != "POST":
        return render(request, "officer/voice.html", _compose(request, found, "", (), deps))
    act = request.POST.get("act", "")
    try:
        done = _carry_out(request, act, found, deps)
    except Refused as refused:
        context = _compose(request, found, act, refused.problems, deps)
        return refuse_page(request, "officer/voice.html", context, refused)
    messages.success(request, done.in_language(current_language()))
    return redirect("officer:voice", number)


def _carry_out(request: HttpRequest, act: str, found: Voice, deps: Deps) -> Text:
    actor, words = actor_of(request), read_words(request, "words")
    match act:
        case "answer":
            answer_voice(found.number, words, read_line(request, "outcome"), actor, deps)
            return _ANSWERED
        case "extend":
            extend_voice(found.number, words, actor, deps)
            return _EXTENDED
        case "forward":
            forward_voice(found.number, ZoneId(read_line(request, "zone")), words, actor, deps)
            return _FORWARDED
        case "publish":
            publish_answer(
                found.number, read_words(request, "question"), read_words(request, "answer"), actor, deps
            )
            return _PUBLISHED
    raise NotFound(act)


def _compose(
    request: HttpRequest, found: Voice, act: str, problems: tuple[Problem, ...], deps: Deps
) -> dict[str, object]:
    context = voice_context(found, deps)
    is_here = found.zone == deps.zone and found.is_open
    may_publish = found.state == "answered" and found.asker.may_publish
    return context | {
        "problems": problems,
        "acts": _compose_acts(request, found, act, problems, deps) if is_here else [],
        "publish": _publish_fields(request, found, act, problems)
        if may_publish and deps.voices.find_published(found.number) is None else None,
        "is_published": may_publish and deps.voices.find_published(found.number) is not None,
        "list_url": reverse("officer:voices", args=[found.kind]),
    }  # fmt: skip


def _compose_acts(
    request: HttpRequest, found: Voice, act: str, problems: tuple[Problem, ...], deps: Deps
) -> list[tuple[str, Text, list[Field], bool]]:
    kind = deps.catalogue.voices.get(found.kind)

    def words(name: str, label: Text) -> Field:
        given = read_words(request, "words") if act == name else ""
        wrong = [one for one in problems if act == name and one.pointer == "words"]
        return Field("words", label, "long_text", value=given, max_length=WORDS_CHARS, problems=wrong)

    answer = [words("answer", _ANSWER)]
    if kind.outcomes:
        wrong = [one for one in problems if one.pointer == "outcome"]
        choices = [Choice(one, title) for one, title in kind.outcomes.items()]
        given = read_line(request, "outcome")
        outcome = Field("outcome", _OUTCOME, "choice", value=given, choices=choices, problems=wrong)
        answer.insert(0, outcome)
    acts = [("answer", Text("答复", "Answer"), answer, True)]
    if not found.is_extended:
        acts.append(("extend", Text("延长", "Take more time"), [words("extend", _REASON)], act == "extend"))
    if found.kind in ("question", "complaint"):
        zones = [
            Choice(zone.id, zone.short_name) for zone in deps.catalogue.zones.values() if zone.id != deps.zone
        ]
        where = Field("zone", _WHERE, "select", value=read_line(request, "zone"), choices=zones,
                      problems=[one for one in problems if one.pointer == "zone"])  # fmt: skip
        acts.append(("forward", Text("转交有权的高新区", "Send it on"), [where, words("forward", _REASON)],
                     act == "forward"))  # fmt: skip
    return acts


def _publish_fields(
    request: HttpRequest, found: Voice, act: str, problems: tuple[Problem, ...]
) -> list[Field]:
    given = {"question": found.words, "answer": found.answer}
    if act == "publish":
        given = {name: read_words(request, name) for name in given}
    return [
        Field(name, label, "long_text", value=given[name], max_length=WORDS_CHARS,
              problems=[one for one in problems if one.pointer == name])
        for name, label in (("question", _QUESTION), ("answer", _ANSWER))
    ]  # fmt: skip


_UNKNOWN_DAY = Text("日历公布后确定", "set when the calendar is published")
_ANSWERED = Text("已答复。", "It is answered.")
_EXTENDED = Text("已延长，提出的人看得到原因。", "More time was taken; whoever raised it reads why.")
_FORWARDED = Text("已转交。", "It was sent on.")
_PUBLISHED = Text("已公开。", "It is published.")
_ANSWER = Text("答复", "Answer")
_QUESTION = Text("问题", "Question")
_OUTCOME = Text("处理结果", "How it ends")
_REASON = Text("原因", "Why")
_WHERE = Text("由哪个高新区答复", "Which zone answers?")
