"""Online at any zone: answer a correction notice of a case that this zone neither received nor decides."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tongban.domain.catalogue.item import ServiceItem
from tongban.flows.correct_elsewhere import correct_elsewhere
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.prefill import RawAnswer
from tongban.reads.sent_elsewhere import list_sent_of
from tongban.web.applicant.parties import actor_of
from tongban.web.shared.application_form import Filled, compose_sections, read_posted
from tongban.web.shared.correction_notice import NOT_HERE, NoticeHead, compose_fields, read_notice, tag_of
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.uploads import read_files
from tongban.wiring import get_deps

_KEPT = "corrected_elsewhere"
"""In the session: the numbers that this person has answered for here; nobody else sees what came of them."""
_KEPT_AT_MOST = 10


def elsewhere(request: HttpRequest) -> HttpResponse:
    """Ask which notice is answered and what is corrected; send it to the zone that decides."""
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
        # An agent is held to its own cases and its authorisation, as at a window.
        party = request.user.agent_id or request.user.party_id
        correct_elsewhere(notice.number, (item.id, notice.zone), party, posted, actor_of(request.user), deps)
    except NotFound:
        return _show_start(request, notice, Refused(NOT_HERE), deps)
    except Refused as refused:
        return _show_form(request, notice, item, posted, refused, deps)
    kept = [notice.number, *(one for one in request.session.get(_KEPT, ()) if one != notice.number)]
    request.session[_KEPT] = kept[:_KEPT_AT_MOST]
    messages.success(request, _SENT.in_language(current_language()))
    return redirect("applicant:correct_elsewhere")


def _show_start(
    request: HttpRequest, notice: NoticeHead, refused: Refused | None, deps: Deps
) -> HttpResponse:
    numbers = [CaseId(one) for one in request.session.get(_KEPT, ())]
    context = {
        "fields": compose_fields(notice, refused.problems if refused else (), deps),
        "sent": [(one, tag_of(one)) for one in list_sent_of(numbers, deps)],
    }
    if refused:
        return refuse_page(request, "applicant/correct_elsewhere.html", context, refused)
    return render(request, "applicant/correct_elsewhere.html", context)


def _show_form(
    request: HttpRequest, notice: NoticeHead, item: ServiceItem, posted: dict[str, RawAnswer],
    refused: Refused | None, deps: Deps,
) -> HttpResponse:  # fmt: skip
    problems = refused.problems if refused else ()
    context = {
        "number": notice.number,
        "zone": deps.catalogue.zones[notice.zone],
        "item": item,
        "sections": compose_sections(item.form, Filled(posted, {}, {}), problems, all_optional=True),
    }
    if refused:
        return refuse_page(request, "applicant/correct_elsewhere_form.html", context, refused)
    return render(request, "applicant/correct_elsewhere_form.html", context)


_SENT = Text(
    "补正已送往办理地。办理地核对以后的结果，在下面看。",
    "The correction is on its way to the deciding zone. What came of it is shown below.",
)
