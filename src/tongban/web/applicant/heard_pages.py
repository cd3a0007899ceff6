"""The applicant speaks before the decision: a statement, or a hearing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.case.examining import APPLICANT
from tongban.flows.be_heard import (
    challenge_chair,
    make_statement,
    request_hearing,
    waive_hearing,
)
from tongban.kernel.errors import Refused
from tongban.web.applicant.case_pages import lead_back, read_own
from tongban.web.applicant.parties import actor_of
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.heard_parts import (
    ASKED,
    CHALLENGED,
    STATED,
    WAIVED,
    compose_challenge,
    compose_hearing,
    compose_statement,
    compose_waiver,
    read_statement,
)


def state(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show the form of a statement, and take it."""
    page, deps = read_own(request, case_id)
    if "RecordStatement" not in page.may:
        return redirect("applicant:case", case_id)
    back = reverse("applicant:case", args=[case_id])
    if request.method != "POST":
        return render(request, "shared/confirm.html", compose_statement("", (), back))
    words = read_statement(request)
    try:
        make_statement(page.case.id, APPLICANT, words, actor_of(request.user), deps)
    except Refused as refused:
        context = compose_statement(words, refused.problems, back)
        return refuse_page(request, "shared/confirm.html", context, refused)
    return lead_back(request, page, STATED)


def ask_hearing(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask whether a hearing shall be asked for; ask for it."""
    page, deps = read_own(request, case_id)
    if "RequestHearing" not in page.may:
        return redirect("applicant:case", case_id)
    if request.method == "POST":
        request_hearing(page.case.id, APPLICANT, actor_of(request.user), deps)
        return lead_back(request, page, ASKED)
    context = compose_hearing(page, reverse("applicant:case", args=[case_id]))
    return render(request, "shared/confirm.html", context)


def waive(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask whether no hearing is wanted, or the request for one is taken back; record it."""
    page, deps = read_own(request, case_id)
    if "WaiveHearing" not in page.may:
        return redirect("applicant:case", case_id)
    context = compose_waiver(page, reverse("applicant:case", args=[case_id]))
    if request.method != "POST":
        return render(request, "shared/confirm.html", context)
    try:
        waive_hearing(page.case.id, APPLICANT, actor_of(request.user), deps)
    except Refused as refused:
        return refuse_page(request, "shared/confirm.html", context, refused)
    return lead_back(request, page, WAIVED)


def challenge(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show the form that asks for another chair of the hearing, and take it."""
    page, deps = read_own(request, case_id)
    if "ChallengeChair" not in page.may:
        return redirect("applicant:case", case_id)
    back = reverse("applicant:case", args=[case_id])
    if request.method != "POST":
        return render(request, "shared/confirm.html", compose_challenge(page, "", (), back))
    words = read_statement(request)
    try:
        challenge_chair(page.case.id, APPLICANT, words, actor_of(request.user), deps)
    except Refused as refused:
        context = compose_challenge(page, words, refused.problems, back)
        return refuse_page(request, "shared/confirm.html", context, refused)
    return lead_back(request, page, CHALLENGED)
