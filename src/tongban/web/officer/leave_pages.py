"""Leave: hand work over for some days, see who stands in for whom, end it early."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.assignment import REASON_CHARS
from tongban.flows.hand_over_leave import end_leave, hand_over_leave
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.web.officer.acts import actor_of
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field
from tongban.wiring import get_deps

_NAMES = ("officer", "substitute", "from", "until", "reason")


def leave(request: HttpRequest) -> HttpResponse:
    """Show the hand-overs that stand, and make or end one."""
    deps, actor = get_deps(), actor_of(request)
    raw = {name: _read(request, name) for name in _NAMES}
    if request.method != "POST":
        return render(request, "officer/leave.html", _compose(request, raw, (), deps))
    try:
        if ending := _read(request, "end"):
            end_leave(ending, actor, deps)
        else:
            officer = raw["officer"] if actor.kind == "head" else actor.id
            days = (_day(raw, "from"), _day(raw, "until"))
            hand_over_leave(officer, raw["substitute"], days, raw["reason"], actor, deps)
    except Refused as refused:
        context = _compose(request, raw, refused.problems, deps)
        return refuse_page(request, "officer/leave.html", context, refused)
    messages.success(request, (_ENDED if ending else _DONE).in_language(current_language()))
    return redirect("officer:leave")


def _read(request: HttpRequest, name: str) -> str:
    """Return what was typed; a date comes in three parts."""
    if name in ("from", "until"):
        year, month, day = (
            request.POST.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")
        )
        return f"{year[:4]}-{month[:2].zfill(2)}-{day[:2].zfill(2)}" if year or month or day else ""
    return request.POST.get(name, "").replace("\x00", "")[: REASON_CHARS + 100].strip()


def _day(raw: dict[str, str], name: str) -> date:
    try:
        return date.fromisoformat(raw[name])
    except ValueError:
        raise Refused(Problem("answer.not-a-date", _NO_DAY, name)) from None


def _compose(
    request: HttpRequest, raw: dict[str, str], problems: tuple[Problem, ...], deps: Deps
) -> dict[str, Any]:
    actor, officers = actor_of(request), deps.desk.list_officers()
    names = {one.username: one.name for one in officers}
    standing = deps.desk.list_absences(civil_date(deps.clock.now()))
    choices = [Choice(one.username, Text(one.name, one.name)) for one in officers]

    def about(name: str) -> list[Problem]:
        return [one for one in problems if one.pointer == name]

    fields = [
        Field("substitute", _SUBSTITUTE, "select", value=raw["substitute"], help=_SUBSTITUTE_HELP,
              choices=[one for one in choices if one.value != actor.id], problems=about("substitute")),
        Field("from", _FROM, "date_parts", value=raw["from"], problems=about("from")),
        Field("until", _UNTIL, "date_parts", value=raw["until"], problems=about("until")),
        Field("reason", _REASON, "text", value=raw["reason"], max_length=REASON_CHARS, help=_REASON_HELP,
              problems=about("reason")),
    ]  # fmt: skip
    if actor.kind == "head":
        fields.insert(0, Field("officer", _OFFICER, "select", value=raw["officer"], choices=choices,
                               problems=about("officer")))  # fmt: skip
    return {
        "rows": [
            (one, names.get(one.officer, one.officer), names.get(one.substitute, one.substitute),
             actor.kind == "head" or actor.id == one.officer)
            for one in standing
        ],
        "fields": fields if actor.kind == "head" or actor.id in names else (),
        "problems": problems,
        "trail": [(Text("待办", "Worklist"), reverse("officer:worklist"))],
        "here": _HERE,
    }  # fmt: skip


_HERE = Text("休假交接", "Leave")
_OFFICER = Text("请假人员", "Who is away")
_SUBSTITUTE = Text("代办人员", "Substitute")
_SUBSTITUTE_HELP = Text(
    "须负责请假人员的全部审批组，这段日期在岗。",
    "Somebody in every group that the absent officer is in, and present in these days.",
)
_FROM, _UNTIL = Text("第一天", "First day"), Text("最后一天", "Last day")
_REASON = Text("事由", "Why")
_REASON_HELP = Text("例如年休假、培训。不写病情。", "Annual leave or training, for example; no illness.")
_NO_DAY = Text("请写完整的日期。", "Write a whole date.")
_DONE = Text("工作已交接；到期自动交回。", "Handed over; it comes back by itself.")
_ENDED = Text("交接已提前结束。", "The hand-over was ended early.")
