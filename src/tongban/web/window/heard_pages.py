"""At the window the client speaks before the decision: a statement, or a hearing."""

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
from tongban.web.window.act_pages import lead_back
from tongban.web.window.bar import frame_of
from tongban.web.window.case_pages import check_helper, get_opened, may_at_window
from tongban.web.window.take_in_pages import actor_of
from tongban.wiring import get_deps


def state(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show the form of a statement, and take it."""
    deps = get_deps()
    page = get_opened(request, case_id, deps)
    if "RecordStatement" not in may_at_window(page):
        return redirect("window:case", case_id)
    back = reverse("window:case", args=[case_id])
    if request.method != "POST":
        context = compose_statement("", (), back) | frame_of(request, deps)
        return render(request, "shared/confirm.html", context)
    words = read_statement(request)
    try:
        check_helper(request, page, "be-heard", deps)
        make_statement(page.case.id, APPLICANT, words, actor_of(request), deps)
    except Refused as refused:
        context = compose_statement(words, refused.problems, back) | frame_of(request, deps)
        return refuse_page(request, "shared/confirm.html", context, refused)
    return lead_back(request, page, STATED)


def ask_hearing(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask whether a hearing shall be asked for; ask for it."""
    deps = get_deps()
    page = get_opened(request, case_id, deps)
    if "RequestHearing" not in may_at_window(page):
        return redirect("window:case", case_id)
    context = compose_hearing(page, reverse("window:case", args=[case_id])) | frame_of(request, deps)
    if request.method == "POST":
        try:
            check_helper(request, page, "be-heard", deps)
            request_hearing(page.case.id, APPLICANT, actor_of(request), deps)
        except Refused as refused:
            return refuse_page(request, "shared/confirm.html", context, refused)
        return lead_back(request, page, ASKED)
    return render(request, "shared/confirm.html", context)


def waive(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask whether no hearing is wanted, or the request for one is taken back; record it."""
    deps = get_deps()
    page = get_opened(request, case_id, deps)
    if "WaiveHearing" not in may_at_window(page):
        return redirect("window:case", case_id)
    context = compose_waiver(page, reverse("window:case", args=[case_id])) | frame_of(request, deps)
    if request.method != "POST":
        return render(request, "shared/confirm.html", context)
    try:
        check_helper(request, page, "be-heard", deps)
        waive_hearing(page.case.id, APPLICANT, actor_of(request), deps)
    except Refused as refused:
        return refuse_page(request, "shared/confirm.html", context, refused)
    return lead_back(request, page, WAIVED)


def challenge(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show the form that asks for another chair of the hearing, and take it."""
    deps = get_deps()
    page = get_opened(request, case_id, deps)
    if "ChallengeChair" not in may_at_window(page):
        return redirect("window:case", case_id)
    back = reverse("window:case", args=[case_id])
    if request.method != "POST":
        context = compose_challenge(page, "", (), back) | frame_of(request, deps)
        return render(request, "shared/confirm.html", context)
    words = read_statement(request)
    try:
        check_helper(request, page, "be-heard", deps)
        challenge_chair(page.case.id, APPLICANT, words, actor_of(request), deps)
    except Refused as refused:
        context = compose_challenge(page, words, refused.problems, back) | frame_of(request, deps)
        return refuse_page(request, "shared/confirm.html", context, refused)
    return lead_back(request, page, CHALLENGED)
