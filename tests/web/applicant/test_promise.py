"""Promises on the pages of the applicant: the text is served, ticked and signed, or left alone."""

import re

import pytest

from tests.builders import CHANGZHOU, SUZHOU, WUXI
from tests.web.one_node import start_node
from tests.web.peers import answer_lists
from tongban.kernel.ids import CaseId

ITEM, SHOP = "hairdresser-hygiene-permit", "92320505YY9900014X"
ANSWERS = {"premises": "演示路1号", "area_m2": "40", "staff_count": "3", "contact_mobile": "19900000006"}
ID = "hygiene-conditions"


@pytest.fixture
def node(db, tmp_path, monkeypatch):
    return start_node(SUZHOU, tmp_path, monkeypatch)


@pytest.fixture
def shop(node, log_in):
    node.keep("business-licence", SHOP, status="active", kind="individual", scope=["hairdressing"],
              name="知夏理发店（演示）", premises="演示路1号")  # fmt: skip
    return log_in(party_id=SHOP, party_name="知夏理发店（演示）", agent_id="", agent_name="")


def fill_in(client, node=None, **answered):
    """Fill the form in; with a node, let the other zones answer what they were asked when it was begun."""
    form = client.get(f"/apply/{ITEM}/suzhou/")["Location"]
    check = client.post(form, ANSWERS)["Location"]
    if node is not None:
        answer_lists(node, number_in(check), **answered)
    return check, client.get(check).content.decode()


def number_in(check):
    return check.rstrip("/").split("/")[-2]


def hash_on(page, pledge=ID):
    found = re.search(rf'name="pledge-hash-{pledge}" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def sign(page, pledge=ID, name="夏知禾（示例）"):
    return {
        f"pledge-{pledge}": "yes",
        f"pledge-name-{pledge}": name,
        f"pledge-hash-{pledge}": hash_on(page, pledge),
    }


def case_of(node, check):
    return node.find(CaseId(number_in(check)))


def test_the_text_stands_on_the_page_and_says_that_the_signature_is_a_demonstration(node, shop):
    _, page = fill_in(shop, node)
    pledge = node.deps.catalogue.get_item(ITEM, SUZHOU).pledges[0]
    for words in (pledge.text[0].zh, pledge.consequence.zh, pledge.text_hash[:16], "演示签名"):
        assert words in page


def test_a_promise_is_signed_with_the_application(node, shop):
    check, page = fill_in(shop, node)
    shop.post(check, {"truth": "yes", **sign(page), **sign(page, "certificates-follow")})
    case = case_of(node, check)
    assert set(case.signatures) == {ID, "certificates-follow"}
    assert case.signatures[ID].pledge.signed_by == "夏知禾（示例）"
    assert "hygiene-test-report" not in case.gathered


def test_nobody_need_promise(node, shop):
    check, _ = fill_in(shop)
    shop.post(check, {"truth": "yes"})
    assert case_of(node, check).signatures == {}


def test_a_tick_without_a_name_and_a_changed_text_are_told_and_nothing_is_handed_in(node, shop):
    check, page = fill_in(shop, node)
    half = shop.post(check, {"truth": "yes", **sign(page, name="")})
    assert half.status_code == 422
    assert "承诺书要勾选同意并署名" in half.content.decode()
    changed = shop.post(check, {"truth": "yes", **sign(page), f"pledge-hash-{ID}": "0" * 64})
    assert "承诺书的文本刚刚更新" in changed.content.decode()
    assert node.deps.cases.find(CaseId(number_in(check))) is None


def test_who_is_on_this_zones_list_is_not_offered_a_promise(node, shop):
    node.keep("broken-promises", SHOP, is_listed=True)
    page = fill_in(shop)[1]
    assert f"pledge-hash-{ID}" not in page
    assert "苏州高新区的失信承诺名单上有申请人" in page


def test_who_is_on_another_zones_list_is_not_offered_one_either_and_may_hand_in_without(node, shop):
    check, page = fill_in(shop, node, listed_in=WUXI)
    assert f"pledge-hash-{ID}" not in page
    assert "无锡高新区的失信承诺名单上有申请人" in page
    shop.post(check, {"truth": "yes"})
    assert case_of(node, check).signatures == {}


def test_while_a_zone_has_not_answered_the_form_says_so_and_leaves_both_ways_open(node, shop):
    check, page = fill_in(shop)
    assert "常州高新区、无锡高新区还没有答复" in page
    assert f'href="{check}?again=yes"' in page
    assert f'hx-get="{check}"' in page
    answer_lists(node, number_in(check), CHANGZHOU)
    assert "无锡高新区还没有答复" in shop.get(check).content.decode()
    answer_lists(node, number_in(check), WUXI)
    page = shop.get(check).content.decode()
    assert f"pledge-hash-{ID}" in page
    assert "hx-get" not in page


def test_a_script_that_looks_again_is_told_to_take_the_page_once_all_have_answered(node, shop):
    check, _ = fill_in(shop)
    asking = {"HX-Request": "true"}
    assert shop.get(check, headers=asking).status_code == 200
    answer_lists(node, number_in(check))
    told = shop.get(check, headers=asking)
    assert (told.status_code, told["HX-Refresh"]) == (204, "true")


def test_waiting_for_no_answer_it_is_handed_in_without_a_promise(node, shop):
    check, _ = fill_in(shop)
    shop.post(check, {"truth": "yes"})
    assert case_of(node, check).signatures == {}


def test_a_signature_under_what_is_not_offered_is_told_and_nothing_is_handed_in(node, shop):
    check, page = fill_in(shop, node)
    signed = sign(page)
    node.keep("broken-promises", SHOP, is_listed=True)
    answer = shop.post(check, {"truth": "yes", **signed})
    assert answer.status_code == 422
    assert "现在不能承诺" in answer.content.decode()
    assert node.deps.cases.find(CaseId(number_in(check))) is None


def test_a_page_that_looks_again_by_itself_asks_nobody_twice(node, shop):
    check, _ = fill_in(shop)
    for _ in range(3):
        shop.get(check)
    assert len(node.deps.exchange.outgoing(CaseId(number_in(check)))) == 2


def test_what_was_asked_before_is_no_part_of_the_cases_page(node, shop):
    check, _ = fill_in(shop)
    shop.post(check, {"truth": "yes"})
    assert shop.get(f"/cases/{number_in(check)}/").status_code == 200


def test_a_cancelled_permit_has_a_page_that_says_why_and_no_form(node, shop):
    page = shop.get("/items/advertising-release-registration/").content.decode()
    assert "不用办：这项许可已经取消" in page
    assert "/apply/advertising-release-registration/" not in page
    assert shop.get("/apply/advertising-release-registration/suzhou/").status_code == 422


def test_whoever_asks_a_person_first_finds_the_promise_ticked_as_it_was_left(node, shop):
    check, page = fill_in(shop, node)
    left = shop.post(check, {**sign(page), "leave": "person"})
    assert left["Location"].startswith("/help/?from=")
    assert node.deps.cases.find(CaseId(number_in(check))) is None
    again = shop.get(check).content.decode()
    assert re.search(rf'name="pledge-{ID}"[^>]* checked', again)
    assert 'value="夏知禾（示例）"' in again
    assert 'name="pledge-certificates-follow" id="field-pledge-certificates-follow" value="yes">' in again


def test_a_tick_under_a_text_that_changed_since_is_not_kept(node, shop):
    check, page = fill_in(shop, node)
    shop.post(check, {**sign(page), f"pledge-hash-{ID}": "0" * 64, "leave": "person"})
    again = shop.get(check).content.decode()
    assert not re.search(rf'name="pledge-{ID}"[^>]* checked', again)


def test_what_was_ticked_is_forgotten_with_the_draft(node, shop):
    check, page = fill_in(shop, node)
    shop.post(check, {**sign(page), "leave": "person"})
    assert shop.session["promises"]
    shop.post(check, {"truth": "yes", **sign(page)})
    assert set(case_of(node, check).signatures) == {ID}
    assert shop.session["promises"] == []
