"""What went wrong, for programs: one mapping from our errors to RFC 9457, all problems at once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, Throttled, ValidationError
from pydantic_core import to_json

from tongban.api.schemas import ProblemDetails, ProblemOut, TextOut
from tongban.kernel.errors import Conflict, Fault, NotFound, Problem, Refused
from tongban.kernel.text import Text

log = structlog.get_logger("tongban.api")

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 30
MOST_PROBLEMS = 100

TITLES: dict[int, Text] = {
    400: Text("没能读懂这个请求", "The request could not be read"),
    401: Text("需要有效的令牌", "A valid token is needed"),
    403: Text("这个账号不能这样做", "This account may not do that"),
    404: Text("这里没有找到", "Not found here"),
    405: Text("这个地址不接受这种方法", "This address does not take that method"),
    409: Text("与已有的办件冲突", "In conflict with what is here"),
    413: Text("内容太大", "Too large"),
    422: Text("有内容需要更正", "Something needs to be corrected"),
    429: Text("请求太频繁", "Too many requests"),
    503: Text("暂时不能办理，请稍后重试", "Not possible right now; try again shortly"),
}


class Forbidden(Exception):
    """The token is good, but its account may not do this."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Taken(Exception):
    """What was asked for stands in the way of something that is here already."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def text_out(text: Text) -> TextOut:
    """Return a sentence for the wire."""
    return TextOut(zh=text.zh, en=text.en)


def problem_out(problem: Problem) -> ProblemOut:
    """Return a problem for the wire."""
    return ProblemOut(
        code=problem.code,
        pointer=problem.pointer,
        zh=problem.text.zh,
        en=problem.text.en,
        source=problem.source,
        next_step=text_out(problem.next_step) if problem.next_step else None,
    )


def compose_problems(request: HttpRequest, status: int, problems: Iterable[Problem] = ()) -> HttpResponse:
    """Return an error as RFC 9457, with the number of the request to quote."""
    title = TITLES[status]
    details = ProblemDetails(
        type="about:blank",
        title=f"{title.zh} {title.en}",
        status=status,
        correlation_id=getattr(request, "correlation_id", ""),
        problems=[problem_out(problem) for problem in problems],
    )
    return HttpResponse(to_json(details), status=status, content_type=MEDIA_TYPE)


def install(api: NinjaAPI) -> None:
    """Have an API answer every error of ours, and every one of its own, in this way."""
    api.add_exception_handler(Refused, lambda request, error: compose_problems(request, 422, error.problems))
    api.add_exception_handler(Taken, lambda request, error: compose_problems(request, 409, [error.problem]))
    api.add_exception_handler(
        Forbidden, lambda request, error: compose_problems(request, 403, [error.problem])
    )
    api.add_exception_handler(NotFound, _answers(404))
    api.add_exception_handler(Conflict, _answers(409, _CONFLICT))
    api.add_exception_handler(AuthorizationError, _answers(403))
    api.add_exception_handler(MultiPartParserError, _answers(400))
    # What is left of the framework's own complaints is a body that is no JSON.
    api.add_exception_handler(HttpError, _answers(400, _NO_JSON))
    api.add_exception_handler(ValidationError, _answer_misshapen)
    api.add_exception_handler(AuthenticationError, _answer_unknown_caller)
    api.add_exception_handler(Fault, _answer_fault)
    api.add_exception_handler(Throttled, _answer_throttled)
    api.add_exception_handler(SuspiciousOperation, _answer_suspicious)


def _answers(status: int, *problems: Problem) -> Callable[[HttpRequest, Any], HttpResponse]:
    """Return a handler that always says the same."""
    return lambda request, error: compose_problems(request, status, problems)  # noqa: ARG005


def _answer_unknown_caller(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ARG001
    answer = compose_problems(request, 401, [_NO_TOKEN])
    answer.headers["WWW-Authenticate"] = 'Bearer realm="tongban"'
    return answer


def _answer_fault(request: HttpRequest, error: Any) -> HttpResponse:
    log.warning("fault", code=error.code)
    answer = compose_problems(request, 503, [Problem(error.code, error.text)])
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _answer_throttled(request: HttpRequest, error: Any) -> HttpResponse:
    answer = compose_problems(request, 429)
    answer.headers["Retry-After"] = str(int(error.wait or RETRY_SECONDS) or 1)
    return answer


def _answer_suspicious(request: HttpRequest, error: Any) -> HttpResponse:
    return compose_problems(request, 413 if isinstance(error, RequestDataTooBig | TooManyFilesSent) else 400)


def _answer_misshapen(request: HttpRequest, error: Any) -> HttpResponse:
    return compose_problems(request, 422, [_read_misshapen(one) for one in error.errors[:MOST_PROBLEMS]])


def _read_misshapen(one: dict[str, Any]) -> Problem:
    """Return what the shape of a request lacks, in our words where we have them."""
    kind, context = str(one["type"]), one.get("ctx") or {}
    zh, en = _SHAPES.get(kind, (f"不符合要求（{kind}）。", f"{one['msg']}."))
    values = {name: value for name, value in context.items() if isinstance(value, str | int)}
    try:
        text = Text(zh, en).fill(**values)
    except (KeyError, IndexError, ValueError):
        text = Text(zh, en)
    return Problem(f"request.{kind.replace('_', '-')}", text, _read_pointer(one["loc"]))


def _read_pointer(place: Sequence[object]) -> str:
    """Return ``answers.scope`` for (body, application, answers, scope, …); names of types are left out."""
    parts = [str(part) for part in place]
    if parts[:1] == ["body"]:
        parts = parts[2:] or parts[:1]
    elif parts and parts[0] in ("path", "query", "header", "file", "form"):
        parts = parts[1:]
    return ".".join(part for part in parts if "[" not in part and part not in _TYPE_NAMES)


_TYPE_NAMES = {"str", "bool", "int"}
_SHAPES: dict[str, tuple[str, str]] = {
    "missing": ("缺少这一项。", "This is missing."),
    "extra_forbidden": ("没有这一项，请删去。", "There is no such field; remove it."),
    "string_type": ("应是一段文字。", "This must be text."),
    "bool_type": ("应是 true 或 false。", "This must be true or false."),
    "int_type": ("应是整数。", "This must be a whole number."),
    "list_type": ("应是一个列表。", "This must be a list."),
    "dict_type": ("应是一个对象，例如 {{}}。", "This must be an object such as {{}}."),
    "model_attributes_type": ("应是一个对象，例如 {{}}。", "This must be an object such as {{}}."),
    "literal_error": ("只能是 {expected}。", "This must be {expected}."),
    "string_too_long": ("最多 {max_length} 个字符。", "This takes at most {max_length} characters."),
    "string_too_short": ("至少 {min_length} 个字符。", "This takes at least {min_length} characters."),
    "string_pattern_mismatch": ("格式应为 {pattern}。", "This must look like {pattern}."),
    "too_long": ("最多 {max_length} 项。", "This takes at most {max_length} entries."),
    "less_than_equal": ("不能大于 {le}。", "This must not be above {le}."),
    "greater_than_equal": ("不能小于 {ge}。", "This must not be below {ge}."),
    "int_parsing": ("应是整数。", "This must be a whole number."),
}
_NO_TOKEN = Problem(
    "token.unknown",
    Text("没有令牌，或令牌不对、已过期。", "There is no token, or it is wrong or has expired."),
    "Authorization",
    next_step=Text(
        "在请求头写 Authorization: Bearer <令牌>；令牌向本高新区的运行管理员申请。",
        "Send Authorization: Bearer <token>; the operator of this zone's node gives tokens out.",
    ),
)
_NO_JSON = Problem(
    "request.no-json", Text("请求正文不是 JSON。", "The body of the request is not JSON."), "body"
)
_CONFLICT = Problem(
    "case.changed",
    Text("办件刚刚有了变化，请重新读取后再试。", "The case has just changed; read it again and try again."),
)
