"""The two doors: a number for everybody, cookies only for people."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tongban.web.shared.doors import Correlation, PeoplesDoor, is_for_machines


def through(address: str, **headers: str):
    return Correlation(lambda _: HttpResponse())(RequestFactory().get(address, headers=headers))


def test_every_answer_carries_a_number_and_no_two_are_alike():
    first, second = through("/")["X-Request-Id"], through("/")["X-Request-Id"]
    assert first != second
    assert len(first) == 16


def test_a_callers_own_number_is_kept_so_that_both_sides_log_the_same():
    assert through("/", **{"X-Request-Id": "peer-0001-abcd"})["X-Request-Id"] == "peer-0001-abcd"


@pytest.mark.parametrize(
    "bad", ["short", "x" * 65, "with space here", "line\nbreak-123", "编号编号编号编号编号"]
)
def test_a_number_that_could_forge_a_line_of_the_log_is_not_kept(bad):
    request = RequestFactory().get("/")
    request.META["HTTP_X_REQUEST_ID"] = bad
    assert Correlation(lambda _: HttpResponse())(request)["X-Request-Id"] != bad


def test_a_body_over_the_limit_is_refused_before_it_is_read():
    request = RequestFactory().post("/", b"x", content_type="text/plain")
    request.META["CONTENT_LENGTH"] = str(settings.UPLOAD_MAX_BYTES * 2)
    reached = []
    response = Correlation(lambda _: reached.append(1) or HttpResponse())(request)
    assert response.status_code == 413
    assert not reached


@pytest.mark.parametrize(
    ("address", "is_machines"),
    [("/api/v1/x", True), ("/exchange/", True), ("/healthz", True), ("/", False), ("/apiary", False)],
)
def test_only_the_machines_paths_go_through_the_machines_door(address, is_machines):
    assert is_for_machines(RequestFactory().get(address)) is is_machines


def test_a_machine_passes_no_cookie_layer_and_a_person_passes_all():
    seen = []

    def view(request):
        seen.append(hasattr(request, "session"))
        return HttpResponse()

    door = PeoplesDoor(view)
    door(RequestFactory().get("/exchange/messages"))
    door(RequestFactory().get("/"))
    assert seen == [False, True]


def test_a_persons_form_without_its_token_is_refused_with_a_page():
    page = Client(enforce_csrf_checks=True).post("/login/", {"username": "a", "password": "b"})
    assert page.status_code == 403
    assert "已经过期" in page.content.decode()


def test_a_page_lets_the_browser_run_nothing_that_is_not_ours():
    policy = Client().get("/styleguide/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_form_too_large_is_told_so():
    client = Client(enforce_csrf_checks=True)
    client.get("/login/")
    page = client.post("/login/", {"username": "名" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    assert page.status_code == 413
    assert "太大" in page.content.decode()


def test_a_machines_body_may_be_far_smaller_than_a_persons_form():
    most = settings.MACHINE_BODY_MAX_BYTES
    answer = Client().post("/exchange/messages", "x" * (most + 1), content_type="application/jose")
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"
    assert most < settings.DATA_UPLOAD_MAX_MEMORY_SIZE
