"""Logging in and out: who knows the password comes in, where they wanted to go, and nobody else."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tongban.kernel.text import Text
from tongban.web.shared.signage import DemoLogin, Signage, put_up, read_signs

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return get_user_model().objects.create_user(
        "hu", "correct horse", display_name="虚构审批员", role="officer"
    )


def log_in(client: Client, password: str = "correct horse", **more: str):
    return client.post("/login/", {"username": "hu", "password": password, **more})


def test_who_knows_the_password_comes_in_and_their_name_stands_on_the_page(officer):
    client = Client()
    assert log_in(client).status_code == 302
    page = client.get("/").content.decode()
    assert "虚构审批员" in page
    assert "退出" in page


def test_the_way_back_is_taken(officer):
    assert log_in(Client(), next="/styleguide/?a=1")["Location"] == "/styleguide/?a=1"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.invalid/", "//evil.invalid", "javascript:alert(1)", "\\\\evil.invalid"]
)
def test_a_way_back_that_leads_elsewhere_is_not_taken(officer, elsewhere):
    assert "evil" not in log_in(Client(), next=elsewhere)["Location"]
    assert "javascript" not in log_in(Client(), next=elsewhere)["Location"]


def test_a_wrong_password_is_told_without_saying_whether_the_account_exists(officer):
    wrong = log_in(Client(), "wrong")
    unknown = Client().post("/login/", {"username": "nobody", "password": "wrong"})
    assert wrong.status_code == unknown.status_code == 422
    assert "用户名或密码不对" in wrong.content.decode()
    assert "用户名或密码不对" in unknown.content.decode()


def test_the_username_is_kept_and_the_password_is_not(officer):
    page = log_in(Client(), "my-wrong-secret").content.decode()
    assert 'value="hu"' in page
    assert "my-wrong-secret" not in page


def test_an_empty_form_tells_both_problems_at_once():
    page = Client().post("/login/", {}).content.decode()
    assert "有 2 处" in page
    assert 'href="#field-username"' in page
    assert 'href="#field-password"' in page


def test_a_giant_name_is_a_problem_and_no_query():
    page = Client().post("/login/", {"username": "x" * 100_000, "password": "y"})
    assert page.status_code == 422


def test_a_name_with_a_null_byte_is_a_wrong_name(officer):
    assert Client().post("/login/", {"username": "hu\x00", "password": "x"}).status_code == 422


def test_trying_too_often_locks_for_a_while_and_says_what_to_do(officer, settings):
    client = Client()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        page = log_in(client, "wrong")
    assert page.status_code == 429
    assert "15 分钟" in page.content.decode()
    assert log_in(client).status_code == 429, "the right password does not open a locked account"
    english = client.post("/login/?lang=en", {"username": "hu", "password": "wrong"}).content.decode()
    assert "Too many attempts" in english


def test_an_account_that_is_closed_does_not_come_in(officer):
    officer.is_active = False
    officer.save()
    assert log_in(Client()).status_code == 422


def test_logging_out_takes_a_form_and_ends_the_session(officer):
    client = Client()
    log_in(client)
    assert client.get("/logout/").status_code == 405
    assert "虚构审批员" in client.get("/").content.decode()
    assert client.post("/logout/").status_code == 302
    assert "虚构审批员" not in client.get("/").content.decode()


def test_a_demonstration_shows_its_logins_and_a_real_node_does_not(settings):
    before = read_signs()
    put_up(
        Signage("x", Text("x", "x"), demo_logins=(DemoLogin("shop", "not-secret", "applicant", "虚构店主"),))
    )
    try:
        demonstration = Client().get("/login/").content.decode()
        settings.DEMO = False
        real = Client().get("/login/").content.decode()
    finally:
        put_up(before)
    for words in ("not-secret", "虚构店主", "演示系统"):
        assert words in demonstration
        assert words not in real
