"""At the window: what this zone has still to serve, and licences of any zone that are collected here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tongban.domain.case.ending import Delivered
from tongban.domain.identifiers.written import make_plain
from tongban.flows.deliver_elsewhere import deliver_elsewhere
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text
from tongban.reads.deliveries import read_outstanding
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field
from tongban.web.window.bar import compose_bar
from tongban.web.window.take_in_pages import actor_of
from tongban.wiring import get_deps

_LENGTH = 60
_WORD_LENGTH = 200
_NAMES = ("number", "deciding_zone", "party", "received_by", "authority", "checked", "note")


def deliveries(request: HttpRequest) -> HttpResponse:
    """Show what this zone has still to serve."""
    deps = get_deps()
    page = read_outstanding(request.GET.get("after", "")[:_LENGTH].replace("\x00", ""), deps)
    context = {"page": page, "open_name": "window:case", "bar": compose_bar(request, deps)}
    return render(request, "window/deliveries.html", context)


def elsewhere(request: HttpRequest) -> HttpResponse:
    """Take down who collects a licence, whichever zones handled the case, and tell the deciding zone."""
    deps = get_deps()
    raw = {name: request.POST.get(name, "").replace("\x00", "").strip()[:_WORD_LENGTH] for name in _NAMES}
    if request.method != "POST":
        return _show(request, raw, None, deps)
    today = Moment(deps.clock.now()).on
    delivered = Delivered(
        "pick-up", raw["received_by"], today, deps.zone, "", raw["authority"], raw["checked"] == "yes",
        raw["note"],
    )  # fmt: skip
    party, zone = make_plain(raw["party"]), ZoneId(raw["deciding_zone"])
    try:
        number = CaseId(raw["number"].upper())
        if not number or not party:
            raise Refused(*(_MISSING[name] for name in ("number", "party") if not raw[name]))
        deliver_elsewhere(number, zone, party, delivered, actor_of(request), deps)
    except NotFound:
        return _show(request, raw, Refused(_NOT_HERE), deps)
    except Refused as refused:
        return _show(request, raw, refused, deps)
    messages.success(request, _DONE.in_language(current_language()))
    return redirect("window:pickups")


def _show(request: HttpRequest, raw: dict[str, str], refused: Refused | None, deps: Deps) -> HttpResponse:
    problems = refused.problems if refused else ()

    def wrong(pointer: str) -> list[Problem]:
        return [one for one in problems if one.pointer == pointer]

    zones = [Choice(one.id, one.short_name) for one in deps.catalogue.zones.values()]
    fields = [
        Field("number", _NUMBER, value=raw["number"], max_length=_LENGTH, problems=wrong("number"),
              autocomplete="off"),
        Field("deciding_zone", _ZONE, "choice", value=raw["deciding_zone"], choices=zones,
              problems=wrong("deciding_zone")),
        Field("party", _PARTY, value=raw["party"], max_length=_LENGTH, problems=wrong("party"),
              autocomplete="off"),
        Field("received_by", _WHO, value=raw["received_by"], max_length=_WORD_LENGTH,
              problems=wrong("received_by")),
        Field("authority", _AUTHORITY, value=raw["authority"], max_length=_WORD_LENGTH, is_required=False,
              law="all-2019#29.2"),
        Field("checked", _CHECKED, "yes_no", value=raw["checked"], problems=wrong("is_identity_checked")),
        Field("note", _NOTE, value=raw["note"], max_length=_WORD_LENGTH, problems=wrong("note")),
    ]  # fmt: skip
    context = {"fields": fields, "bar": compose_bar(request, deps)}
    if refused:
        return refuse_page(request, "window/deliver_elsewhere.html", context, refused)
    return render(request, "window/deliver_elsewhere.html", context)


_NUMBER = Text("办件编号", "Case number")
_ZONE = Text("由哪个高新区办理", "Which zone decided")
_PARTY = Text("来人证件上的号码", "The number on the document of who came")
_WHO = Text("由谁领取", "Who takes it")
_AUTHORITY = Text("代领的，凭什么代领（委托书日期、编号）", "If an agent: what the authority rests on")
_CHECKED = Text("看过来人的证件原件，人证一致", "I have seen the original document, and it is that person")
_NOTE = Text("签字情况", "About the signature")
_DONE = Text(
    "已登记。办理地核对号码后保存送达回证；号码不符的，办理地不予登记。",
    "Noted. The deciding zone compares the number and keeps the proof; if it does not fit, it keeps none.",
)
_NOT_HERE = Problem(
    "case.not-here", Text("这个高新区没有这个编号的办件", "That zone has no case of this number"), "number"
)
_MISSING = {
    "number": Problem("case.no-number", Text("请填写办件编号", "Give the case number"), "number"),
    "party": Problem("party.no-number", Text("请填写来人的证件号码", "Give the number of who came"), "party"),
}
