"""Applying: the form, the answers to check, handing in. Parse, one flow or read, render."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban import wiring
from tongban.domain.catalogue.form import parse_answers
from tongban.flows.ports import Deps
from tongban.flows.submit import Application, new_case_id
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.text import Text
from tongban.reads.guide import ZoneOffer, read_asked_of, read_offer
from tongban.reads.offered_pledges import OfferedPledges, ask_offered_pledges
from tongban.reads.prefill import read_prefilled
from tongban.web.applicant.drafts import Draft, drop_draft, find_draft, find_latest, save_draft
from tongban.web.applicant.handing_in import submit_once
from tongban.web.applicant.kept_promises import drop_ticks, find_ticks, keep_ticks
from tongban.web.applicant.parties import applicant_of, owns
from tongban.web.applicant.person_pages import lead_to_person, wants_person
from tongban.web.applicant.precheck_pages import find_marks
from tongban.web.shared.application_form import Filled, compose_rows, compose_sections, read_posted
from tongban.web.shared.check_parts import read_check
from tongban.web.shared.delivery_fields import compose_delivery_fields
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.pledge_parts import check_statement, show_check
from tongban.web.shared.uploads import read_files


def start(request: HttpRequest, item_id: str, zone_id: str) -> HttpResponse:
    """Begin an application, or go on with the one that was begun; draws the case number."""
    deps = wiring.get_deps()
    offer = _get_offer(item_id, zone_id, request, deps)
    draft = None if request.GET.get("fresh") else find_latest(request.session, item_id, zone_id)
    if draft is None:
        draft = Draft(new_case_id(deps), offer.item.id, offer.zone.id, {}, {})
        save_draft(request.session, draft)
    _offer_promises(offer, draft.number, request, deps)
    return redirect("applicant:form", item_id, zone_id, draft.number)


def _offer_promises(offer: ZoneOffer, number: str, request: HttpRequest, deps: Deps) -> OfferedPledges:
    """Return the promises that may be signed now; zones that were not asked yet are asked."""
    anew = request.GET.get("again") == "yes"
    return ask_offered_pledges(number, {"": offer.item}, applicant_of(request.user).id, deps, anew=anew)


def form(request: HttpRequest, item_id: str, zone_id: str, number: str) -> HttpResponse:
    """Show the form; take what was sent, and lead on when nothing is wrong with it."""
    deps = wiring.get_deps()
    offer = _get_offer(item_id, zone_id, request, deps)
    draft = find_draft(request.session, number)
    if draft is None:
        return _go_where_it_went(request, item_id, zone_id, number, deps)
    prefilled = read_prefilled(offer.item, applicant_of(request.user), deps)
    if request.method != "POST":
        answers = {name: one.value for name, one in prefilled.items()} | dict(draft.answers)
        problems = parse_answers(offer.item.form, answers).problems if draft.is_begun else ()
        if offer.item.precheck_working_days:
            problems = (*problems, *find_marks(request, number, deps))
        return _show_form(request, offer, draft, Filled(answers, draft.files, prefilled), problems)
    files, wrong_files = read_files(offer.item.form, request, draft.files, deps)
    filled = Filled(draft.answers, files, prefilled)
    answers = read_posted(offer.item.form, request.POST, filled)
    save_draft(request.session, draft.with_answers(answers, files))
    if wants_person(request):
        return lead_to_person(request)
    problems = (*parse_answers(offer.item.form, answers).problems, *wrong_files)
    if problems:
        filled = Filled(draft.with_answers(answers, files).answers, files, prefilled)
        return _show_form(request, offer, draft, filled, problems)
    return redirect("applicant:check", item_id, zone_id, number)


def _show_form(
    request: HttpRequest, offer: ZoneOffer, draft: Draft, filled: Filled, problems: tuple[Problem, ...]
) -> HttpResponse:
    order = {f"answers.{question.id}": place for place, question in enumerate(offer.item.form.questions)}
    problems = tuple(sorted(problems, key=lambda problem: order.get(problem.pointer, len(order))))
    context = {
        "offer": offer,
        "number": draft.number,
        "is_resumed": draft.is_begun and request.method == "GET",
        "sections": compose_sections(offer.item.form, filled, problems),
    }
    if problems and request.method == "POST":
        return refuse_page(request, "applicant/form.html", context, Refused(*problems))
    return render(request, "applicant/form.html", context | {"problems": problems})


def check(request: HttpRequest, item_id: str, zone_id: str, number: str) -> HttpResponse:
    """Show the answers once more, with what will be asked of whom; hand in."""
    deps = wiring.get_deps()
    offer = _get_offer(item_id, zone_id, request, deps)
    draft = find_draft(request.session, number)
    if draft is None:
        return _go_where_it_went(request, item_id, zone_id, number, deps)
    form_url = reverse("applicant:form", args=[item_id, zone_id, number])
    answers = parse_answers(offer.item.form, draft.answers)
    if answers.problems:
        return redirect(form_url)
    applicant = applicant_of(request.user)
    context = _compose_check(request, offer, draft, answers.values, deps)
    offered = _offer_promises(offer, number, request, deps)
    if request.method != "POST":
        kept = find_ticks(request.session, number, offered)
        context["receive"] = compose_delivery_fields(kept, deps.catalogue.zones, deps.zone)
        return show_check(request, "applicant/check.html", context, offered, kept)
    if wants_person(request):
        keep_ticks(request.session, number, offered, request.POST)
        return lead_to_person(request)
    sent = read_check(offered, request.POST, check_statement(request.POST), deps)
    context |= sent.shown
    if sent.problems:
        return refuse_page(request, "applicant/check.html", context, Refused(*sent.problems))
    application = Application(
        offer.item.id, offer.zone.id, applicant, draft.answers, "online",
        pledges=tuple(one for _, one in sent.signed), wish=sent.wish,
    )  # fmt: skip
    try:
        submit_once(CaseId(number), application, request, deps)
    except Refused as refused:
        return refuse_page(request, "applicant/check.html", context, refused)
    drop_draft(request.session, number)
    drop_ticks(request.session, number)
    return redirect("applicant:case", number)


def _compose_check(
    request: HttpRequest, offer: ZoneOffer, draft: Draft, answers: Mapping[str, object], deps: Deps
) -> dict[str, Any]:
    """Return the answers once more, and what will be asked of whom."""
    applicant = applicant_of(request.user)
    filled = Filled(draft.answers, draft.files, read_prefilled(offer.item, applicant, deps))
    form_url = reverse("applicant:form", args=[offer.item.id, offer.zone.id, draft.number])
    return {
        "offer": offer,
        "number": draft.number,
        "applicant": applicant,
        "form_url": form_url,
        "again_url": reverse("applicant:check", args=[offer.item.id, offer.zone.id, draft.number]),
        "sections": compose_rows(offer.item.form, filled, form_url),
        "asked_of": read_asked_of(offer.item, dict(answers), applicant, deps),
        "own_zone": deps.catalogue.zones[deps.zone],
        "offers_precheck": bool(offer.item.precheck_working_days) and offer.zone.id == deps.zone,
    }


def _get_offer(item_id: str, zone_id: str, request: HttpRequest, deps: Deps) -> ZoneOffer:
    """Return the item in the zone, or raise NotFound, or Refused when it is not for this applicant."""
    offer = read_offer(ItemId(item_id), ZoneId(zone_id), deps)
    if offer.item.separation is not None and offer.item.is_cancelled:
        raise Refused(Problem("item.cancelled", offer.item.separation.says, "", offer.item.separation.source))
    kind = applicant_of(request.user).kind
    if kind not in offer.item.objects:
        raise Refused(Problem("applicant.wrong-kind", _WRONG_KIND[kind == "firm"], next_step=_OTHER_ACCOUNT))
    return offer


def _go_where_it_went(
    request: HttpRequest, item_id: str, zone_id: str, number: str, deps: Deps
) -> HttpResponse:
    """Lead to the case that a draft has become, or to a new form: so too for a number of somebody else's."""
    case = deps.cases.find(CaseId(number))
    if case is not None and owns(request.user, case):
        return redirect("applicant:case", number)
    return redirect("applicant:start", item_id, zone_id)


_OTHER_ACCOUNT = Text(
    "请换用相应的账号登录，或者到任一高新区的窗口办理。",
    "Log in with the account that fits, or go to a window of any zone.",
)
_WRONG_KIND = {
    True: Text(
        "这个事项由个人申请，您现在登录的是企业账号。",
        "Only a person can apply for this; you are logged in for a firm.",
    ),
    False: Text(
        "这个事项由企业申请，您现在登录的是个人账号。",
        "Only a firm can apply for this; you are logged in as a person.",
    ),
}
