"""Which of the two languages, and which size of type, this request is shown in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

LANGUAGES = ("zh", "en")
LANGUAGE_COOKIE = "tongban_language"
TYPE_SIZES = ("normal", "large")
TYPE_COOKIE = "tongban_type"
_YEAR_SECONDS = 365 * 24 * 3600
_DJANGO_NAMES = {"zh": "zh-hans", "en": "en"}
_PAGE_NAMES = {"zh": "zh-CN", "en": "en"}


def current_language() -> str:
    """Return ``"zh"`` or ``"en"``: the language of the request that is being answered."""
    return "en" if (translation.get_language() or "").startswith("en") else "zh"


def page_language() -> str:
    """Return the current language as ``<html lang>`` wants it."""
    return _PAGE_NAMES[current_language()]


def _choose(request: HttpRequest, parameter: str, cookie: str, allowed: tuple[str, ...]) -> tuple[str, bool]:
    """Return the value in the address, else the cookie's, else the first; and whether it was asked."""
    asked = request.GET.get(parameter, "")
    if asked in allowed:
        return asked, True
    kept = request.COOKIES.get(cookie, "")
    return (kept if kept in allowed else allowed[0]), False


def address_with(request: HttpRequest, **changes: str) -> str:
    """Return this page's address with other parameters, e.g. ``lang="en"``; the rest is kept.

    The answer to a form that was sent has the form's own address, so the switch leads back to the form.
    """
    query = request.GET.copy()
    for parameter in ("lang", "type"):
        query.pop(parameter, None)
    for parameter, value in changes.items():
        query[parameter] = value
    return f"{request.path}?{query.urlencode()}"


class LanguageMiddleware:
    """Choose language and type size by ``?lang=`` and ``?type=``, remember them in cookies; Chinese first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language, language_asked = _choose(request, "lang", LANGUAGE_COOKIE, LANGUAGES)
        size, size_asked = _choose(request, "type", TYPE_COOKIE, TYPE_SIZES)
        request.language = language  # type: ignore[attr-defined]
        request.type_size = size  # type: ignore[attr-defined]
        with translation.override(_DJANGO_NAMES[language]):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", _PAGE_NAMES[language])
        patch_vary_headers(response, ("Cookie",))
        if language_asked:
            response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR_SECONDS, samesite="Lax")
        if size_asked:
            response.set_cookie(TYPE_COOKIE, size, max_age=_YEAR_SECONDS, samesite="Lax")
        return response
