"""Who may open which page. Each URL says so in the URLconf; one that does not stops the start.

path("worklist/", for_roles(views.worklist, "officer", "head"), name="worklist")
path("verify/", for_anyone(views.verify), name="verify")
path("api/", include(for_machines(api.urls)))
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode

from tongban.kernel.text import Text
from tongban.web.shared.errors import wrong_role

View = Callable[..., HttpResponse]

ROLES: dict[str, Text] = {
    "applicant": Text("申请人", "Applicant"),
    "clerk": Text("窗口人员", "Window clerk"),
    "officer": Text("审批人员", "Case officer"),
    "head": Text("审批负责人", "Head of approvals"),
    "steward": Text("事项管理员", "Steward"),
    "operator": Text("运行管理员", "Operator"),
    "custodian": Text("印章保管员", "Seal custodian"),
}
"""Every role an account may have, with its name on the screen."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in.

    Args:
        roles: the roles let in; empty when nobody needs a role.
        for_machines: the view checks its caller itself, by signature or not at all.
    """

    roles: frozenset[str] = frozenset()
    for_machines: bool = False

    def admits(self, role: str | None) -> bool:
        """Return whether an account of this role, or nobody (None), may come in."""
        return not self.roles or role in self.roles


def for_anyone(view: View) -> View:
    """Declare that a view is open to everybody, logged in or not."""

    @wraps(view)
    def open_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    open_view.access = Access()  # type: ignore[attr-defined]
    return open_view


def for_roles(view: View, *roles: str) -> View:
    """Declare which roles may open a view.

    A person who is not logged in is asked to, and comes back; another role gets a page that says so.
    Nothing of such a page is kept by a browser or a proxy.

    Raises:
        ImproperlyConfigured: no role, or a role that does not exist.
    """
    unknown = set(roles) - ROLES.keys()
    if unknown or not roles:
        raise ImproperlyConfigured(f"for_roles needs roles out of {', '.join(ROLES)}; got {sorted(roles)}")
    access = Access(frozenset(roles))

    @wraps(view)
    def guarded_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _ask_to_log_in(request)
        if not access.admits(request.user.role):
            return wrong_role(request, [ROLES[role] for role in ROLES if role in access.roles])
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    guarded_view.access = access  # type: ignore[attr-defined]
    return guarded_view


def for_any_role(view: View) -> View:
    """Declare that a view is open to everybody who is logged in."""
    return for_roles(view, *ROLES)


def for_machines(target: Any) -> Any:
    """Declare all URLs of an API: its views check the caller themselves. Takes what ``include`` takes."""
    patterns = target[0] if isinstance(target, tuple) else target
    for _route, pattern in _walk(getattr(patterns, "urlpatterns", patterns), ""):
        pattern.callback.access = Access(for_machines=True)
    return target


def _ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """Send to the login page with the way back; a script's request is told to take the whole page there."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    address = f"{settings.LOGIN_URL}?{urlencode({'next': back})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


@dataclass(frozen=True, slots=True)
class Door:
    """One URL of the site.

    Args:
        route: as written in the URLconf, e.g. ``officer/cases/<str:case_id>/``.
        name: with its namespace, e.g. ``officer:case``; empty when it has none.
        view: what is called.
        access: who may come in; None when nobody has said.
    """

    route: str
    name: str
    view: View
    access: Access | None


def _walk(
    patterns: Iterable[Any], space: str, prefix: str = ""
) -> Iterator[tuple[tuple[str, str], URLPattern]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner, route)
        else:
            yield (route, f"{space}{pattern.name or ''}"), pattern


def list_doors(patterns: Iterable[Any]) -> list[Door]:
    """Return every URL below ``patterns`` with its declaration."""
    return [
        Door(route, name, pattern.callback, getattr(pattern.callback, "access", None))
        for (route, name), pattern in _walk(patterns, "")
    ]


def check_doors(patterns: Iterable[Any]) -> None:
    """Stop the start, naming every URL that does not say who may open it. Raises ImproperlyConfigured."""
    silent = [door.route for door in list_doors(patterns) if door.access is None]
    if silent:
        raise ImproperlyConfigured(
            "These URLs do not say who may open them; wrap their views in for_roles, for_anyone or "
            f"for_machines (web/shared/access.py): {', '.join(silent)}"
        )
