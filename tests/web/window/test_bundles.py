"""A bundle is taken in at the window: the situation first, then identity, one form, one receipt."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.builders import CHANGZHOU
from tests.web.applicant.test_bundles import FORM, NAME, SHOP
from tests.web.one_node import OneNode, start_node
from tongban.kernel.ids import BundleNumber

BUNDLE = "/window/bundles/open-convenience-store/"
SITUATION = {"has_licence": "yes", "food": "packed", "is_mall": "no", "tobacco": "no"}
IDENTITY = {
    "firm_name": NAME, "firm_id": SHOP, "mobile": "19900000006", "comes": "self",
    "checks": ["identity", "complete", "consent"],
}  # fmt: skip


@pytest.fixture
def node(db: None, tmp_path, monkeypatch) -> OneNode:
    """Changzhou's node, whose register knows the shop."""
    node = start_node(CHANGZHOU, tmp_path, monkeypatch)
    node.keep(
        "business-licence", SHOP, status="active", name=NAME, legal_representative="演示丙",
        kind="individual", scope=["prepackaged-food-sale"], premises="苏州市虎丘区演示路61号",
        registered_on=node.clock.now().date(),
    )  # fmt: skip
    return node


@pytest.fixture
def clerk(node: OneNode) -> Client:
    return node.log_in("clerk")


def said(response) -> str:
    return response.content.decode()


def take_in(clerk: Client) -> str:
    """Take the shop in up to the check; return the receipt's address."""
    clerk.get(f"{BUNDLE}?{urlencode(SITUATION)}")
    assert clerk.post("/window/bundle/client/", IDENTITY)["Location"] == "/window/bundle/form/"
    assert clerk.post("/window/bundle/form/", FORM)["Location"] == "/window/bundle/check/"
    return clerk.post("/window/bundle/check/", {"read_through": "yes"})["Location"]


def test_who_has_no_licence_yet_is_taken_in_as_a_person_and_nobody_asks_which(clerk):
    clerk.get(f"{BUNDLE}?{urlencode({**SITUATION, 'has_licence': 'no'})}")
    page = said(clerk.get("/window/bundle/client/"))
    assert 'name="person_id"' in page
    assert 'name="firm_id"' not in page


def test_bundles_are_found_at_the_desk(clerk):
    page = said(clerk.get("/window/", {"q": "便利店"}))
    assert "开办便利店（超市）一件事" in page
    assert BUNDLE in page


def test_a_bundle_is_taken_in_and_its_receipt_names_every_case(clerk, node):
    page = said(clerk.get(take_in(clerk)))
    assert "联办收件单" in page
    assert "已办好" in page
    assert "城市管理部门" in page


def test_the_clerk_is_named_and_the_channel_is_the_window(clerk, node):
    number = take_in(clerk).split("/")[-2]
    opened = node.deps.bundles.find(BundleNumber(number))
    case = node.find(opened.get_member("packed-food").case_id)
    assert (case.channel, case.taken_in_by) == ("window", "虚构工作人员")
    assert case.applicant.id == SHOP


def test_the_questionnaire_tells_every_open_question(clerk):
    answer = clerk.get(f"{BUNDLE}?begin=yes&food=packed")
    assert answer.status_code == 422
    assert "要卖烟吗" in said(answer)


def test_checks_that_are_not_ticked_stop_it(clerk):
    clerk.get(f"{BUNDLE}?{urlencode(SITUATION)}")
    answer = clerk.post("/window/bundle/client/", {**IDENTITY, "checks": ["identity"]})
    assert answer.status_code == 422


def test_the_client_confirms_first(clerk):
    clerk.get(f"{BUNDLE}?{urlencode(SITUATION)}")
    clerk.post("/window/bundle/client/", IDENTITY)
    clerk.post("/window/bundle/form/", FORM)
    assert clerk.post("/window/bundle/check/", {}).status_code == 422


def test_who_is_at_the_window_stands_on_top_until_the_next_client(clerk):
    clerk.get(f"{BUNDLE}?{urlencode(SITUATION)}")
    clerk.post("/window/bundle/client/", IDENTITY)
    page = said(clerk.get("/window/bundle/form/"))
    assert "窗口上没有客户资料" not in page
    assert NAME in page
    assert "窗口核对的证件" in page


def test_the_next_client_starts_with_nothing(clerk):
    clerk.get(f"{BUNDLE}?{urlencode(SITUATION)}")
    clerk.post("/window/next-client/")
    assert clerk.get("/window/bundle/client/")["Location"] == "/window/"


def test_a_receipt_that_no_window_took_in_is_not_shown_here(clerk):
    assert clerk.get("/window/receipts/YJS-CZ260303-NOTHERE0/").status_code == 404
