"""A case at the window: opened by the party's own number, its receipt, what it brought."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.case.state import Case
from tongban.domain.identifiers.written import make_plain
from tongban.domain.party import mask_citizen_number, mask_name
from tongban.flows.deliver import is_handed_over
from tongban.flows.mandates import require_mandate
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.case_page import CasePage, find_document, read_case_page
from tongban.reads.ending_words import may_end
from tongban.reads.joint_parts import find_joint_page
from tongban.reads.mandates import read_mandates
from tongban.reads.papers import read_papers
from tongban.reads.receipt import read_receipt
from tongban.web.shared.case_parts import compose_case_context, qr_image, stage_tag
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.joint_words import add_part_clocks
from tongban.web.shared.parts import Field
from tongban.web.window.bar import compose_bar
from tongban.web.window.client import read_client, save_client
from tongban.wiring import get_deps

_NUMBER_LENGTH = 40


def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show a case to the client who is a party of it; ask for the party's number first."""
    deps = get_deps()
    page = read_case_page(CaseId(case_id), deps)
    if read_client(request.session).has_opened(case_id):
        context = compose_case_context(page) | {
            "bar": compose_bar(request, deps),
            "may": may_at_window(page),
            "is_received_here": page.receiving.id == deps.zone,
            "applicant": name_parties(page.case),
            "papers": read_papers(page.case, deps),
            "mandates": read_mandates(page.case, deps),
            "is_handed_out": is_handed_over(page.case, deps),
        }
        add_part_clocks(context, find_joint_page(page.case, deps), deps)
        return render(request, "window/case.html", context)
    if request.method != "POST":
        return _ask_number(request, page, "", deps)
    return _open(request, page, deps)


def _open(request: HttpRequest, page: CasePage, deps: Deps) -> HttpResponse:
    """Open the case when the number given is the applicant's or the agent's."""
    given = request.POST.get("party_number", "")[: _NUMBER_LENGTH * 2].replace("\x00", "")
    parties = {page.case.applicant.id, page.case.applicant.agent_id} - {""}
    problems = []
    if make_plain(given) not in parties:
        problems.append(Problem("party.wrong-number", _WRONG, "party_number", next_step=_LOOK_AGAIN))
    if request.POST.get("seen") != "yes":
        problems.append(Problem("window.not-checked", _NOT_SEEN, "seen"))
    if problems:
        return _ask_number(request, page, given[:_NUMBER_LENGTH], deps, problems)
    came = make_plain(given)
    helper_id = came if came != page.case.applicant.id else ""
    save_client(request.session, read_client(request.session).with_opened(page.case.id, helper_id))
    return redirect("window:case", page.case.id)


def _ask_number(
    request: HttpRequest, page: CasePage, given: str, deps: Deps, problems: list[Problem] | None = None
) -> HttpResponse:
    problems = problems or []
    field = Field(
        "party_number", _PARTY, value=given, help=_PARTY_HELP, max_length=_NUMBER_LENGTH, autocomplete="off",
        problems=[p for p in problems if p.pointer == "party_number"],
    )  # fmt: skip
    context: dict[str, Any] = {
        "page": page,
        "tag": stage_tag(page),
        "field": field,
        "seen_problems": [p for p in problems if p.pointer == "seen"],
        "bar": compose_bar(request, deps),
    }
    if problems:
        return refuse_page(request, "window/open_case.html", context, Refused(*problems))
    return render(request, "window/open_case.html", context)


def get_opened(request: HttpRequest, case_id: str, deps: Deps) -> CasePage:
    """Return a case that the client at the window has opened; NotFound for every other."""
    if not read_client(request.session).has_opened(case_id):
        raise NotFound(case_id)
    return read_case_page(CaseId(case_id), deps)


def check_helper(request: HttpRequest, page: CasePage, act: str, deps: Deps) -> None:
    """Refuse what the helper who opened the case was not let do (all-2019#29.2); nothing for the party."""
    helper_id = read_client(request.session).helpers.get(page.case.id, "")
    require_mandate(page.case.applicant, helper_id, page.item.id, act, deps)


HEARING_ACTS = ("RequestHearing", "WaiveHearing", "ChallengeChair")


def may_at_window(page: CasePage) -> frozenset[str]:
    """Return what a clerk may do for the client now, as the regime's arrows say."""
    commands = (
        "Correct", "AskForPerson", "Withdraw", "RecordStatement", *HEARING_ACTS,
        "RecordDelivery", "StateOnEnding", "CorrectAtOnce",
    )  # fmt: skip
    arrows = {command: page.regime.find_arrow(page.case.stage, command) for command in commands}
    may = {
        command
        for command, arrow in arrows.items()
        if arrow is not None and "clerk" in arrow.who and may_end(command, page.case, page.regime)
    }
    may -= {one for one in HEARING_ACTS if one not in page.may}  # e.g. the time to ask is over
    return frozenset(may - {"AskForPerson"} if page.case.needs_person else may) - page.held_back


def name_parties(case: Case, *, is_paper: bool = False) -> list[tuple[Text, str]]:
    """Return who applies and who acts: names whole on paper, hidden on a screen that others see too.

    A citizen number is hidden on both (pipl-2021#51).
    """
    who, hide = case.applicant, str if is_paper else mask_name
    rows = [
        (Text("申请人", "Applicant"), hide(who.name) if who.kind == "person" else who.name),
        (Text("证件号码", "Number"), mask_citizen_number(who.id) if who.kind == "person" else who.id),
    ]
    if who.agent_name:
        rows.append((Text("代理人", "Agent"), hide(who.agent_name)))
    return rows


def receipt(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show the receipt, to be printed; it says that it is no acceptance."""
    deps = get_deps()
    page = get_opened(request, case_id, deps)
    data = read_receipt(page.case.id, deps)
    address = f"{deps.public_url}/cases/{page.case.id}/"
    context = {
        "receipt": data,
        "provisional": deps.hall.intakes.find_of_case(page.case.id),
        "applicant": name_parties(data.case, is_paper=True),
        "address": address,
        "qr_image": qr_image(address),
        "tag": stage_tag(page),
        "case_url": reverse("window:case", args=[case_id]),
        "bar": compose_bar(request, deps),
    }
    return render(request, "window/receipt.html", context)


def document(request: HttpRequest, case_id: str) -> HttpResponse:
    """Hand out the sealed PDF of the licence, to be printed for the client."""
    deps = get_deps()
    page = get_opened(request, case_id, deps)
    content = find_document(page.case, deps)
    if content is None or page.licence is None:
        raise NotFound(case_id)
    name = f'inline; filename="{page.licence.number}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


_PARTY = Text("申请人或代理人的证件号码", "The applicant's or the agent's number")
_PARTY_HELP = Text(
    "照来人的证件填写：公民身份号码，或营业执照上的统一社会信用代码。",
    "From the documents of who came: citizen number, or the unified social credit code on the licence.",
)
_WRONG = Text(
    "这个号码不是本办件的申请人或代理人", "This number is not of the applicant or agent of this case"
)
_LOOK_AGAIN = Text(
    "请核对证件和办件编号。不是当事人的，不能查看。",
    "Check the document and the case number; only a party may see it.",
)
_NOT_SEEN = Text("请先核对来人的证件原件", "Check the original document of who came first")
