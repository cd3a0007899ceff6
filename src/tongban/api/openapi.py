"""The OpenAPI document: generated from the code, with every error of every operation declared."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.renderers import BaseRenderer
from pydantic_core import to_json

from tongban.api.problems import MEDIA_TYPE, TITLES, compose_problems
from tongban.api.schemas import ProblemDetails

_ALWAYS = (400, 413, 422, 429, 503)
_WITH_TOKEN = (401, 403)
_WITH_CASE = (404, 409)
_PATH_ERRORS = (404,)


class PublicAPI(NinjaAPI):
    """Django-ninja with our errors in its document and in its answers."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        """Return the document with errors declared for each operation."""
        schema = super().get_openapi_schema(*args, **kwargs)
        errors = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas = schema["components"]["schemas"]
        schemas.update(errors.pop("$defs", {}))
        schemas[ProblemDetails.__name__] = errors
        for path in schema["paths"].values():
            for operation in path.values():
                for status in _list_statuses(operation):
                    operation["responses"].setdefault(status, _compose_error(status))
        return schema

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of the function: it is the name that generated clients get."""
        return operation.view_func.__name__

    def _get_urls(self) -> list[Any]:
        """Return the addresses, each of which answers a method it does not take as a problem."""
        patterns = super()._get_urls()
        for pattern in patterns:
            pattern.callback = _answer_other_methods(pattern.callback)
        return patterns


class FastWriter(BaseRenderer):
    """JSON by the same library that checks it; half the time of the standard one."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002
        """Return data of the schemas as JSON."""
        return to_json(data)


def _list_statuses(operation: dict[str, Any]) -> list[int]:
    statuses = list(_ALWAYS)
    if operation.get("security"):
        statuses += _WITH_TOKEN + _WITH_CASE
    elif any(parameter["in"] == "path" for parameter in operation.get("parameters", ())):
        statuses += _PATH_ERRORS
    return sorted(statuses)


def _compose_error(status: int) -> dict[str, Any]:
    title = TITLES[status]
    error: dict[str, Any] = {
        "description": f"{title.zh} {title.en}",
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{ProblemDetails.__name__}"}}},
    }
    if status in (429, 503):
        seconds = {"type": "integer", "minimum": 0}
        error["headers"] = {"Retry-After": {"description": "Seconds to wait.", "schema": seconds}}
    return error


def _answer_other_methods(view: Any) -> Any:
    """Return a view that answers a method it does not take as a problem, not as HTML."""

    def view_with_problems(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        answer = compose_problems(request, 405)
        answer.headers["Allow"] = response.headers["Allow"]
        return answer

    view_with_problems.csrf_exempt = True  # type: ignore[attr-defined]
    return view_with_problems
