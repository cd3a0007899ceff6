"""Taking in: all problems of an identity at once, the form, the receipt; for any zone."""

import pytest

from tests.builders import CHANGZHOU, PARENT, SUZHOU, branch_answers
from tests.web.window.desk import AGENT_NUMBER, BRANCH, identity, take_in
from tongban.domain.case.events import Submitted
from tongban.domain.delivery import DeliveryWish
from tongban.kernel.ids import CaseId


def test_an_item_of_any_zone_is_found_by_words_own_zone_first(clerk):
    page = clerk.get("/window/?q=旅行社").content.decode()
    places = [
        page.index(f"/take-in/travel-agency-branch-filing/{zone}/")
        for zone in ("suzhou", "changzhou", "wuxi")
    ]
    assert places[0] == min(places)
    assert "nurse" not in page
    assert "没有找到合适的事项" in clerk.get("/window/?q=zzzzzz").content.decode()


def test_what_was_taken_in_is_a_case_of_the_window_under_the_clerks_name(node, clerk):
    case_id = take_in(clerk)
    case = node.find(case_id)
    first = node.deps.cases.history(case_id)[0]
    assert isinstance(first.event, Submitted)
    assert (first.event.channel, first.event.taken_in_by) == ("window", "虚构窗口甲")
    assert (first.actor.kind, first.actor.name) == ("clerk", "虚构窗口甲")
    assert (case.receiving_zone, case.deciding_zone) == (SUZHOU, CHANGZHOU)
    assert (case.applicant.id, case.applicant.agent_id) == (PARENT, AGENT_NUMBER)
    assert [message.type for message in node.deps.exchange.outgoing(case_id)] == ["case.submit"]


def test_everything_wrong_with_the_identity_is_told_at_once_and_kept(clerk):
    clerk.get(BRANCH)
    response = clerk.post(
        "/window/client/",
        identity(
            firm_id="91320214MB0000006X", mobile="123", agent_id="110105194912310021", checks=["identity"]
        ),
    )
    page = response.content.decode()
    assert response.status_code == 422
    for field in ("firm-id", "mobile", "agent-id", "checks"):
        assert f'href="#field-{field}"' in page, field
        assert f'id="field-{field}"' in page, field
    assert "还没有核对：授权" in page
    assert "还没有核对：材料" in page
    assert 'value="91320214MB0000006X"' in page
    assert 'value="演示经办人"' in page


def test_who_comes_in_person_is_not_asked_for_an_agent(clerk):
    clerk.get(BRANCH)
    alone = identity(comes="self", checks=["identity", "complete", "consent"])
    del alone["agent_name"], alone["agent_id"]
    assert clerk.post("/window/client/", alone)["Location"] == "/window/form/"


def test_a_persons_item_asks_for_a_citizen_number(clerk):
    clerk.get("/window/take-in/nurse-change-of-practice/changzhou/")
    page = clerk.get("/window/client/").content.decode()
    assert "公民身份号码" in page
    assert "统一社会信用代码" not in page


def test_the_form_comes_prefilled_with_the_identity_checked_here(clerk):
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    page = clerk.get("/window/form/").content.decode()
    assert f'value="{PARENT}"' in page
    assert "窗口核对的证件" in page


def test_answers_that_will_not_do_come_back_with_everything_kept(clerk):
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    response = clerk.post("/window/form/", branch_answers(branch_uscc="123", branch_head="演示😀"))
    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#field-branch-uscc"' in page
    assert 'href="#field-branch-head"' in page
    assert 'value="常州市新北区演示路1号"' in page


def test_nothing_is_handed_in_before_the_client_has_gone_through_it(node, clerk):
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    clerk.post("/window/form/", branch_answers())
    response = clerk.post("/window/check/", {})
    assert response.status_code == 422
    assert "请先与来人一起核对" in response.content.decode()


def test_the_client_s_wish_for_a_paper_copy_is_asked_for_with_this_window_first(node, clerk):
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    clerk.post("/window/form/", branch_answers())
    assert '<option value="suzhou" selected' in clerk.get("/window/check/").content.decode()
    wrong = clerk.post("/window/check/", {"read_through": "yes", "receive": "pick-up", "receive_zone": "x"})
    assert wrong.status_code == 422
    assert "请选择到哪个高新区领取" in wrong.content.decode()
    wished = {"read_through": "yes", "receive": "pick-up", "receive_zone": "suzhou"}
    number = clerk.post("/window/check/", wished)["Location"].split("/")[3]
    assert node.find(CaseId(number)).wish == DeliveryWish("pick-up", SUZHOU)


def test_pressing_twice_is_one_case_and_leads_on(node, clerk):
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    clerk.post("/window/form/", branch_answers())
    first = clerk.post("/window/check/", {"read_through": "yes"})
    again = clerk.post("/window/check/", {"read_through": "yes"})
    assert "/receipt/" in first["Location"]
    assert again.status_code == 302
    assert clerk.get("/window/cases/").content.decode().count("window-number-link") == 1


@pytest.mark.parametrize("address", ["client", "form", "check"])
def test_without_a_matter_the_way_leads_back_to_the_desk(clerk, address):
    assert clerk.get(f"/window/{address}/")["Location"] == "/window/"


def test_an_item_or_zone_that_does_not_exist_is_not_found(clerk):
    assert clerk.get("/window/take-in/no-such-item/changzhou/").status_code == 404
    assert clerk.get("/window/take-in/travel-agency-branch-filing/nowhere/").status_code == 404


def test_the_receipt_says_what_was_received_who_decides_and_that_it_is_no_acceptance(clerk):
    page = clerk.get(f"/window/cases/{take_in(clerk)}/receipt/").content.decode()
    for words in (
        "不是受理决定",
        "SZ260303-",
        "2026年3月3日 10:00",
        "苏州高新区跨域通办专窗 · 虚构窗口甲",
        "常州国家高新区行政审批局（演示）",
        "收到 1 份（电子）",
        "免交：由系统向无锡高新区的“旅行社业务经营许可登记”查询",
        "最迟于 2026年3月10日 告知是否需要补正",
        "data:image/svg+xml;base64,",
        "演示经办人",
    ):
        assert words in page, words
    assert AGENT_NUMBER not in page


def test_the_receipt_is_complete_in_english(clerk):
    page = clerk.get(f"/window/cases/{take_in(clerk)}/receipt/?lang=en").content.decode()
    for words in (
        "It is not an acceptance",
        "By 10 March 2026 at the latest",
        "Not asked for: looked up in Wuxi",
    ):
        assert words in page, words


def test_the_receipt_stays_as_it_was_when_the_case_moves_on(node, clerk):
    case_id = take_in(clerk)
    before = clerk.get(f"/window/cases/{case_id}/receipt/").content.decode()
    node.clock.at = node.clock.at.replace(day=9)
    after = clerk.get(f"/window/cases/{case_id}/receipt/").content.decode()
    article = [page[page.index("<article") : page.index("</article>")] for page in (before, after)]
    assert article[0] == article[1]


def test_a_copy_that_was_handed_in_stands_on_the_receipt(clerk):
    from django.core.files.uploadedfile import SimpleUploadedFile

    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    file = SimpleUploadedFile("许可证.pdf", b"%PDF-1.7 demo", "application/pdf")
    clerk.post("/window/form/", branch_answers() | {"parent_licence_copy": file})
    done = clerk.post("/window/check/", {"read_through": "yes"})
    assert "收到副本 1 份" in clerk.get(done["Location"]).content.decode()
