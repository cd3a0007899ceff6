"""Two doors: everybody gets a request number; people pass the cookie layers, machines do not.

Peers and programs speak to ``/api/`` and ``/exchange/`` without sessions, form tokens or languages,
so their requests cost none of these layers.
"""

import re
import uuid
from collections.abc import Callable
from time import perf_counter
from typing import Any

import structlog
from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from tongban.web.shared.errors import too_large

Handler = Callable[[HttpRequest], HttpResponse]

_GIVEN_NUMBER = re.compile(r"[A-Za-z0-9-]{8,64}")
_FORM_FIELDS_BYTES = 64 * 1024
"""What a form adds around its files: boundaries, names, short answers."""

log = structlog.get_logger("tongban.web")


def is_for_machines(request: HttpRequest) -> bool:
    """Return whether a request goes through the machines' door."""
    return request.path_info.startswith(settings.MACHINE_PATHS)


class Correlation:
    """Give each request a number that is answered, logged and shown on error pages; refuse giant bodies.

    A caller's own ``X-Request-Id`` of 8 to 64 letters, digits and dashes is kept, so that both sides
    log the same number. One line is logged per request: route, status and milliseconds, no person's data.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        given = request.headers.get("X-Request-Id", "")
        number = given if _GIVEN_NUMBER.fullmatch(given) else uuid.uuid4().hex[:16]
        request.correlation_id = number  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=number)
        response = self._admit(request)
        response.headers["X-Request-Id"] = number
        route = getattr(request.resolver_match, "route", None)
        log.info(
            "request",
            method=request.method,
            route=route if route is not None else "unknown",
            status=response.status_code,
            ms=round((perf_counter() - began) * 1000, 1),
        )
        return response

    def _admit(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 before a body over the limit is read; otherwise let the request in."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = settings.UPLOAD_MAX_BYTES + _FORM_FIELDS_BYTES
        if is_for_machines(request):
            most = settings.MACHINE_BODY_MAX_BYTES
        if length.isdecimal() and int(length) > most:
            return too_large(request)
        return self.get_response(request)


class PeoplesDoor:
    """Put the layers of PEOPLES_MIDDLEWARE around the views that people use; nothing around the others."""

    def __init__(self, get_response: Handler) -> None:
        self.machines = get_response
        self.view_hooks: list[Callable[..., HttpResponse | None]] = []
        self.exception_hooks: list[Callable[..., HttpResponse | None]] = []
        handler = get_response
        for name in reversed(settings.PEOPLES_MIDDLEWARE):
            layer = import_string(name)(handler)
            if hasattr(layer, "process_view"):
                self.view_hooks.insert(0, layer.process_view)
            if hasattr(layer, "process_exception"):
                self.exception_hooks.append(layer.process_exception)
            handler = convert_exception_to_response(layer)
        self.people = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_for_machines(request):
            return self.machines(request)
        response = self.people(request)
        response.headers.setdefault("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Run the people's layers' own view hooks (the form token is checked in one), in their order."""
        if is_for_machines(request):
            return None
        for hook in self.view_hooks:
            response = hook(request, view, args, kwargs)
            if response is not None:
                return response
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Let the people's layers turn an exception into a page, innermost first."""
        if is_for_machines(request):
            return None
        for hook in self.exception_hooks:
            response = hook(request, exception)
            if response is not None:
                return response
        return None
