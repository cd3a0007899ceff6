"""At the window: answer a correction notice of any zone, and see what other zones did with what was sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.identifiers.written import make_plain
from tongban.flows.correct_elsewhere import correct_elsewhere
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.text import Text
from tongban.reads.prefill import RawAnswer
from tongban.reads.sent_elsewhere import list_sent_elsewhere
from tongban.web.shared.application_form import Filled, compose_sections, read_posted
from tongban.web.shared.correction_notice import (
    LENGTH,
    NOT_HERE,
    NoticeHead,
    compose_fields,
    read_notice,
    tag_of,
)
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field
from tongban.web.shared.uploads import read_files
from tongban.web.window.bar import compose_bar
from tongban.web.window.take_in_pages import actor_of
from tongban.wiring import get_deps


def elsewhere(request: HttpRequest) -> HttpResponse:
    """Take down which notice is answered; show what was sent for cases of other zones."""
    deps = get_deps()
    notice = read_notice(request.GET)
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
        party = make_plain(request.POST.get("party", "").replace("\x00", "").strip()[:LENGTH])
        if not party:
            raise Refused(_NOBODY)
        correct_elsewhere(notice.number, (item.id, notice.zone), party, posted, actor_of(request), deps)
    except NotFound:
        return _show_start(request, notice, Refused(NOT_HERE), deps)
    except Refused as refused:
        return _show_form(request, notice, item, posted, refused, deps)
    messages.success(request, _SENT.in_language(current_language()))
    return redirect("window:correct-elsewhere")


def _show_start(
    request: HttpRequest, notice: NoticeHead, refused: Refused | None, deps: Deps
) -> HttpResponse:
    fields = compose_fields(notice, refused.problems if refused else (), deps)
    sent = [(one, tag_of(one)) for one in list_sent_elsewhere(deps)]
    context = {"fields": fields, "sent": sent, "bar": compose_bar(request, deps)}
    if refused:
        return refuse_page(request, "window/correct_elsewhere.html", context, refused)
    return render(request, "window/correct_elsewhere.html", context)


def _show_form(
    request: HttpRequest, notice: NoticeHead, item: ServiceItem, posted: dict[str, RawAnswer],
    refused: Refused | None, deps: Deps,
) -> HttpResponse:  # fmt: skip
    problems = refused.problems if refused else ()
    filled = Filled(posted, {}, {})
    context = {
        "party": Field("party", _PARTY, value=request.POST.get("party", "")[:LENGTH], autocomplete="off",
                       max_length=LENGTH, problems=[one for one in problems if one.pointer == "party"]),
        "number": notice.number,
        "zone": deps.catalogue.zones[notice.zone],
        "item": item,
        "sections": compose_sections(item.form, filled, problems, all_optional=True),
        "bar": compose_bar(request, deps),
    }  # fmt: skip
    if refused:
        return refuse_page(request, "window/correct_elsewhere_form.html", context, refused)
    return render(request, "window/correct_elsewhere_form.html", context)


_PARTY = Text("来人证件上的号码", "The number on the document of who came")
_NOBODY = Problem("party.no-number", Text("请填写来人的证件号码", "Give the number of who came"), "party")
_SENT = Text(
    "补正已送往办理地。办理地核对以后的结果，在下面的清单里看。",
    "The correction is on its way to the deciding zone. The list below shows what came of it.",
)
