"""Following a bundle on one page: where each member stands, why one is stopped, what one may do."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban import wiring
from tongban.domain.bundle.opened import Standing
from tongban.flows.lead_bundle import ask_person_for_bundle, report_elsewhere, withdraw_bundle
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import BundleNumber
from tongban.kernel.text import Text
from tongban.reads.bundles import MemberLine, ReceiptPage, read_receipt
from tongban.reads.composites import list_composites_of, list_joinable_of_receipt
from tongban.web.applicant.parties import actor_of, owns_receipt
from tongban.web.shared.bundle_words import OVERALL, STANDINGS, show_receipt_progress
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field

_REASON_CHARACTERS = 300
_MAY_LEAVE = frozenset(
    (Standing.WAITS, Standing.RUNS, Standing.CORRECTS, Standing.YOURS, Standing.LATER, Standing.STOPPED)
)
_MAY_ASK = frozenset((Standing.WAITS, Standing.RUNS, Standing.CORRECTS))


def _read_own(request: HttpRequest, number: str) -> tuple[ReceiptPage, Deps]:
    """Return a receipt of the person in front of the page; NotFound for any other."""
    deps = wiring.get_deps()
    opened = deps.bundles.find(BundleNumber(number))
    if opened is None or not owns_receipt(request.user, opened):
        raise NotFound(number)
    return read_receipt(opened.number, deps), deps


def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Show a receipt: every member, the deadline and why, the papers, what one may do."""
    page, deps = _read_own(request, number)
    return render(request, "applicant/receipt.html", compose_receipt(page) | _compose_one_licence(page, deps))


def _compose_one_licence(page: ReceiptPage, deps: Deps) -> dict[str, Any]:
    """Return the composites that what this receipt brought can be joined into, and those that were."""
    return {
        "joinable": list_joinable_of_receipt(page.opened, deps),
        "composites": list_composites_of(page.opened.case_ids, deps),
    }


def progress(request: HttpRequest, number: str) -> HttpResponse:
    """Say again what is under way; tell the script to take the whole page once something has moved."""
    page, _ = _read_own(request, number)
    return show_receipt_progress(request, page, _addresses(page))


def _addresses(page: ReceiptPage) -> dict[str, str]:
    """Return where the page's part that moves is asked for, and where the page itself is."""
    return {
        "poll_url": reverse("applicant:receipt_progress", args=[page.opened.number]),
        "page_url": reverse("applicant:receipt", args=[page.opened.number]),
    }


def compose_receipt(page: ReceiptPage) -> dict[str, Any]:
    """Return what the page of a receipt shows."""
    return {
        "page": page,
        **_addresses(page),
        "rows": [(line, STANDINGS[line.standing]) for line in page.lines if line.standing],
        "tag": OVERALL[page.state],
        "longest": [line for line in page.lines if line.is_on_longest_way],
        "may_leave": _those(page, _MAY_LEAVE),
        "may_ask": [line for line in _those(page, _MAY_ASK) if line.item],
    }


def _those(page: ReceiptPage, standings: frozenset[Standing]) -> list[MemberLine]:
    return [line for line in page.lines if line.standing in standings]


def report(request: HttpRequest, number: str, member: str) -> HttpResponse:
    """Ask whether a member handled elsewhere is done; note that the applicant says so."""
    page, deps = _read_own(request, number)
    line = next((one for one in page.lines if one.id == member), None)
    if line is None or line.elsewhere is None:
        raise NotFound(member)
    if line.standing is not Standing.YOURS:
        return redirect("applicant:receipt", number)
    if request.method == "POST":
        report_elsewhere(page.opened.number, member, actor_of(request.user), deps)
        _say(request, _REPORTED)
        return redirect("applicant:receipt", number)
    context = {
        "heading": Text(f"“{line.title.zh}”已经办好了？", f"Is “{line.title.en}” done?"),
        "consequences": _REPORT_CONSEQUENCES,
        "confirm_label": Text("已经办好", "It is done"),
        "cancel_url": reverse("applicant:receipt", args=[number]),
    }
    return render(request, "shared/confirm.html", context)


def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Ask which parts shall be taken back, and why; take them back."""
    page, deps = _read_own(request, number)
    lines = _those(page, _MAY_LEAVE)

    def act(chosen: tuple[str, ...]) -> None:
        reason = request.POST.get("reason", "").replace("\x00", "").strip()[:_REASON_CHARACTERS]
        withdraw_bundle(page.opened.number, chosen, reason, actor_of(request.user), deps)
        _say(request, _WITHDRAWN)

    reason = Field("reason", Text("撤回的原因", "Why you withdraw it"), is_required=False,
                   max_length=_REASON_CHARACTERS)  # fmt: skip
    words = {
        "heading": Text("撤回哪些？", "Withdraw which parts?"),
        "consequences": _WITHDRAW_CONSEQUENCES,
        "confirm_label": Text("撤回所选的", "Withdraw these"),
        "is_harmful": True,
    }
    return _choose_and_act(request, page, lines, act, words, [reason])


def ask_person(request: HttpRequest, number: str) -> HttpResponse:
    """Ask which parts a person shall decide; then no machine does."""
    page, deps = _read_own(request, number)
    lines = [line for line in _those(page, _MAY_ASK) if line.item]

    def act(chosen: tuple[str, ...]) -> None:
        ask_person_for_bundle(page.opened.number, chosen, actor_of(request.user), deps)
        _say(request, _PERSON_ASKED)

    words = {
        "heading": Text("哪些转为人工办理？", "Which parts shall a person decide?"),
        "consequences": _PERSON_CONSEQUENCES,
        "confirm_label": Text("转为人工办理", "Ask for a person"),
    }
    return _choose_and_act(request, page, lines, act, words, [])


def _choose_and_act(
    request: HttpRequest,
    page: ReceiptPage,
    lines: list[MemberLine],
    act: Callable[[tuple[str, ...]], None],
    words: dict[str, Any],
    more: list[Field],
) -> HttpResponse:
    """Show the members to choose from; all are ticked, so that the whole is one press away."""
    number = page.opened.number
    if not lines:
        return redirect("applicant:receipt", number)
    known = [line.id for line in lines]
    posted = request.POST.getlist("members") if request.method == "POST" else known
    chosen = tuple(one for one in known if one in posted)
    problem = _NOTHING_CHOSEN if request.method == "POST" and not chosen else None
    context = words | {
        "cancel_url": reverse("applicant:receipt", args=[number]),
        "fields": [
            Field(
                "members", Text("包括", "These"), kind="choices", values=list(chosen),
                choices=[Choice(line.id, line.title) for line in lines],
                problems=[problem] if problem else [],
            ),
            *more,
        ],
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "shared/confirm.html", context)
    if problem is not None:
        return refuse_page(request, "shared/confirm.html", context, Refused(problem))
    act(chosen)
    return redirect("applicant:receipt", number)


def _say(request: HttpRequest, words: Text) -> None:
    messages.success(request, words.in_language(current_language()))


_NOTHING_CHOSEN = Problem("members.none", Text("请至少选一项", "Choose at least one"), "members")
_REPORTED = Text("已记下。等它的事项现在可以开始。", "Noted. What waited for it can begin now.")
_WITHDRAWN = Text("已撤回所选的部分。", "Withdrawn.")
_PERSON_ASKED = Text("已转为人工办理。", "A person will decide these.")
_REPORT_CONSEQUENCES = [
    Text(
        "这是您的说明，系统不核实，也不替那个部门作证明。",
        "It is your word; nothing is verified, and nothing proved for that authority.",
    ),
    Text(
        "等它的事项会马上提交；办理的部门会查它要的证明。",
        "What waits for it is handed in at once; whoever decides that looks for the proof it needs.",
    ),
]
_WITHDRAW_CONSEQUENCES = [
    Text(
        "已经有结果的不受影响，证照仍然有效。",
        "What has a result already stands, and its licence stays valid.",
    ),
    Text("需要所撤事项结果的，也会停下。", "What needs the result of a withdrawn part stops too."),
    Text("以后可以重新申请，不影响您的权利。", "You may apply again later; no right is lost."),
]
_PERSON_CONSEQUENCES = [
    Text("由工作人员决定，系统不再自动决定。", "A person decides; the machine no longer does."),
    Text(
        "排队位置不变；还没有提交的，提交后直接交给工作人员。",
        "You keep your place; parts not handed in yet go to a person as soon as they are.",
    ),
]
