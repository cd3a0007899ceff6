"""Supervision for the head: the board, the alerts of a rule, and one alert with its answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from tongban.domain.supervision.alert import (
    ANSWERS,
    HANDLINGS_MAX,
    WORDS_CHARS,
    SupervisionAlert,
    is_overdue,
    read_colour,
)
from tongban.domain.supervision.book import AGENDA, REFUSALS, SupervisionRule
from tongban.flows.ports import Deps
from tongban.flows.supervise import answer_alert, check_answer
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.reads.supervision import get_rule, read_alerts, read_board, read_titles
from tongban.web.officer.acts import actor_of
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field, Light
from tongban.wiring import get_deps

_DONE = "done"
_PLACE_CHARACTERS = 18
_NUMBER_MAX = 2**63 - 1


def board(request: HttpRequest) -> HttpResponse:
    """Show how many red and yellow alerts of each rule wait for the head's answer."""
    deps = get_deps()
    lines = read_board(deps)
    context = {
        "lines": lines,
        "red": sum(line.red for line in lines),
        "yellow": sum(line.yellow for line in lines),
        "red_light": Light("red", _RED),
        "yellow_light": Light("yellow", _YELLOW),
        "is_made_up": deps.catalogue.supervision.is_made_up,
    }
    return render(request, "officer/supervision.html", context)


def alerts(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Show the alerts of one rule: those to be answered, or those that were."""
    deps, is_done = get_deps(), request.GET.get("show") == _DONE
    rule = get_rule(rule_id, deps)
    page = read_alerts(rule, deps, is_done=is_done, after=request.GET.get("after", "")[:_PLACE_CHARACTERS])
    wish = {"show": _DONE} if is_done else {}
    here = reverse("officer:supervision-rule", args=[rule.id])
    context = {
        "rule": rule,
        "rows": [(line, _light(line.colour, line.is_overdue)) for line in page.lines],
        "is_done": is_done,
        "open_url": here,
        "done_url": f"{here}?{urlencode({'show': _DONE})}",
        "next_url": f"?{urlencode({**wish, 'after': page.next})}" if page.next else "",
    }
    return render(request, "officer/supervision_rule.html", context)


def alert(request: HttpRequest, number: int) -> HttpResponse:
    """Show an alert with every answer; take another one, which is shown before it is kept."""
    deps = get_deps()
    found = deps.supervision.find(number) if number <= _NUMBER_MAX else None
    if found is None:
        raise NotFound(f"alert {number}")
    answer = request.POST.get("answer", "")[:40]
    words = request.POST.get("words", "").replace("\x00", "").replace("\r\n", "\n").strip()[: WORDS_CHARS * 2]
    if request.method != "POST" or request.POST.get("step") == "edit":
        return render(request, "officer/supervision_alert.html", _compose(found, answer, words, (), deps))
    actor, seen = actor_of(request), request.POST.get("seen", "")[:4]
    try:
        check_answer(number, answer, words, actor, deps)
    except Refused as refused:
        context = _compose(found, answer, words, refused.problems, deps)
        return refuse_page(request, "officer/supervision_alert.html", context, refused)
    if request.POST.get("step") != "act":
        context = {**_compose(found, answer, words, (), deps), "confirming": _ANSWERS[answer]}
        return render(request, "officer/supervision_alert.html", context)
    answer_alert(number, answer, words, actor, deps, int(seen) if seen.isascii() and seen.isdigit() else -1)
    messages.success(request, _KEPT.in_language(current_language()))
    return redirect("officer:supervision-alert", number)


def _compose(
    found: SupervisionAlert, answer: str, words: str, problems: tuple[Problem, ...], deps: Deps
) -> dict[str, object]:
    rule = get_rule(found.rule, deps)
    today = civil_date(deps.clock.now())
    fields = [
        Field("answer", _HOW, "choice", value=answer, choices=[Choice(one, _ANSWERS[one]) for one in ANSWERS],
              problems=[one for one in problems if one.pointer == "answer"]),
        Field("words", _WORDS, "long_text", value=words, help=_WORDS_HELP, max_length=WORDS_CHARS,
              problems=[one for one in problems if one.pointer == "words"]),
    ]  # fmt: skip
    return {
        "alert": found,
        "rule": rule,
        "cause": _name_cause(found, rule, deps),
        "item": read_titles([found.case_id], deps).get(found.case_id),
        "light": _light(read_colour(found, rule.level, today), is_overdue(found, today)),
        "handlings": [(one, _ANSWERS[one.answer]) for one in found.handlings],
        "may_answer": len(found.handlings) < HANDLINGS_MAX,
        "fields": fields,
        "answer": answer,
        "words": words,
    }


def _name_cause(found: SupervisionAlert, rule: SupervisionRule, deps: Deps) -> Text:
    """Return in words which one it was."""
    kind = deps.catalogue.agenda.kinds.get(found.cause)
    if rule.watches == AGENDA and kind is not None:
        return kind.title
    if rule.watches == REFUSALS:
        return _REFUSED.get(found.cause, Text(found.cause, found.cause))
    if rule.watches == "receipts":
        return Text(f"消息 {found.cause}", f"Message {found.cause}")
    return Text(f"办件记录第{found.cause}条", f"Event {found.cause} of the case")


def _light(colour: str, late: bool) -> Light:
    if colour == "red":
        return Light("red", _LATE if late else _RED)
    return Light("yellow", _YELLOW) if colour == "yellow" else Light("grey", _ANSWERED)


_REFUSED = {
    "wrong-digest": Text("文件与办件留下的不一致", "The document is not the one that the case left"),
    "wrong-event": Text("没有准许用印的决定", "No decision that lets it be sealed"),
    "no-event": Text("办件记录里没有这一条", "The case's history has no such entry"),
    "wrong-zone": Text("请求的是别区的印章", "Another zone's seal was asked for"),
    "no-document": Text("没有这份文件", "There is no such document"),
    "not-competent": Text("决定不是本区作出的", "The decision is not this zone's"),
    "wrong-secret": Text("保管员口令不对", "A custodian's secret was wrong"),
    "no-share": Text("没有密钥份额的人输入了口令", "Somebody without a share of the key gave a secret"),
}
_RED, _YELLOW = Text("红色预警", "Red alert"), Text("黄色预警", "Yellow alert")
_LATE = Text("红色预警：逾期未处理", "Red alert: not answered in time")
_ANSWERED = Text("已处理", "Answered")
_ANSWERS = {
    "explained": Text("有正当理由，予以说明", "Explained: there was a good reason"),
    "put-right": Text("情况属实，已经纠正", "Put right: it was so, and was corrected"),
    "unfounded": Text("情况不实", "Unfounded: it was not so"),
}
_HOW = Text("处理结果", "How it was handled")
_WORDS = Text("理由：查到什么，做了什么", "The reason: what was found, and what was done")
_WORDS_HELP = Text("不写申请人的个人信息。", "Leave out personal data of the applicant.")
_KEPT = Text("处理结果已记录。", "The answer is kept.")
