"""At the window: ask the other zones whether somebody is authorised there, and see what they answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tongban.domain.identifiers.written import make_plain
from tongban.domain.inquiry import Inquiry
from tongban.flows.ask_mandate import ask_mandate
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field, Tag
from tongban.web.window.bar import compose_bar
from tongban.wiring import get_deps

_LENGTH = 60
_NAMES = ("principal", "helper", "item")


def ask(request: HttpRequest) -> HttpResponse:
    """Take down whom an agent acts for, and ask every other zone."""
    deps = get_deps()
    raw = {name: request.POST.get(name, "").replace("\x00", "").strip()[:_LENGTH] for name in _NAMES}
    if request.method != "POST":
        return _show(request, raw, None, deps)
    try:
        if raw["item"] not in _list_items(deps):
            raise Refused(Problem("mandate.no-items", _NO_ITEM, "item", "all-2019#29.2"))
        item = ItemId(raw["item"])
        number = ask_mandate(make_plain(raw["principal"]), make_plain(raw["helper"]), item, deps)
    except Refused as refused:
        return _show(request, raw, refused, deps)
    messages.success(request, _ASKED.in_language(current_language()))
    return redirect("window:mandate-answers", number)


def answers(request: HttpRequest, number: str) -> HttpResponse:
    """Show which zone has answered what; a number that asked nothing is none."""
    deps = get_deps()
    asked = deps.inquiries.list_of(CaseId(number[:_LENGTH]))
    if not asked:
        raise NotFound(number)
    zones = deps.catalogue.zones
    context = {
        "rows": [(zones[one.zone].name, _tag_of(one)) for one in asked],
        "is_waiting": any(one.answered_at is None and not one.fault for one in asked),
        "is_covered": any(one.is_listed for one in asked),
        "bar": compose_bar(request, deps),
    }
    return render(request, "window/mandate_answers.html", context)


def _tag_of(one: Inquiry) -> Tag:
    if one.is_listed:
        return _COVERED
    if one.answered_at is not None and one.is_listed is not None:
        return _NOTHING
    return _AWAY if one.fault else _WAITS


def _list_items(deps: Deps) -> dict[str, Text]:
    found = {item.id: item.title for zone in deps.catalogue.zones for item in deps.catalogue.list_items(zone)}
    return {str(name): title for name, title in found.items()}


def _show(request: HttpRequest, raw: dict[str, str], refused: Refused | None, deps: Deps) -> HttpResponse:
    problems = refused.problems if refused else ()

    def wrong(pointer: str) -> list[Problem]:
        return [one for one in problems if one.pointer == pointer]

    items = [Choice(name, title) for name, title in _list_items(deps).items()]
    fields = [
        Field("principal", _PRINCIPAL, value=raw["principal"], max_length=_LENGTH, autocomplete="off",
              problems=wrong("principal")),
        Field("helper", _HELPER, value=raw["helper"], max_length=_LENGTH, autocomplete="off",
              problems=wrong("helper")),
        Field("item", _ITEM, "select", value=raw["item"], choices=items, problems=wrong("item")),
    ]  # fmt: skip
    context = {"fields": fields, "bar": compose_bar(request, deps)}
    if refused:
        return refuse_page(request, "window/mandate_question.html", context, refused)
    return render(request, "window/mandate_question.html", context)


_PRINCIPAL = Text("委托人的证件号码或统一社会信用代码", "Number of the principal")
_HELPER = Text("来人证件上的号码", "Number on the document of who came")
_ITEM = Text("办理哪个事项", "For which item")
_NO_ITEM = Text("请选择事项", "Choose the item")
_ASKED = Text(
    "已向其他高新区查询，通常几秒内答复。", "The other zones are asked; answers usually take seconds."
)
_COVERED = Tag(Text("有授权，当日有效", "Authorised; holds today"), "green")
_NOTHING = Tag(Text("没有有效授权", "Nothing in force"), "grey")
_WAITS = Tag(Text("等待答复", "Awaited"), "yellow")
_AWAY = Tag(Text("没有答复", "No answer"), "red")
