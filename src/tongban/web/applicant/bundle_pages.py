"""One thing (一件事): questionnaire, what it calls for, one form, answers to check, handing in."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from tongban import wiring
from tongban.domain.bundle.bundle import Bundle
from tongban.domain.bundle.opened import SignedForMember
from tongban.domain.bundle.union import answers_of_member
from tongban.flows.open_bundle import BundleApplication, new_bundle_number, open_bundle, read_values
from tongban.flows.plan_bundle import BundlePlan, check_party, list_parties, plan_bundle
from tongban.flows.ports import Deps
from tongban.kernel.errors import Conflict, Problem, Refused
from tongban.kernel.ids import BundleId, BundleNumber
from tongban.kernel.text import Text
from tongban.reads.bundles import read_bundle_asked_of, read_bundle_prefilled, read_plan_page
from tongban.reads.offered_pledges import OfferedPledges, ask_offered_pledges
from tongban.reads.prefill import RawAnswer
from tongban.web.applicant.bundle_drafts import (
    BundleDraft,
    drop_bundle_draft,
    find_bundle_draft,
    save_bundle_draft,
)
from tongban.web.applicant.kept_promises import drop_ticks, find_ticks, keep_ticks
from tongban.web.applicant.parties import actor_of, applicant_of, owns_receipt
from tongban.web.applicant.person_pages import lead_to_person, wants_person
from tongban.web.shared.application_form import Filled, compose_rows, compose_sections, read_posted
from tongban.web.shared.check_parts import PostedCheck, read_check
from tongban.web.shared.delivery_fields import compose_delivery_fields
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.item_cards import OBJECTS
from tongban.web.shared.pledge_parts import check_statement, show_check
from tongban.web.shared.uploads import read_files

_NOTHING = Filled({}, {}, {})


def bundle(request: HttpRequest, bundle_id: str) -> HttpResponse:
    """Show a bundle: what it joins, and the questionnaire."""
    deps = wiring.get_deps()
    found = deps.catalogue.get_bundle(BundleId(bundle_id))
    return render(request, "applicant/bundle.html", _questionnaire(found, {}, ()))


def _questionnaire(
    found: Bundle, situation: dict[str, RawAnswer], problems: tuple[Problem, ...]
) -> dict[str, Any]:
    at_answers = tuple(
        Problem(
            one.code, one.text, one.pointer.replace("situations.", "answers.", 1), one.source, one.next_step
        )
        for one in problems
    )
    filled = Filled(situation, {}, {})
    return {
        "bundle": found,
        "objects": [OBJECTS[kind] for kind in found.objects],
        "sections": compose_sections(found.situations, filled, at_answers),
        "problems": at_answers,
        "trail": [(Text("首页", "Home"), "/"), (Text("办事", "Services"), reverse("applicant:items"))],
    }


def plan(request: HttpRequest, bundle_id: str) -> HttpResponse:
    """Show what the situation in the address calls for; the questionnaire again when it is not answered."""
    deps = wiring.get_deps()
    found = deps.catalogue.get_bundle(BundleId(bundle_id))
    situation = read_posted(found.situations, request.GET, _NOTHING)
    try:
        planned = plan_bundle(found.id, situation, deps.zone, deps)
    except Refused as refused:
        context = _questionnaire(found, situation, refused.problems)
        return refuse_page(request, "applicant/bundle.html", context, Refused(*context["problems"]))
    page = read_plan_page(planned, deps)
    context = {
        "bundle": found,
        "page": page,
        "own_zone": deps.catalogue.zones[deps.zone],
        "parties": [OBJECTS[kind] for kind in list_parties(planned)] if len(found.objects) > 1 else [],
        "sections": compose_rows(found.situations, Filled(situation, {}, {}), _bundle_url(found)),
        "start_url": f"{reverse('applicant:bundle_start', args=[found.id])}?{request.GET.urlencode()}",
        "trail": [
            (Text("首页", "Home"), "/"),
            (Text("办事", "Services"), reverse("applicant:items")),
            (found.title, _bundle_url(found)),
        ],
    }
    return render(request, "applicant/bundle_plan.html", context)


def _bundle_url(found: Bundle) -> str:
    return reverse("applicant:bundle", args=[found.id])


def start(request: HttpRequest, bundle_id: str) -> HttpResponse:
    """Begin the one form for the situation in the address; draws the receipt's number."""
    deps = wiring.get_deps()
    found = deps.catalogue.get_bundle(BundleId(bundle_id))
    situation = read_posted(found.situations, request.GET, _NOTHING)
    _check_kind(found, request)
    try:
        planned = plan_bundle(found.id, situation, deps.zone, deps)
    except Refused:
        query = urlencode({name: value for name, value in situation.items() if value}, doseq=True)
        return redirect(f"{reverse('applicant:bundle_plan', args=[found.id])}?{query}")
    wrong = check_party(planned, applicant_of(request.user).kind)
    if wrong:
        context = _questionnaire(found, situation, ()) | {"problems": wrong}
        return refuse_page(request, "applicant/bundle.html", context, Refused(*wrong))
    draft = BundleDraft(new_bundle_number(deps), found.id, situation, {}, {})
    save_bundle_draft(request.session, draft)
    _offer_promises(planned, draft.number, request, deps)
    return redirect("applicant:bundle_form", found.id, draft.number)


def _offer_promises(planned: BundlePlan, number: str, request: HttpRequest, deps: Deps) -> OfferedPledges:
    """Return the promises that may be signed now; zones that were not asked yet are asked."""
    anew = request.GET.get("again") == "yes"
    return ask_offered_pledges(number, planned.items, applicant_of(request.user).id, deps, anew=anew)


def form(request: HttpRequest, bundle_id: str, number: str) -> HttpResponse:
    """Show the one form; take what was sent, and lead on when nothing is wrong with it."""
    deps = wiring.get_deps()
    draft = find_bundle_draft(request.session, number)
    if draft is None or draft.bundle_id != bundle_id:
        return _go_where_it_went(request, bundle_id, number, deps)
    planned = plan_bundle(draft.bundle_id, draft.situation, deps.zone, deps)
    _check_kind(planned.bundle, request)
    if not planned.union.form.questions:
        return redirect("applicant:bundle_check", bundle_id, number)
    prefilled = read_bundle_prefilled(planned, applicant_of(request.user), deps)
    if request.method != "POST":
        answers = {name: one.value for name, one in prefilled.items()} | dict(draft.answers)
        problems = read_values(planned, answers)[1] if draft.is_begun else ()
        return _show_form(request, planned, draft, Filled(answers, draft.files, prefilled), problems)
    files, wrong_files = read_files(planned.union.form, request, draft.files, deps)
    answers = read_posted(planned.union.form, request.POST, Filled(draft.answers, files, prefilled))
    draft = draft.with_answers(answers, files)
    save_bundle_draft(request.session, draft)
    if wants_person(request):
        return lead_to_person(request)
    problems = (*read_values(planned, answers)[1], *wrong_files)
    if problems:
        return _show_form(request, planned, draft, Filled(draft.answers, files, prefilled), problems)
    return redirect("applicant:bundle_check", bundle_id, number)


def _show_form(
    request: HttpRequest,
    planned: BundlePlan,
    draft: BundleDraft,
    filled: Filled,
    problems: tuple[Problem, ...],
) -> HttpResponse:
    titles = {one.member.id: one.member.title for one in planned.choice.wanted}
    context: dict[str, Any] = {
        "bundle": planned.bundle,
        "number": draft.number,
        "sections": compose_sections(planned.union.form, filled, problems),
        "asked": len(planned.union.form.questions),
        "asked_apart": planned.union.asked_apart,
        "supplied": [
            (planned.items[member].form.get_question(question).label, titles[member])
            for member, question in sorted(planned.union.supplied)
        ],
        "shared": [
            (planned.union.form.get_question(name).label, [titles[one.member] for one in origins])
            for name, origins in planned.union.origins.items()
            if len(origins) > 1
        ],
    }
    if problems and request.method == "POST":
        return refuse_page(request, "applicant/bundle_form.html", context, Refused(*problems))
    return render(request, "applicant/bundle_form.html", context | {"problems": problems})


def check(request: HttpRequest, bundle_id: str, number: str) -> HttpResponse:
    """Show the answers once more, member by member what will be asked of whom; hand in."""
    deps = wiring.get_deps()
    draft = find_bundle_draft(request.session, number)
    if draft is None or draft.bundle_id != bundle_id:
        return _go_where_it_went(request, bundle_id, number, deps)
    planned = plan_bundle(draft.bundle_id, draft.situation, deps.zone, deps)
    _check_kind(planned.bundle, request)
    values, problems = read_values(planned, draft.answers)
    if problems:
        return redirect("applicant:bundle_form", bundle_id, number)
    context = _compose_check(request, planned, draft, values, deps)
    offered = _offer_promises(planned, number, request, deps)
    if request.method != "POST":
        kept = find_ticks(request.session, number, offered)
        context["receive"] = compose_delivery_fields(kept, deps.catalogue.zones, deps.zone)
        return show_check(request, "applicant/bundle_check.html", context, offered, kept)
    if wants_person(request):
        keep_ticks(request.session, number, offered, request.POST)
        return lead_to_person(request)
    sent = read_check(offered, request.POST, check_statement(request.POST), deps)
    context |= sent.shown
    if sent.problems:
        return refuse_page(request, "applicant/bundle_check.html", context, Refused(*sent.problems))
    try:
        _open_once(draft, sent, request, deps)
    except Refused as refused:
        return refuse_page(request, "applicant/bundle_check.html", context, refused)
    drop_bundle_draft(request.session, number)
    drop_ticks(request.session, number)
    return redirect("applicant:receipt", number)


def _compose_check(
    request: HttpRequest,
    planned: BundlePlan,
    draft: BundleDraft,
    values: Mapping[str, object],
    deps: Deps,
) -> dict[str, Any]:
    """Return the answers once more, and member by member what will be asked of whom."""
    bundle_id, number = draft.bundle_id, draft.number
    form_url = reverse("applicant:bundle_form", args=[bundle_id, number])
    applicant = applicant_of(request.user)
    prefilled = read_bundle_prefilled(planned, applicant, deps)
    answers = {member: answers_of_member(planned.union, member, values, {}) for member in planned.items}
    return {
        "bundle": planned.bundle,
        "again_url": reverse("applicant:bundle_check", args=[bundle_id, number]),
        "page": read_plan_page(planned, deps),
        "number": number,
        "applicant": applicant,
        "form_url": form_url if planned.union.form.questions else _bundle_url(planned.bundle),
        "sections": compose_rows(planned.union.form, Filled(draft.answers, draft.files, prefilled), form_url),
        "asked_of": read_bundle_asked_of(planned, answers, applicant, deps),
        "own_zone": deps.catalogue.zones[deps.zone],
    }


def _open_once(draft: BundleDraft, sent: PostedCheck, request: HttpRequest, deps: Deps) -> None:
    """Hand in; whoever pressed twice meets the first press's receipt at the second try."""
    application = BundleApplication(
        draft.bundle_id, applicant_of(request.user), draft.situation, draft.answers, "online",
        pledges=tuple(SignedForMember(*one) for one in sent.signed), wish=sent.wish,
    )  # fmt: skip
    try:
        open_bundle(draft.number, application, actor_of(request.user), deps)
    except Conflict:
        open_bundle(draft.number, application, actor_of(request.user), deps)


def _check_kind(found: Bundle, request: HttpRequest) -> None:
    kind = applicant_of(request.user).kind
    if kind not in found.objects:
        raise Refused(Problem("applicant.wrong-kind", _WRONG_KIND[kind == "firm"], next_step=_OTHER_ACCOUNT))


def _go_where_it_went(request: HttpRequest, bundle_id: str, number: str, deps: Deps) -> HttpResponse:
    """Lead to the receipt that a draft has become, or to the questionnaire: so too for somebody else's."""
    opened = deps.bundles.find(BundleNumber(number))
    if opened is not None and owns_receipt(request.user, opened):
        return redirect("applicant:receipt", number)
    return redirect("applicant:bundle", bundle_id)


_OTHER_ACCOUNT = Text(
    "请换用相应的账号登录，或者到任一高新区的窗口办理。",
    "Log in with the account that fits, or go to a window of any zone.",
)
_WRONG_KIND = {
    True: Text(
        "这一件事由个人申请，您现在登录的是企业账号。",
        "Only a person can ask for this; you are logged in for a firm.",
    ),
    False: Text(
        "这一件事由企业申请，您现在登录的是个人账号。",
        "Only a firm can ask for this; you are logged in as a person.",
    ),
}
