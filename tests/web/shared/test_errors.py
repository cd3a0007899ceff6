"""What goes wrong becomes a page that says what to do next, in both languages, with a number to quote."""

import json

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponseNotAllowed
from django.test import RequestFactory
from django.utils import translation

from tongban.kernel.errors import Conflict, Fault, NotFound, Problem, Refused
from tongban.kernel.text import Text
from tongban.web.shared import errors
from tongban.web.shared.error_words import WORDS


def request_of(address: str = "/somewhere/"):
    request = RequestFactory().get(address)
    request.correlation_id = "abcd1234efgh5678"
    return request


def page_of(exception: Exception):
    """The page that an exception of a view becomes."""
    return errors.ErrorPages(lambda _: None).process_exception(request_of(), exception)


def test_a_refusal_tells_all_problems_at_once():
    refused = Refused(Problem("a", Text("甲错", "A wrong")), Problem("b", Text("乙错", "B wrong")))
    page = page_of(refused)
    assert page.status_code == 422
    assert "甲错" in page.content.decode()
    assert "乙错" in page.content.decode()


def test_what_is_not_found_is_not_found_here_and_its_name_is_not_repeated():
    page = page_of(NotFound("CZ261123-7K3M9QXD is held by wuxi"))
    assert page.status_code == 404
    assert "7K3M9QXD" not in page.content.decode()
    assert "这里没有找到" in page.content.decode()


def test_a_conflict_asks_to_look_again():
    page = page_of(Conflict("version 3"))
    assert page.status_code == 409
    assert "再决定" in page.content.decode()
    assert "version 3" not in page.content.decode()


def test_a_fault_says_that_trying_again_is_safe_and_when():
    page = page_of(Fault("peer.away", Text("无锡没有回应", "Wuxi does not answer")))
    assert page.status_code == 503
    assert int(page["Retry-After"]) > 0
    assert "无锡没有回应" in page.content.decode()


def test_a_fault_of_the_program_is_not_ours_to_explain():
    assert page_of(ZeroDivisionError("secret")) is None
    said = errors.server_error(request_of()).content.decode()
    assert "Traceback" not in said
    assert "abcd1234efgh5678" in said


@pytest.mark.parametrize("status", sorted(WORDS))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_error_page_says_what_why_and_what_next_in_both_languages(status, language):
    with translation.override(language):
        said = errors.error_page(request_of(), status).content.decode()
    words = WORDS[status]
    for text in (words.title, words.why, *words.next_steps):
        sentence = text.en if language == "en" else text.zh
        assert sentence.replace("'", "&#x27;") in said
    assert "abcd1234efgh5678" in said
    assert words.next_steps


def test_the_page_of_a_failure_asks_nobody_who_is_logged_in():
    class Explodes:
        def __getattr__(self, name):
            raise AssertionError("the database is away")

    request = request_of()
    request.user = Explodes()
    assert errors.error_page(request, 500).status_code == 500


def test_a_body_over_the_limit_is_told_as_too_large():
    assert errors.bad_request(request_of(), RequestDataTooBig()).status_code == 413
    assert errors.bad_request(request_of(), ValueError()).status_code == 400


def test_a_program_gets_json_with_the_number_and_no_page():
    answer = errors.not_found(request_of("/api/v1/nothing"), Exception("x"))
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["correlation_id"] == "abcd1234efgh5678"


def test_a_page_opened_the_wrong_way_is_a_page_and_keeps_what_is_allowed():
    page = errors.ErrorPages(lambda _: HttpResponseNotAllowed(["POST"]))(request_of())
    assert page.status_code == 405
    assert page["Allow"] == "POST"
    assert "不能这样打开" in page.content.decode()
