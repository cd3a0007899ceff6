"""The door for other zones' nodes (TB-FED): bytes in, bytes out; nobody logs in here.

Who sent them, and what may be done, is the federation's business.
"""

from collections.abc import Callable
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from tongban.wiring import get_node

_BUSY = 503


class _Response(Protocol):
    @property
    def status(self) -> int:
        """HTTP status."""

    @property
    def body(self) -> bytes:
        """JSON."""


@csrf_exempt
@require_POST
def messages(request: HttpRequest) -> HttpResponse:
    """``POST /exchange/messages``: one sealed message; answered with a receipt, and with an answer if any."""
    exchange = get_node().exchange
    return _take(request, exchange.max_message_bytes, exchange.accept_message)


@csrf_exempt
@require_POST
def batches(request: HttpRequest) -> HttpResponse:
    """``POST /exchange/batches``: several sealed messages, a line each; answered one by one, in order."""
    exchange = get_node().exchange
    return _take(request, exchange.max_batch_bytes, exchange.accept_batch)


@csrf_exempt
@require_POST
def receipts(request: HttpRequest) -> HttpResponse:
    """``POST /exchange/receipts``: receipts for answers that this zone has given."""
    exchange = get_node().exchange
    return _take(request, exchange.max_receipts_bytes, exchange.accept_receipts)


@require_GET
def record(request: HttpRequest, credential_id: str) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """``GET /exchange/records/<licence number>``: what this zone says publicly about a licence, or 404."""
    return _respond(get_node().exchange.read_record(credential_id))


@require_GET
def file(request: HttpRequest, blob: str) -> HttpResponse:
    """``GET /exchange/files/<blob>``: locked bytes of an offered file, whole or in part."""
    piece = get_node().exchange.read_file(blob, request.headers.get("Range", ""))
    return HttpResponse(
        piece.body, status=piece.status, content_type=piece.media_type, headers=dict(piece.headers)
    )


@require_GET
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """``GET /exchange/health``: which zone this is and which protocol it speaks."""
    return _respond(get_node().exchange.read_health())


def _take(request: HttpRequest, max_bytes: int, accept: Callable[[bytes], _Response]) -> HttpResponse:
    """Read one byte more than is allowed, so that a body that is too long is seen and never held."""
    return _respond(accept(request.read(max_bytes + 1)))


def _respond(told: _Response) -> HttpResponse:
    response = HttpResponse(told.body, status=told.status, content_type="application/json")
    if told.status == _BUSY:
        response.headers["Retry-After"] = str(get_node().exchange.retry_after_seconds)
    return response


urlpatterns = [
    path("messages", messages, name="exchange-messages"),
    path("batches", batches, name="exchange-batches"),
    path("receipts", receipts, name="exchange-receipts"),
    path("records/<str:credential_id>", record, name="exchange-record"),
    path("files/<str:blob>", file, name="exchange-file"),
    path("health", health, name="exchange-health"),
]
"""Below ``/exchange/``; the site declares them for machines (``for_machines``)."""
