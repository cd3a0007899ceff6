"""One licence (一照通): join what a firm holds, and show it with each part as it stands."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tongban import wiring
from tongban.domain.case.events import ApplicantRef
from tongban.flows.issue_composite import issue_composite
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import BundleNumber, CaseId, CredentialId
from tongban.kernel.text import Text
from tongban.paper.office import verify_url
from tongban.reads.composites import (
    CompositePage,
    list_joinable,
    list_joinable_of_receipt,
    read_composite,
)
from tongban.web.applicant.parties import applicant_of, owns, owns_its_receipt, owns_receipt
from tongban.web.shared.case_parts import qr_image
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import ProofStep
from tongban.web.shared.proof_words import OUTCOMES, part_tag


@require_POST
def join(request: HttpRequest, composite_id: str) -> HttpResponse:
    """Issue the composite over what the firm holds, or say why nothing can be joined."""
    deps = wiring.get_deps()
    party = applicant_of(request.user)
    cases = next((cases for one, cases in list_joinable(party, deps) if one.id == composite_id), ())
    return _join(request, composite_id, party, cases, redirect("applicant:cases"))


@require_POST
def join_of_receipt(request: HttpRequest, number: str, composite_id: str) -> HttpResponse:
    """Issue the composite over what a receipt brought; its holder may be whom the receipt brought to life."""
    deps = wiring.get_deps()
    opened = deps.bundles.find(BundleNumber(number))
    if opened is None or not owns_receipt(request.user, opened):
        raise NotFound(number)
    for one in list_joinable_of_receipt(opened, deps):
        if one.composite.id == composite_id:
            back = redirect("applicant:receipt", number)
            return _join(request, composite_id, one.holder, one.case_ids, back)
    raise NotFound(composite_id)


def _join(
    request: HttpRequest,
    composite_id: str,
    holder: ApplicantRef,
    case_ids: tuple[CaseId, ...],
    back: HttpResponse,
) -> HttpResponse:
    try:
        number = issue_composite(composite_id, holder, case_ids, wiring.get_deps())
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, problem.text.in_language(current_language()))
        return back
    messages.success(request, _JOINED.in_language(current_language()))
    return redirect("applicant:composite", number)


def composite(request: HttpRequest, number: str) -> HttpResponse:
    """Show a composite: one number, one code, and each part checked now."""
    page, deps = _read_own(request, number)
    address = verify_url(deps.public_url, page.issued)
    parts = [
        (part, part_tag(part), [ProofStep(s.asks, OUTCOMES[s.found], s.says) for s in part.verdict.steps])
        for part in page.parts
    ]
    context = {"page": page, "parts": parts, "verify_url": address, "qr_image": qr_image(address)}
    return render(request, "applicant/composite.html", context)


def document(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the sealed PDF of a composite."""
    page, deps = _read_own(request, number)
    content = deps.files.find(page.issued.document_digest) if page.has_document else None
    if content is None:
        raise NotFound(number)
    disposition = f'attachment; filename="{page.issued.credential_id}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _read_own(request: HttpRequest, number: str) -> tuple[CompositePage, Deps]:
    """Return a composite of the person in front of the page; NotFound for any other."""
    deps = wiring.get_deps()
    issued = deps.credentials.find(CredentialId(number))
    case = deps.cases.find(issued.case_id) if issued else None
    if case is None or not (owns(request.user, case) or owns_its_receipt(request.user, case, deps)):
        raise NotFound(number)
    return read_composite(CredentialId(number), deps), deps


_JOINED = Text(
    "已合成一照通。盖章文件正在制作，很快可以下载。",
    "Joined. The sealed page is being made and can be had shortly.",
)
