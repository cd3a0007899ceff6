"""Take in a bundle at the window: questionnaire, who applies, one form, answers to check, receipt."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.bundle.opened import SignedForMember
from tongban.domain.bundle.union import answers_of_member
from tongban.domain.case.events import ApplicantRef
from tongban.flows.mandates import give_unless_covered, require_mandate
from tongban.flows.open_bundle import BundleApplication, new_bundle_number, open_bundle, read_values
from tongban.flows.plan_bundle import BundlePlan, list_parties, plan_bundle
from tongban.flows.ports import Deps
from tongban.kernel.errors import Conflict, NotFound, Problem, Refused
from tongban.kernel.ids import BundleId, BundleNumber
from tongban.kernel.text import Text
from tongban.reads.bundles import (
    ReceiptPage,
    read_bundle_asked_of,
    read_bundle_prefilled,
    read_plan_page,
    read_receipt,
)
from tongban.reads.offered_pledges import ask_offered_pledges
from tongban.reads.prefill import Prefilled
from tongban.web.shared.application_form import Filled, compose_rows, compose_sections, read_posted
from tongban.web.shared.bundle_words import OVERALL, STANDINGS, show_receipt_progress
from tongban.web.shared.check_parts import PostedCheck, read_check
from tongban.web.shared.delivery_fields import compose_delivery_fields
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.pledge_parts import show_check
from tongban.web.shared.uploads import read_files
from tongban.web.window.bar import compose_bar
from tongban.web.window.bundle_matter import BundleMatter, forget_matter, read_matter, save_matter
from tongban.web.window.identity import compose_identity_form, parse_identity, read_scope
from tongban.web.window.take_in_pages import SEEN_HERE, actor_of
from tongban.wiring import get_deps

_NOTHING = Filled({}, {}, {})


def begin(request: HttpRequest, bundle_id: str) -> HttpResponse:
    """Ask the questionnaire; with its answers in the address, begin taking in."""
    deps = get_deps()
    bundle = deps.catalogue.get_bundle(BundleId(bundle_id))
    situation = read_posted(bundle.situations, request.GET, _NOTHING)
    is_asked = any(situation.values()) or "begin" in request.GET
    problems: tuple[Problem, ...] = ()
    if is_asked:
        try:
            plan_bundle(bundle.id, situation, deps.zone, deps)
        except Refused as refused:
            problems = tuple(_at_answers(one) for one in refused.problems)
        if not problems:
            save_matter(request.session, BundleMatter(new_bundle_number(deps), bundle.id, situation))
            return redirect("window:bundle-client")
    context = {
        "bundle": bundle,
        "sections": compose_sections(bundle.situations, Filled(situation, {}, {}), problems),
        "bar": compose_bar(request, deps),
    }
    if problems:
        return refuse_page(request, "window/bundle_begin.html", context, Refused(*problems))
    return render(request, "window/bundle_begin.html", context)


def _at_answers(one: Problem) -> Problem:
    pointer = one.pointer.replace("situations.", "answers.", 1)
    return Problem(one.code, one.text, pointer, one.source, one.next_step)


def client(request: HttpRequest) -> HttpResponse:
    """Ask who applies, who came, and what was checked face to face."""
    deps = get_deps()
    matter = read_matter(request.session)
    if matter is None:
        return redirect("window:start")
    plan = plan_bundle(matter.bundle_id, matter.situation, deps.zone, deps)
    # The situation may leave one kind of applicant only: who has no business licence yet is a person.
    asked = replace(plan.bundle, objects=list_parties(plan) or plan.bundle.objects)
    form = compose_identity_form(asked)
    context: dict[str, Any] = {
        "bundle": plan.bundle,
        "page": read_plan_page(plan, deps),
        "bar": compose_bar(request, deps),
    }
    if request.method != "POST":
        filled = Filled(matter.identity, {}, {})
        sections = compose_sections(form, filled, ())
        return render(request, "window/bundle_client.html", context | {"sections": sections})
    raw = read_posted(form, request.POST, _NOTHING)
    applicant, problems = parse_identity(asked, raw)
    save_matter(request.session, matter.with_identity(raw, applicant))
    if applicant is None:
        context["sections"] = compose_sections(form, Filled(raw, {}, {}), problems)
        return refuse_page(request, "window/bundle_client.html", context, Refused(*problems))
    ask_offered_pledges(matter.number, plan.items, applicant.id, deps)
    return redirect("window:bundle-form" if plan.union.form.questions else "window:bundle-check")


def _prefill(plan: BundlePlan, applicant: ApplicantRef, deps: Deps) -> dict[str, Prefilled]:
    """Return the answers that nobody has to type; identity comes from the window, not from an account."""
    own = deps.catalogue.zones[deps.zone].short_name
    prefilled = read_bundle_prefilled(plan, applicant, deps)
    for question in plan.union.form.questions:
        if question.id in prefilled and question.prefill.startswith("applicant."):
            prefilled[question.id] = replace(prefilled[question.id], zone=own, register=SEEN_HERE)
    return prefilled


def form(request: HttpRequest) -> HttpResponse:
    """Show the one form; take what was filled in, and lead on when nothing is wrong with it."""
    deps = get_deps()
    matter = read_matter(request.session)
    if matter is None or matter.applicant is None:
        return redirect("window:bundle-client")
    plan = plan_bundle(matter.bundle_id, matter.situation, deps.zone, deps)
    prefilled = _prefill(plan, matter.applicant, deps)
    problems: tuple[Problem, ...] = ()
    answers = {name: one.value for name, one in prefilled.items()} | dict(matter.answers)
    files = matter.files
    if request.method == "POST":
        files, wrong_files = read_files(plan.union.form, request, matter.files, deps)
        answers = read_posted(plan.union.form, request.POST, Filled(matter.answers, files, prefilled))
        save_matter(request.session, matter.with_answers(answers, files))
        problems = (*read_values(plan, answers)[1], *wrong_files)
        if not problems:
            return redirect("window:bundle-check")
    context = {
        "bundle": plan.bundle,
        "sections": compose_sections(plan.union.form, Filled(answers, files, prefilled), problems),
        "bar": compose_bar(request, deps),
    }
    if problems:
        return refuse_page(request, "window/bundle_form.html", context, Refused(*problems))
    return render(request, "window/bundle_form.html", context)


def check(request: HttpRequest) -> HttpResponse:
    """Show everything once more to go through with the client; hand in."""
    deps = get_deps()
    matter = read_matter(request.session)
    if matter is None or matter.applicant is None:
        return redirect("window:bundle-client")
    plan = plan_bundle(matter.bundle_id, matter.situation, deps.zone, deps)
    values, problems = read_values(plan, matter.answers)
    if problems:
        return redirect("window:bundle-form")
    context = _check_context(request, matter, matter.applicant, plan, values, deps)
    anew = request.GET.get("again") == "yes"
    offered = ask_offered_pledges(matter.number, plan.items, matter.applicant.id, deps, anew=anew)
    if request.method != "POST":
        return show_check(request, "window/bundle_check.html", context, offered)
    is_read = request.POST.get("read_through") == "yes"
    sent = read_check(offered, request.POST, () if is_read else (_NOT_READ,), deps)
    context |= sent.shown
    if sent.problems:
        return refuse_page(request, "window/bundle_check.html", context, Refused(*sent.problems))
    try:
        _hand_in(matter, matter.applicant, sent, request, deps)
    except Refused as refused:
        return refuse_page(request, "window/bundle_check.html", context, refused)
    forget_matter(request.session)
    return redirect("window:bundle-receipt", matter.number)


def _check_context(
    request: HttpRequest,
    matter: BundleMatter,
    applicant: ApplicantRef,
    plan: BundlePlan,
    values: Any,
    deps: Deps,
) -> dict[str, Any]:
    prefilled = _prefill(plan, applicant, deps)
    answers = {member: answers_of_member(plan.union, member, values, {}) for member in plan.items}
    filled = Filled(matter.answers, matter.files, prefilled)
    return {
        "bundle": plan.bundle,
        "page": read_plan_page(plan, deps),
        "number": matter.number,
        "applicant": applicant,
        "sections": compose_rows(plan.union.form, filled, reverse("window:bundle-form")),
        "asked_of": read_bundle_asked_of(plan, answers, applicant, deps),
        "again_url": reverse("window:bundle-check"),
        "receive": compose_delivery_fields({}, deps.catalogue.zones, deps.zone),
        "bar": compose_bar(request, deps),
    }


def _hand_in(
    matter: BundleMatter,
    applicant: ApplicantRef,
    sent: PostedCheck,
    request: HttpRequest,
    deps: Deps,
) -> None:
    """Hand in under the number drawn before; a second press meets the first one's receipt."""
    application = BundleApplication(
        matter.bundle_id, applicant, matter.situation, matter.answers, "window",
        taken_in_by=request.user.display_name, pledges=tuple(SignedForMember(*one) for one in sent.signed),
        wish=sent.wish,
    )  # fmt: skip
    try:
        _open(matter, application, request, deps)
    except Conflict:
        _open(matter, application, request, deps)


def _open(matter: BundleMatter, application: BundleApplication, request: HttpRequest, deps: Deps) -> None:
    """Open the bundle; what an agent brought is recorded, or they are held to what is on record."""
    party = application.applicant
    plan = plan_bundle(matter.bundle_id, matter.situation, deps.zone, deps)
    with deps.unit():
        if party.agent_id:
            items = tuple(item.id for item in plan.items.values())
            give_unless_covered(party, read_scope(matter.identity, items), request.user.username, deps)
            for item in items:
                require_mandate(party, party.agent_id, item, "apply", deps)
        open_bundle(matter.number, application, actor_of(request), deps)


def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Show a receipt that was taken in at this zone's windows: every member, where it stands."""
    deps = get_deps()
    page = _read_taken_in(number, deps)
    context = {
        "page": page,
        **_addresses(page),
        "rows": [(line, STANDINGS[line.standing]) for line in page.lines if line.standing],
        "tag": OVERALL[page.state],
        "bar": compose_bar(request, deps),
    }
    return render(request, "window/bundle_receipt.html", context)


def progress(request: HttpRequest, number: str) -> HttpResponse:
    """Say again what of a receipt is under way; tell the script once something has moved."""
    page = _read_taken_in(number, get_deps())
    return show_receipt_progress(request, page, _addresses(page))


def _read_taken_in(number: str, deps: Deps) -> ReceiptPage:
    """Return a receipt that was taken in at this zone's windows; NotFound for any other."""
    opened = deps.bundles.find(BundleNumber(number))
    if opened is None or not opened.taken_in_by:
        raise NotFound(number)
    return read_receipt(opened.number, deps)


def _addresses(page: ReceiptPage) -> dict[str, str]:
    return {
        "poll_url": reverse("window:bundle-progress", args=[page.opened.number]),
        "page_url": reverse("window:bundle-receipt", args=[page.opened.number]),
    }


_NOT_READ = Problem(
    "truth.missing",
    Text(
        "请先与来人一起核对，并由其确认内容真实",
        "Go through it with the client first, who confirms it is true",
    ),
    "read_through",
    "all-2019#31.1",
)
