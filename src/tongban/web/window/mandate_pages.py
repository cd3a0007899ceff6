"""Record at the window what a client lets somebody do in a case that is open already."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tongban.domain.case.events import ApplicantRef
from tongban.flows.mandates import give_mandate
from tongban.kernel.errors import Refused
from tongban.kernel.text import Text
from tongban.web.shared.language import current_language
from tongban.web.shared.mandate_parts import compose_scope_fields, read_scope_fields, show_scope_form
from tongban.web.window.bar import frame_of
from tongban.web.window.case_pages import get_opened
from tongban.wiring import get_deps


def record(request: HttpRequest, case_id: str) -> HttpResponse:
    """Record a signed paper that authorises somebody for this case's item."""
    deps = get_deps()
    page = get_opened(request, case_id, deps)
    who = page.case.applicant
    raw = request.POST if request.method == "POST" else {"name": who.agent_name, "number": who.agent_id}
    context: dict[str, Any] = {
        "heading": Text("登记授权书", "Record an authorisation"),
        "lead": Text(
            "照来人带来的、委托人签名的授权书填写。只用于这个事项。",
            "From the signed paper that was brought. It covers this item.",
        ),
        "submit_label": Text("看过原件，登记", "I have seen it: record"),
        "back_url": reverse("window:case", args=[case_id]),
    } | frame_of(request, deps)
    if request.method != "POST":
        return show_scope_form(request, context, compose_scope_fields(raw, ()), None)
    try:
        helper, scope = read_scope_fields(raw, (page.case.item_id,))
        party = ApplicantRef(who.kind, who.id, who.name, "", *helper)
        give_mandate(party, scope, "paper", request.user.username, deps)
    except Refused as refused:
        return show_scope_form(request, context, compose_scope_fields(raw, refused.problems), refused)
    messages.success(request, _DONE.in_language(current_language()))
    return redirect("window:case", case_id)


_DONE = Text("授权已登记。", "The authorisation is recorded.")
