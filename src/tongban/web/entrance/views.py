"""Pages of the entrance: parse, one act, render."""

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters

from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text
from tongban.web.shared.access import ROLES
from tongban.web.shared.errors import error_page, refuse_page
from tongban.web.shared.frame import read_ways
from tongban.web.shared.item_cards import OBJECTS, compose_short_card
from tongban.web.shared.parts import Field
from tongban.web.shared.signage import read_signs

_USERNAME_LENGTH = 64
_PASSWORD_LENGTH = 256


def home(request: HttpRequest) -> HttpResponse:
    """Show the first page: find a service, follow a case, check a licence; it asks no database."""
    items = read_signs().items
    groups = [
        (kind, words, [compose_short_card(item) for item in items if kind in item.objects])
        for kind, words in OBJECTS.items()
    ]
    return render(request, "entrance/home.html", {"groups": [group for group in groups if group[2]]})


def _safe_way_back(request: HttpRequest, address: str) -> str:
    """Return an address of this site, or nothing when it leads elsewhere."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_ours else ""


def _first_page(request: HttpRequest, role: str) -> str:
    """Return where somebody of this role begins."""
    ways = read_ways(request, role)
    return ways[0]["address"] if ways else "/"


def _compose_fields(username: str, problems: dict[str, tuple[Problem, ...]]) -> list[Field]:
    """Return the two questions of the login form; a password is never sent back."""
    return [
        Field(
            "username",
            Text("用户名", "Username"),
            value=username,
            autocomplete="username",
            max_length=_USERNAME_LENGTH,
            problems=problems.get("username", ()),
        ),
        Field(
            "password",
            Text("密码", "Password"),
            kind="password",
            autocomplete="current-password",
            max_length=_PASSWORD_LENGTH,
            problems=problems.get("password", ()),
        ),
    ]


def _check_login(username: str, password: str) -> list[Problem]:
    """Return what can be said about a login form without looking anybody up."""
    problems = []
    if not username or len(username) > _USERNAME_LENGTH:
        problems.append(
            Problem(
                "login.username",
                Text("请填写用户名", "Enter your username"),
                "username",
                next_step=Text("不超过 64 个字符。", "It has 64 characters at most."),
            )
        )
    if not password or len(password) > _PASSWORD_LENGTH:
        problems.append(Problem("login.password", Text("请填写密码", "Enter your password"), "password"))
    return problems


@sensitive_post_parameters("password")
def log_in(request: HttpRequest) -> HttpResponse:
    """Show the login form; let in who knows the password, and lead on to where they were going."""
    way_back = _safe_way_back(request, request.POST.get("next", request.GET.get("next", "")))
    context: dict[str, Any] = {"next": way_back}
    if settings.DEMO:
        context["demo_logins"] = [(one, ROLES[one.role]) for one in read_signs().demo_logins]
    if request.method != "POST":
        return render(request, "entrance/login.html", context | {"fields": _compose_fields("", {})})

    username = request.POST.get("username", "").replace("\x00", "").strip()
    password = request.POST.get("password", "")
    problems = _check_login(username, password)
    account = None if problems else authenticate(request, username=username, password=password)
    if account is None:
        problems = problems or [
            Problem(
                "login.unknown",
                Text("用户名或密码不对", "The username or the password is wrong"),
                "username",
                next_step=Text(
                    "请核对大小写。连续输错多次，登录会暂停 15 分钟。",
                    "Check capital letters. After several failures logging in pauses for 15 minutes.",
                ),
            )
        ]
        by_field = {p.pointer: tuple(q for q in problems if q.pointer == p.pointer) for p in problems}
        context["fields"] = _compose_fields(username, by_field)
        return refuse_page(request, "entrance/login.html", context, Refused(*problems))
    login(request, account)
    return redirect(way_back or _first_page(request, account.role))


def log_out(request: HttpRequest) -> HttpResponse:
    """End the session; only a form may, so that no link can do it to somebody."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    logout(request)
    return redirect("/")


def locked_out(request: HttpRequest, *_: Any) -> HttpResponse:
    """Answer somebody who tried too often; django-axes calls this, with its response and the credentials."""
    return error_page(request, 429)
