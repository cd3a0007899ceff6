"""One alarm: what moved, who looked into it, and taking that back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text
from tongban.reads.rails import Alarm, read_alarm, read_item_page
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.steward.item_pages import HOME
from tongban.web.steward.words import actor_of, read_reasons, reason_fields
from tongban.wiring import get_deps, get_node
from tongban.wiring.alarms import mark_alarm_seen, reopen_alarm


def alarm(request: HttpRequest, number: int) -> HttpResponse:
    """Show an alarm; note what was found, or put it back on the list."""
    found = read_alarm(number)
    if request.method != "POST":
        return render(request, "steward/alarm.html", _compose(request, found, ()))
    try:
        if request.POST.get("step") == "reopen":
            reopen_alarm(get_node(), number)
        else:
            mark_alarm_seen(get_node(), number, read_reasons(request), actor_of(request))
    except Refused as refused:
        context = _compose(request, found, refused.problems)
        return refuse_page(request, "steward/alarm.html", context, refused)
    done = _REOPENED if request.POST.get("step") == "reopen" else _NOTED
    messages.success(request, done.in_language(current_language()))
    return redirect("steward:alarm", number)


def _compose(request: HttpRequest, found: Alarm, problems: tuple[Problem, ...]) -> dict[str, Any]:
    item = read_item_page(found.item_id, get_deps()).rails.item
    return {
        "alarm": found,
        "item": item,
        "criterion": item.rules.find_criterion(found.shift.feature.removeprefix("criterion:")),
        "fields": reason_fields(request, problems, (_FOUND, _FOUND_EN)),
        "trail": [(HOME[0], reverse(HOME[1])), (item.title, reverse("steward:item", args=[item.id]))],
        "here": Text("警报", "Alarm"),
    }


_FOUND = Text("查到了什么", "What was found, in Chinese")
_FOUND_EN = Text("查到了什么（英文）", "What was found, in English")
_NOTED = Text("已记录。", "Noted.")
_REOPENED = Text("已放回未查清单。", "It is back among the open alarms.")
