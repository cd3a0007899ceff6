"""A promise inside a bundle's one form: offered as for an item alone, signed once, kept with its case."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.builders import SUZHOU, WUXI
from tests.web.applicant.conftest import LogIn
from tests.web.applicant.test_promise import ID, hash_on
from tests.web.one_node import OneNode, start_node
from tests.web.peers import answer_lists
from tongban.domain.bundle.opened import OpenedBundle
from tongban.kernel.ids import BundleNumber

SHOP, NAME = "92320505YY9900014X", "知夏理发店（演示）"
SITUATION = {"kind": "hairdresser", "has_licence": "yes", "sells_snacks": "no"}
FORM = {"premises": "演示路1号", "contact_mobile": "19900000006", "hygiene_hairdresser__area_m2": "40",
        "staff": "3"}  # fmt: skip
KEY = f"hygiene-hairdresser-{ID}"
IDENTITY = {
    "firm_name": NAME, "firm_id": SHOP, "mobile": "19900000006", "comes": "self",
    "checks": ["identity", "complete", "consent"],
}  # fmt: skip


@pytest.fixture
def node(db: None, tmp_path, monkeypatch) -> OneNode:
    node = start_node(SUZHOU, tmp_path, monkeypatch)
    node.keep("business-licence", SHOP, status="active", kind="individual", scope=["hairdressing"],
              name=NAME, premises="演示路1号")  # fmt: skip
    return node


@pytest.fixture
def shop(node: OneNode, log_in: LogIn) -> Client:
    return log_in(party_id=SHOP, party_name=NAME, agent_id="", agent_name="")


def fill_in(shop: Client) -> str:
    """Fill the one form in; return the address of the check."""
    start = shop.get(f"/bundles/open-hairdresser-or-hotel/start/?{urlencode(SITUATION)}")
    return shop.post(start["Location"], FORM)["Location"]


def number_in(check: str) -> str:
    return check.split("/")[-3]


def said(response) -> str:
    return response.content.decode()


def sign(page: str) -> dict[str, str]:
    return signature(KEY, page)


def signature(key: str, page: str) -> dict[str, str]:
    """What the form sends when a promise was ticked and signed."""
    return {
        f"pledge-{key}": "yes",
        f"pledge-name-{key}": "夏知禾（示例）",
        f"pledge-hash-{key}": hash_on(page, key),
    }


def receipt(node: OneNode, number: str) -> OpenedBundle:
    opened = node.deps.bundles.find(BundleNumber(number))
    assert opened is not None
    return opened


def signatures(node: OneNode, number: str) -> dict[str, object]:
    return node.find(receipt(node, number).get_member("hygiene-hairdresser").case_id).signatures


def test_it_is_offered_once_every_zone_has_said_no_and_signed_in_the_one_form(node, shop):
    check = fill_in(shop)
    waiting = said(shop.get(check))
    assert "还没有答复" in waiting
    assert f"pledge-hash-{KEY}" not in waiting
    answer_lists(node, number_in(check))
    page = said(shop.get(check))
    assert "用于：理发店卫生许可（告知承诺）" in page
    shop.post(check, {"truth": "yes", **sign(page)})
    assert set(signatures(node, number_in(check))) == {ID}


def test_whom_another_zone_lists_is_offered_none_and_may_hand_the_bundle_in(node, shop):
    check = fill_in(shop)
    answer_lists(node, number_in(check), listed_in=WUXI)
    assert "无锡高新区的失信承诺名单上有申请人" in said(shop.get(check))
    shop.post(check, {"truth": "yes"})
    assert signatures(node, number_in(check)) == {}


def test_a_half_signed_promise_is_told_and_no_receipt_is_made(node, shop):
    check = fill_in(shop)
    answer_lists(node, number_in(check))
    half = sign(said(shop.get(check))) | {f"pledge-name-{KEY}": ""}
    answer = shop.post(check, {"truth": "yes", **half})
    assert answer.status_code == 422
    assert f'id="field-pledge-{KEY}-problems"' in said(answer)
    assert node.deps.bundles.find(BundleNumber(number_in(check))) is None


def test_a_bundle_without_a_promise_asks_nobody(node, shop):
    query = urlencode({"has_licence": "yes", "food": "packed", "is_mall": "no", "tobacco": "no"})
    start = shop.get(f"/bundles/open-convenience-store/start/?{query}")
    assert node.deps.inquiries.list_of(start["Location"].split("/")[-2]) == ()


def test_it_is_signed_at_the_window_under_the_same_condition(node):
    clerk = node.log_in("clerk", "虚构窗口甲")
    clerk.get(f"/window/bundles/open-hairdresser-or-hotel/?{urlencode(SITUATION)}")
    clerk.post("/window/bundle/client/", IDENTITY)
    number = clerk.session["window_bundle"]["number"]
    clerk.post("/window/bundle/form/", FORM)
    assert "还没有答复" in said(clerk.get("/window/bundle/check/"))
    answer_lists(node, number)
    page = said(clerk.get("/window/bundle/check/"))
    assert "来人已阅读全文并作出承诺" in page
    clerk.post("/window/bundle/check/", {"read_through": "yes", **sign(page)})
    assert set(signatures(node, number)) == {ID}


def test_at_the_window_an_item_alone_is_offered_a_promise_under_the_same_condition(node):
    clerk = node.log_in("clerk", "虚构窗口甲")
    clerk.get("/window/take-in/hairdresser-hygiene-permit/suzhou/")
    clerk.post("/window/client/", IDENTITY)
    number = clerk.session["window"]["matter"]["number"]
    assert len(node.deps.inquiries.list_of(number)) == 2
    clerk.post("/window/form/", {"premises": "演示路1号", "area_m2": "40", "staff_count": "3",
                                 "contact_mobile": "19900000006"})  # fmt: skip
    assert "还没有答复" in said(clerk.get("/window/check/"))
    answer_lists(node, number)
    page = said(clerk.get("/window/check/"))
    clerk.post("/window/check/", {"read_through": "yes", **signature(ID, page)})
    assert set(node.find(number).signatures) == {ID}


def test_the_receipt_follows_by_itself_what_moves_and_stops_when_nothing_does(node, shop) -> None:
    check = fill_in(shop)
    shop.post(check, {"truth": "yes"})
    number = number_in(check)
    page = said(shop.get(f"/receipts/{number}/"))
    version = re.search(rf'hx-get="/receipts/{number}/progress/\?version=(\d+)"', page)
    assert version
    assert f'href="/receipts/{number}/"' in page
    address = f"/receipts/{number}/progress/"
    again = shop.get(address, {"version": version[1]})
    assert again.status_code == 200
    assert "还在办" in said(again)
    moved = shop.get(address, {"version": int(version[1]) + 1})
    assert (moved.status_code, moved["HX-Refresh"]) == (204, "true")


def test_a_bundle_s_promise_stays_ticked_for_whoever_asks_a_person_first(node, shop):
    check = fill_in(shop)
    answer_lists(node, number_in(check))
    shop.post(check, {**sign(said(shop.get(check))), "leave": "person"})
    again = said(shop.get(check))
    assert re.search(rf'name="pledge-{KEY}"[^>]* checked', again)
    assert 'value="夏知禾（示例）"' in again
