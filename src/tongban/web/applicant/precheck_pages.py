"""A draft in pre-check on the applicant's pages: put it, see what was answered, hand it in with one press."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban import wiring
from tongban.domain.precheck import DraftFile, Precheck
from tongban.flows.ask_precheck import ask_precheck
from tongban.flows.ports import Deps
from tongban.flows.submit import Application
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text
from tongban.reads.guide import read_offer
from tongban.reads.prefill import RawAnswer, read_prefilled
from tongban.web.applicant.drafts import Draft, drop_draft, find_draft, save_draft
from tongban.web.applicant.handing_in import submit_once
from tongban.web.applicant.parties import applicant_of, owns, owns_draft
from tongban.web.shared.application_form import Filled, KeptFile, compose_rows
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.precheck_parts import compose_state, list_marks


def ask(request: HttpRequest, item_id: str, zone_id: str, number: str) -> HttpResponse:
    """Put the draft of this session to pre-check; without one, begin."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    deps = wiring.get_deps()
    draft = find_draft(request.session, number)
    if draft is None or zone_id != deps.zone:
        return redirect("applicant:start", item_id, zone_id)
    files = tuple(DraftFile(name, one.digest, one.name, one.size_bytes) for name, one in draft.files.items())
    applicant = applicant_of(request.user)
    ask_precheck(CaseId(number), ItemId(item_id), applicant, (draft.answers, files), deps)
    messages.success(request, _ASKED.in_language(current_language()))
    return redirect("applicant:precheck", number)


def precheck(request: HttpRequest, number: str) -> HttpResponse:
    """Show where the pre-check stands; hand in with one press, or go back to the form that is filled in."""
    deps = wiring.get_deps()
    asked = deps.prechecks.find(CaseId(number))
    if asked is None:
        case = deps.cases.find(CaseId(number))
        if case is not None and owns(request.user, case):
            return redirect("applicant:case", number)
        raise NotFound(number)
    if not owns_draft(request.user, asked.applicant):
        raise NotFound(number)
    if request.method != "POST":
        return render(request, "applicant/precheck.html", _compose(request, asked, deps))
    offer = read_offer(asked.item_id, asked.zone, deps)
    draft = _draft_of(asked)
    if request.POST.get("step") != "submit" or offer.item.pledges:
        # Promises are signed on the page that checks; it is led to with every answer in it.
        save_draft(request.session, draft)
        page = "applicant:check" if request.POST.get("step") == "submit" else "applicant:form"
        return redirect(page, asked.item_id, asked.zone, number)
    application = Application(asked.item_id, asked.zone, applicant_of(request.user), draft.answers, "online")
    try:
        submit_once(asked.number, application, request, deps)
    except Refused as refused:
        return refuse_page(request, "applicant/precheck.html", _compose(request, asked, deps), refused)
    drop_draft(request.session, number)
    return redirect("applicant:case", number)


def find_marks(request: HttpRequest, number: str, deps: Deps) -> tuple[Problem, ...]:
    """Return what an officer marked in a draft of this account, each beside its question in the form."""
    asked = deps.prechecks.find(CaseId(number))
    if asked is None or asked.advice is None or not owns_draft(request.user, asked.applicant):
        return ()
    marks = asked.advice.marks.items()
    return tuple(Problem("precheck.mark", Text(mark, mark), f"answers.{name}") for name, mark in marks)


def _draft_of(asked: Precheck) -> Draft:
    files = {one.question: KeptFile(one.digest, one.name, one.size_bytes) for one in asked.files}
    return Draft(asked.number, asked.item_id, asked.zone, _raw(asked), files, is_begun=True)


def _raw(asked: Precheck) -> Mapping[str, RawAnswer]:
    return {
        name: [str(one) for one in value] if isinstance(value, list | tuple) else str(value)
        for name, value in asked.answers.items()
    }


def _compose(request: HttpRequest, asked: Precheck, deps: Deps) -> dict[str, object]:
    offer, draft = read_offer(asked.item_id, asked.zone, deps), _draft_of(asked)
    filled = Filled(draft.answers, draft.files, read_prefilled(offer.item, applicant_of(request.user), deps))
    return {
        "offer": offer,
        "asked": asked,
        "tag": compose_state(asked, deps),
        "marks": list_marks(asked, offer.item),
        "sections": compose_rows(offer.item.form, filled, ""),
        "form_url": reverse("applicant:form", args=[asked.item_id, asked.zone, asked.number]),
    }


_ASKED = Text("已交预审。", "Your draft is with the officers.")
