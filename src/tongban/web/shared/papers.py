"""Handing out the written documents of a case; every room asks first whether the case may be seen."""

from django.http import HttpResponse

from tongban.domain.case.state import Case
from tongban.flows.ports import Deps
from tongban.reads.papers import read_data, read_dossier, read_sealed


def hand_out_paper(case: Case, paper_id: str, deps: Deps, *, for_officers: bool = False) -> HttpResponse:
    """Return the sealed PDF, to be shown or printed by the browser."""
    content = read_sealed(case, paper_id, deps, for_officers=for_officers)
    return _file(content, "application/pdf", f"{paper_id}.pdf", "inline")


def hand_out_data(case: Case, paper_id: str, deps: Deps, *, for_officers: bool = False) -> HttpResponse:
    """Return the document as data."""
    content = read_data(case, paper_id, deps, for_officers=for_officers)
    return _file(content, "application/json", f"{paper_id}.json", "attachment")


def hand_out_dossier(case: Case, deps: Deps, *, for_officers: bool = False) -> HttpResponse:
    """Return every document of the case in one ZIP."""
    content = read_dossier(case, deps, for_officers=for_officers)
    return _file(content, "application/zip", f"{case.id}.zip", "attachment")


def _file(content: bytes, media_type: str, name: str, how: str) -> HttpResponse:
    headers = {"Content-Disposition": f'{how}; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=media_type, headers=headers)
