"""The alliance's table: tickets about differences between zones, opened, commented and closed (销号)."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.standard.plain import WORDS_CHARS
from tongban.domain.standard.ticket import Ticket
from tongban.flows import keep_table
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.reads.standard import read_desk, read_side_by_side, read_title
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field, Tag
from tongban.web.steward.standard_pages import actor_of, compose_history, read_words
from tongban.web.steward.standard_words import TICKET_CLOSED, TICKET_OPEN, TICKET_OVERDUE
from tongban.wiring import get_deps

_USUAL_DAYS = 30
"""The deadline that the form proposes; the steward may choose any day ahead."""


def tickets(request: HttpRequest) -> HttpResponse:
    """Show every ticket: what is open by its deadline, then what is closed."""
    deps = get_deps()
    page = read_desk(deps)
    rows = [_line(one, page.today, page.titles, deps) for one in page.tickets]
    return render(request, "steward/table.html", {"rows": rows, "page": page})


def _line(one: Ticket, today: date, titles: Any, deps: Deps) -> dict[str, Any]:
    zones, opened = deps.catalogue.zones, one.opened
    return {
        "one": one,
        "title": titles.get(opened.item, Text(opened.item, opened.item)),
        "feature": _feature_title(opened.item, opened.feature, deps),
        "owner": zones[opened.owner].short_name if opened.owner in zones else opened.owner,
        "state": _state(one, today),
    }


def _state(one: Ticket, today: date) -> Tag:
    if one.closing is not None:
        return TICKET_CLOSED
    return TICKET_OVERDUE if one.is_overdue(today) else TICKET_OPEN


def _feature_title(item: ItemId, feature: str, deps: Deps) -> Text:
    try:
        rows = read_side_by_side(item, deps).rows
    except NotFound:
        return Text(feature, feature)
    return next((row.title for row in rows if row.name == feature), Text(feature, feature))


def open_one(request: HttpRequest, item_id: str) -> HttpResponse:
    """Bring one difference of an item to the table."""
    deps = get_deps()
    item, feature = ItemId(item_id), request.GET.get("feature", "")
    today = civil_date(deps.clock.now())
    seen = keep_table.read_feature(item, feature, today, deps)
    given = {
        "owner": request.POST.get("owner", ""),
        "due_on": request.POST.get("due_on", (today + timedelta(days=_USUAL_DAYS)).isoformat()),
        "words": read_words(request, "words"),
    }
    context: dict[str, Any] = {
        "heading": Text("提交联席会议", "Bring it to the table"),
        "lead": read_title(item, deps),
        "feature": _feature_title(item, feature, deps),
        "seen": [(deps.catalogue.zones[zone].short_name, value) for zone, value in seen.items()],
        "fields": _fields(given, (), deps),
        "consequences": _OPEN_CONSEQUENCES,
        "submit_label": Text("提交", "Open the ticket"),
        "back_url": reverse("steward:standard-item", args=[item_id]),
    }
    if request.method != "POST":
        return render(request, "steward/standard_act.html", context)
    try:
        due_on = _read_day(given["due_on"])
        number = keep_table.open_ticket(
            item, feature, ZoneId(given["owner"]), due_on, given["words"], actor_of(request), deps
        )
    except Refused as refused:
        context["fields"] = _fields(given, refused.problems, deps)
        return refuse_page(request, "steward/standard_act.html", context, refused)
    messages.success(request, _OPENED.in_language(current_language()))
    return redirect("steward:ticket", number)


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(Problem("table.no-date", _NO_DATE, "due_on")) from None


def _fields(given: dict[str, str], problems: tuple[Problem, ...], deps: Deps) -> list[Field]:
    zones = [Choice(zone.id, zone.short_name) for zone in deps.catalogue.zones.values()]

    def about(name: str) -> list[Problem]:
        return [problem for problem in problems if problem.pointer == name]

    return [
        Field("owner", Text("由哪个区负责", "Zone that sees to it"), "choice", value=given["owner"],
              choices=zones, problems=about("owner")),
        Field("due_on", Text("办结期限", "Deadline"), "date", value=given["due_on"][:10],
              problems=about("due_on")),
        Field("words", Text("需要解决什么", "What is to be settled"), "long_text",
              value=given["words"][: WORDS_CHARS * 2], max_length=WORDS_CHARS, problems=about("words")),
    ]  # fmt: skip


def ticket(request: HttpRequest, ticket_id: str) -> HttpResponse:
    """Show a ticket: what differed, what the zones say today, what was said, how it ended."""
    deps = get_deps()
    one = keep_table.get_ticket(ticket_id, deps)
    today = civil_date(deps.clock.now())
    try:
        now = keep_table.read_feature(one.opened.item, one.opened.feature, today, deps)
    except NotFound:
        now = {}
    zones = deps.catalogue.zones
    context = {
        **_line(one, today, {one.opened.item: read_title(one.opened.item, deps)}, deps),
        "seen": [
            (zones[ZoneId(zone)].short_name if zone in zones else zone, Text(*words), now.get(ZoneId(zone)))
            for zone, words in one.opened.seen.items()
        ],
        "history": compose_history(one.history, deps),
        "may_close": one.closing is None and one.opened.owner == deps.zone,
    }
    return render(request, "steward/ticket.html", context)


def act(request: HttpRequest, ticket_id: str, act: str) -> HttpResponse:
    """Say something about a ticket, or close it with a note."""
    if act not in _ACTS:
        raise NotFound(act)
    deps = get_deps()
    one = keep_table.get_ticket(ticket_id, deps)
    title, name, label, run, done = _ACTS[act]
    written = read_words(request, name)

    def field(problems: tuple[Problem, ...]) -> Field:
        about = [problem for problem in problems if problem.pointer == name]
        shown = written[: WORDS_CHARS * 2]
        return Field(name, label, "long_text", value=shown, max_length=WORDS_CHARS, problems=about)

    context: dict[str, Any] = {
        "heading": title,
        "lead": read_title(one.opened.item, deps),
        "consequences": _OPEN_CONSEQUENCES[-1:],
        "fields": [field(())],
        "submit_label": title,
        "back_url": reverse("steward:ticket", args=[ticket_id]),
    }
    if request.method != "POST":
        return render(request, "steward/standard_act.html", context)
    try:
        run(ticket_id, written, actor_of(request), deps)
    except Refused as refused:
        context["fields"] = [field(refused.problems)]
        return refuse_page(request, "steward/standard_act.html", context, refused)
    messages.success(request, done.in_language(current_language()))
    return redirect("steward:ticket", ticket_id)


_OPEN_CONSEQUENCES = (
    Text(
        "负责的区在期限前提出办法，办结后销号。", "The owner proposes a way by the deadline, and closes it."
    ),
    Text(
        "以您的姓名和时间通报所有高新区，不能删改。",
        "It is told to every zone under your name with the time, and cannot be changed or deleted.",
    ),
)
_ACTS = {
    "note": (
        Text("补充说明", "Add a note"), "words", Text("说明", "Note"), keep_table.note_ticket,
        Text("说明已记录并通报各区。", "Your note is recorded and told to every zone."),
    ),
    "close": (
        Text("销号", "Close the ticket"), "note", Text("办结说明", "What became of it"),
        keep_table.close_ticket,
        Text("已销号并通报各区。", "The ticket is closed, and every zone is told."),
    ),
}  # fmt: skip
_OPENED = Text("已提交联席会议并通报各区。", "It is on the table, and every zone is told.")
_NO_DATE = Text("请填写日期，例如 2026-04-01。", "Give a date such as 2026-04-01.")
