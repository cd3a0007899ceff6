"""What went wrong, as a page: one mapping from our errors and HTTP's to words that say what to do next."""

from collections.abc import Callable, Sequence
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from tongban.kernel.errors import Conflict, Fault, NotFound, Problem, Refused
from tongban.kernel.text import Text
from tongban.web.shared.error_words import WORDS, ErrorWords
from tongban.web.shared.frame import frame_without_account

log = structlog.get_logger("tongban.web")

_RETRY_SECONDS = 30


def error_page(
    request: HttpRequest, status: int, words: ErrorWords | None = None, problems: Sequence[Problem] = ()
) -> HttpResponse:
    """Compose the page of an error: what happened, why, what next, and the number to quote.

    Programs at the machines' door get the same as JSON (RFC 9457). The page of a failure (500 and up) asks
    no database, so that it can be shown when the database is what failed.
    """
    words = words or WORDS[status]
    number = getattr(request, "correlation_id", "")
    if request.path_info.startswith(settings.MACHINE_PATHS):
        body = {"type": "about:blank", "title": words.title.en, "status": status, "correlation_id": number}
        return JsonResponse(body, status=status, content_type="application/problem+json")
    context = {"status": status, "words": words, "problems": problems}
    if status < 500:
        return render(request, "shared/error.html", context, status=status)
    context |= frame_without_account(request) | {"request": request, "is_account_unknown": True}
    return HttpResponse(render_to_string("shared/error.html", context), status=status)


def refuse_page(
    request: HttpRequest, template: str, context: dict[str, Any], refused: Refused
) -> HttpResponse:
    """Show a form again with its answers kept and all problems at once (status 422).

    The template gets ``problems``; it includes ``shared/parts/error_summary.html`` by way of its base.
    """
    return render(request, template, context | {"problems": refused.problems}, status=422)


class ErrorPages:
    """Turn what a view raises into a page: Refused 422, NotFound 404, Conflict 409, Fault 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = error_page(request, 405)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page of an error of ours; anything else is a fault of the program (500)."""
        match exception:
            case Refused(problems=problems):
                log.info("refused", codes=[problem.code for problem in problems])
                return error_page(request, 422, problems=problems)
            case NotFound():
                return error_page(request, 404)
            case Conflict():
                return error_page(request, 409)
            case Fault(code=code, text=text):
                log.warning("fault", code=code)
                page = error_page(request, 503, problems=[Problem(code, text)])
                page.headers["Retry-After"] = str(_RETRY_SECONDS)
                return page
        return None


def wrong_role(request: HttpRequest, roles: Sequence[Text]) -> HttpResponse:
    """Compose the page for somebody whose role does not open this page; it says whose does."""
    return error_page(request, 403, WORDS[403].for_roles(roles))


def too_large(request: HttpRequest) -> HttpResponse:
    """Compose the page for a body over the limit."""
    return error_page(request, 413)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django could not read."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request that a view forbade."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer an address or a number that is not known here, without telling whether others exist."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when the program itself failed: no trace, a number to quote."""
    return error_page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came without its token: an old page, or another site."""
    log.info("form_token_refused", reason=reason)
    return error_page(request, 403, WORDS[419])
