"""At the window: answer a correction notice of any zone, and see what other zones did with what was sent."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.identifiers.written import make_plain
from tongban.flows.correct_elsewhere import correct_elsewhere
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.text import Text
from tongban.reads.prefill import RawAnswer
from tongban.reads.sent_elsewhere import SentAct, list_sent_elsewhere
from tongban.web.shared.application_form import Filled, compose_sections, read_posted
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field, Tag
from tongban.web.shared.uploads import read_files
from tongban.web.window.bar import compose_bar
from tongban.web.window.take_in_pages import actor_of
from tongban.wiring import get_deps

_LENGTH = 60
_NAMES = ("number", "deciding_zone", "item")
"""What stands in the address; the number of a person never does."""


@dataclass(frozen=True, slots=True)
class _Notice:
    """What a correction notice says at its head, as typed."""

    raw: dict[str, str]

    @property
    def number(self) -> CaseId:
        return CaseId(self.raw["number"].upper())

    @property
    def zone(self) -> ZoneId:
        return ZoneId(self.raw["deciding_zone"])

    def get_item(self, deps: Deps) -> ServiceItem:
        """Return the item; Refused with everything that is missing, each at its field."""
        missing = [_MISSING[name] for name in _NAMES if not self.raw[name]]
        if not missing and self.zone not in deps.catalogue.zones:
            missing = [_MISSING["deciding_zone"]]
        found = {one.id: one for one in deps.catalogue.list_items(self.zone)} if not missing else {}
        item = found.get(ItemId(self.raw["item"]))
        if item is None:
            raise Refused(*(missing or [_NOT_DECIDED_THERE]))
        return item


def elsewhere(request: HttpRequest) -> HttpResponse:
    """Take down which notice is answered; show what was sent for cases of other zones."""
    deps = get_deps()
    notice = _read_notice(request.GET)
    if not any(notice.raw.values()):
        return _show_start(request, notice, None, deps)
    try:
        item = notice.get_item(deps)
    except Refused as refused:
        return _show_start(request, notice, refused, deps)
    if request.method != "POST":
        return _show_form(request, notice, item, {}, None, deps)
    files, wrong_files = read_files(item.form, request, {}, deps)
    posted = read_posted(item.form, request.POST, Filled({}, files, {}))
    try:
        if wrong_files:
            raise Refused(*wrong_files)
        party = make_plain(request.POST.get("party", "").replace("\x00", "").strip()[:_LENGTH])
        if not party:
            raise Refused(_NOBODY)
        correct_elsewhere(notice.number, (item.id, notice.zone), party, posted, actor_of(request), deps)
    except NotFound:
        return _show_start(request, notice, Refused(_NOT_HERE), deps)
    except Refused as refused:
        return _show_form(request, notice, item, posted, refused, deps)
    messages.success(request, _SENT.in_language(current_language()))
    return redirect("window:correct-elsewhere")


def _read_notice(given: QueryDict) -> _Notice:
    return _Notice({name: given.get(name, "").replace("\x00", "").strip()[:_LENGTH] for name in _NAMES})


def _show_start(request: HttpRequest, notice: _Notice, refused: Refused | None, deps: Deps) -> HttpResponse:
    problems = refused.problems if refused else ()
    zones = [Choice(one.id, one.short_name) for one in deps.catalogue.zones.values()]
    titles = {one.id: one.title for zone in deps.catalogue.zones for one in deps.catalogue.list_items(zone)}
    choices = {"deciding_zone": zones, "item": [Choice(name, title) for name, title in titles.items()]}
    kinds = {"deciding_zone": "choice", "item": "select"}
    fields = [
        Field(name, _LABELS[name], kinds.get(name, "text"), value=notice.raw[name], autocomplete="off",
              choices=choices.get(name, []), max_length=None if name in kinds else _LENGTH,
              problems=[one for one in problems if one.pointer == name])
        for name in _NAMES
    ]  # fmt: skip
    sent = [(one, _tag_of(one)) for one in list_sent_elsewhere(deps)]
    context = {"fields": fields, "sent": sent, "bar": compose_bar(request, deps)}
    if refused:
        return refuse_page(request, "window/correct_elsewhere.html", context, refused)
    return render(request, "window/correct_elsewhere.html", context)


def _show_form(
    request: HttpRequest, notice: _Notice, item: ServiceItem, posted: dict[str, RawAnswer],
    refused: Refused | None, deps: Deps,
) -> HttpResponse:  # fmt: skip
    problems = refused.problems if refused else ()
    filled = Filled(posted, {}, {})
    context = {
        "party": Field("party", _PARTY, value=request.POST.get("party", "")[:_LENGTH], autocomplete="off",
                       max_length=_LENGTH, problems=[one for one in problems if one.pointer == "party"]),
        "number": notice.number,
        "zone": deps.catalogue.zones[notice.zone],
        "item": item,
        "sections": compose_sections(item.form, filled, problems, all_optional=True),
        "bar": compose_bar(request, deps),
    }  # fmt: skip
    if refused:
        return refuse_page(request, "window/correct_elsewhere_form.html", context, refused)
    return render(request, "window/correct_elsewhere_form.html", context)


def _tag_of(one: SentAct) -> Tag:
    return {"waiting": _WAITS, "carried-out": _DONE, "refused": _REFUSED}[one.state]


_LABELS = {
    "number": Text("补正通知书上的办件编号", "Case number on the correction notice"),
    "deciding_zone": Text("由哪个高新区办理", "Which zone decides"),
    "item": Text("补正通知书上的事项", "Item on the correction notice"),
}
_PARTY = Text("来人证件上的号码", "The number on the document of who came")
_MISSING = {
    "number": Problem("case.no-number", Text("请填写办件编号", "Give the case number"), "number"),
    "deciding_zone": Problem(
        "case.no-zone", Text("请选择办理地", "Choose the deciding zone"), "deciding_zone"
    ),
    "item": Problem("case.no-item", Text("请选择事项", "Choose the item"), "item"),
}
_NOBODY = Problem("party.no-number", Text("请填写来人的证件号码", "Give the number of who came"), "party")
_NOT_DECIDED_THERE = Problem(
    "case.no-item", Text("这个高新区不办理这个事项", "That zone does not decide this item"), "item"
)
_NOT_HERE = Problem(
    "case.not-here", Text("这个高新区没有这个编号的办件", "That zone has no case of this number"), "number"
)
_SENT = Text(
    "补正已送往办理地。办理地核对以后的结果，在下面的清单里看。",
    "The correction is on its way to the deciding zone. The list below shows what came of it.",
)
_WAITS = Tag(Text("在途，等对方确认", "On its way"), "yellow")
_DONE = Tag(Text("对方已办", "Carried out there"), "green")
_REFUSED = Tag(Text("对方没有接受", "Refused there"), "red")
