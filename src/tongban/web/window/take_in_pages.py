"""Take in for somebody: who they are, the item's form, the answers to check, handing in."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.catalogue.form import parse_answers
from tongban.flows.mandates import give_unless_covered
from tongban.flows.ports import Deps
from tongban.flows.reconcile import complete_intake
from tongban.flows.submit import Application, new_case_id, submit
from tongban.kernel.errors import Conflict, Problem, Refused
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.text import Text
from tongban.reads.guide import ZoneOffer, read_asked_of, read_offer
from tongban.reads.offered_pledges import ask_offered_pledges
from tongban.reads.prefill import Prefilled, read_prefilled
from tongban.reads.scan_hints import read_scan_hints
from tongban.web.shared.application_form import Filled, compose_rows, compose_sections, read_posted
from tongban.web.shared.check_parts import PostedCheck, read_check
from tongban.web.shared.delivery_fields import compose_delivery_fields
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.pledge_parts import show_check
from tongban.web.shared.uploads import read_files
from tongban.web.window.bar import compose_bar
from tongban.web.window.client import AtWindow, Matter, read_client, save_client
from tongban.web.window.identity import compose_identity_form, parse_identity, read_scope
from tongban.wiring import get_deps


def begin(request: HttpRequest, item_id: str, zone_id: str) -> HttpResponse:
    """Begin taking in for an item of a zone; the same client may go on with another matter."""
    deps = get_deps()
    offer = read_offer(ItemId(item_id), ZoneId(zone_id), deps)
    if offer.item.separation is not None and offer.item.is_cancelled:
        raise Refused(Problem("item.cancelled", offer.item.separation.says, "", offer.item.separation.source))
    now = read_client(request.session)
    matter = now.matter
    if matter is None or (matter.item_id, matter.zone) != (offer.item.id, offer.zone.id):
        matter = Matter(new_case_id(deps), offer.item.id, offer.zone.id)
    fits = now.applicant is not None and now.applicant.kind in offer.item.objects
    applicant = now.applicant if fits else None
    save_client(request.session, replace(now, matter=matter, applicant=applicant))
    if applicant is not None:
        ask_offered_pledges(matter.number, {"": offer.item}, applicant.id, deps)
    return redirect("window:form" if fits else "window:client")


def actor_of(request: HttpRequest) -> Actor:
    """Return the clerk as an actor."""
    return Actor("clerk", request.user.username, request.user.display_name)


def client(request: HttpRequest) -> HttpResponse:
    """Ask who applies, who came, and what was checked face to face."""
    deps = get_deps()
    now = read_client(request.session)
    if now.matter is None:
        return redirect("window:start")
    offer = read_offer(now.matter.item_id, now.matter.zone, deps)
    form = compose_identity_form(offer.item)
    context: dict[str, Any] = {
        "offer": offer,
        "bar": compose_bar(request, deps),
        "asked_of": offer.item.evidence,
        "kinds": deps.catalogue.kinds,
    }
    if request.method != "POST":
        filled = Filled(now.identity, {}, {})
        return render(
            request, "window/client.html", context | {"sections": compose_sections(form, filled, ())}
        )
    raw = read_posted(form, request.POST, Filled({}, {}, {}))
    applicant, problems = parse_identity(offer.item, raw)
    now = replace(now, identity=raw, applicant=applicant)
    save_client(request.session, now)
    if applicant is None:
        kept = Filled(read_client(request.session).identity, {}, {})
        context |= {"sections": compose_sections(form, kept, problems), "bar": compose_bar(request, deps)}
        return refuse_page(request, "window/client.html", context, Refused(*problems))
    ask_offered_pledges(now.matter.number, {"": offer.item}, applicant.id, deps)
    return redirect("window:form")


def _read_begun(request: HttpRequest) -> tuple[AtWindow, Matter, ApplicantRef] | None:
    """Return the client and the matter, or None when one of them is missing."""
    now = read_client(request.session)
    return (now, now.matter, now.applicant) if now.matter and now.applicant else None


def _prefill(offer: ZoneOffer, applicant: ApplicantRef, deps: Deps) -> dict[str, Prefilled]:
    """Return the answers that nobody has to type; identity comes from the window, not from an account."""
    own = deps.catalogue.zones[deps.zone].short_name
    prefilled = read_prefilled(offer.item, applicant, deps)
    for question in offer.item.form.questions:
        if question.id in prefilled and question.prefill.startswith("applicant."):
            prefilled[question.id] = replace(prefilled[question.id], zone=own, register=SEEN_HERE)
    return prefilled


def form(request: HttpRequest) -> HttpResponse:
    """Show the item's form; take what was filled in, and lead on when nothing is wrong with it."""
    begun = _read_begun(request)
    if begun is None:
        return redirect("window:start")
    now, matter, applicant = begun
    deps = get_deps()
    offer = read_offer(matter.item_id, matter.zone, deps)
    prefilled = _prefill(offer, applicant, deps)
    if request.method != "POST":
        answers = {name: one.value for name, one in prefilled.items()} | dict(matter.answers)
        problems = parse_answers(offer.item.form, answers).problems if matter.is_begun else ()
        return _show_form(request, offer, Filled(answers, matter.files, prefilled), problems, deps)
    files, wrong_files = read_files(offer.item.form, request, matter.files, deps)
    answers = read_posted(offer.item.form, request.POST, Filled(matter.answers, files, prefilled))
    matter = matter.with_answers(answers, files)
    save_client(request.session, replace(now, matter=matter))
    problems = (*parse_answers(offer.item.form, answers).problems, *wrong_files)
    if problems:
        return _show_form(request, offer, Filled(matter.answers, files, prefilled), problems, deps)
    return redirect("window:check")


def _show_form(
    request: HttpRequest, offer: ZoneOffer, filled: Filled, problems: tuple[Problem, ...], deps: Deps
) -> HttpResponse:
    order = {f"answers.{question.id}": place for place, question in enumerate(offer.item.form.questions)}
    problems = tuple(sorted(problems, key=lambda problem: order.get(problem.pointer, len(order))))
    context = {
        "offer": offer,
        "sections": compose_sections(offer.item.form, filled, problems),
        "bar": compose_bar(request, deps),
    }
    if problems and request.method == "POST":
        return refuse_page(request, "window/form.html", context, Refused(*problems))
    return render(request, "window/form.html", context | {"problems": problems})


def check(request: HttpRequest) -> HttpResponse:
    """Show everything once more to go through with the client; hand in."""
    begun = _read_begun(request)
    if begun is None:
        return redirect("window:start")
    now, matter, applicant = begun
    deps = get_deps()
    offer = read_offer(matter.item_id, matter.zone, deps)
    answers = parse_answers(offer.item.form, matter.answers)
    if answers.problems:
        return redirect("window:form")
    context = _compose_check(offer, matter, applicant, answers.values, request)
    anew = request.GET.get("again") == "yes"
    offered = ask_offered_pledges(matter.number, {"": offer.item}, applicant.id, deps, anew=anew)
    if request.method != "POST":
        return show_check(request, "window/check.html", context, offered)
    is_read = request.POST.get("read_through") == "yes"
    sent = read_check(offered, request.POST, () if is_read else (_NOT_READ,), deps)
    context |= sent.shown
    if sent.problems:
        return refuse_page(request, "window/check.html", context, Refused(*sent.problems))
    try:
        _hand_in(matter, applicant, sent, request, deps)
    except Refused as refused:
        return refuse_page(request, "window/check.html", context, refused)
    save_client(request.session, replace(now, matter=None).with_opened(matter.number, applicant.agent_id))
    return redirect("window:receipt", matter.number)


def _compose_check(
    offer: ZoneOffer,
    matter: Matter,
    applicant: ApplicantRef,
    values: Mapping[str, object],
    request: HttpRequest,
) -> dict[str, Any]:
    """Return everything once more, with what will be asked of whom."""
    deps, form_url = get_deps(), reverse("window:form")
    filled = Filled(matter.answers, matter.files, _prefill(offer, applicant, deps))
    return {
        "offer": offer,
        "number": matter.number,
        "applicant": applicant,
        "again_url": reverse("window:check"),
        "sections": compose_rows(offer.item.form, filled, form_url),
        "asked_of": read_asked_of(offer.item, dict(values), applicant, deps),
        "is_forwarded": offer.zone.id != deps.zone,
        "scan_hints": read_scan_hints([(one.digest, one.name) for one in matter.files.values()], deps),
        "receive": compose_delivery_fields({}, deps.catalogue.zones, deps.zone),
        "bar": compose_bar(request, deps),
    }


def _hand_in(
    matter: Matter,
    applicant: ApplicantRef,
    sent: PostedCheck,
    request: HttpRequest,
    deps: Deps,
) -> None:
    """Hand in under the number drawn before; a second press meets the first one's case."""
    application = Application(
        matter.item_id, matter.zone, applicant, matter.answers, "window",
        taken_in_by=request.user.display_name, pledges=tuple(one for _, one in sent.signed), wish=sent.wish,
    )  # fmt: skip
    try:
        _submit(matter, application, request, deps)
    except Conflict:
        _submit(matter, application, request, deps)


def _submit(matter: Matter, application: Application, request: HttpRequest, deps: Deps) -> None:
    party = application.applicant
    with deps.unit():
        if party.agent_id:
            scope = read_scope(read_client(request.session).identity, (matter.item_id,))
            give_unless_covered(party, scope, request.user.username, deps)
        submit(matter.number, application, actor_of(request), deps)
        complete_intake(matter.number, deps)


SEEN_HERE = Text("窗口核对的证件", "documents checked at the window")
_NOT_READ = Problem(
    "truth.missing",
    Text(
        "请先与来人一起核对，并由其确认内容真实",
        "Go through it with the client first, who confirms it is true",
    ),
    "read_through",
    "all-2019#31.1",
)
