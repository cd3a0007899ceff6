"""Stop the machine, lift that, set the sampling rate: a page that asks before, and the act under a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.guard.parameters import MILLION
from tongban.flows.hold_machine import lift_machine, set_sampling, stop_machine
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.reads.rails import read_item_page
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field
from tongban.web.steward.words import actor_of, read_reasons, read_words, reason_fields, say_ppm
from tongban.wiring import get_deps

_RATE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class RailAct:
    """One act as its page shows it."""

    slug: str
    heading: Text
    confirm: Text
    done: Text
    is_harmful: bool
    consequences: tuple[Text, ...]


def turn(request: HttpRequest, item_id: str, act: str) -> HttpResponse:
    """Ask for reasons and say what follows; carry the act out when it is confirmed."""
    chosen = _ACTS.get(act)
    if chosen is None:
        raise NotFound(act)
    deps = get_deps()
    page = read_item_page(ItemId(item_id), deps)
    if request.method != "POST":
        return render(
            request, "shared/confirm.html", _compose(request, chosen, page.rails.item.title, item_id, ())
        )
    try:
        _carry(chosen.slug, ItemId(item_id), request)
    except Refused as refused:
        context = _compose(request, chosen, page.rails.item.title, item_id, refused.problems)
        return refuse_page(request, "shared/confirm.html", context, refused)
    messages.success(request, chosen.done.in_language(current_language()))
    return redirect("steward:item", item_id)


def _carry(slug: str, item_id: ItemId, request: HttpRequest) -> None:
    reasons, actor, deps = read_reasons(request), actor_of(request), get_deps()
    match slug:
        case "stop":
            stop_machine(item_id, reasons, actor, deps)
        case "lift":
            lift_machine(item_id, reasons, actor, deps)
        case _:
            set_sampling(item_id, _read_rate(request), reasons, actor, deps)


def _read_rate(request: HttpRequest) -> int:
    """Return the rate typed in percent as millionths; -1 when it is none, which is then refused."""
    text = read_words(request, "rate", _RATE_LENGTH).rstrip("%％ ")
    try:
        percent = float(text)
    except ValueError:
        return -1
    return round(percent * MILLION / 100) if 0 <= percent <= 100 else -1


def _compose(
    request: HttpRequest, act: RailAct, title: Text, item_id: str, problems: Sequence[Problem]
) -> dict[str, object]:
    fields = reason_fields(request, problems)
    if act.slug == "rate":
        rate = read_words(request, "rate", _RATE_LENGTH)
        now = read_item_page(ItemId(item_id), get_deps()).rails.rate_ppm
        wrong = [problem for problem in problems if problem.pointer == "rate"]
        value = rate if request.method == "POST" else say_ppm(now).rstrip("%")
        fields = [Field("rate", _RATE, value=value, unit=_PERCENT, help=_RATE_HELP, problems=wrong), *fields]
    return {
        "heading": act.heading.fill(zh=title.zh, en=title.en),
        "consequences": act.consequences,
        "confirm_label": act.confirm,
        "cancel_url": reverse("steward:item", args=[item_id]),
        "is_harmful": act.is_harmful,
        "fields": fields,
        "hidden": {},
        "action": reverse("steward:turn", args=[item_id, act.slug]),
    }


_LOGGED = Text(
    "操作连同理由以您的姓名记录，并在公开账本留一个条目。",
    "The act is recorded with its reasons under your name, and leaves an entry in the public ledger.",
)
_ACTS = {
    act.slug: act
    for act in (
        RailAct(
            "stop",
            Text("暂停系统自动准予：{zh}", "Stop the machine: {en}"),
            Text("确认暂停", "Stop the machine"),
            Text(
                "已暂停。本事项的办件从现在起由工作人员决定。",
                "Stopped. From now on people decide the cases of this item.",
            ),
            True,
            (
                Text(
                    "本区不再自动准予这个事项；条件全部满足的办件也转给工作人员。",
                    "This zone's machine grants this item no more; what it would grant goes to a person.",
                ),
                Text(
                    "收件、查询、补正、抽查照常进行，工作人员照常决定；其他事项和其他区不受影响。",
                    "Receipt, evidence, corrections and later checks go on, officers go on deciding; other "
                    "items and other zones are not touched.",
                ),
                Text("申请人会看到您写的理由。", "Applicants read the reasons you give."),
                Text("可以随时恢复。", "It can be lifted at any time."),
                _LOGGED,
            ),
        ),
        RailAct(
            "lift",
            Text("恢复系统自动准予：{zh}", "Let the machine grant again: {en}"),
            Text("确认恢复", "Let it grant again"),
            Text("已恢复自动准予。", "The machine grants again."),
            False,
            (
                Text(
                    "条件全部满足的新办件从现在起又由系统当即准予。",
                    "New cases that meet every criterion are granted at once again.",
                ),
                Text(
                    "暂停期间转给工作人员的办件仍由工作人员决定。",
                    "Cases that went to people meanwhile stay with people.",
                ),
                _LOGGED,
            ),
        ),
        RailAct(
            "rate",
            Text("设定抽查比例：{zh}", "Set the sampling rate: {en}"),
            Text("确认设定", "Set the rate"),
            Text("抽查比例已设定。", "The rate is set."),
            False,
            (
                Text(
                    "从现在起，系统每准予一件，就按这个比例随机决定是否由工作人员事后再看一遍；已经抽中的不变。",
                    "From now on, chance decides at this rate whether an officer looks at a grant by "
                    "rules again; what was chosen before stays chosen.",
                ),
                Text(
                    "比例为 0 时不再抽查，误准予的上界也就不再变准。",
                    "At 0 nothing is chosen any more, and the bound on false approvals gets no better.",
                ),
                _LOGGED,
            ),
        ),
    )
}
_RATE = Text("抽查比例", "Sampling rate")
_PERCENT = Text("%", "%")
_RATE_HELP = Text("0 至 100，可以有小数。", "From 0 to 100; decimals are fine.")
