"""Agents and helpers act within what they were given: these items, these acts, until that day; no further."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.builders import PARENT, branch_answers
from tests.web.window.desk import AGENT_NUMBER, BRANCH, identity, open_case, take_in
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.flows.submit import Application, submit
from tongban.kernel.errors import Refused
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.web.window.case_pages import check_helper, get_opened
from tongban.web.window.client import read_client

ITEM = "travel-agency-branch-filing"
NEW = {"name": "演示帮办", "number": AGENT_NUMBER, "acts": ["apply"], "until": "2026-06-30", "items": [ITEM]}


@pytest.fixture
def principal(node) -> Client:
    """The firm's own account."""
    account = get_user_model().objects.create_user(
        "firm", "x", display_name="虚构企业", role="applicant", party_kind="firm", party_id=PARENT,
        party_name="无锡示例旅行社有限公司（演示）",
    )  # fmt: skip
    client = Client()
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def hand_in(deps, number: str) -> None:
    """Let the helper hand in at the window, without any paper."""
    party = ApplicantRef("firm", PARENT, "演示", "19900000001", AGENT_NUMBER, "演示帮办")
    application = Application(ItemId(ITEM), ZoneId("changzhou"), party, branch_answers(), "window")
    submit(CaseId(number), application, Actor("clerk", "clerk"), deps)


def codes(deps, number: str = "SZ-1") -> list[str]:
    with pytest.raises(Refused) as refused:
        hand_in(deps, number)
    return [one.code for one in refused.value.problems]


def test_what_the_clerk_saw_on_paper_is_recorded_with_scope_and_end_and_shown_on_the_case(node, clerk):
    case_id = take_in(clerk)
    given = node.deps.hall.mandates.list_between(PARENT, AGENT_NUMBER, 9)
    assert [(one.items, str(one.until_on), one.consent) for one in given] == [
        ((ITEM,), "2026-12-31", "paper")
    ]
    open_case(clerk, case_id)
    page = clerk.get(f"/window/cases/{case_id}/").content.decode()
    assert "代理授权" in page
    assert "有效" in page


def test_taking_in_again_under_the_same_paper_records_nothing_twice(node, clerk):
    take_in(clerk)
    take_in(clerk)
    assert len(node.deps.hall.mandates.list_between(PARENT, AGENT_NUMBER, 9)) == 1


def test_a_paper_that_has_ended_is_refused_with_why(node, clerk):
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity(agent_until="2026-03-01"))
    clerk.post("/window/form/", branch_answers())
    refused = clerk.post("/window/check/", {"read_through": "yes"})
    assert refused.status_code == 422
    assert "截止日期已经过去" in refused.content.decode()
    assert node.deps.hall.mandates.list_of_principal(PARENT, 9) == ()


def test_an_agent_without_any_authorisation_hands_nothing_in(node):
    assert codes(node.deps) == ["mandate.none"]


def test_the_principal_authorises_and_takes_back_in_their_own_space(node, principal):
    assert principal.post("/my/mandates/give/", NEW).status_code == 302
    assert "演***" in principal.get("/my/mandates/").content.decode()
    hand_in(node.deps, "SZ-1")
    mandate = node.deps.hall.mandates.list_of_principal(PARENT, 9)[0]
    assert mandate.consent == "account"
    principal.post(f"/my/mandates/{mandate.id}/revoke/")
    assert codes(node.deps, "SZ-2") == ["mandate.revoked"]
    assert "已经收回授权" in principal.get("/my/mandates/").content.decode()


def test_nobody_else_takes_it_back(node, principal):
    principal.post("/my/mandates/give/", NEW)
    mandate = node.deps.hall.mandates.list_of_principal(PARENT, 9)[0]
    stranger = node.log_in("applicant", "虚构路人")
    assert stranger.post(f"/my/mandates/{mandate.id}/revoke/").status_code == 404
    hand_in(node.deps, "SZ-1")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"items": ["food-licence-new"]}, "mandate.other-item"),
        ({"acts": ["collect"]}, "mandate.other-act"),
    ],
)
def test_what_is_outside_the_scope_is_refused_with_why(node, principal, changes, code):
    principal.post("/my/mandates/give/", NEW | changes)
    assert codes(node.deps) == [code]


def test_after_its_last_day_it_covers_nothing(node, principal):
    principal.post("/my/mandates/give/", NEW)
    node.clock.at += timedelta(days=200)
    assert codes(node.deps) == ["mandate.expired"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"until": "2026-01-01"}, "截止日期已经过去"),
        ({"until": "soon"}, "请写明截止日期"),
        ({"acts": []}, "哪些手续"),
        ({"acts": ["rule"]}, "哪些手续"),
        ({"items": []}, "哪些事项"),
        ({"items": ["nothing"]}, "没有这些事项"),
        ({"number": PARENT}, "不能是申请人本人"),
        ({"name": ""}, "代理人姓名"),
    ],
)
def test_an_authorisation_that_says_too_little_is_refused(node, principal, changes, words):
    refused = principal.post("/my/mandates/give/", NEW | changes)
    assert refused.status_code == 422
    assert words in refused.content.decode()


def test_an_agent_does_not_withdraw_what_the_paper_does_not_allow(node, clerk):
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity(agent_acts=["apply"]))
    clerk.post("/window/form/", branch_answers())
    done = clerk.post("/window/check/", {"read_through": "yes"})
    case_id = done["Location"].split("/")[3]
    refused = clerk.post(f"/window/cases/{case_id}/withdraw/", {"reason": "x"})
    assert refused.status_code == 422
    assert "授权不包括：撤回申请" in refused.content.decode()
    clerk.post("/window/next-client/")
    open_case(clerk, case_id, PARENT)  # the applicant comes in person
    assert clerk.post(f"/window/cases/{case_id}/withdraw/", {"reason": "x"}).status_code == 302


def test_a_clerk_records_a_paper_that_is_brought_later(node, clerk):
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity(agent_acts=["apply"]))
    clerk.post("/window/form/", branch_answers())
    case_id = clerk.post("/window/check/", {"read_through": "yes"})["Location"].split("/")[3]
    paper = {"name": "演示经办人", "number": AGENT_NUMBER, "acts": ["withdraw"], "until": "2026-12-31"}
    assert clerk.post(f"/window/cases/{case_id}/mandate/", paper).status_code == 302
    assert clerk.post(f"/window/cases/{case_id}/withdraw/", {"reason": "x"}).status_code == 302


def test_a_helper_speaks_and_collects_only_within_the_mandate(node, clerk):
    case_id = take_in(clerk)
    open_case(clerk, case_id)
    request = clerk.get(f"/window/cases/{case_id}/").wsgi_request
    page = get_opened(request, case_id, node.deps)
    helpers = read_client(request.session).helpers
    assert helpers.get(case_id, "") == AGENT_NUMBER
    given = node.deps.hall.mandates.list_between(PARENT, AGENT_NUMBER, 1)[0]
    for act in ("be-heard", "collect"):
        if act in given.acts:
            check_helper(request, page, act, node.deps)
        else:
            with pytest.raises(Refused):
                check_helper(request, page, act, node.deps)
    assert "be-heard" not in given.acts
