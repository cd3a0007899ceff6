"""Chinese first, English by the address or the cookie; the switch keeps the page."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tongban.web.shared.language import LanguageMiddleware, address_with, current_language, page_language


def answer(address: str, **cookies: str) -> tuple[str, HttpResponse]:
    """The language in which a request is answered, and the answer."""
    said = []

    def view(request):
        said.append(current_language())
        return HttpResponse()

    request = RequestFactory().get(address)
    request.COOKIES.update(cookies)
    response = LanguageMiddleware(view)(request)
    return said[0], response


def test_a_newcomer_is_answered_in_chinese():
    language, response = answer("/")
    assert language == "zh"
    assert response["Content-Language"] == "zh-CN"
    assert not response.cookies


def test_the_address_chooses_english_and_the_choice_is_remembered():
    language, response = answer("/?lang=en")
    assert language == "en"
    assert response.cookies["tongban_language"].value == "en"


def test_the_cookie_keeps_the_choice_and_the_address_overrules_it():
    assert answer("/", tongban_language="en")[0] == "en"
    assert answer("/?lang=zh", tongban_language="en")[0] == "zh"


@pytest.mark.parametrize("nonsense", ["fr", "", "EN", "en;zh", "<script>"])
def test_a_language_that_we_do_not_speak_changes_nothing(nonsense):
    language, response = answer(f"/?lang={nonsense}")
    assert language == "zh"
    assert not response.cookies


def test_one_request_does_not_colour_the_next():
    answer("/?lang=en")
    assert answer("/")[0] == "zh"


def test_large_type_is_chosen_and_remembered_alike():
    request = RequestFactory().get("/?type=large")
    response = LanguageMiddleware(lambda _: HttpResponse())(request)
    assert request.type_size == "large"
    assert response.cookies["tongban_type"].value == "large"


def test_the_switch_keeps_the_page_and_its_question():
    request = RequestFactory().get("/items/?q=旅行社&lang=zh&type=large&page=a%26b")
    address = address_with(request, lang="en")
    assert address == "/items/?q=%E6%97%85%E8%A1%8C%E7%A4%BE&page=a%26b&lang=en"


def test_a_cache_may_not_mix_the_languages():
    assert "Cookie" in answer("/")[1]["Vary"]


def test_outside_a_request_the_page_is_chinese():
    assert page_language() == "zh-CN"
