"""Following a case: its page, what moves on it, what it brought, and the three things an applicant may do."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban import wiring
from tongban.domain.rules.words import fill
from tongban.flows.ask_for_person import ask_for_person
from tongban.flows.correct import correct
from tongban.flows.deliver import note_opened
from tongban.flows.ports import Deps
from tongban.flows.tell_parties import recipients_of_account
from tongban.flows.withdraw import withdraw
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.case_next import read_next
from tongban.reads.case_page import CasePage, find_document, read_case_page
from tongban.reads.disputes import read_disputes
from tongban.reads.joint_parts import find_joint_page
from tongban.reads.messages_told import read_sent
from tongban.reads.papers import read_papers
from tongban.reads.prefill import raw_answers
from tongban.reads.ratings import read_sides
from tongban.web.applicant.parties import actor_of, applicant_of, owns, owns_its_receipt
from tongban.web.shared.application_form import Filled, KeptFile, compose_sections, read_posted
from tongban.web.shared.case_parts import asked_parts, compose_case_context
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.joint_words import add_part_clocks
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field
from tongban.web.shared.uploads import read_files
from tongban.web.shared.voice_parts import show_line

_REASON_CHARACTERS = 300


def read_own(request: HttpRequest, case_id: str) -> tuple[CasePage, Deps]:
    """Return a case of the person in front of the page; NotFound for any other.

    A case on a receipt is also its owner's who handed in the receipt: a firm that has just come into being
    applies by the hand of the person who founded it.
    """
    deps = wiring.get_deps()
    page = read_case_page(CaseId(case_id), deps)
    if not owns(request.user, page.case) and not owns_its_receipt(request.user, page.case, deps):
        raise NotFound(case_id)
    return page, deps


def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show a case: where it stands, what comes next, what was found, what it brought."""
    page, deps = read_own(request, case_id)
    disputes = read_disputes(page.case, deps)
    context = compose_case_context(page) | {
        "papers": read_papers(page.case, deps),
        "sides": read_sides(page.case, deps),
        "own_zone_id": deps.zone,
        "sent": read_sent(page.case, _marks_of(request), deps),
        "disputes": disputes,
        "raised": [show_line(one, deps) for one, _ in disputes.raised],
    }
    add_part_clocks(context, find_joint_page(page.case, deps), deps)
    return render(request, "applicant/case.html", context)


def _marks_of(request: HttpRequest) -> tuple[str, ...]:
    return recipients_of_account(applicant_of(request.user), request.user.username)


def progress(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show again which zones are being asked; tell the script to take the whole page once it has moved."""
    page, _ = read_own(request, case_id)
    seen = request.GET.get("version", "")
    moved = seen.isdecimal() and int(seen) != page.case.version
    if moved or not page.is_moving:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context = {"page": page, "next": read_next(page), "asked": asked_parts(page)}
    return render(request, "applicant/case_progress.html", context)


def correct_form(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show what is to be corrected and the whole form as it was; take the corrections."""
    page, deps = read_own(request, case_id)
    if "Correct" not in page.may:
        return redirect("applicant:case", case_id)
    item_form = page.item.form
    answers = raw_answers(item_form, page.case.answers)
    files = {
        question.id: KeptFile(str(answers[question.id]), _EARLIER.in_language(current_language()), 0)
        for question in item_form.questions
        if question.type == "file" and answers.get(question.id)
    }
    if request.method != "POST":
        return _show_correction(request, page, Filled(answers, files, {}), page.case.correction)
    files, wrong_files = read_files(item_form, request, files, deps)
    posted = read_posted(item_form, request.POST, Filled(answers, files, {}))
    try:
        if wrong_files:
            raise Refused(*wrong_files)
        correct(CaseId(case_id), posted, actor_of(request.user), deps)
    except Refused as refused:
        return _show_correction(request, page, Filled(posted, files, {}), refused.problems)
    _say(request, _CORRECTED if page.is_own else _sent_to(page))
    return redirect("applicant:case", case_id)


def _show_correction(
    request: HttpRequest, page: CasePage, filled: Filled, problems: tuple[Problem, ...]
) -> HttpResponse:
    context = {
        "page": page,
        "sections": compose_sections(page.item.form, filled, problems),
        "to_correct": page.case.correction,
    }
    if request.method == "POST":
        return refuse_page(request, "applicant/correct.html", context, Refused(*problems))
    return render(request, "applicant/correct.html", context)


def ask_person(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask whether a person shall decide; then no machine does."""
    page, deps = read_own(request, case_id)
    if "AskForPerson" not in page.may:
        return redirect("applicant:case", case_id)
    if request.method == "POST":
        ask_for_person(page.case.id, actor_of(request.user), deps)
        _say(request, _PERSON_ASKED if page.is_own else _sent_to(page))
        return redirect("applicant:case", case_id)
    context = {
        "heading": Text("转为人工办理？", "Have a person handle this case?"),
        "consequences": _PERSON_CONSEQUENCES,
        "confirm_label": Text("转为人工办理", "Ask for a person"),
        "cancel_url": reverse("applicant:case", args=[case_id]),
    }
    return render(request, "shared/confirm.html", context)


def withdraw_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask whether the application shall be taken back, and why; take it back."""
    page, deps = read_own(request, case_id)
    if "Withdraw" not in page.may:
        return redirect("applicant:case", case_id)
    if request.method == "POST":
        reason = request.POST.get("reason", "").replace("\x00", "").strip()[:_REASON_CHARACTERS]
        withdraw(page.case.id, reason, actor_of(request.user), deps)
        _say(request, _WITHDRAWN if page.is_own else _sent_to(page))
        return redirect("applicant:case", case_id)
    context: dict[str, Any] = {
        "heading": Text("撤回这件申请？", "Withdraw this application?"),
        "consequences": _WITHDRAW_CONSEQUENCES,
        "confirm_label": Text("撤回申请", "Withdraw the application"),
        "cancel_url": reverse("applicant:case", args=[case_id]),
        "is_harmful": True,
        "fields": [
            Field("reason", Text("撤回的原因", "Why you withdraw it"), is_required=False,
                  max_length=_REASON_CHARACTERS)
        ],
    }  # fmt: skip
    return render(request, "shared/confirm.html", context)


def document(request: HttpRequest, case_id: str) -> HttpResponse:
    """Hand out the sealed PDF of the licence."""
    page, deps = read_own(request, case_id)
    content = find_document(page.case, deps)
    if content is None or page.licence is None:
        raise NotFound(case_id)
    note_opened(page.case.id, actor_of(request.user), deps)
    return _download(content, "application/pdf", f"{page.licence.number}.pdf")


def credential(request: HttpRequest, case_id: str) -> HttpResponse:
    """Hand out the licence as a signed token, for programs and wallets."""
    page, deps = read_own(request, case_id)
    if page.licence is None:
        raise NotFound(case_id)
    note_opened(page.case.id, actor_of(request.user), deps)
    token = page.case.token.encode("ascii")
    return _download(token, "application/dc+sd-jwt", f"{page.licence.number}.sd-jwt")


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": disposition})


def lead_back(request: HttpRequest, page: CasePage, done: Text) -> HttpResponse:
    """Lead back to the case and say what was done, or that it is on its way to the zone that decides."""
    _say(request, done if page.is_own else _sent_to(page))
    return redirect("applicant:case", page.case.id)


def _sent_to(page: CasePage) -> Text:
    """Return what is true of an act on a case that another zone decides: it is on its way there."""
    return fill(_SENT, zone=page.deciding.short_name)


def _say(request: HttpRequest, words: Text) -> None:
    messages.success(request, words.in_language(current_language()))


_SENT = Text(
    "已送往{zone}，对方确认后这里会更新。", "Sent to {zone}; this page changes once they confirm it."
)
_EARLIER = Text("已上传的文件", "the file handed in")
_CORRECTED = Text("补正已提交，系统接着办理。", "Your corrections are handed in, and the case goes on.")
_PERSON_ASKED = Text(
    "已转为人工办理。系统不再自动作出决定，排队位置不变。",
    "A person will handle the case. No machine decides any more, and you keep your place.",
)
_WITHDRAWN = Text("申请已撤回。", "The application is withdrawn.")
_PERSON_CONSEQUENCES = [
    Text("此后系统不再自动作出决定，由审批人员办理。", "From then on no machine decides; an officer does."),
    Text("您的排队位置不变，法定期限照常计算。", "You keep your place, and the statutory limit runs on."),
    Text("可能比自动办理慢，最长不超过法定期限。", "It may take longer, but no longer than the law allows."),
]
_WITHDRAW_CONSEQUENCES = [
    Text("这件申请到此结束，不会再作出决定。", "The case ends here, and nothing is decided."),
    Text("撤回后不能恢复；需要时可以重新申请。", "It cannot be taken up again; you may apply anew."),
    Text("撤回不影响您以后申请。", "It does not count against any later application."),
]
