"""Several cases at once: a page that lists each with what will happen, then each as a unit of its own."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.assignment import REASON_CHARS
from tongban.domain.case.events import Actor
from tongban.flows.belonging import find_obstacle
from tongban.flows.make_decision import accept_by_hand
from tongban.flows.move_case import get_own, give_case, take_over
from tongban.flows.ports import Deps
from tongban.kernel.errors import Conflict, NotFound, Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.web.officer.acts import actor_of
from tongban.web.shared.parts import Choice, Field
from tongban.wiring import get_deps

MOST = 25
"""Most cases at once: one page of the list."""
_NUMBER = re.compile(r"[0-9A-Z-]{1,40}")
_ACTS = {
    "accept": (
        Text("受理", "Accept"),
        Text("受理，法定期限从今天起算。", "It is accepted; the statutory limit runs from today."),
    ),
    "take": (Text("接办", "Take over"), Text("由您接办。", "It becomes yours.")),
    "give": (Text("改派", "Give away"), Text("改派给所选人员。", "It is given to the officer chosen.")),
}


How = tuple[str, dict[str, str], Actor]
"""The act, the words given with it, and who acts."""
Do = Callable[[CaseId, How, Deps], Text]


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One case of several: what will happen or has happened, or why not."""

    number: str
    url: str
    says: Text
    is_possible: bool


def batch(request: HttpRequest) -> HttpResponse:
    """Ask before, then do each case by itself and say of each what came of it."""
    numbers = [one for one in dict.fromkeys(request.POST.getlist("case")) if _NUMBER.fullmatch(one)]
    wish = request.POST.get("act", "")
    if request.method != "POST" or not numbers or wish not in _ACTS:
        return redirect("officer:worklist")
    deps, actor = get_deps(), actor_of(request)
    is_done = request.POST.get("step") == "act"
    words = {name: request.POST.get(name, "")[:REASON_CHARS].strip() for name in ("reason", "officer")}
    do = _carry if is_done else _look
    lines = [_line(number, do, (wish, words, actor), deps) for number in numbers[:MOST]]
    context = {
        "lines": lines,
        "act": wish,
        "title": _ACTS[wish][0],
        "is_done": is_done,
        "fields": () if is_done else _compose_fields(wish, words, deps),
        "numbers": [one.number for one in lines if one.is_possible],
        "trail": [(Text("待办", "Worklist"), reverse("officer:worklist"))],
        "here": _ACTS[wish][0],
    }
    return render(request, "officer/batch.html", context)


def _line(number: str, do: Do, how: How, deps: Deps) -> BatchLine:
    url = reverse("officer:case", args=[number])
    try:
        says = do(CaseId(number), how, deps)
    except Refused as refused:
        return BatchLine(number, url, _all(refused.problems), False)
    except (Conflict, NotFound):
        return BatchLine(number, url, _MOVED_ON, False)
    return BatchLine(number, url, says, True)


def _look(case_id: CaseId, how: How, deps: Deps) -> Text:
    """Return what will happen to a case; raises Refused with why it cannot."""
    act, _, actor = how
    case = get_own(case_id, deps)
    if act == "accept":
        regime = deps.catalogue.get_regime(deps.catalogue.get_item(case.item_id, deps.zone).regime)
        regime.get_arrow(case.stage, "Accept", actor.kind)
        if obstacle := find_obstacle(case, actor, deps):
            raise Refused(obstacle)
    elif case.decision is not None or not case.is_open or deps.desk.find(case_id) is None:
        raise Refused(Problem("batch.not-open", _NOT_OPEN))
    return _ACTS[act][1]


def _carry(case_id: CaseId, how: How, deps: Deps) -> Text:
    act, words, actor = how
    with deps.unit():
        match act:
            case "accept":
                _look(case_id, how, deps)
                accept_by_hand(case_id, actor, deps)
            case "take":
                take_over(case_id, words["reason"], actor, deps)
            case _:
                give_case(case_id, words["officer"], words["reason"], actor, deps)
    return _DONE


def _all(problems: Sequence[Problem]) -> Text:
    return Text("".join(one.text.zh for one in problems), " ".join(one.text.en for one in problems))


def _compose_fields(act: str, words: dict[str, str], deps: Deps) -> list[Field]:
    if act == "accept":
        return []
    reason = Field("reason", _REASON, "long_text", value=words["reason"], max_length=REASON_CHARS)
    if act == "take":
        return [reason]
    choices = [Choice(one.username, Text(one.name, one.name)) for one in deps.desk.list_officers()]
    return [Field("officer", _OFFICER, "select", value=words["officer"], choices=choices), reason]


_REASON, _OFFICER = Text("理由", "Why"), Text("转给", "Give it to")
_DONE = Text("已办理。", "Done.")
_MOVED_ON = Text(
    "没有办理：办件刚有变动，或不在本区办理。", "Not done: it has just changed, or is not decided here."
)
_NOT_OPEN = Text("没有分派记录，或已经决定，不能转办。", "It was never assigned, or is decided already.")
