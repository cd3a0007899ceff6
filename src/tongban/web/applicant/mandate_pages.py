"""The principal's own space: who may act for them, given and taken back by themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render

from tongban.domain.case.events import ApplicantRef
from tongban.flows.mandates import give_mandate, revoke_mandate
from tongban.kernel.errors import Conflict, Problem, Refused
from tongban.kernel.text import Text
from tongban.reads.mandates import list_item_titles, list_mandates
from tongban.web.shared.language import current_language
from tongban.web.shared.mandate_parts import compose_scope_fields, read_scope_fields, show_scope_form
from tongban.wiring import get_deps


def mandates(request: HttpRequest) -> HttpResponse:
    """List whom this account's party has authorised."""
    context = {
        "mandates": list_mandates(request.user.party_id, get_deps()),
        "may_give": not request.user.agent_id,
    }
    return render(request, "applicant/mandates.html", context)


def give(request: HttpRequest) -> HttpResponse:
    """Let somebody act at the windows; only the principal may, not an agent for another."""
    deps, account = get_deps(), request.user
    titles = list_item_titles(deps)
    raw: Any = request.POST if request.method == "POST" else {}
    context: dict[str, Any] = {
        "heading": Text("授权他人代办", "Let somebody act for you"),
        "lead": Text(
            "代办人只能在您写明的范围和期限内办理，您随时可以收回。",
            "They may act within what you write here and until that day; you may take it back at any time.",
        ),
        "submit_label": Text("同意授权", "I agree: authorise"),
        "back_url": "/my/mandates/",
    }
    if request.method != "POST":
        return show_scope_form(request, context, compose_scope_fields(raw, (), titles), None)
    try:
        if account.agent_id:
            raise Refused(Problem("mandate.by-agent", _BY_AGENT, "", "all-2019#29.2"))
        helper, scope = read_scope_fields(raw)
        if strange := set(scope.items) - titles.keys():
            words = _STRANGE.fill(items=", ".join(sorted(strange)))
            raise Refused(Problem("mandate.no-items", words, "items"))
        party = ApplicantRef(account.party_kind, account.party_id, account.party_name, "", *helper)
        give_mandate(party, scope, "account", account.username, deps)
    except Refused as refused:
        fields = compose_scope_fields(raw, refused.problems, titles)
        return show_scope_form(request, context, fields, refused)
    messages.success(request, _GIVEN.in_language(current_language()))
    return redirect("applicant:mandates")


def revoke(request: HttpRequest, mandate_id: str) -> HttpResponse:
    """Take an authorisation back; twice is once."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        revoke_mandate(mandate_id[:24], request.user.party_id, get_deps())
    except Conflict:
        return redirect("applicant:mandates")
    messages.success(request, _TAKEN_BACK.in_language(current_language()))
    return redirect("applicant:mandates")


_BY_AGENT = Text("代理人不能再转授权", "An agent cannot pass the authorisation on")
_STRANGE = Text("没有这些事项：{items}", "There are no such items: {items}")
_GIVEN = Text("已授权。", "Authorised.")
_TAKEN_BACK = Text("已收回授权，立即生效。", "Taken back, from this moment.")
