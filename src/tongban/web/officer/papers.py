"""The written documents of a case that is decided here, for its officers."""

from django.http import HttpRequest, HttpResponse

from tongban.domain.case.state import Case
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId
from tongban.web.shared.papers import hand_out_data, hand_out_dossier, hand_out_paper
from tongban.wiring import get_deps


def _get_case(case_id: str, deps: Deps) -> Case:
    case = deps.cases.find(CaseId(case_id))
    if case is None or case.deciding_zone != deps.zone:
        raise NotFound(case_id)
    return case


def paper(request: HttpRequest, case_id: str, paper_id: str) -> HttpResponse:  # noqa: ARG001 (role: see urls)
    """Show a document as sealed PDF."""
    deps = get_deps()
    return hand_out_paper(_get_case(case_id, deps), paper_id, deps, for_officers=True)


def data(request: HttpRequest, case_id: str, paper_id: str) -> HttpResponse:  # noqa: ARG001 (role: see urls)
    """Hand out a document as data."""
    deps = get_deps()
    return hand_out_data(_get_case(case_id, deps), paper_id, deps, for_officers=True)


def dossier(request: HttpRequest, case_id: str) -> HttpResponse:  # noqa: ARG001 (role: see urls)
    """Hand out every document of the case in one file."""
    deps = get_deps()
    return hand_out_dossier(_get_case(case_id, deps), deps, for_officers=True)
