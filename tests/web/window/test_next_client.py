"""The next client finds nothing of the last: not on a page, not in the session, not by going back."""

from tests.builders import PARENT, branch_answers
from tests.web.window.desk import AGENT_NUMBER, BRANCH, identity, open_case, take_in

TRACES = ("无锡示例旅行社", PARENT, AGENT_NUMBER, "演示经办人", "19900000001", "演示路1号")


def pages(clerk, case_id) -> str:
    """Everything a clerk could look at, going back to where the last client was."""
    addresses = ("", "client/", "form/", "check/", f"cases/{case_id}/", f"cases/{case_id}/receipt/")
    return "".join(clerk.get(f"/window/{address}", follow=True).content.decode() for address in addresses)


def test_nothing_of_a_client_half_taken_in_is_left(clerk):
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    clerk.post("/window/form/", branch_answers(branch_uscc="123"))
    assert PARENT in pages(clerk, "X")
    done = clerk.post("/window/next-client/", follow=True).content.decode()
    assert "上一位客户的资料已从本窗口清除" in done
    left = pages(clerk, "X")
    assert [trace for trace in TRACES if trace in left] == []
    assert "window" not in clerk.session


def test_nothing_of_a_client_who_was_served_is_left(clerk):
    case_id = take_in(clerk)
    assert "演示经办人" in clerk.get(f"/window/cases/{case_id}/receipt/").content.decode()
    clerk.post("/window/next-client/")
    left = pages(clerk, case_id)
    assert [trace for trace in TRACES if trace in left] == []
    assert clerk.get(f"/window/cases/{case_id}/receipt/").status_code == 404
    assert clerk.get(f"/window/cases/{case_id}/withdraw/").status_code == 404


def test_an_item_begun_for_the_next_client_starts_with_an_empty_identity(clerk):
    take_in(clerk)
    clerk.post("/window/next-client/")
    assert clerk.get(BRANCH)["Location"] == "/window/client/"
    page = clerk.get("/window/client/").content.decode()
    assert [trace for trace in TRACES if trace in page] == []


def test_the_same_client_may_go_on_with_another_matter_without_new_papers(clerk):
    take_in(clerk)
    assert clerk.get(BRANCH)["Location"] == "/window/form/"
    assert clerk.get("/window/take-in/nurse-change-of-practice/wuxi/")["Location"] == "/window/client/"


def test_only_a_form_clears_so_that_no_link_does_it_by_mistake(clerk):
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    assert clerk.get("/window/next-client/").status_code == 405
    assert PARENT in clerk.get("/window/form/").content.decode()


def test_another_clerk_sees_nothing_of_it(node, clerk):
    case_id = take_in(clerk)
    other = node.log_in("clerk", "虚构窗口乙")
    assert [trace for trace in TRACES if trace in pages(other, case_id)] == []
    assert open_case(other, case_id).status_code == 302


def test_no_page_of_a_client_is_kept_by_the_browser(clerk):
    assert "no-store" in clerk.get(f"/window/cases/{take_in(clerk)}/receipt/")["Cache-Control"]


def test_the_button_carries_the_forms_token_so_that_it_works_in_a_browser(clerk):
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    bar = clerk.get("/window/").content.decode().split("window-bar")[1]
    assert "csrfmiddlewaretoken" in bar.split("</form>")[0]


def test_pages_that_ask_before_an_act_show_who_is_at_the_window_and_are_gone_with_them(node, clerk):
    case_id = take_in(clerk)
    asking = [f"/window/cases/{case_id}/{act}/" for act in ("mandate", "withdraw", "person")]
    for address in asking:
        shown = clerk.get(address)
        assert "window-bar" in shown.content.decode(), address
        assert "no-store" in shown["Cache-Control"]
    clerk.post("/window/next-client/")
    for act in ("mandate", "withdraw", "person", "statement", "hearing", "deliver", "reply", "correct"):
        left = clerk.get(f"/window/cases/{case_id}/{act}/", follow=True)
        assert left.status_code == 404, act
        assert [trace for trace in TRACES if trace in left.content.decode()] == []
    assert "window" not in clerk.session


def test_the_headers_link_is_that_of_the_page(clerk):
    for address, words in (
        ("deliveries", "待领取"),
        ("pickups", "待领取"),
        ("cases", "已收办件"),
        ("queue", "叫号"),
    ):
        page = clerk.get(f"/window/{address}/").content.decode()
        here = page.split('aria-current="page"')[1].split("</a>")[0]
        assert words in here, address
        assert page.count('aria-current="page"') == 1
