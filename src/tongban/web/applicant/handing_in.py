"""Handing in from a page, once, however often the button is pressed."""

from django.http import HttpRequest

from tongban.flows.ports import Deps
from tongban.flows.submit import Application, submit
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId
from tongban.web.applicant.parties import actor_of


def submit_once(number: CaseId, application: Application, request: HttpRequest, deps: Deps) -> None:
    """Hand in; whoever pressed twice meets the first press's case at the second try."""
    try:
        submit(number, application, actor_of(request.user), deps)
    except Conflict:
        submit(number, application, actor_of(request.user), deps)
