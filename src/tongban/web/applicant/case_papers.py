"""The written documents of the applicant's own cases."""

from django.http import HttpRequest, HttpResponse

from tongban.web.applicant.case_pages import read_own
from tongban.web.shared.papers import hand_out_data, hand_out_dossier, hand_out_paper


def paper(request: HttpRequest, case_id: str, paper_id: str) -> HttpResponse:
    """Show a document as sealed PDF."""
    page, deps = read_own(request, case_id)
    return hand_out_paper(page.case, paper_id, deps)


def data(request: HttpRequest, case_id: str, paper_id: str) -> HttpResponse:
    """Hand out a document as data."""
    page, deps = read_own(request, case_id)
    return hand_out_data(page.case, paper_id, deps)


def dossier(request: HttpRequest, case_id: str) -> HttpResponse:
    """Hand out every document of the case in one file."""
    page, deps = read_own(request, case_id)
    return hand_out_dossier(page.case, deps)
