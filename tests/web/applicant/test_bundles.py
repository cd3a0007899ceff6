"""One thing on the pages: found, planned, filled in once, handed in once, followed on one page."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from tests.builders import SUZHOU, WUXI
from tests.web.applicant.conftest import LogIn
from tests.web.one_node import OneNode
from tongban.domain.delivery import DeliveryWish
from tongban.flows.advance import advance_waiting
from tongban.flows.open_next import open_next
from tongban.kernel.ids import BundleNumber

SHOP = "92320505YY9900014X"
NAME = "苏州虎丘晴窗食品店（演示）"
FOUNDER = "320411199003070001"
SITUATION = {"has_licence": "yes", "food": "packed", "is_mall": "no", "tobacco": "no"}
BUNDLE = "/bundles/open-convenience-store/"
FORM = {
    "premises": "苏州市虎丘区演示路61号",
    "contact_mobile": "19900000006",
    "packed_food__activities": ["prepackaged"],
    "packed_food__sale_modes": ["retail"],
    "packed_food__outlets": ["shop"],
    "packed_food__stores_elsewhere": "no",
    "packed_food__sells_labelled_only": "yes",
}


@pytest.fixture
def shop(portal: OneNode, log_in: LogIn) -> Client:
    """A food shop of Suzhou in front of Suzhou's node, whose register knows it."""
    portal.keep(
        "business-licence", SHOP, status="active", name=NAME, legal_representative="演示丙",
        kind="individual", scope=["prepackaged-food-sale"], premises="苏州市虎丘区演示路61号",
        registered_on=portal.clock.now().date(),
    )  # fmt: skip
    return log_in(party_id=SHOP, party_name=NAME, agent_id="", agent_name="")


def text(response: object) -> str:
    return response.content.decode()


def begin(client: Client, **situation: str) -> str:
    """Start the one form; return its address."""
    answer = client.get(f"{BUNDLE}start/?{urlencode({**SITUATION, **situation})}")
    assert answer.status_code == 302
    return answer["Location"]


def hand_in(client: Client) -> str:
    """Fill in and hand in; return the receipt's number."""
    form = begin(client)
    assert client.post(form, FORM)["Location"] == f"{form}check/"
    receipt = client.post(f"{form}check/", {"truth": "yes"})["Location"]
    return receipt.split("/")[-2]


def test_one_wish_for_paper_copies_goes_with_every_member(agent: Client, portal: OneNode) -> None:
    form = begin(agent)
    agent.post(form, FORM)
    assert "怎样领取结果" in text(agent.get(f"{form}check/"))
    wrong = agent.post(f"{form}check/", {"truth": "yes", "receive": "post"})
    assert wrong.status_code == 422
    assert "请填写邮寄地址" in text(wrong)
    wished = {"truth": "yes", "receive": "pick-up", "receive_zone": "wuxi"}
    number = agent.post(f"{form}check/", wished)["Location"].split("/")[-2]
    opened = portal.deps.bundles.find(BundleNumber(number))
    assert opened.case_ids
    for case_id in opened.case_ids:
        assert portal.find(case_id).wish == DeliveryWish("pick-up", WUXI)


def test_a_bundle_is_found_by_words_and_pinyin_among_the_services(portal: OneNode) -> None:
    for query in ("便利店", "bianlidian", "convenience store"):
        assert "开办便利店（超市）一件事" in text(Client().get("/items/", {"q": query}))


def test_the_questionnaire_is_open_to_everybody(portal: OneNode) -> None:
    page = text(Client().get(BUNDLE))
    assert "卖哪些食品？" in page
    assert "别处办理" in page


def test_an_open_questionnaire_is_told_question_by_question(portal: OneNode) -> None:
    answer = Client().get(f"{BUNDLE}plan/", {"has_licence": "yes", "food": "packed"})
    assert answer.status_code == 422
    assert "是商场或者大型超市吗" in text(answer)


def test_the_plan_says_what_is_handled_here_what_elsewhere_and_what_is_not_needed(portal: OneNode) -> None:
    page = text(Client().get(f"{BUNDLE}plan/", SITUATION))
    assert "要办 3 件事" in page
    assert "所在区的城市管理部门" in page
    assert "公共场所卫生许可（商场）" in page
    assert "选择是时才需要" in page


def test_the_plan_counts_the_time_in_which_others_may_object(portal: OneNode) -> None:
    closing = {"way": "individual", "food_licence": "cancel", "customs": "no", "had_staff": "no"}
    page = text(Client().get("/bundles/close-firm/plan/", closing))
    assert "，之前有异议期10日" in page
    assert "2026年3月16日" in page


def test_handing_in_needs_somebody_logged_in(portal: OneNode) -> None:
    answer = Client().get(f"{BUNDLE}start/?{urlencode(SITUATION)}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")


def test_who_may_not_ask_is_told_so(portal: OneNode, log_in: LogIn) -> None:
    person = log_in(party_kind="person", party_id="11010519491231002X", agent_id="")
    answer = person.get(f"{BUNDLE}start/?{urlencode(SITUATION)}")
    assert answer.status_code == 422
    assert "“仅销售预包装食品备案”不能由个人申请" in text(answer)
    assert 'value="packed" checked' in text(answer).replace("  ", " ")


def test_a_firm_that_says_it_has_no_licence_is_told_before_the_form(shop: Client) -> None:
    answer = shop.get(f"{BUNDLE}start/?{urlencode({**SITUATION, 'has_licence': 'no'})}")
    assert answer.status_code == 422
    assert "“个体工商户设立登记”不能由企业申请" in text(answer)
    assert "请在情形里回答执照已经办好" in text(answer)


def test_who_has_no_licence_yet_registers_first_and_is_asked_for_none(portal: OneNode, log_in: LogIn) -> None:
    plan = text(Client().get(f"{BUNDLE}plan/", {**SITUATION, "has_licence": "no"}))
    assert "由谁提交：个人" in plan
    person = log_in(party_kind="person", party_id="11010519491231002X", agent_id="")
    form = text(person.get(begin(person, has_licence="no")))
    assert "registration__trade_name" in form
    assert 'name="licence_copy"' not in form


def test_the_form_comes_filled_in_from_the_register(shop: Client) -> None:
    page = text(shop.get(begin(shop)))
    assert "苏州市虎丘区演示路61号" in page
    assert "每个问题只问一次" in page


def test_every_fault_is_shown_at_its_question_and_nothing_is_lost(shop: Client) -> None:
    form = begin(shop)
    answer = shop.post(form, {**FORM, "packed_food__sale_modes": [], "contact_mobile": "1"})
    assert answer.status_code == 422
    page = text(answer)
    assert "field-packed-food-sale-modes" in page
    assert "field-contact-mobile" in page
    assert "苏州市虎丘区演示路61号" in text(shop.get(form))


def test_it_is_handed_in_once_and_followed_on_one_page(shop: Client, portal: OneNode) -> None:
    number = hand_in(shop)
    page = text(shop.get(f"/receipts/{number}/"))
    assert "已办好" in page
    assert "等您去办" in page
    opened = portal.deps.bundles.find(BundleNumber(number))
    case_id = opened.get_member("packed-food").case_id
    assert case_id in page
    assert number in text(shop.get(f"/cases/{case_id}/"))
    assert number in text(shop.get("/my/"))


def test_the_truth_is_stated_first(shop: Client) -> None:
    form = begin(shop)
    shop.post(form, FORM)
    answer = shop.post(f"{form}check/", {})
    assert answer.status_code == 422
    assert "请先确认所填内容真实" in text(answer)


def test_a_draft_that_was_handed_in_leads_to_its_receipt(shop: Client) -> None:
    number = hand_in(shop)
    assert shop.get(f"{BUNDLE}{number}/")["Location"] == f"/receipts/{number}/"


def test_a_receipt_on_which_nothing_moves_asks_for_nothing(shop: Client) -> None:
    number = hand_in(shop)
    assert "hx-get" not in text(shop.get(f"/receipts/{number}/"))
    assert shop.get(f"/receipts/{number}/progress/", {"version": "1"})["HX-Refresh"] == "true"


def test_a_receipts_progress_is_its_owners(shop: Client, agent: Client) -> None:
    number = hand_in(shop)
    assert agent.get(f"/receipts/{number}/progress/").status_code == 404


def test_plan_and_receipt_say_what_it_costs_in_all_and_by_which_article(shop: Client) -> None:
    free = "清单之外一律不得执行"
    plan = text(shop.get(f"{BUNDLE}plan/", SITUATION))
    receipt = text(shop.get(f"/receipts/{hand_in(shop)}/"))
    for page in (plan, receipt):
        assert "一共要付多少" in page
        assert "不收费" in page
        assert free in page
        assert "别处办理的没有算在内" in page


def test_what_is_done_elsewhere_is_the_applicants_word(shop: Client) -> None:
    number = hand_in(shop)
    ask = text(shop.get(f"/receipts/{number}/done/signboard/"))
    assert "系统不核实" in ask
    shop.post(f"/receipts/{number}/done/signboard/")
    assert "系统没有核实" in text(shop.get(f"/receipts/{number}/"))


def test_parts_are_withdrawn_and_results_stand(shop: Client) -> None:
    number = hand_in(shop)
    page = text(shop.get(f"/receipts/{number}/withdraw/"))
    assert "seal-and-tax" in page
    assert "packed-food" not in page
    assert shop.post(f"/receipts/{number}/withdraw/", {"members": []}).status_code == 422
    shop.post(f"/receipts/{number}/withdraw/", {"members": ["seal-and-tax"], "reason": "自己办"})
    page = text(shop.get(f"/receipts/{number}/"))
    assert "已撤回" in page
    assert "已办好" in page


def test_somebody_elses_receipt_is_not_here(shop: Client, log_in: LogIn) -> None:
    number = hand_in(shop)
    other = log_in()
    for address in ("", "withdraw/", "person/", "done/signboard/"):
        assert other.get(f"/receipts/{number}/{address}").status_code == 404


def test_a_number_that_nobody_drew_is_not_here(shop: Client) -> None:
    assert shop.get("/receipts/YJS-SZ260303-NOTHERE0/").status_code == 404
    assert shop.get("/bundles/no-such-bundle/").status_code == 404


def test_the_page_asks_the_database_no_more_for_more_members(
    shop: Client, django_assert_max_num_queries: object
) -> None:
    number = hand_in(shop)
    with django_assert_max_num_queries(12):
        shop.get(f"/receipts/{number}/")


def test_the_room_is_suzhous(portal: OneNode) -> None:
    assert portal.deps.zone == SUZHOU


@pytest.fixture
def founder(portal: OneNode, log_in: LogIn) -> Client:
    """A person who has no shop yet, with the right to use the room for it."""
    day = portal.clock.now().date()
    portal.keep(
        "person-identity", FOUNDER, name="顾小川（示例）", born_on=day.replace(year=1990), is_valid=True,
        is_alive=True, division="320411",
    )  # fmt: skip
    portal.keep(
        "real-estate-right", FOUNDER, right="leased", address="苏州市虎丘区演示路61号", is_for_business=True
    )
    return log_in(
        party_kind="person", party_id=FOUNDER, party_name="顾小川（示例）", agent_id="", agent_name=""
    )


def found(client: Client) -> str:
    """Found a shop and file its food on one form; return the receipt's number."""
    registration = {
        "operator_form": "personal", "trade_name": NAME, "right_of_use": "leased", "staff_count": "2",
        "scope": ["daily-goods-sale", "prepackaged-food-sale"],
    }  # fmt: skip
    form = begin(client, has_licence="no")
    filled = FORM | {f"registration__{name}": value for name, value in registration.items()}
    assert client.post(form, filled)["Location"] == f"{form}check/"
    return client.post(f"{form}check/", {"truth": "yes"})["Location"].split("/")[-2]


def test_who_founded_the_shop_joins_its_licences_though_the_shop_holds_them(
    founder: Client, agent: Client, portal: OneNode
) -> None:
    number = found(founder)
    opened = portal.deps.bundles.find(BundleNumber(number))
    registration = opened.get_member("registration").case_id
    for zone in ("wuxi", "changzhou"):
        portal.answer(registration, f"registration-ban@{zone}", zone=zone, about=FOUNDER, is_banned=False)
    while advance_waiting(9, portal.deps):
        pass
    open_next(registration, portal.deps)
    while advance_waiting(9, portal.deps):
        pass
    assert "合成：便利店" in text(founder.get(f"/receipts/{number}/"))
    join = f"/receipts/{number}/join/convenience-store/"
    assert agent.post(join).status_code == 404
    assert founder.post(f"/receipts/{number}/join/pharmacy/").status_code == 404
    composite = founder.post(join)["Location"]
    assert composite.startswith("/composites/")
    assert "便利店一照通" in text(founder.get(composite))
    assert composite in text(founder.get(f"/receipts/{number}/"))
    assert agent.get(composite).status_code == 404
