"""The written documents of a case that the client at the window has opened."""

from django.http import HttpRequest, HttpResponse

from tongban.web.shared.papers import hand_out_data, hand_out_dossier, hand_out_paper
from tongban.web.window.case_pages import get_opened
from tongban.wiring import get_deps


def paper(request: HttpRequest, case_id: str, paper_id: str) -> HttpResponse:
    """Show a document as sealed PDF, to be printed for the client."""
    deps = get_deps()
    return hand_out_paper(get_opened(request, case_id, deps).case, paper_id, deps)


def data(request: HttpRequest, case_id: str, paper_id: str) -> HttpResponse:
    """Hand out a document as data."""
    deps = get_deps()
    return hand_out_data(get_opened(request, case_id, deps).case, paper_id, deps)


def dossier(request: HttpRequest, case_id: str) -> HttpResponse:
    """Hand out every document of the case in one file."""
    deps = get_deps()
    return hand_out_dossier(get_opened(request, case_id, deps).case, deps)
